// The law of when voted rules begin: never for what is past, nor before everybody could argue, vote and contest.
import { dayAfter, dayOf, daysLater } from "../../platform/calendar.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day, Instant } from "../../platform/time.ts";
import { openingDay, type Calendar } from "./opening-day.ts";
import type { Payload } from "./proposal.ts";

export const problems = {
  "begins-too-early": {
    status: 422,
    says: "This can be law from {soonest} on: before, members argue, vote, and may contest the vote.",
    rule: "nothing is decided for the past",
  },
} as const satisfies Problems;

/** What a change goes through by the bylaws, when nothing holds it up. */
export type Course = Calendar & {
  readonly deliberatedUntil: Instant;
  readonly openDays: number;
  readonly contestDays: number;
  /** Days between two readings, of what is read twice. */
  readonly againAfter?: number | undefined;
  readonly inAssembly: boolean;
};

/** The first day on which it can be law: both judges said yes at once, and a place in the line was free. */
export function soonestBeginning({ deliberatedUntil, againAfter, ...course }: Course): Day {
  const first = contestedUntil(deliberatedUntil, course, null);
  const end = againAfter === undefined ? first : contestedUntil(first, course, daysLater(first, againAfter, course.zone));
  return dayAfter(dayOf(end, course.zone));
}

/** An assembly is called for any day that leaves the time of notice, and ends on it. */
function contestedUntil(
  from: Instant,
  { inAssembly, openDays, contestDays, ...calendar }: Omit<Course, "deliberatedUntil" | "againAfter">,
  notBefore: Instant | null,
): Instant {
  const opens = inAssembly
    ? daysLater(notBefore ?? from, calendar.noticeDays, calendar.zone)
    : openingDay(from, calendar, () => 0, notBefore);
  return daysLater(opens ?? from, inAssembly ? contestDays : openDays + contestDays, calendar.zone);
}

/** Why a change of rules does not begin on the day it names. */
export const objectionToBeginning = (payload: Payload, soonest: Day): Refusal | undefined =>
  payload.kind === "bylaws" && payload.from !== undefined && payload.from < soonest ? refuse("begins-too-early", { soonest }) : undefined;
