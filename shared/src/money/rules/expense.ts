// The law of expenses: what a receipt, kilometres or a day away come to, from which money they are repaid, and what one that is not repaid waits for.
import { divideHalfEven, exponentOf, minus, moneyText, type Money, type Ppm } from "../../platform/money.ts";
import { allowanceOn, type Allowance, type AllowanceKind } from "../../platform/allowances.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";
import type { Day } from "../../platform/time.ts";
import { legsOfBought } from "./legs.ts";

export const problems = {
  "expense-in-future": {
    status: 422,
    says: "{spentOn} has not come yet.",
    rule: "an expense was spent before it is repaid",
    changedBy: "you, by naming the day on which it was spent",
  },
  "receipt-needed": {
    status: 422,
    says: "An expense with a receipt needs a picture of it.",
    rule: "no amount without its receipt",
    changedBy: "you, by adding a picture of it",
  },
  "vat-differs": {
    status: 422,
    says: "At {rate} % the VAT in {amount} is {wanted}, and the receipt is said to show {given}.",
    rule: "amount, rate and VAT of a receipt fit together",
    changedBy: "you, by writing what the receipt says",
  },
  "allowance-unknown": {
    status: 409,
    says: "For {country} there is no rate on record for that day, so it is not offered. With a receipt it is repaid as spent.",
    rule: "rates of kilometres and days away with their day and source",
    changedBy: "the operator, with a release that has the rate",
  },
  "expense-ordered": {
    status: 409,
    says: "It is ordered at the bank already.",
    rule: "what is ordered is not taken back",
    changedBy: "a treasurer, by cancelling the order before its second signature",
  },
} as const satisfies Problems;

export const expenseKinds = ["receipt", "kilometres", "days"] as const;
export type ExpenseKind = (typeof expenseKinds)[number];

export const expenseStates = ["waiting", "covered", "repaid", "refused", "withdrawn"] as const;
export type ExpenseState = (typeof expenseStates)[number];

type Verb = "handIn" | "cover" | "repay" | "refuse" | "withdraw";

/** `cover`: enough of the member's own money is set aside for it. `repay` is the second signature under its payment. */
export const expenseTable: readonly Row<ExpenseState, Verb>[] = [
  { from: "none", verb: "handIn", who: "member", to: "waiting", fact: "expense.handedIn" },
  { from: "waiting", verb: "cover", who: "software", to: "covered", fact: "expense.covered" },
  { from: "covered", verb: "repay", who: "treasurer", to: "repaid", fact: "expense.repaid" },
  { from: "waiting", verb: "refuse", who: "treasurer", to: "refused", fact: "expense.refused" },
  { from: "covered", verb: "refuse", who: "treasurer", to: "refused", fact: "expense.refused" },
  { from: "waiting", verb: "withdraw", who: "member", to: "withdrawn", fact: "expense.withdrawn" },
  { from: "covered", verb: "withdraw", who: "member", to: "withdrawn", fact: "expense.withdrawn" },
];

/** What a receipt shows: the amount with VAT, the rate, and the VAT in it. */
export type Receipt = { readonly amount: Money; readonly rate: Ppm; readonly vat: Money };

/** Shops round each line by itself: so many cents may lie between. */
const centsBetween = 5n;

/** The VAT in an amount that has it. */
export const vatWithin = (amount: Money, rate: Ppm): Money => ({
  minor: divideHalfEven(amount.minor * rate, 1_000_000n + rate),
  currency: amount.currency,
});

/** Why a receipt is not taken as it is written. */
export function objectionToReceipt(receipt: Receipt, currency: string, files: number): Refusal | undefined {
  const { amount, vat } = receipt;
  if (amount.currency !== currency || vat.currency !== currency)
    return refuse("currency-differs", { wanted: currency, given: amount.currency === currency ? vat.currency : amount.currency });
  return files === 0 ? refuse("receipt-needed") : objectionToVatWithin(receipt);
}

/** Why an amount has not this VAT in it. */
export function objectionToVatWithin({ amount, rate, vat }: Receipt): Refusal | undefined {
  const wanted = vatWithin(amount, rate);
  const off = wanted.minor - vat.minor;
  if (off <= centsBetween && -off <= centsBetween && vat.minor >= 0n && (rate > 0n || vat.minor === 0n)) return undefined;
  return refuse("vat-differs", {
    rate: Number(rate) / 10_000,
    amount: moneyText(amount),
    wanted: moneyText(wanted),
    given: moneyText(vat),
  });
}

/** Kilometres and days away at the dated rate of a country; undefined where it has none for that day. */
export function allowed(kind: AllowanceKind, country: string, on: Day, units: bigint, currency: string): Allowed | undefined {
  const row = allowanceOn(kind, country, on);
  if (row?.currency !== currency) return undefined;
  const minor = divideHalfEven(units * row.tenThousandths * 10n ** BigInt(exponentOf(currency)), 10_000n);
  return { amount: { minor, currency }, row };
}

export type Allowed = { readonly amount: Money; readonly row: Allowance };

/** Why it was not spent on that day. */
export const objectionToSpentOn = (spentOn: Day, today: Day): Refusal | undefined =>
  spentOn > today ? refuse("expense-in-future", { spentOn }) : undefined;

/** What of an expense the member's own money bears: the coop gets the VAT back. */
export const ownPart = ({ amount, vat }: { readonly amount: Money; readonly vat: Money }): Money => minus(amount, vat);

/** Money of the member that is to come, with the day by which. */
export type ToCome = { readonly amount: Money; readonly on: Day };

/** How much is missing for an expense, and from when it should be there: the day of what brings the last of it. */
export function missingFor(own: Money, available: Money, toCome: readonly ToCome[]): { readonly missing: Money; readonly from?: Day } {
  const missing = minus(own, available);
  if (missing.minor <= 0n) return { missing: { ...missing, minor: 0n } };
  let rest = missing.minor;
  for (const { amount, on } of toCome) {
    rest -= amount.minor;
    if (rest <= 0n) return { missing, from: on };
  }
  return { missing };
}

/** The name of what is held of a budget for an expense. */
export const expenseHoldKey = (expense: string): string => `expense:${expense}`;

/** It is ordered at the bank: the member's budget bears it but for the VAT. */
export const legsOfExpenseRepaid = legsOfBought;
