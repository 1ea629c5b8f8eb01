// When a vote opens: on the days members chose, with time to read, and never more at once than they agreed to be asked.
import { dayAfter, dayOf, monthOf, startOfDay } from "../../platform/calendar.ts";
import type { Day, Instant } from "../../platform/time.ts";
import { classes, type BylawClass } from "./words.ts";

export type Calendar = {
  readonly zone: string;
  readonly openingDays: readonly number[];
  readonly noticeDays: number;
  readonly monthlyLimit: number;
};

/**
 * The next opening day that leaves the time of notice, not before a second reading may be; undefined while its month asks for as many
 * ballots as the limit allows: then it waits, and whoever is first in line takes the next day with room.
 */
export function openingDay(
  now: Instant,
  { zone, openingDays, noticeDays, monthlyLimit }: Calendar,
  askedIn: (month: Day) => number,
  notBefore: Instant | null,
): Instant | undefined {
  const notice = dayAfter(dayOf(now, zone), noticeDays);
  const allowed = notBefore === null ? notice : dayAfter(dayOf(notBefore, zone));
  let day = notice > allowed ? notice : allowed;
  while (!openingDays.includes(Number(day.slice(-2)))) day = dayAfter(day);
  return askedIn(monthOf(day)) < monthlyLimit ? startOfDay(day, zone) : undefined;
}

export type Waiting = {
  readonly class: BylawClass;
  readonly kind: string;
  readonly sponsors: number;
  readonly sponsorsNeeded: number;
  readonly admittedAt: Instant;
  readonly id: string;
};

/** Who goes first: constitutional changes, recalls and the board; then whoever has most names for those it needed; then who waits longest. */
export function firstOf(one: Waiting, other: Waiting): number {
  const grave = ({ class: class_, kind }: Waiting): number => (class_ === classes[2] || kind === "recall" || kind === "election" ? 0 : 1);
  const support = one.sponsors * other.sponsorsNeeded - other.sponsors * one.sponsorsNeeded;
  return (
    grave(one) - grave(other) ||
    -support ||
    (one.admittedAt < other.admittedAt ? -1 : one.admittedAt > other.admittedAt ? 1 : one.id < other.id ? -1 : 1)
  );
}
