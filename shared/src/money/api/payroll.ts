// What can be asked of payroll: a month as the payroll office gets it, and its figures as they come back.
import { z } from "zod";
import { Bytes, DayJson, IdText, InstantJson, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const Month = DayJson.meta({ description: "its first day" });

const asked = { method: "GET", who: ["treasurer", "accountant"], input: z.strictObject({ month: DayJson.optional() }) } as const;

const Payroll = z.object({
  month: Month,
  before: Month,
  next: Month.optional().meta({ description: "absent where it has not begun" }),
  works: z
    .array(
      z.object({
        payable: IdText,
        member: IdText.meta({ description: "their number, for the office" }),
        name: z.string(),
        reference: z.string().optional().meta({ description: "of the declaration that covers the month's last day, or else the newest" }),
        invoice: z.string(),
        engagement: IdText,
        deliveredOn: DayJson,
        cost: MoneyJson.meta({ description: "what the budget bears" }),
        net: MoneyJson.optional(),
        employee: MoneyJson.optional(),
        employer: MoneyJson.optional(),
        model: z.string().optional().meta({ description: "who said so; absent: the office is to say it" }),
      }),
    )
    .meta({
      description: "what was paid in the month by an estimate, what the office decided of it, and what waits for the office by its end",
    }),
  figures: z
    .array(
      z.object({
        member: IdText,
        name: z.string(),
        gross: MoneyJson,
        net: MoneyJson,
        employee: MoneyJson,
        employer: MoneyJson,
        readAt: InstantJson,
      }),
    )
    .meta({ description: "what the office said of it" }),
  open: z.object({ until: DayJson, employee: MoneyJson, employer: MoneyJson }).meta({
    description: "contributions of all months until the end of this one that were never paid",
  }),
});

export const readPayroll = endpoint({
  ...asked,
  does: "Show a month of those who are employed: what was paid through payroll, what waits for the payroll office, what it said, and what the social offices are owed; for treasurers and accountants.",
  path: "/api/v1/desk/payroll",
  answer: Payroll,
});

export const readPayrollFile = endpoint({
  ...asked,
  does: "The same month as a table for the payroll office.",
  path: "/api/v1/desk/payroll/csv",
  file: "text/csv",
  perMinute: 30,
  answer: Bytes,
});

export const importPayroll = endpoint({
  does: "Read the payroll office's figures in, whole or not at all: what was estimated is corrected, what waits for them can be paid. The same figures again change nothing.",
  method: "POST",
  path: "/api/v1/desk/payroll",
  who: ["treasurer"],
  perMinute: 30,
  status: 201,
  input: z.strictObject({
    file: z.string().min(1).max(900_000).meta({ description: "CSV with the columns member, month, gross, net, employee, employer" }),
  }),
  answer: z.object({
    read: z.int().meta({ description: "members and months that are new" }),
    known: z.int().meta({ description: "those that were read in before" }),
    corrected: z.int().meta({ description: "of the new ones, where the estimate was another" }),
  }),
  refusals: [
    "payroll-file-unreadable",
    "payroll-member-unknown",
    "payroll-twice",
    "payroll-sums",
    "payroll-differs",
    "payroll-unpaid",
    "payroll-not-the-budget",
  ],
});
