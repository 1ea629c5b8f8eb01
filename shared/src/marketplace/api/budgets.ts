// What can be asked of budgets together with the works that lead to them: the one question that a page puts before it stands.
import { z } from "zod";
import { IdText, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const Held = z.object({ invoice: z.string(), amount: MoneyJson }).meta({ description: "its client has not paid so much of it" });
const Work = z.object({ id: IdText, title: z.string(), client: z.string() });

export const listBudgets = endpoint({
  does: "List one's open budgets, the first on top: what is on each, what of that is held and why, and the agreed works that lead to it.",
  method: "GET",
  path: "/api/v1/budgets",
  who: "member",
  input: z.strictObject({}),
  answer: z.object({
    items: z.array(
      z.object({
        id: IdText.optional().meta({ description: "absent: the first, which every member has" }),
        name: z.string().optional(),
        balance: MoneyJson,
        available: MoneyJson.meta({ description: "balance less what is held" }),
        held: z.array(Held),
        works: z.array(Work),
      }),
    ),
  }),
});
