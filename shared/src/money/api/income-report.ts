// What can be asked of the yearly report of what members were paid (DAC7): who they are for the tax office, what lacks, the report with its file, and each member's copy.
import { z } from "zod";
import { Bytes, DayJson, DayText, IdText, InstantJson, Line, MoneyJson, Nothing } from "../../platform/api.ts";
import { Sha256Hex } from "../../platform/api/transparency.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { lacks } from "../rules/income-report.ts";

const treasury = ["treasurer", "accountant"] as const;
const year = z.coerce.number().int().min(2000).max(2099);
const ofMember = z.strictObject({ member: IdText });

const TaxNumber = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9 ./-]{4,30}$/)
  .meta({ description: "as the tax office of the country they live in gave it" });

const Country = z.string().regex(/^[A-Z]{2}$/);

/** Who somebody is, with a day as it comes or as it leaves. */
const taxpayerWith = <Of extends z.ZodType>(day: Of) =>
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("individual"),
      firstName: Line(80),
      lastName: Line(80),
      bornOn: day,
      taxNumber: TaxNumber.exactOptional(),
      bornIn: z
        .strictObject({ town: Line(80), country: Country })
        .exactOptional()
        .meta({ description: "where no office gave them a tax number" }),
    }),
    z.strictObject({ kind: z.literal("company"), taxNumber: TaxNumber, registerNumber: TaxNumber }),
  ]);

export const readTaxpayer = endpoint({
  does: "Read who one is for the tax office, as one said it last; for nobody else.",
  method: "GET",
  path: "/api/v1/members/:member/taxpayer",
  who: "onceMember",
  input: ofMember,
  answer: z.object({
    needed: z.boolean().meta({ description: "the member is paid on an invoice, so the coop reports what they were paid" }),
    said: taxpayerWith(DayJson).optional(),
    asked: InstantJson.optional().meta({ description: "when the treasury asked last; absent once it was said" }),
  }),
});

export const setTaxpayer = endpoint({
  does: "Say who one is for the tax office: a person with a birth date, or a company. It is kept sealed, shown to nobody else, and stands in the yearly report alone.",
  method: "POST",
  path: "/api/v1/members/:member/taxpayer",
  who: "onceMember",
  proof: "fresh",
  input: z.strictObject({ member: IdText, taxpayer: taxpayerWith(DayText) }),
  answer: Nothing,
  refusals: ["member-not-invoiced", "birth-date-unlike", "tax-number-or-birth-place"],
});

const Figures = z.object({
  paid: MoneyJson.meta({ description: "what reached the member, with the VAT that is theirs to declare" }),
  fees: MoneyJson.meta({ description: "what the coop kept of the price of it" }),
  works: z.int().meta({ description: "how many pieces of work it was for" }),
});
const Quarters = z.array(Figures).meta({ description: "four, in the order of the year" });

export const readReportedIncome = endpoint({
  does: "Read what the coop reported of a member to its tax office, the last year first; for the member, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/members/:member/reported-income",
  who: "person",
  input: ofMember,
  answer: z.object({
    items: z.array(z.object({ year: z.int(), reportedAt: InstantJson, quarters: Quarters })),
  }),
});

const person = { member: IdText, name: z.string() };

export const readIncomeReport = endpoint({
  does: "Show how the report of a year stands: how many members it tells of and what they were paid, who lacks what before they can be reported, and which reports were made; for treasurers and accountants.",
  method: "GET",
  path: "/api/v1/desk/income-report",
  who: treasury,
  input: z.strictObject({ year }),
  answer: z.object({
    ready: z.int().meta({ description: "who can be reported and is not yet" }),
    paid: MoneyJson.meta({ description: "what they were paid in that year" }),
    opensOn: DayJson.optional().meta({ description: "from which day on it can be reported; absent once that is so" }),
    lacking: z
      .array(
        z.object({
          ...person,
          lacks: z.array(z.enum(lacks)),
          askedAt: InstantJson.optional(),
          times: z.int().meta({ description: "how often they were asked" }),
        }),
      )
      .meta({ description: "who cannot be reported yet" }),
    leftOut: Sha256Hex.meta({ description: "of all who lack something: a report repeats it, so that nobody is left out unread" }),
    elsewhere: z.array(z.object(person)).meta({ description: "paid on invoices, and living outside the Union: not reported" }),
    reports: z
      .array(
        z.object({
          no: z.int(),
          at: InstantJson,
          by: z.string(),
          members: z.int(),
          taken: z.array(z.object({ by: z.string(), at: InstantJson, mine: z.boolean() })).meta({ description: "who took its file" }),
        }),
      )
      .meta({ description: "the first first; each has a file of its own" }),
    differing: z
      .array(z.object(person))
      .meta({ description: "reported, and the bank has booked something else since: a correction is due" }),
  }),
});

export const askTaxpayers = endpoint({
  does: "Ask those whom the report of a year cannot tell of yet to say who they are. Who was asked in the last fourteen days is left in peace.",
  method: "POST",
  path: "/api/v1/desk/income-report/reminders",
  who: treasury,
  input: z.strictObject({ year }),
  answer: z.object({ asked: z.int() }),
});

export const reportIncome = endpoint({
  does: "Report the income of a year: what every member who can be reported was paid is fixed, its file can be taken, and each of them is told. Who lacks something is left out, as whoever reports has read it, and comes in a further report.",
  method: "POST",
  path: "/api/v1/desk/income-report",
  who: treasury,
  proof: "fresh",
  status: 201,
  input: z.strictObject({
    year,
    leftOut: Sha256Hex.meta({ description: "as whoever reports has read it" }),
  }),
  answer: z.object({ no: z.int(), members: z.int() }),
  refusals: ["income-year-open", "income-coop-unknown", "income-left-out-differs", "income-nothing-new"],
});

const which = { year, no: z.coerce.number().int().min(1).max(999).meta({ description: "which report of the year, from 1 on" }) };

export const takeIncomeReport = endpoint({
  does: "Take the file of a report, for the tax office: who takes it is written down, and then it can be downloaded.",
  method: "POST",
  path: "/api/v1/desk/income-report/takings",
  who: treasury,
  proof: "fresh",
  input: z.strictObject(which),
  answer: Nothing,
});

export const downloadIncomeReport = endpoint({
  does: "A report as the file for the tax office (OECD schema DPI 1.0), for whoever took it: the same bytes each time. It holds names, birth dates, tax numbers and bank accounts.",
  method: "GET",
  path: "/api/v1/desk/income-report/file",
  who: treasury,
  file: "application/xml",
  perMinute: 20,
  input: z.strictObject(which),
  answer: Bytes,
  refusals: ["file-not-taken"],
});
