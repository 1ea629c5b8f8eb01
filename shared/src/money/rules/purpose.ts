// The law of money that members set aside by a vote: what the pot must keep, who pays out of it, and when what is left goes back.
import { minus, moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";
import type { purposeStates } from "../../governance/api/purpose.ts";

export const problems = {
  "purpose-spent": {
    status: 409,
    says: "More than is left of what members set aside: {left} remains.",
    rule: "nobody pays more than was voted",
    changedBy: "the members, by vote",
  },
} as const satisfies Problems;

export type PurposeState = (typeof purposeStates)[number];
type Verb = "fund" | "miss" | "pay" | "close";

/** `fund`: the vote passed and the pot has it. `miss`: the pot would have fallen below its floor. `pay`: two treasurers book what the bank paid. `close`: its last day is over. */
export const purposeTable: readonly Row<PurposeState, Verb>[] = [
  { from: "none", verb: "fund", who: "software", to: "open", fact: "purpose.funded" },
  { from: "none", verb: "miss", who: "software", to: "unpaid", fact: "purpose.missed" },
  { from: "open", verb: "pay", who: "treasurer", to: "open", fact: "bankLine.booked" },
  { from: "open", verb: "close", who: "clock", to: "closed", fact: "purpose.closed" },
];

/** What the pot lacks to give so much and keep its floor; nothing where it does not. */
export const shortOf = (wanted: Money, available: Money): Money | undefined =>
  available.minor >= wanted.minor ? undefined : minus(wanted, available);

/** Why so much is not paid for a purpose. */
export function objectionToPurposePayment(
  amount: Money,
  { state, left }: { readonly state: PurposeState; readonly left: Money },
): Refusal | undefined {
  const wrong = objectionToVerb(purposeTable, state, "pay");
  if (wrong) return wrong;
  if (amount.currency !== left.currency) return refuse("currency-differs", { wanted: left.currency, given: amount.currency });
  return amount.minor > left.minor ? refuse("purpose-spent", { left: moneyText(left) }) : undefined;
}
