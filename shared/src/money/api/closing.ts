// What can be asked of closing the book: month by month, one treasurer proposes and another confirms.
import { z } from "zod";
import { DayJson, IdText, InstantJson, MoneyJson, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const OpenMonth = z.object({
  until: DayJson.meta({ description: "its last day" }),
  over: z.boolean(),
  lines: z.int().meta({ description: "lines of the bank of its days or before that are not booked" }),
  unsealed: z.int().meta({ description: "entries of its days or before that no seal covers" }),
  bank: MoneyJson.meta({ description: "what the book holds at the bank at the end of it" }),
  statement: MoneyJson.optional().meta({ description: "what the bank's own file says of that day" }),
  foreign: z
    .array(
      z.object({
        owed: MoneyJson.meta({ description: "by clients, in foreign money" }),
        booked: MoneyJson.meta({ description: "what that is worth by the rates it was invoiced at" }),
        worth: MoneyJson.optional().meta({
          description: "by the last rate of the year; none where no such rate is known, and then the year is not closed",
        }),
      }),
    )
    .optional()
    .meta({ description: "with the year" }),
  result: MoneyJson.optional().meta({
    description: "with the year: what of its costs the running pot and the reserve bear; below zero what the reserve gains",
  }),
});

export const readClosing = endpoint({
  does: "Show until when the book is closed, what the next month lacks before it can be, and who closed the months before; for treasurers and accountants.",
  method: "GET",
  path: "/api/v1/desk/closing",
  who: ["treasurer", "accountant"],
  input: z.strictObject({}),
  answer: z.object({
    closedUntil: DayJson.optional().meta({ description: "none where nothing was ever booked" }),
    next: OpenMonth.optional(),
    proposed: z.object({ id: IdText, until: DayJson, by: z.string(), mine: z.boolean() }).optional(),
    closed: z
      .array(z.object({ until: DayJson, by: z.string(), confirmedBy: z.string(), at: InstantJson }))
      .meta({ description: "newest first" }),
  }),
});

export const proposeClosing = endpoint({
  does: "Propose to close a month, with what the bank's statement says of its last day. Nothing is closed before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/closings",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ until: DayJson, bank: MoneyJson }),
  answer: z.object({ id: IdText }),
  refusals: ["closing-out-of-turn", "closing-lines-wait", "closing-bank-differs", "closing-unsealed", "closing-proposed-already"],
});

export const confirmClosing = endpoint({
  does: "Close a month as another treasurer, for good; with December the result of the year is booked.",
  method: "POST",
  path: "/api/v1/closings/:closing/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ closing: IdText }),
  answer: Nothing,
  refusals: [
    "second-person-needed",
    "not-in-this-state",
    "closing-out-of-turn",
    "closing-lines-wait",
    "closing-bank-differs",
    "closing-unsealed",
    "rate-missing",
  ],
});

export const discardClosing = endpoint({
  does: "Discard a proposal to close a month.",
  method: "POST",
  path: "/api/v1/closings/:closing/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ closing: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
