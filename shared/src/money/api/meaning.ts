// What a line of the bank's statement can mean.
import { z } from "zod";
import { pots } from "../../governance/rules/pots.ts";
import { DayJson, IdText, Line, PositiveMoney, PpmJson } from "../../platform/api.ts";
import { costs, incomes } from "../rules/accounts.ts";
import { endowers } from "../rules/opening.ts";

const bill = {
  cost: z.enum(costs),
  party: Line(140).meta({ description: "who was paid" }),
  vat: z
    .union([z.strictObject({ by: z.literal("supplier"), rate: PpmJson, vat: PositiveMoney }), z.strictObject({ by: z.literal("us") })])
    .optional()
    .meta({ description: "what of it is VAT that we deduct; `us`: the supplier is in another country, and the state asks us for it" }),
};

/** What a line of the bank account means, or one part of it. */
const alone = [
  z.strictObject({
    kind: z.literal("clientPaid"),
    invoice: IdText,
    settles: PositiveMoney.optional().meta({
      description: "of an invoice in foreign money: what of that is paid by what the bank credited",
    }),
  }),
  z.strictObject({ kind: z.literal("payoutSettled"), item: IdText }),
  z.strictObject({ kind: z.literal("sharePaid"), member: IdText }),
  z.strictObject({ kind: z.literal("shareRepaid"), member: IdText }),
  z.strictObject({ kind: z.literal("purposePaid"), purpose: IdText, reason: Line(200) }),
  z.strictObject({ kind: z.literal("settlementPaid"), sister: IdText }),
  z.strictObject({ kind: z.literal("settlementReceived"), sister: IdText }),
  z.strictObject({ kind: z.literal("payoutReturned"), item: IdText }),
  z.strictObject({ kind: z.literal("endowed"), pot: z.enum(pots), by: z.enum(endowers), from: Line(200) }),
  z.strictObject({ kind: z.literal("loanReceived"), lender: IdText }),
  z.strictObject({ kind: z.literal("loanRepaid"), lender: IdText }),
  z.strictObject({ kind: z.literal("vatPaid"), until: DayJson }),
  z.strictObject({ kind: z.literal("vatRefunded"), until: DayJson }),
  z.strictObject({ kind: z.literal("payrollRemitted"), until: DayJson }),
  z.strictObject({ kind: z.literal("clientOverpaid"), invoice: IdText }),
  z.strictObject({ kind: z.literal("clientRepaid"), invoice: IdText }),
  z.strictObject({ kind: z.literal("strayReceived"), from: Line(140).meta({ description: "whom the bank names as its sender" }) }),
  z.strictObject({
    kind: z.literal("straySentBack"),
    stray: IdText.meta({ description: "the line of the bank by which it came, or the part of one" }),
  }),
  z.strictObject({ kind: z.literal("costPaid"), ...bill }),
  z.strictObject({ kind: z.literal("costRefunded"), ...bill }),
  z.strictObject({ kind: z.literal("incomeReceived"), income: z.enum(incomes), party: Line(140) }),
  z.strictObject({ kind: z.literal("premiumPaid"), party: Line(140) }),
] as const;

/** What a line means: one thing; all transfers of a payout, which the bank booked as one sum; or several things that come to it, as where a client pays three invoices by one transfer or keeps a charge back. */
export const Meaning = z.discriminatedUnion("kind", [
  ...alone,
  z.strictObject({
    kind: z.literal("batchSettled"),
    payout: IdText,
    without: z
      .array(IdText)
      .max(5_000)
      .optional()
      .meta({ description: "transfers of it that the bank did not carry out with the others: they go on waiting" }),
  }),
  z.strictObject({
    kind: z.literal("several"),
    parts: z
      .array(z.strictObject({ amount: PositiveMoney, means: z.discriminatedUnion("kind", alone) }))
      .min(2)
      .max(40)
      .meta({ description: "what came less what left is the line" }),
  }),
]);

export const lineKinds = [
  "clientPaid",
  "payoutSettled",
  "sharePaid",
  "shareRepaid",
  "purposePaid",
  "settlementPaid",
  "settlementReceived",
  "payoutReturned",
  "endowed",
  "loanReceived",
  "loanRepaid",
  "vatPaid",
  "vatRefunded",
  "payrollRemitted",
  "clientOverpaid",
  "clientRepaid",
  "strayReceived",
  "straySentBack",
  "costPaid",
  "costRefunded",
  "incomeReceived",
  "premiumPaid",
  "batchSettled",
  "several",
] as const;

/** What a line is about, as facts: a page makes its sentence of them. */
export const lineFacts = {
  about: z.string().meta({
    description: "invoice number, member's name, the other coop, who gave or lent, who was paid, or what members set money aside for",
  }),
  on: DayJson.optional().meta({ description: "of VAT and contributions, until when; of a payout as one sum, when it was ordered" }),
  transfers: z
    .object({ meant: z.int(), all: z.int() })
    .optional()
    .meta({ description: "of a payout as one sum, how many of its transfers left with it" }),
};

/** Why a line does not mean what is said of it. */
export const unmeant = [
  "amount-differs",
  "vat-differs",
  "parts-differ",
  "part-twice",
  "more-than-over",
  "more-than-open",
  "purpose-spent",
  "nothing-open",
  "vat-period-open",
  "share-before-close",
  "share-capital-floor",
  "currency-differs",
  "not-in-this-state",
] as const;
