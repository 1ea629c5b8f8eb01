// When the next board may and must be asked for, so that no seat stands empty: the whole course of an election, by the bylaws.
import { dayOf, daysLater, endOfDay, monthsAfter, startOfDay } from "../../platform/calendar.ts";
import { later, type Instant } from "../../platform/time.ts";
import { openingDay, type Calendar } from "./opening-day.ts";
import { admissionDays } from "./proposal.ts";
import { foundingEnds } from "./roll.ts";

/** What an election goes through, each part as long as it may take. */
export type Course = Calendar & {
  readonly ideaDays: number;
  readonly deliberationDays: number;
  readonly openDays: number;
  readonly extensionDays: number;
  readonly contestDays: number;
};

/** Until when seats are taken at the latest in an election that is called now: judged by silence, prolonged once, contested by nobody. */
export function seatedBy(now: Instant, course: Course): Instant {
  const { zone, deliberationDays, openDays, extensionDays, contestDays } = course;
  const judged = daysLater(now, deliberationDays + admissionDays, zone);
  const opens = openingDay(judged, course, () => 0, null) ?? judged;
  return daysLater(opens, openDays + extensionDays + contestDays + clockDays, zone);
}

/** The clock closes, counts and ends a vote one after the other; a day holds all three. */
const clockDays = 1;

/** An election that is called tomorrow would come too late. */
export const isTimeToCall = (now: Instant, termEnds: Instant, course: Course): boolean =>
  seatedBy(daysLater(now, 1, course.zone), course) > termEnds;

const againDays = 60;

/** From when on the clock may call an election: after one in which nobody stood it waits two months, and members may ask for one before that. */
export function mayBeCalled(now: Instant, lapsed: Instant | undefined, zone: string): Instant {
  const again = lapsed === undefined ? now : startOfDay(dayOf(daysLater(lapsed, againDays, zone), zone), zone);
  return again > now ? again : now;
}

/** A seat whose term ends by then may be asked for now: with all the time an idea has to find its names, it is filled no earlier. */
export const mayBeAskedFor = (now: Instant, course: Course): Instant => seatedBy(daysLater(now, course.ideaDays, course.zone), course);

/** The end of a term of so many months, with its last day: a term that follows another begins in the instant in which that one ends. */
export const termFrom = (from: Instant, months: number, zone: string): Instant =>
  endOfDay(monthsAfter(dayOf(later(from, -1), zone), months), zone);

/** An opening day comes within a month. */
const monthDays = 31;

/** The day from which on the clock calls an election of a seat that is held until then: that of `from` at the earliest. */
export function callDay(from: Instant, termEnds: Instant, course: Course): Instant {
  const { zone, deliberationDays, noticeDays, openDays, extensionDays, contestDays } = course;
  const atMost = deliberationDays + admissionDays + noticeDays + monthDays + openDays + extensionDays + contestDays + clockDays;
  const soonest = daysLater(termEnds, -atMost, zone);
  let at = soonest > from ? soonest : from;
  while (!isTimeToCall(at, termEnds, course)) at = daysLater(at, 1, course.zone);
  return at;
}

export type Founding = {
  readonly firstAssembly: Instant | undefined;
  readonly foundedAt: Instant;
  readonly months: number;
  readonly zone: string;
};

/** Until when founders sit without a vote: to the end of the founding, and never longer than a term. */
export function foundersUntil({ firstAssembly, foundedAt, months, zone }: Founding): Instant {
  const term = termFrom(foundedAt, months, zone);
  const founding = firstAssembly === undefined ? term : foundingEnds(firstAssembly);
  return founding < term ? founding : term;
}
