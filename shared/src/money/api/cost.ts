// What can be asked of what the coop itself costs.
import { z } from "zod";
import { MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { costs, incomes } from "../rules/accounts.ts";

export const readCosts = endpoint({
  does: "Show what running the coop cost this year, by what was paid for, and what came in besides the fee. Who was paid stays with the treasury.",
  method: "GET",
  path: "/api/v1/costs",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({
    year: z.int(),
    costs: z
      .array(z.object({ cost: z.enum(costs), amount: MoneyJson }))
      .meta({ description: "without the VAT that is deducted, the largest first" }),
    incomes: z.array(z.object({ income: z.enum(incomes), amount: MoneyJson })),
    sum: MoneyJson.optional().meta({ description: "what all of it came to; absent before the coop is founded" }),
  }),
  mayLag: true,
});
