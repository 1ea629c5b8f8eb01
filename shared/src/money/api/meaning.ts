// What a line of the bank's statement can mean.
import { z } from "zod";
import { pots } from "../../governance/rules/pots.ts";
import { DayJson, IdText, Line, PositiveMoney } from "../../platform/api.ts";
import { endowers } from "../rules/opening.ts";

/** What a line of the bank account means. */
export const Meaning = z.discriminatedUnion("kind", [
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
] as const;
