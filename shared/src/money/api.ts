// What can be asked of money: invoices, statements, payouts, and the lines of the bank account.
import { z } from "zod";
import {
  Bytes,
  DayJson,
  DayText,
  IdText,
  InstantJson,
  Line,
  listOf,
  MoneyJson,
  Nothing,
  pageOfList,
  PositiveMoney,
} from "../platform/api.ts";
import { FileCard } from "../platform/api/files.ts";
import { endpoint } from "../platform/endpoint.ts";
import { Dunning } from "./api/loss.ts";
import { payableStates, Queue, waits } from "./api/payable.ts";
import { pots } from "../governance/rules/pots.ts";
import { lineFacts, lineKinds, Meaning, unmeant } from "./api/meaning.ts";
import { costs } from "./rules/accounts.ts";
import { bearers } from "./rules/overdraft.ts";

export * from "./api/advance.ts";
export * from "./api/bank.ts";
export * from "./api/budget.ts";
export * from "./api/correction.ts";
export * from "./api/credit.ts";
export * from "./api/expense.ts";
export * from "./api/closing.ts";
export * from "./api/loss.ts";
export * from "./api/vat.ts";
export * from "./api/payable.ts";
export * from "./api/payout.ts";
export * from "./api/opening.ts";
export * from "./api/payroll.ts";
export * from "./api/rates.ts";
export * from "./api/self-billing.ts";

const treasury = ["treasurer", "accountant"] as const;

const invoiceCard = {
  id: IdText,
  number: z.string().meta({ description: "gap-free in its series, `BE-2026-000123`" }),
  issuedOn: DayJson,
  payBy: DayJson,
  client: z.string(),
  about: z.string().meta({ description: "the job's title as both signed it" }),
  net: MoneyJson,
  vat: MoneyJson,
  gross: MoneyJson,
  paid: MoneyJson.meta({ description: "what the bank has booked of it so far" }),
  credited: MoneyJson.meta({ description: "what credit notes took back of it so far, with VAT" }),
  lost: MoneyJson.meta({ description: "what was given up of it, and has not come in since" }),
  worth: MoneyJson.meta({ description: "what is neither paid nor credited of it, in the coop's own money by the rate of the invoice" }),
};

export const listInvoices = endpoint({
  does: "List the invoices of a client, newest first; for the client's buyers, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/clients/:client/invoices",
  who: "person",
  input: z.strictObject({ client: IdText, ...pageOfList }),
  answer: listOf(z.object(invoiceCard)),
});

export const listOpenInvoices = endpoint({
  does: "List the invoices that are not paid in full, those due first on top.",
  method: "GET",
  path: "/api/v1/desk/invoices",
  who: treasury,
  input: z.strictObject(pageOfList),
  answer: listOf(z.object(invoiceCard)),
});

export const listOwedBack = endpoint({
  does: "List invoices that were paid beyond what is owed: twice, too much, or credited afterwards. The client has it back.",
  method: "GET",
  path: "/api/v1/desk/owed-back",
  who: treasury,
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, number: z.string(), client: z.string(), over: MoneyJson })),
});

export const readInvoice = endpoint({
  does: "Read an invoice as it was issued; for its client's buyers, its member, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/invoices/:invoice",
  who: "person",
  input: z.strictObject({ invoice: IdText }),
  answer: z.object({
    ...invoiceCard,
    reference: z.string().meta({ description: "structured payment reference, RF (ISO 11649)" }),
    frozen: z.string().meta({ description: "canonical JSON (RFC 8785) of everything the paper says" }),
    hash: z.string().meta({ description: "SHA-256 of it, hexadecimal" }),
    dunning: z.array(Dunning).meta({ description: "what was sent because it was not paid, oldest first" }),
    engagement: IdText.optional().meta({ description: "for the two sides of the work, who have a page of it" }),
    credits: z
      .array(
        z.object({
          id: IdText,
          number: z.string(),
          issuedOn: DayJson,
          net: MoneyJson,
          vat: MoneyJson,
          gross: MoneyJson,
          frozen: z.string(),
          hash: z.string(),
        }),
      )
      .meta({ description: "its credit notes, oldest first, as they were issued" }),
  }),
});

export const printInvoice = endpoint({
  does: "Print an invoice as it was issued, one A4 page in the language of the paper; for those who may read it.",
  method: "GET",
  path: "/api/v1/invoices/:invoice/pdf",
  who: "person",
  file: "application/pdf",
  perMinute: 60,
  input: z.strictObject({ invoice: IdText }),
  answer: Bytes,
});

export const readStatement = endpoint({
  does: "List what moved a member's budgets, or one of them, newest first, with the balance after each entry; for the member, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/members/:member/statement",
  who: "person",
  input: z.strictObject({
    member: IdText,
    budget: z
      .union([z.literal("first"), IdText])
      .optional()
      .meta({ description: "of one budget; absent: of all together" }),
    ...pageOfList,
  }),
  answer: z.object({
    name: z.string().optional().meta({ description: "of the one budget that is asked for; absent: of the first, and of all together" }),
    balance: MoneyJson,
    available: MoneyJson.meta({ description: "balance less what is held because a client has not paid yet" }),
    iban: z.string().optional().meta({ description: "masked: country and the last four signs" }),
    years: z.array(z.int()).meta({ description: "in which something moved, the last first" }),
    payables: z.array(
      z.object({
        id: IdText,
        invoice: z.string(),
        amount: MoneyJson,
        dueOn: DayJson.optional(),
        state: z.enum(payableStates),
        waitsFor: z.enum(waits).optional(),
        queue: Queue.optional(),
        pay: z
          .object({
            cost: MoneyJson.meta({ description: "what the budget bears" }),
            employer: MoneyJson,
            gross: MoneyJson,
            employee: MoneyJson,
            along: MoneyJson.optional().meta({ description: "of earlier months, that leaves with it or, below zero, is kept of it" }),
            inHand: MoneyJson,
            model: z.string(),
          })
          .optional()
          .meta({ description: "of whoever is employed, once it is known" }),
      }),
    ),
    items: z.array(
      z.object({
        id: IdText,
        on: DayJson,
        kind: z.string(),
        invoice: z.string().optional(),
        borne: z
          .object({ by: z.enum(bearers), reason: z.string().optional() })
          .optional()
          .meta({ description: "which pot bears a correction, and why, until the words are erased" }),
        amount: MoneyJson,
        balance: MoneyJson,
      }),
    ),
    next: z.string().optional(),
  }),
});

export const setIban = endpoint({
  does: "Say to which bank account one's money goes. A first account counts at once, another after 48 hours, a letter to its owner, and the word of a treasurer who asked them.",
  method: "POST",
  path: "/api/v1/members/:member/iban",
  who: "onceMember",
  proof: "fresh",
  input: z.strictObject({ member: IdText, iban: z.string().max(42) }),
  answer: z.object({
    iban: z.string().meta({ description: "masked" }),
    from: InstantJson,
    waits: z.boolean().meta({ description: "for a treasurer, who confirms it" }),
  }),
  refusals: ["iban-unreadable", "iban-of-another"],
});

export const enterBankLine = endpoint({
  does: "Enter a line of the bank's statement and what it means. Nothing is booked before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/bank-lines",
  who: ["treasurer"],
  status: 201,
  input: z.strictObject({
    bookedOn: DayText,
    amount: PositiveMoney,
    reference: Line(140).meta({ description: "the bank's own reference of the line; one line is entered once" }),
    means: Meaning,
  }),
  answer: z.object({ id: IdText }),
  refusals: ["bank-line-known", "bank-line-in-future", ...unmeant],
});

export const confirmBankLine = endpoint({
  does: "Confirm as another treasurer that a line stands on the bank's statement: it is booked.",
  method: "POST",
  path: "/api/v1/bank-lines/:line/confirmation",
  who: ["treasurer"],
  input: z.strictObject({ line: IdText }),
  answer: Nothing,
  refusals: [
    "second-person-needed",
    "not-in-this-state",
    "more-than-open",
    "more-than-over",
    "still-open",
    "purpose-spent",
    "pot-floor",
    "share-before-close",
    "share-capital-floor",
  ],
});

export const discardBankLine = endpoint({
  does: "Discard a line that was entered in error and is not confirmed.",
  method: "POST",
  path: "/api/v1/bank-lines/:line/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ line: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const bankLineStates = ["entered", "booked", "discarded"] as const;

export const listBankLines = endpoint({
  does: "List the lines of the bank account, newest first.",
  method: "GET",
  path: "/api/v1/bank-lines",
  who: treasury,
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      bookedOn: DayJson,
      amount: MoneyJson,
      reference: z.string(),
      kind: z.enum(lineKinds),
      ...lineFacts,
      without: z
        .array(z.string())
        .optional()
        .meta({ description: "of a payout that left as one sum, members whose transfers did not leave with it" }),
      pot: z.enum(pots).optional().meta({ description: "which is endowed" }),
      cost: z.enum(costs).optional().meta({ description: "of a bill: what was paid for" }),
      parts: z
        .array(z.object({ kind: z.enum(lineKinds), ...lineFacts, amount: MoneyJson, came: z.boolean() }))
        .optional()
        .meta({ description: "of a line that means several things" }),
      files: z.array(FileCard).meta({ description: "bills, and what else proves it" }),
      state: z.enum(bankLineStates),
      source: z.enum(["typed", "file"]).meta({ description: "`file`: the bank's own file said it, with a reference that checks" }),
      enteredBy: z.string(),
      mine: z.boolean(),
      confirmedBy: z.string().optional(),
    }),
  ),
});
