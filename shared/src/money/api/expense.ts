// What can be asked of expenses: to hand one in, to see what it waits for, to take it back, and to refuse it.
import { z } from "zod";
import {
  CountJson,
  DayJson,
  DayText,
  IdText,
  Line,
  listOf,
  MoneyJson,
  Nothing,
  pageOfList,
  PositiveMoney,
  PpmJson,
} from "../../platform/api.ts";
import { FileCard, Files } from "../../platform/api/files.ts";
import { allowanceKinds } from "../../platform/allowances.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { expenseKinds, expenseStates } from "../rules/expense.ts";

const card = {
  id: IdText,
  kind: z.enum(expenseKinds),
  about: z.string(),
  spentOn: DayJson,
  amount: MoneyJson,
  vat: MoneyJson.meta({ description: "of that, what the coop gets back" }),
  units: z.int().optional().meta({ description: "kilometres, or days away" }),
  source: z.string().optional().meta({ description: "of the rate" }),
  state: z.enum(expenseStates),
  files: z.array(FileCard),
};

export const listExpenses = endpoint({
  does: "List one's expenses, newest first: how far each is, what is missing for one that waits, and from when it should be there.",
  method: "GET",
  path: "/api/v1/expenses",
  who: "member",
  input: z.strictObject({}),
  answer: z.object({
    allowances: z
      .array(z.object({ kind: z.enum(allowanceKinds), perUnit: z.string(), currency: z.string(), source: z.string() }))
      .meta({ description: "the rates that hold today; what has none is not offered" }),
    items: z.array(
      z.object({
        ...card,
        budget: z.string().optional().meta({ description: "the name of the budget it is repaid from; absent: the first" }),
        paidOn: DayJson.optional(),
        waitsFor: z.enum(["iban"]).optional(),
        missing: MoneyJson.optional().meta({ description: "so much of one's own money is not there yet" }),
        from: DayJson.optional().meta({ description: "the day by which it should be" }),
        because: z.string().optional().meta({ description: "why it was refused" }),
      }),
    ),
  }),
});

const handedIn = { about: Line(140), spentOn: DayText, budget: z.union([z.literal("first"), IdText]).default("first") };

export const handInReceipt = endpoint({
  does: "Hand in an expense with a picture of its receipt, to be repaid from one's own money at the coop.",
  method: "POST",
  path: "/api/v1/expenses/receipts",
  who: "member",
  status: 201,
  input: z.strictObject({ ...handedIn, amount: PositiveMoney, rate: PpmJson, vat: MoneyJson, files: Files }),
  answer: z.object({ id: IdText }),
  refusals: ["expense-in-future", "receipt-needed", "vat-differs", "file-not-ready", "currency-differs"],
});

export const handInAllowance = endpoint({
  does: "Hand in kilometres with one's own car, or days away, at the rate of the coop's country on that day.",
  method: "POST",
  path: "/api/v1/expenses/allowances",
  who: "member",
  status: 201,
  input: z.strictObject({ ...handedIn, kind: z.enum(allowanceKinds), units: CountJson }),
  answer: z.object({ id: IdText }),
  refusals: ["expense-in-future", "allowance-unknown"],
});

export const withdrawExpense = endpoint({
  does: "Take one's expense back while it is not ordered at the bank.",
  method: "POST",
  path: "/api/v1/expenses/:expense/withdrawal",
  who: "member",
  input: z.strictObject({ expense: IdText }),
  answer: Nothing,
  refusals: ["expense-ordered", "not-in-this-state"],
});

export const listOpenExpenses = endpoint({
  does: "List the expenses of members that are not repaid, the oldest first, with their receipts.",
  method: "GET",
  path: "/api/v1/desk/expenses",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(z.object({ ...card, member: z.string() })),
});

export const refuseExpense = endpoint({
  does: "Refuse an expense that is not ordered, with the reason; the member reads it.",
  method: "POST",
  path: "/api/v1/expenses/:expense/refusal",
  who: ["treasurer"],
  input: z.strictObject({ expense: IdText, because: Line(400) }),
  answer: Nothing,
  refusals: ["expense-ordered", "not-in-this-state"],
});
