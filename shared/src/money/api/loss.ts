// What can be asked of what clients never pay: one treasurer proposes to give it up, another confirms it.
import { z } from "zod";
import { Bytes, DayJson, IdText, listOf, MoneyJson, Nothing, pageOfList } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { dunningKinds, lossReasons } from "../rules/late.ts";
import { reliefAnswers } from "../rules/relief.ts";

/** What was sent because an invoice was not paid. */
export const Dunning = z.object({ step: z.int(), kind: z.enum(dunningKinds), sentOn: DayJson });

export const printDunning = endpoint({
  does: "Print a letter that was sent because an invoice was not paid, as it was sent, one A4 page in the language of the invoice; for those who may read the invoice.",
  method: "GET",
  path: "/api/v1/invoices/:invoice/letters/:step/pdf",
  who: "person",
  file: "application/pdf",
  perMinute: 60,
  input: z.strictObject({ invoice: IdText, step: z.coerce.number().int().min(1).max(20) }),
  answer: Bytes,
});

export const lossStates = ["proposed", "confirmed", "discarded"] as const;

export const proposeLoss = endpoint({
  does: "Propose to give up what is open of an invoice, from 60 days after its last day or where the client is insolvent. Nothing is booked before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/invoices/:invoice/losses",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ invoice: IdText, because: z.enum(lossReasons) }),
  answer: z.object({ id: IdText }),
  refusals: ["loss-too-early", "nothing-open", "loss-proposed-already"],
});

export const confirmLoss = endpoint({
  does: "Confirm as another treasurer that what is open of an invoice is lost: the fee of it goes back, and the guarantee pot bears what was promised.",
  method: "POST",
  path: "/api/v1/losses/:loss/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ loss: IdText }),
  answer: Nothing,
  refusals: ["second-person-needed", "nothing-open", "not-in-this-state"],
});

export const discardLoss = endpoint({
  does: "Discard a proposed loss that is not confirmed.",
  method: "POST",
  path: "/api/v1/losses/:loss/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ loss: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const listLosses = endpoint({
  does: "List what was given up or is proposed to be, newest first.",
  method: "GET",
  path: "/api/v1/desk/losses",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      invoice: IdText,
      invoiceNumber: z.string(),
      client: z.string(),
      because: z.enum(lossReasons),
      state: z.enum(lossStates),
      open: MoneyJson.meta({ description: "what is given up; while it is proposed, what is open now" }),
      recovered: MoneyJson,
      guaranteed: z.boolean().meta({ description: "whether the guarantee pot bears any of it" }),
      sisterBears: MoneyJson.optional().meta({ description: "what of it the coop bears whose member did the work, by the treaty" }),
      proposedBy: z.string(),
      mine: z.boolean(),
      confirmedBy: z.string().optional(),
      vat: z
        .object({
          asked: MoneyJson,
          law: z.string().optional().meta({ description: "by which the country gives it back; absent where none is on record" }),
          said: z
            .object({
              id: IdText,
              answer: z.enum(reliefAnswers),
              state: z.enum(["proposed", "confirmed"]),
              proposedBy: z.string(),
              mine: z.boolean(),
              confirmedBy: z.string().optional(),
            })
            .optional()
            .meta({ description: "what the tax office said; absent while it is waited for" }),
        })
        .optional()
        .meta({ description: "what VAT is asked back on a confirmed loss; absent where it bore none" }),
    }),
  ),
});

export const proposeRelief = endpoint({
  does: "Enter what the tax office said of the VAT on a loss. Nothing is booked before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/losses/:loss/reliefs",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ loss: IdText, answer: z.enum(reliefAnswers) }),
  answer: z.object({ id: IdText }),
  refusals: ["relief-nothing-asked", "relief-unknown", "relief-answered"],
});

export const confirmRelief = endpoint({
  does: "Confirm as another treasurer what the tax office said: granted, so much less VAT is due; refused, the guarantee pot bears it.",
  method: "POST",
  path: "/api/v1/reliefs/:relief/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ relief: IdText }),
  answer: Nothing,
  refusals: ["second-person-needed", "relief-unknown", "not-in-this-state"],
});

export const discardRelief = endpoint({
  does: "Discard what one treasurer entered of the tax office's answer, while nobody has confirmed it.",
  method: "POST",
  path: "/api/v1/reliefs/:relief/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ relief: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
