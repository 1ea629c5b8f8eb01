// What can be asked of a member's budgets as such. What works lead to them is asked of the marketplace, which knows the works.
import { z } from "zod";
import { IdText, Line, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

/** What a budget is called. */
const BudgetName = Line(60);

export const openBudget = endpoint({
  does: "Open a further budget beside the first, which every member has.",
  method: "POST",
  path: "/api/v1/budgets",
  who: "member",
  status: 201,
  input: z.strictObject({ name: BudgetName }),
  answer: z.object({ id: IdText }),
  refusals: ["budgets-enough", "budget-named-so"],
});

export const renameBudget = endpoint({
  does: "Give one of one's budgets another name.",
  method: "PUT",
  path: "/api/v1/budgets/:budget/name",
  who: "member",
  input: z.strictObject({ budget: IdText, name: BudgetName }),
  answer: Nothing,
  refusals: ["budget-named-so"],
});
