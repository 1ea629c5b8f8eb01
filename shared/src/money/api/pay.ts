// What can be asked of pay: what of an amount comes into the hand of who is employed here, by the model of the country, and what a month brought a member.
import { z } from "zod";
import { statuses } from "../../membership/rules.ts";
import { Bytes, DayJson, IdText, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { entryKinds } from "../rules/entry.ts";
import { benefits, unestimated } from "../rules/pay-estimate.ts";

export const PayEstimateTold = z.object({
  gross: MoneyJson,
  employee: MoneyJson.meta({ description: "the employee's own contributions" }),
  employer: MoneyJson,
  net: MoneyJson.meta({ description: "in hand, before income tax" }),
  buys: z.array(z.object({ what: z.enum(benefits), amount: MoneyJson })).meta({
    description: "the contributions of both sides by what they buy; `relief` is what the state does not ask after all, below zero",
  }),
  model: z.string().meta({ description: "which model said so, and its version" }),
});

export const readPayEstimate = endpoint({
  does: "Estimate what comes into the hand of somebody employed here whose month costs the coop this much. An estimate by the model of the country, not a payslip. While it is being reckoned the answer says so, and who asks again finds it.",
  method: "GET",
  path: "/api/v1/pay-estimates",
  who: "anyone",
  perMinute: 300,
  input: z.strictObject({
    amount: z
      .string()
      .regex(/^(0|[1-9][0-9]{0,8})(\.[0-9]{1,3})?$/)
      .meta({ description: 'in the coop\'s currency, with exactly its decimals: "1830.00"' }),
    status: z.enum(statuses).optional().meta({ description: "absent: one's own, and for a visitor that of an employee" }),
  }),
  answer: z.object({
    state: z.enum(["known", "reckoning", "none"]),
    because: z.enum(unestimated).optional().meta({ description: "why there is none" }),
    country: z.string().meta({ description: "whose law it is by: the coop's" }),
    estimate: PayEstimateTold.optional(),
  }),
  refusals: ["not-founded"],
});

const asked = {
  member: IdText,
  month: z
    .string()
    .regex(/^20[0-9]{2}-(0[1-9]|1[0-2])$/)
    .optional()
    .meta({ description: "2026-12; absent: the last in which something moved" }),
};

const parts = { net: MoneyJson, employee: MoneyJson, employer: MoneyJson };

export const readPay = endpoint({
  does: "A month of a member's money, entry by entry: what their work brought, what was paid of it and on which paper, and for who is employed what was paid for them. No payslip. For the member, treasurers and accountants.",
  method: "GET",
  path: "/api/v1/members/:member/pay",
  who: "person",
  input: z.strictObject(asked),
  answer: z.object({
    month: z.string(),
    months: z.array(z.string()).meta({ description: "in which something moved, the last first" }),
    opening: MoneyJson.meta({ description: "on all budgets together, before the month" }),
    came: MoneyJson,
    left: MoneyJson,
    closing: MoneyJson,
    payroll: z
      .object(parts)
      .optional()
      .meta({ description: "what of it left through payroll, by whom it is for; absent where nothing did" }),
    lines: z.array(
      z.object({
        entry: IdText,
        on: DayJson,
        kind: z.enum(entryKinds),
        about: z.string().optional(),
        invoice: z.string().optional().meta({ description: "to the client" }),
        paper: z
          .object({ id: IdText, number: z.string() })
          .optional()
          .meta({ description: "the invoice in the member's name on which it was paid" }),
        amount: MoneyJson.meta({ description: "above zero it came onto a budget, below it left" }),
        payroll: z
          .object({
            ...parts,
            model: z.string().optional().meta({ description: "which model said so, and its version, or whose figures these are" }),
          })
          .optional(),
      }),
    ),
  }),
});

export const printPay = endpoint({
  does: "A month of a member's money on paper (PDF), each line with the way to its entry. No payslip.",
  method: "GET",
  path: "/api/v1/members/:member/pay/pdf",
  who: "person",
  file: "application/pdf",
  perMinute: 60,
  input: z.strictObject(asked),
  answer: Bytes,
});
