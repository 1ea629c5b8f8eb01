// The law of employment: whoever is employed is declared before they work, and whoever works across a border has a paper for it.
import { dayAfter } from "../../platform/calendar.ts";
import { declarationOf } from "../../platform/packs.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import type { Status } from "../rules.ts";

export const problems = {
  "member-not-employed": {
    status: 409,
    says: "Only members who are employed are declared. This one is paid on an invoice.",
    rule: "what a member is paid on follows from the status they joined with",
    changedBy: "the board, with the member",
  },
  "employment-days-reversed": { status: 422, says: "The last day, {until}, comes before the first, {from}." },
  "employment-reference-unlike": {
    status: 422,
    says: "A reference of {scheme} looks like {like}. Copy it from the office's answer.",
    rule: "the office's own number is kept",
  },
  "employment-reference-taken": {
    status: 409,
    says: "This reference is entered already. A declaration is of one member and one employment.",
    rule: "one declaration, one employment",
    changedBy: "whoever entered it, by saying that it was a mistake",
  },
  "employment-ended": { status: 409, says: "The end of this employment is entered already." },
  "border-paper-known": { status: 409, says: "This paper is entered already." },
} as const satisfies Problems;

/** Who works for the coop by a contract of employment, or like it: declared to the social office, and paid through payroll. */
export const employed: readonly Status[] = ["employee", "employed-entrepreneur"];

/** Whether a member is declared and paid through payroll. */
export const isEmployed = ({ status }: { readonly status: Status }): boolean => employed.includes(status);

/** From a day until a last day; without one it goes on. */
export type Period = { readonly from: Day; readonly until?: Day | undefined };

/** Whether every day from the first to the last lies in one of these; where one ends, the next may begin the day after. */
export function coversDays(periods: readonly Period[], first: Day, last: Day): boolean {
  let next = first;
  for (const { from, until } of periods.toSorted((one, other) => (one.from < other.from ? -1 : 1))) {
    if (from > next) return false;
    if (until === undefined) return true;
    if (until >= next) next = dayAfter(until);
  }
  return next > last;
}

/** Why days that end before they begin are none. */
export const objectionToDays = ({ from, until }: Period): Refusal | undefined =>
  until !== undefined && until < from ? refuse("employment-days-reversed", { from, until }) : undefined;

/** A reference as it is kept: without the blanks and points that offices print for the eye. */
export const referenceAsTyped = (reference: string): string => reference.replaceAll(/[\s.]/g, "").toUpperCase();

export type Declared = Period & { readonly reference: string };

/** Why a declaration is not entered for this member of a coop in a country. */
export function objectionToEmployment(status: Status, { reference, ...days }: Declared, country: string): Refusal | undefined {
  if (!isEmployed({ status })) return refuse("member-not-employed");
  const wrong = objectionToDays(days);
  if (wrong) return wrong;
  const known = declarationOf(country);
  return known?.form === undefined || known.form.test(reference)
    ? undefined
    : refuse("employment-reference-unlike", { scheme: known.scheme, like: known.like });
}
