// What a member may ask of their own protection: what they were promised, how far each payment is, and what all of it comes to.
import { z } from "zod";
import { payableStates, Queue, waits } from "../../money/api/payable.ts";
import { DayJson, IdText, MoneyJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { CitedBylaw, PromiseCard } from "../api.ts";
import { protections } from "../rules/protection.ts";

const NamedDays = z.array(z.object({ on: DayJson, name: z.string() }));

const Payment = z.object({
  id: IdText,
  invoice: z.string(),
  amount: MoneyJson,
  state: z.enum(payableStates),
  waitsFor: z.enum(waits).optional(),
  queue: Queue.optional(),
  clock: z
    .object({
      approvedOn: DayJson.meta({ description: "day 0" }),
      dueOn: DayJson.meta({ description: "the last day" }),
      workingDays: z.int(),
      counted: z.int().meta({ description: "working days that have passed, as of today or the day of payment" }),
      country: z.string().meta({ description: "whose calendar it was reckoned by, once" }),
      region: z.string().optional().meta({ description: "the region whose own days of rest were part of it, as it is called there" }),
      closed: NamedDays.meta({ description: "days of rest in between that do not count" }),
      worked: NamedDays.meta({ description: "days of a weekend in between that count all the same" }),
    })
    .optional()
    .meta({ description: "absent where nothing is guaranteed" }),
  paidOn: DayJson.optional(),
});

const PromiseTold = PromiseCard.extend({
  amount: MoneyJson,
  later: z.boolean().meta({ description: "answered when a change was signed, and about its milestones alone" }),
  bylaws: z.array(CitedBylaw),
});

export const readProtection = endpoint({
  does: "Show a member what protects their own pay: of each engagement what was promised, with its reasons and the rules it obeyed, how far each payment is by its clock, and the sums of what is secured, waiting and queued with every row they are made of.",
  method: "GET",
  path: "/api/v1/me/protection",
  who: "member",
  input: z.strictObject({}),
  answer: z.object({
    sums: z.object({ secured: MoneyJson, waiting: MoneyJson, queued: MoneyJson }),
    rows: z.array(
      z.object({
        of: z.enum(protections),
        engagement: IdText,
        title: z.string(),
        invoice: z.string().optional().meta({ description: "absent: signed, and not approved yet" }),
        amount: MoneyJson,
      }),
    ),
    items: z
      .array(
        z.object({
          engagement: IdText,
          title: z.string(),
          open: z.boolean().meta({ description: "something of it is still to come" }),
          promises: z.array(PromiseTold),
          payments: z.array(Payment),
        }),
      )
      .meta({ description: "what is open first, then the newest" }),
  }),
});
