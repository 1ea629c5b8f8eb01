// The law of a member's budgets: how many there are, what they are called, and when one may be closed.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";

/** How many a member may have open beside the first. */
export const mostBudgets = 12;

export const problems = {
  "budgets-enough": {
    status: 409,
    says: "You have {most} budgets open beside the first. Close one before you open another.",
    rule: "12 budgets beside the first",
    changedBy: "you, by closing one",
  },
  "budget-named-so": {
    status: 409,
    says: "One of your budgets is called “{name}” already.",
    rule: "two budgets never share a name",
    changedBy: "you, with another name",
  },
  "budget-not-empty": {
    status: 409,
    says: "There is money on this budget, or some of it is on its way to your bank.",
    rule: "a budget is closed when it is empty",
    changedBy: "two treasurers, who pay out what is on it",
  },
  "budget-in-use": {
    status: 409,
    says: "The money of agreed work still goes here: {works}.",
    rule: "a budget is closed when no work leads to it",
    changedBy: "you, by choosing another budget on the page of that work",
  },
} as const satisfies Problems;

export type Named = { readonly id: Id; readonly name: string };

/** A name as it is compared. */
export const folded = (name: string): string => name.toLowerCase();

/** Why a budget may not be called so: another open one of the member is. */
export const objectionToName = (open: readonly Named[], name: string, own?: Id): Refusal | undefined =>
  open.some((each) => each.id !== own && folded(each.name) === folded(name)) ? refuse("budget-named-so", { name }) : undefined;

/** Why a member may not open one more. */
export const objectionToOpening = (open: readonly Named[], name: string): Refusal | undefined =>
  open.length >= mostBudgets ? refuse("budgets-enough", { most: mostBudgets }) : objectionToName(open, name);

export type Closing = {
  /** Nothing is on it, nothing held, and nothing on its way to the member's bank. */
  readonly empty: boolean;
  /** The agreed works whose money goes into it, by their titles. */
  readonly works: readonly string[];
};

/** Why a budget may not be closed. */
export function objectionToClosing({ empty, works }: Closing): Refusal | undefined {
  if (works.length > 0) return refuse("budget-in-use", { works: works.join(", ") });
  return empty ? undefined : refuse("budget-not-empty");
}
