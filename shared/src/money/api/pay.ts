// What can be asked of pay: what of an amount comes into the hand of who is employed here, by the model of the country.
import { z } from "zod";
import { statuses } from "../../membership/rules.ts";
import { MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
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
