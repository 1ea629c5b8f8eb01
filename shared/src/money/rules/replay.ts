// What the past would have been under other bylaws: an invoice and all that followed of it, by the same functions that post.
import { sum, zero, type Money, type Ppm } from "../../platform/money.ts";
import type { PerPot } from "../../governance/rules/pots.ts";
import { budgetOfMember, type AccountCode } from "./accounts.ts";
import {
  legsOfBought,
  legsOfInvoice,
  legsOfInvoiceCredited,
  legsOfPayoutSettled,
  type Credited,
  type InvoiceFacts,
  type Leg,
} from "./legs.ts";
import { vatOf } from "./vat.ts";

/** The bylaws that decide legs, with the values that are proposed. Whatever else is voted moves no posted leg of the past. */
export type Proposed = { readonly "fee.rate"?: Ppm; readonly "fund.split"?: PerPot<Ppm> };

/** What was posted of an invoice after it was issued. */
export type Followed =
  | { readonly kind: "credited"; readonly credited: Credited }
  /** With the VAT rate of the invoice in the member's name, where it was paid by one. */
  | { readonly kind: "ordered"; readonly member: string; readonly vatRate: Ppm }
  | { readonly kind: "settled"; readonly member: string; readonly bank: string };

/** An invoice as it was posted, and what followed of it in the order of the book. */
export type Past = { readonly facts: InvoiceFacts; readonly followed: readonly Followed[] };

/** `earned`: the invoice and its credit notes. `paid`: what then left the members' budgets for the bank. */
export type Legs = { readonly earned: readonly Leg[]; readonly paid: readonly Leg[] };

/** The legs an invoice would have under proposed bylaws; where none is proposed, those it has. */
export function replayed({ facts, followed }: Past, proposed: Proposed): Legs {
  const { "fee.rate": feeRate = facts.feeRate, "fund.split": fundSplit = facts.fundSplit } = proposed;
  const issued = legsOfInvoice({ ...facts, feeRate, fundSplit });
  const credits: Leg[] = [];
  const paid: Leg[] = [];
  const ordered = new Map<string, Money>();
  for (const step of followed) {
    if (step.kind === "credited") {
      credits.push(...legsOfInvoiceCredited(issued, credits, step.credited));
      continue;
    }
    const into = facts.team.find(({ member }) => member === step.member)?.into;
    const before = ordered.get(step.member);
    const own = before ?? left([...issued, ...credits], budgetOfMember(step.member, into), facts.price.currency);
    // Paid once more after the bank sent it back, nothing is bought again.
    const vat = step.kind === "ordered" && before === undefined ? vatOf(own, step.vatRate) : zero(own.currency);
    ordered.set(step.member, sum(own, vat));
    paid.push(
      ...(step.kind === "ordered" ? legsOfBought(step.member, facts.country, own, vat, into) : legsOfPayoutSettled(step.bank, own)),
    );
  }
  return { earned: [...issued, ...credits], paid };
}

/** What a budget has of these legs: it is ordered as one, so a payout is always the whole of it. */
function left(legs: readonly Leg[], budget: AccountCode, currency: string): Money {
  const minor = legs.reduce((so, { account, money }) => (account.code === budget.code ? so - money.minor : so), zero(currency).minor);
  return { minor, currency };
}
