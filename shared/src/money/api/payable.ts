// What can be asked of what members are owed, and what it may wait for.
import { z } from "zod";
import { DayJson, IdText, listOf, MoneyJson, pageOfList } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { RefusedBefore } from "./bank-said.ts";

/** Where money goes: a member's share of an invoice, once the client has paid, or sooner where it is guaranteed. */
export const payableStates = ["waiting", "ready", "ordered", "paid"] as const;

/** What members are paid for: their part of an invoice, what they asked for in advance, what they spent, and the VAT that an invoice written anew bears more. */
export const payableAbouts = ["invoice", "advance", "expense", "billedVat"] as const;

/** What a payable may wait for, and of that what has a queue. */
export const queueReasons = ["pot", "cash"] as const;
export const waits = ["client", "iban", "billing", "payroll", "day", ...queueReasons] as const;

/** In the queue of what is to be paid ahead: the first has place 1. */
export const Queue = z.object({ place: z.int(), before: MoneyJson.meta({ description: "the sum of those before it" }) });

export const listPayables = endpoint({
  does: "List what members are owed and is not ordered, those due first on top; what keeps one from being ordered is said.",
  method: "GET",
  path: "/api/v1/desk/payables",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      member: z.string(),
      about: z.enum(payableAbouts),
      invoice: z.string().optional().meta({ description: "its number, where it is an invoice's" }),
      amount: MoneyJson.meta({
        description:
          "what leaves for the member: with the VAT of their invoice, where they ask any; of whoever is employed the net, once it is known",
      }),
      cost: MoneyJson.optional().meta({
        description: "of whoever is employed what their budget bears, with the contributions of both sides",
      }),
      vat: MoneyJson.optional().meta({ description: "of that, the VAT" }),
      dueOn: DayJson.optional(),
      waitsFor: z.enum(waits).optional(),
      queue: Queue.optional(),
      refusedBefore: RefusedBefore,
    }),
  ),
});
