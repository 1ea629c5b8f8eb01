// What can be asked of credit notes: proposed by one treasurer, confirmed by another, read by whoever reads the invoice.
import { z } from "zod";
import { Bytes, IdText, listOf, MoneyJson, Nothing, pageOfList, PositiveMoney, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { bearers } from "../rules/overdraft.ts";
import { creditSides } from "../rules/credit.ts";

/** A credit as its two sides meet it on the page of their work. */
export const WaitingCredit = z.object({
  id: IdText,
  net: MoneyJson,
  reason: z.string(),
  agreed: z.array(z.enum(creditSides)),
  acts: z.array(z.enum(["agree"])).meta({ description: "what whoever asks may do now" }),
});

export const creditStates = ["proposed", "confirmed", "discarded"] as const;

export const proposeCredit = endpoint({
  does: "Propose to credit part or all of an invoice, with the reason that its paper will bear. Nothing moves before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/invoices/:invoice/credits",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({
    invoice: IdText,
    net: PositiveMoney.meta({ description: "without VAT" }),
    reason: Text(500, 1),
    bearer: z
      .enum(bearers)
      .optional()
      .meta({ description: "the pot that bears what members were paid of it already; without one no such credit is confirmed" }),
  }),
  answer: z.object({ id: IdText }),
  refusals: ["currency-differs", "more-than-left", "credit-proposed-already", "credit-across"],
});

export const agreeToCredit = endpoint({
  does: "Agree to a proposed credit for one's side of the work. With both sides' agreement another treasurer can confirm it.",
  method: "POST",
  path: "/api/v1/credits/:credit/agreement",
  who: "person",
  input: z.strictObject({ credit: IdText }),
  answer: z.object({ agreed: z.array(z.enum(creditSides)) }),
  refusals: ["approver-needed", "agreed-already", "not-in-this-state"],
});

export const confirmCredit = endpoint({
  does: "Confirm a credit as another treasurer, once both sides have agreed: the credit note is issued and posted as the mirror of that part of the invoice.",
  method: "POST",
  path: "/api/v1/credits/:credit/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ credit: IdText }),
  answer: z.object({ number: z.string() }),
  refusals: ["second-person-needed", "credit-not-agreed", "more-than-left", "member-paid-already", "pot-floor", "not-in-this-state"],
});

export const discardCredit = endpoint({
  does: "Discard a credit that is not confirmed.",
  method: "POST",
  path: "/api/v1/credits/:credit/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ credit: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const listCredits = endpoint({
  does: "List credits, newest first: those that wait for a second treasurer, and those that were issued or discarded.",
  method: "GET",
  path: "/api/v1/desk/credits",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      invoice: IdText,
      invoiceNumber: z.string(),
      about: z.string(),
      net: MoneyJson,
      reason: z.string(),
      bearer: z.enum(bearers).optional().meta({ description: "the pot that bears what members were paid already" }),
      state: z.enum(creditStates),
      proposedBy: z.string(),
      mine: z.boolean(),
      agreed: z.array(z.string()).meta({ description: "the sides that have agreed, by name" }),
      confirmedBy: z.string().optional(),
      number: z.string().optional(),
    }),
  ),
});

export const printCreditNote = endpoint({
  does: "Print a credit note as it was issued, in the language of its invoice; for those who may read that.",
  method: "GET",
  path: "/api/v1/credit-notes/:note/pdf",
  who: "person",
  file: "application/pdf",
  perMinute: 60,
  input: z.strictObject({ note: IdText }),
  answer: Bytes,
});
