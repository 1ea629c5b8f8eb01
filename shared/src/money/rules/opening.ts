// Where money of an opening fund comes from, and what is still to come of what founders planned.
import { minus, moneyText, zero, type Money } from "../../platform/money.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";

/** Who may give money to a pot that nobody has to pay back. */
export const endowers = ["founders", "grant", "sister"] as const;

/** Nobody is paid back more than they lent. */
export function objectionToLoanRepaid(amount: Money, owed: Money): Refusal | undefined {
  if (amount.currency !== owed.currency) return refuse("currency-differs", { wanted: owed.currency, given: amount.currency });
  return amount.minor > owed.minor ? refuse("more-than-open", { open: moneyText(owed) }) : undefined;
}

/** One thing that founders planned, and what of it the bank has booked. */
export type Awaited = { readonly planned: Money; readonly came: Money };

/** What is still to come; more than was planned is welcome. */
export function toCome({ planned, came }: Awaited): Money {
  const left = minus(planned, came);
  return left.minor > 0n ? left : zero(planned.currency);
}
