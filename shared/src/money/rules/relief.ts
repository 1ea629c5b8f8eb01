// The law of VAT on what was never paid: it is asked back with the loss, and the tax office grants it or does not.
import { minus, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { pot, vatDue, vatRelief } from "./accounts.ts";
import { credit, debit, moved, type Leg } from "./legs.ts";

export const problems = {
  "relief-answered": {
    status: 409,
    says: "What the tax office said of this loss is on record, or waits for the second treasurer.",
    rule: "the tax office answers once for each loss",
    changedBy: "the second treasurer, who confirms or discards it",
  },
  "relief-nothing-asked": {
    status: 409,
    says: "No VAT is asked back on this: it is not confirmed as lost, or bore none.",
    rule: "only VAT on what is lost comes back",
    changedBy: "two treasurers, who confirm the loss first",
  },
  "relief-unknown": {
    status: 409,
    says: "By which law {country} gives VAT back on what is never paid is not on record here, so nothing can be booked as granted.",
    rule: "the law of the country, with its day and source",
    changedBy: "the operator, with a release that has it",
  },
} as const satisfies Problems;

export const reliefAnswers = ["granted", "refused"] as const;
export type ReliefAnswer = (typeof reliefAnswers)[number];

/** The VAT that is asked back on a loss, what the office answers, and by which law of the country it can. */
export type Asked = { readonly vat: Money; readonly answer: ReliefAnswer; readonly country: string; readonly law: string | undefined };

/** Why such an answer cannot be booked. */
export function objectionToRelief({ vat, answer, country, law }: Asked): Refusal | undefined {
  if (vat.minor <= 0n) return refuse("relief-nothing-asked");
  return answer === "granted" && law === undefined ? refuse("relief-unknown", { country }) : undefined;
}

/** The office gives it back: so much less VAT is due. */
export const legsOfVatRelieved = (country: string, vat: Money): readonly Leg[] => [
  debit(vatDue(country), vat),
  credit(vatRelief(country), vat),
];

/** It does not: the guarantee bears it, but for the part of `again`, which was declared once more as the client paid after all and is paid once. */
export const legsOfVatRefused = (country: string, vat: Money, again: Money): readonly Leg[] =>
  moved([debit(pot("guarantee"), minus(vat, again)), debit(vatDue(country), again), credit(vatRelief(country), vat)]);

/** What comes in of it after that: the VAT on it was paid long ago, and the pot that bore it has it back. */
export const legsOfVatBorneBack = (country: string, again: Money): readonly Leg[] => [
  debit(vatDue(country), again),
  credit(pot("guarantee"), again),
];
