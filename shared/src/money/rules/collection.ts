// What a member may not spend yet: the part of their budget that the client has not paid.
import { zero, type Money } from "../../platform/money.ts";

/** What stays held of a budget when so much of an invoice is paid. Rounded up: a cent is free only when it is there. Of what is wholly credited nothing is. */
export function heldAfter(budget: Money, gross: Money, paid: Money): Money {
  if (paid.minor >= gross.minor) return zero(budget.currency);
  const free = (budget.minor * paid.minor) / gross.minor;
  return { minor: budget.minor - free, currency: budget.currency };
}

/** The name of that hold. It only ever shrinks, so its figure makes the name unique. */
export const uncollectedKey = (invoice: string, held: Money): string => `invoice:${invoice}:uncollected:${held.minor}`;
