// The law of calendars: a day is entered before it comes, and only where it says something.
import { isWorkingDay, type Calendar } from "../calendar.ts";
import { refuse, type Problems, type Refusal } from "../refusal.ts";
import type { Day } from "../time.ts";

export const problems = {
  "calendar-day-over": {
    status: 422,
    says: "{day} is over. Days of a calendar are entered before they come.",
    rule: "what was promised by a calendar is not reckoned anew",
    changedBy: "nobody: a day that is over stays as it was",
  },
  "calendar-day-as-usual": {
    status: 422,
    says: "{day} is worked or rested like that anyway. Look at the date again.",
  },
} as const satisfies Problems;

/** Why a day of a calendar is not entered any more. */
export const objectionToDay = (day: Day, today: Day): Refusal | undefined =>
  day < today ? refuse("calendar-day-over", { day }) : undefined;

/** Why a day that somebody entered by hand says nothing: it is worked, or rested, as it is. */
export const objectionToMoved = ({ day, rests }: { readonly day: Day; readonly rests: boolean }, before: Calendar): Refusal | undefined =>
  isWorkingDay(day, before) === rests ? undefined : refuse("calendar-day-as-usual", { day });
