// What a member may not spend yet: the part of their budget that the client has not paid.
import { minus, zero, type Money } from "../../platform/money.ts";
import { budgetOfMember } from "./accounts.ts";
import type { Hold, HoldEnd } from "./entry.ts";

/** What stays held of a budget when so much of an invoice is paid. Rounded up: a cent is free only when it is there. Of what is wholly credited nothing is. */
export function heldAfter(budget: Money, gross: Money, paid: Money): Money {
  if (paid.minor >= gross.minor) return zero(budget.currency);
  const free = (budget.minor * paid.minor) / gross.minor;
  return { minor: budget.minor - free, currency: budget.currency };
}

/** The name of that hold. It only ever shrinks, so its figure makes the name unique. */
export const uncollectedKey = (invoice: string, member: string, held: Money): string =>
  `invoice:${invoice}:uncollected:${member}:${held.minor}`;

/** What one member earns of an invoice, and into which of their budgets: the first, unless the invoice says another. */
export type Earned = {
  readonly member: string;
  readonly budget: Money;
  readonly into?: string | undefined;
  /** They were paid before the client: nothing of it is held of their budget any more. */
  readonly ahead?: boolean | undefined;
};

/** What an invoice is: of what is owed, what is paid. */
type Standing = { readonly gross: Money; readonly paid: Money };

/** How the holds of those who did the work fall from one standing of their invoice to the next, each by itself. */
export function holdsFalling(
  invoice: string,
  before: readonly (Earned & Standing)[],
  after: readonly (Earned & Standing)[],
): { readonly ends: readonly HoldEnd[]; readonly holds: readonly Hold[] } {
  const falls = before.flatMap(({ member, into, budget, ahead, gross, paid }, at) => {
    const next = after[at];
    if (ahead) return [];
    const [held, left] = [heldAfter(budget, gross, paid), next ? heldAfter(next.budget, next.gross, next.paid) : zero(budget.currency)];
    return held.minor > left.minor ? [{ member, into, held, left }] : [];
  });
  return {
    ends: falls.map(({ member, held, left }) => ({
      key: uncollectedKey(invoice, member, held),
      outcome: "posted",
      posted: minus(held, left),
    })),
    holds: falls.flatMap(({ member, into, left }) => (left.minor > 0n ? [holdOf(invoice, { member, into, budget: left })] : [])),
  };
}

/** All that is earned, held until the client pays. */
export const holdOf = (invoice: string, { member, into, budget: held }: Earned): Hold => ({
  account: budgetOfMember(member, into),
  money: held,
  kind: "uncollected",
  key: uncollectedKey(invoice, member, held),
});
