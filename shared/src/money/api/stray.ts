// What can be asked of money that came from strangers and is sent back to them.
import { z } from "zod";
import { DayJson, IdText, listOf, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

export const listStrays = endpoint({
  does: "List money of people whom nobody here knows: what waits to be sent back, oldest first, then what went, newest first.",
  method: "GET",
  path: "/api/v1/desk/strays",
  who: ["treasurer", "accountant"],
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      id: IdText.meta({ description: "the line of the bank by which it came, or the part of one" }),
      from: z.string().meta({ description: "whom the bank names, as a treasurer wrote it" }),
      cameOn: DayJson,
      amount: MoneyJson,
      back: z
        .object({ on: DayJson, state: z.enum(["entered", "booked"]) })
        .optional()
        .meta({ description: "the line by which it left again: entered by one treasurer, or booked" }),
    }),
  ),
});
