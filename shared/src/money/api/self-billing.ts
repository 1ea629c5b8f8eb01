// What can be asked of self-billing: how a member bills the coop, and the invoices that it wrote in their name.
import { z } from "zod";
import { Bytes, DayJson, IdText, InstantJson, Line, listOf, MoneyJson, Nothing, pageOfList } from "../../platform/api.ts";
import { Sha256Hex } from "../../platform/api/transparency.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { vatSchemes } from "../rules/self-billing.ts";

const ofMember = z.strictObject({ member: IdText });

const details = {
  name: Line(120).meta({ description: "of the business, as its tax authority knows it" }),
  street: Line(120),
  postcode: Line(12),
  town: Line(80),
  country: z.string().regex(/^[A-Z]{2}$/),
  scheme: z.enum(vatSchemes).meta({ description: "`registered` for VAT, or `exempt` as a small business" }),
  taxNumber: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9 ./-]{4,24}$/)
    .meta({ description: "the VAT number, or whatever number a small business is registered by" }),
};

export const readBilling = endpoint({
  does: "Read how a member bills the coop, with the agreement that lets it write their invoices; for the member, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/members/:member/billing",
  who: "person",
  input: ofMember,
  answer: z.object({
    needed: z.boolean().meta({ description: "the member is paid on an invoice" }),
    agreed: z.boolean().meta({ description: "what they agreed to is in force; nothing is paid for their work while it is not" }),
    said: z
      .object({ ...details, biller: z.string().meta({ description: "how their invoices are numbered: `M0042`" }) })
      .optional()
      .meta({ description: "absent before anything was said" }),
    agreement: z
      .object({ version: z.string(), language: z.enum(languages), text: z.string(), hash: Sha256Hex, at: InstantJson })
      .optional()
      .meta({ description: "the text that was agreed to last, and when" }),
    texts: z
      .array(z.object({ language: z.enum(languages), version: z.string(), text: z.string(), hash: Sha256Hex }))
      .meta({ description: "what is agreed to today, with its SHA-256" }),
  }),
});

export const setBilling = endpoint({
  does: "Say how one bills the coop, and agree that it writes one's invoices. It counts from the next payment on.",
  method: "POST",
  path: "/api/v1/members/:member/billing",
  who: "onceMember",
  proof: "fresh",
  input: z.strictObject({
    member: IdText,
    ...details,
    language: z.enum(languages),
    agreement: Sha256Hex.meta({ description: "of the text that was read, in this language" }),
  }),
  answer: z.object({ biller: z.string() }),
  refusals: [
    "member-not-invoiced",
    "self-billing-text-differs",
    "vat-number-unlike",
    "vat-number-wrong",
    "small-business-elsewhere",
    "small-business-unknown",
  ],
});

export const withdrawBilling = endpoint({
  does: "Take the agreement to self-billing back. What was invoiced stays; nothing new is paid for one's work until one agrees again.",
  method: "POST",
  path: "/api/v1/members/:member/billing/withdrawal",
  who: "onceMember",
  proof: "fresh",
  input: ofMember,
  answer: Nothing,
  refusals: ["self-billing-not-agreed"],
});

export const listSelfBilled = endpoint({
  does: "List the invoices that the coop wrote in a member's name, newest first; for the member, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/members/:member/self-billed-invoices",
  who: "person",
  input: z.strictObject({ member: IdText, ...pageOfList }),
  answer: listOf(
    z.object({
      id: IdText,
      number: z.string().meta({ description: "gap-free in the member's own series: `M0042-2026-0001`" }),
      issuedOn: DayJson,
      about: z.string(),
      invoice: z.string().meta({ description: "the invoice to the client that this work went into" }),
      net: MoneyJson,
      vat: MoneyJson,
      gross: MoneyJson,
      advanceOf: DayJson.optional().meta({ description: "it repaid the advance of that day: of it the VAT alone is paid out" }),
      hash: Sha256Hex,
      ubl: z.boolean().meta({ description: "both sides can be reached over the Peppol network" }),
      wrongUntil: InstantJson.optional().meta({
        description: "until when the member can call it wrong; absent where that is over or done",
      }),
      wrong: z.object({ because: z.string(), at: InstantJson }).optional(),
      answer: z
        .object({
          at: InstantJson,
          because: z.string().optional().meta({ description: "why it stands; absent where it was written anew" }),
          credit: z.object({ id: IdText, number: z.string() }).optional().meta({ description: "what took it back" }),
        })
        .optional(),
      replaces: z.string().optional().meta({ description: "the number of the invoice that it was written in the place of" }),
    }),
  ),
});

const file = { method: "GET", who: "person", perMinute: 60, answer: Bytes, input: z.strictObject({ paper: IdText }) } as const;

export const printSelfBilled = endpoint({
  ...file,
  does: "Print an invoice that the coop wrote in a member's name, or what took one back, as it was issued; for those who may read it.",
  path: "/api/v1/self-billed-invoices/:paper/pdf",
  file: "application/pdf",
});

const forms = { refusals: ["e-invoice-unsound", "e-invoice-unreachable"] } as const;

export const readUblSelfBilled = endpoint({
  ...file,
  ...forms,
  does: "An invoice that the coop wrote in a member's name, or what took one back, in UBL (Peppol BIS Self-Billing 3, types 389 and 261); for those who may read it.",
  path: "/api/v1/self-billed-invoices/:paper/ubl",
  file: "application/xml",
});

export const readHybridSelfBilled = endpoint({
  ...file,
  ...forms,
  does: "The same as the page it is printed on, which carries its figures for programs (Factur-X); for those who may read it.",
  path: "/api/v1/self-billed-invoices/:paper/factur-x",
  file: "application/pdf",
});

export const callSelfBilledWrong = endpoint({
  does: "Say that an invoice the coop wrote in one's name is wrong, and why; treasurers are told.",
  method: "POST",
  path: "/api/v1/self-billed-invoices/:paper/objection",
  who: "onceMember",
  status: 201,
  input: z.strictObject({ paper: IdText, because: Line(400) }),
  answer: Nothing,
  refusals: ["self-billed-settled"],
});

export const listCalledWrong = endpoint({
  does: "List the invoices in members' names that were called wrong and have no answer yet, the oldest first.",
  method: "GET",
  path: "/api/v1/desk/self-billed-invoices",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      number: z.string(),
      member: z.string(),
      own: z.boolean().meta({ description: "it is the reader's own, so another answers" }),
      issuedOn: DayJson,
      about: z.string(),
      net: MoneyJson,
      vat: MoneyJson,
      because: z.string(),
      at: InstantJson,
      anew: z
        .object({ seller: z.string(), vat: MoneyJson })
        .optional()
        .meta({ description: "what it would say written anew today; absent where the member does not agree any more" }),
    }),
  ),
});

export const answerCalledWrong = endpoint({
  does: "Answer a member who calls an invoice wrong: it stands, and why; or it is taken back by a credit note and written anew by what they say of their business today. VAT that it bears more is then owed to them.",
  method: "POST",
  path: "/api/v1/self-billed-invoices/:paper/answer",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({
    paper: IdText,
    because: Line(400).optional().meta({ description: "why it stands; absent: it is written anew" }),
  }),
  answer: Nothing,
  refusals: ["self-billed-unquestioned", "self-billed-answered", "self-billed-own", "self-billing-ended", "self-billed-vat-less"],
});
