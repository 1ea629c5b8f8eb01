// When a vote opens: on the days members chose, with time to read, and never more at once than they agreed to be asked.
import { dayAfter, dayOf, monthOf, monthsAfter, startOfDay } from "../../platform/calendar.ts";
import type { Day, Instant } from "../../platform/time.ts";
import { classes, type BylawClass } from "./words.ts";

export type Calendar = {
  readonly zone: string;
  readonly openingDays: readonly number[];
  readonly noticeDays: number;
  readonly monthlyLimit: number;
};

/** The first opening day that leaves the time of notice, not before a second reading may be. */
function firstDay(now: Instant, { zone, openingDays, noticeDays }: Calendar, notBefore: Instant | null): Day {
  const notice = dayAfter(dayOf(now, zone), noticeDays);
  const allowed = notBefore === null ? notice : dayAfter(dayOf(notBefore, zone));
  return openingFrom(notice > allowed ? notice : allowed, openingDays);
}

function openingFrom(from: Day, openingDays: readonly number[]): Day {
  let day = from;
  while (!openingDays.includes(Number(day.slice(-2)))) day = dayAfter(day);
  return day;
}

/**
 * The next opening day that leaves the time of notice, not before a second reading may be; undefined while its month asks for as many
 * ballots as the limit allows: then it waits, and whoever is first in line takes the next day with room.
 */
export function openingDay(
  now: Instant,
  calendar: Calendar,
  askedIn: (month: Day) => number,
  notBefore: Instant | null,
): Instant | undefined {
  const day = firstDay(now, calendar, notBefore);
  return askedIn(monthOf(day)) < calendar.monthlyLimit ? startOfDay(day, calendar.zone) : undefined;
}

/** The day on which each of those in line may expect to be voted at the earliest, when each takes the first day with room. */
export function expectedDays(
  now: Instant,
  calendar: Calendar,
  askedIn: (month: Day) => number,
  line: readonly { readonly notBefore: Instant | null }[],
): readonly Instant[] {
  const taken = new Map<Day, number>();
  return line.map(({ notBefore }) => {
    let day = firstDay(now, calendar, notBefore);
    const asked = (): number => askedIn(monthOf(day)) + (taken.get(monthOf(day)) ?? 0);
    while (asked() >= calendar.monthlyLimit) day = openingFrom(monthsAfter(monthOf(day), 1), calendar.openingDays);
    taken.set(monthOf(day), (taken.get(monthOf(day)) ?? 0) + 1);
    return startOfDay(day, calendar.zone);
  });
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
