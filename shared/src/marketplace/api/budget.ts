// What can be done to budgets together with the works that lead to them.
import { z } from "zod";
import { IdText, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const closeBudget = endpoint({
  does: "Close one of one's budgets for good, once it is empty and no agreed work leads to it.",
  method: "POST",
  path: "/api/v1/budgets/:budget/closing",
  who: "member",
  input: z.strictObject({ budget: IdText }),
  answer: Nothing,
  refusals: ["budget-in-use", "budget-not-empty"],
});

export const chooseBudget = endpoint({
  does: "Say into which of one's budgets the money of a work goes. It counts for what is invoiced from now on.",
  method: "PUT",
  path: "/api/v1/engagements/:engagement/budget",
  who: "member",
  input: z.strictObject({
    engagement: IdText,
    chosen: z.union([z.literal("first"), IdText]),
  }),
  answer: Nothing,
  refusals: ["member-side-needed", "not-in-this-state"],
});
