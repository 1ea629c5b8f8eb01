// What can be asked of what the coop itself costs.
import { z } from "zod";
import { IdText, MoneyJson, Nothing } from "../../platform/api.ts";
import { mostFiles } from "../../platform/rules/files.ts";
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

export const keepBill = endpoint({
  does: "Keep a bill, or what else proves a line of the bank, with that line. The treasury and its accountants read it; it stays as long as the line.",
  method: "POST",
  path: "/api/v1/bank-lines/:line/bills",
  who: ["treasurer"],
  input: z.strictObject({ line: IdText, files: z.array(IdText).min(1).max(mostFiles).meta({ description: "arrived for this line" }) }),
  answer: Nothing,
  refusals: ["not-in-this-state", "file-not-ready"],
});
