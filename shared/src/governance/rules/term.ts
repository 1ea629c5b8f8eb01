// When the next board must be asked for, so that no seat stands empty: the whole course of an election, by the bylaws.
import { daysLater } from "../../platform/calendar.ts";
import type { Instant } from "../../platform/time.ts";
import { openingDay, type Calendar } from "./opening-day.ts";
import { admissionDays } from "./proposal.ts";

/** What an election goes through, each part as long as it may take. */
export type Course = Calendar & {
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
