// What the treasury can ask about capital of those who have left.
import { z } from "zod";
import { DayJson, IdText, listOf, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { shareWaits } from "../rules/share-capital.ts";

export const listSharesOwed = endpoint({
  does: "List the shares of those who have left and were not repaid, in the order of leaving, each with what it waits for.",
  method: "GET",
  path: "/api/v1/desk/shares",
  who: ["treasurer", "accountant"],
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      member: IdText,
      name: z.string(),
      leftOn: DayJson,
      amount: MoneyJson,
      closesOn: DayJson.meta({ description: "the last day of the year in which they left: repaid once the books are closed until then" }),
      wait: z.enum(shareWaits).optional().meta({ description: "absent: it may be repaid now" }),
    }),
  ),
});
