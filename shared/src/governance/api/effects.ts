// What can be asked about the effects of a change of the bylaws: the past as it would have been, for everybody and for oneself.
import { z } from "zod";
import { DayJson, IdText, InstantJson, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { bylawKeys } from "../rules/bylaws.ts";
import { changeFrom } from "../rules/change-text.ts";
import { pots } from "../rules/pots.ts";
import { touches } from "../rules/touching.ts";

const Turn = z.object({ before: MoneyJson, after: MoneyJson });

export const Effects = z.object({
  replayed: z.array(z.enum(bylawKeys)).meta({ description: "bylaws that decide posted amounts: `past` shows them" }),
  touches: z
    .array(z.object({ key: z.enum(bylawKeys), what: z.enum(touches) }))
    .meta({ description: "bylaws that move no posted amount of the past, and what they decide" }),
  past: z
    .object({
      from: DayJson,
      until: DayJson,
      shortened: z.boolean().meta({ description: "twelve months hold more invoices than are replayed for who asks: these are the newest" }),
      invoices: z.int(),
      turnover: MoneyJson.meta({ description: "what they come to without VAT, less what was credited" }),
      fund: Turn,
      pots: z.array(Turn.extend({ pot: z.enum(pots) })),
      members: Turn.meta({ description: "what all members earned" }),
      paid: Turn.meta({ description: "what the bank has paid out of that" }),
      branches: z.array(Turn.extend({ name: z.string().optional() })).meta({
        description: "what the members of each branch earned; those in which fewer than three did stand together, without a name",
      }),
      me: Turn.optional().meta({ description: "what the member who asks earned" }),
    })
    .optional()
    .meta({ description: "the closed months, twelve of them at most, by the same functions that post; absent where nothing is replayed" }),
});

const manyInvoicesAreRead = 12;

export const readProposalEffects = endpoint({
  does: "Show what the past twelve months would have been under the bylaws that a proposal asks for.",
  method: "GET",
  path: "/api/v1/proposals/:proposal/effects",
  who: "anyone",
  input: z.strictObject({ proposal: IdText }),
  answer: Effects.extend({
    kept: z
      .object({
        at: InstantJson,
        hash: z.string().meta({ description: "SHA-256 of `text`, as it stands in the notice of the vote" }),
        text: z.string().meta({ description: "canonical JSON (RFC 8785) of what was kept" }),
        agrees: z.boolean().meta({ description: "worked out again today, it is the same" }),
        booked: z.int().meta({ description: "where it is not: entries booked since, with a day of that time" }),
      })
      .optional()
      .meta({ description: "once its words are fixed: what is told is what was worked out then; `me` alone is of today" }),
  }),
  mayLag: true,
  perMinute: manyInvoicesAreRead,
});

export const readEffects = endpoint({
  does: "Show what the past twelve months would have been under another value of a bylaw.",
  method: "GET",
  path: "/api/v1/effects",
  who: "anyone",
  input: z
    .strictObject({ key: z.enum(bylawKeys), value: z.coerce.string().max(4_000).meta({ description: "the value as JSON" }) })
    .superRefine(({ key, value }, context) => {
      const read = changeFrom(key, value);
      if ("faults" in read) for (const message of read.faults) context.addIssue({ code: "custom", message, path: ["value"] });
    }),
  answer: Effects,
  mayLag: true,
  perMinute: manyInvoicesAreRead,
});
