// What can be asked about the opening fund: what founders planned, what came of it, and who lends to the coop.
import { z } from "zod";
import { pots } from "../../governance/rules/pots.ts";
import { IdText, Line, listOf, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const treasury = ["treasurer", "accountant"] as const;

export const readOpening = endpoint({
  does: "Show what founders planned to open the fund with, and what of it the bank has booked; nothing where they planned nothing.",
  method: "GET",
  path: "/api/v1/desk/opening",
  who: treasury,
  input: z.strictObject({}),
  answer: z.object({
    pots: z.array(z.object({ pot: z.enum(pots), planned: MoneyJson, toCome: MoneyJson })),
    loan: z.object({ planned: MoneyJson, toCome: MoneyJson }).optional(),
  }),
});

export const nameLender = endpoint({
  does: "Name somebody outside who lends to the coop, so that lines of the bank can say so.",
  method: "POST",
  path: "/api/v1/lenders",
  who: ["treasurer"],
  status: 201,
  input: z.strictObject({ name: Line(200) }),
  answer: z.object({ id: IdText }),
  refusals: ["lender-known"],
});

export const listLenders = endpoint({
  does: "List those who lend to the coop, with what they are owed.",
  method: "GET",
  path: "/api/v1/lenders",
  who: treasury,
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, name: z.string(), owed: MoneyJson })),
});
