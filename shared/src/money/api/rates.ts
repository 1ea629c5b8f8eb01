// What can be asked about rates of foreign money.
import { z } from "zod";
import { DayText, DayJson, IdText, Line, listOf, Nothing, pageOfList } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { exponents } from "../../platform/money.ts";

const Currency = z.enum(Object.keys(exponents) as [string, ...string[]]);

/** So much money, as published: at most six decimals, and above zero. */
const Part = z.string().regex(/^(?!0+(\.0+)?$)\d{1,9}(\.\d{1,6})?$/);

/** So much of the coop's own money is so much of the other. */
const quotient = { currency: z.string(), on: DayJson, home: z.string(), foreign: z.string(), source: z.string() } as const;

export const readRatesToday = endpoint({
  does: "Show the foreign money that jobs may be priced in today, with the rate that is taken for each: so much of the coop's own money is so much of it.",
  method: "GET",
  path: "/api/v1/rates/today",
  who: "anyone",
  input: z.strictObject({}),
  answer: z.object({ home: z.string().optional().meta({ description: "the coop's own money" }), rates: z.array(z.object(quotient)) }),
});

export const listRates = endpoint({
  does: "List rates of foreign money, newest day first, with who said each; for treasurers and accountants.",
  method: "GET",
  path: "/api/v1/rates",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      ...quotient,
      state: z.enum(["proposed", "confirmed"]),
      by: z.string().optional().meta({ description: "none where a file said it" }),
      confirmedBy: z.string().optional(),
      mine: z.boolean().meta({ description: "said by whoever asks, who may therefore not confirm it" }),
    }),
  ),
});

export const proposeRate = endpoint({
  does: "Say a rate as it was published: so much of the coop's own money is so much of the other. Nothing is reckoned by it before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/rates",
  who: ["treasurer"],
  status: 201,
  input: z.strictObject({ currency: Currency, on: DayText, home: Part, foreign: Part, source: Line(200) }),
  answer: z.object({ id: IdText }),
  refusals: ["rate-of-home-money", "rate-in-future", "rate-known"],
});

export const confirmRate = endpoint({
  does: "Confirm a rate as another treasurer: from now on invoices stand by it, and it stays.",
  method: "POST",
  path: "/api/v1/rates/:rate/confirmation",
  who: ["treasurer"],
  input: z.strictObject({ rate: IdText }),
  answer: Nothing,
  refusals: ["second-person-needed", "not-in-this-state"],
});

export const discardRate = endpoint({
  does: "Discard a rate that nobody confirmed.",
  method: "POST",
  path: "/api/v1/rates/:rate/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ rate: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
