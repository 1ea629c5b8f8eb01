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

/** The first opening day with room: at least the time of notice away, in a month that asks for fewer ballots than the limit. */
export function openingDay(
  now: Instant,
  { zone, openingDays, noticeDays, monthlyLimit }: Calendar,
  askedIn: (month: Day) => number,
): Instant {
  const earliest = dayAfter(dayOf(now, zone), noticeDays);
  const mostDays = 800;
  for (let day = earliest, left = mostDays; left > 0; day = dayAfter(day), left -= 1)
    if (openingDays.includes(Number(day.slice(-2))) && askedIn(monthOf(day)) < monthlyLimit) return startOfDay(day, zone);
  throw new RangeError("no opening day within two years");
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
