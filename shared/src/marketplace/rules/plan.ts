// The law of plans: how the work of a price is parted into milestones, each handed in, approved and invoiced by itself.
import { moneyText, sum, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";

export const problems = {
  "milestones-differ-from-price": {
    status: 422,
    says: "The milestones come to {sum}, the price is {price}. They must be the same to the last cent.",
    rule: "milestones are the whole price",
  },
  "milestones-need-price": {
    status: 422,
    says: "Milestones part a price that is named. Name one, or leave the milestones out: then each bid names its own.",
    rule: "milestones are the whole price",
  },
  "milestone-outside-dates": {
    status: 422,
    says: "A milestone is due on {dueOn}, and the work runs from {startOn} to {endOn}.",
  },
} as const satisfies Problems;

/** How many milestones a plan has at most. */
export const mostMilestones = 20;

/** A milestone before there is any work: what it is called, its part of the price, and whether it waits for the one before. */
export type PlannedMilestone = {
  readonly title: string;
  readonly amount: Money;
  readonly dueOn?: Day | undefined;
  readonly parallel: boolean;
};

/** What was planned; where nobody planned anything, one milestone that is the whole. */
export const planOf = (title: string, price: Money, planned: readonly PlannedMilestone[] | undefined): readonly PlannedMilestone[] =>
  planned ?? [{ title, amount: price, parallel: false }];

type Dates = { readonly startOn: Day; readonly endOn: Day };

/** Why this plan does not part this price. */
export function objectionToPlan(plan: readonly PlannedMilestone[], price: Money, { startOn, endOn }: Dates): Refusal | undefined {
  const foreign = plan.find(({ amount }) => amount.currency !== price.currency);
  if (foreign) return refuse("currency-differs", { wanted: price.currency, given: foreign.amount.currency });
  const whole = plan.map(({ amount }) => amount).reduce((total, amount) => sum(total, amount));
  if (whole.minor !== price.minor) return refuse("milestones-differ-from-price", { sum: moneyText(whole), price: moneyText(price) });
  const outside = plan.find(({ dueOn }) => dueOn !== undefined && (dueOn < startOn || dueOn > endOn));
  return outside ? refuse("milestone-outside-dates", { dueOn: outside.dueOn, startOn, endOn }) : undefined;
}
