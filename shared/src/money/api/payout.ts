// What can be asked of payout batches: each is frozen by one treasurer and signed by another.
import { z } from "zod";
import { DayJson, IdText, InstantJson, listOf, MoneyJson, Nothing, pageOfList } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { BankSaid, RefusedBefore } from "./bank-said.ts";

export const payoutStates = ["ordered", "signed", "exported", "settled", "refused", "cancelled"] as const;

const Said = BankSaid.optional().meta({ description: "the last that the bank reported" });

export const listPayouts = endpoint({
  does: "List payout batches, newest first, with their items.",
  method: "GET",
  path: "/api/v1/payouts",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      state: z.enum(payoutStates),
      total: MoneyJson,
      hash: z.string().meta({ description: "SHA-256 of the frozen batch, hexadecimal: both treasurers sign this" }),
      orderedBy: z.string(),
      orderedAt: InstantJson,
      signedBy: z.string().optional(),
      mine: z.boolean().meta({ description: "ordered by whoever asks, who may therefore not sign it as the second" }),
      taken: z
        .array(z.object({ by: z.string(), at: InstantJson, mine: z.boolean() }))
        .meta({ description: "who took its file for the bank, first first" }),
      said: Said,
      items: z.array(
        z.object({
          id: IdText,
          member: z.string(),
          iban: z.string(),
          amount: MoneyJson,
          vat: MoneyJson.optional().meta({ description: "of that, the VAT of an invoice in the member's name" }),
          pay: z
            .object({ cost: MoneyJson, employee: MoneyJson, employer: MoneyJson, model: z.string() })
            .optional()
            .meta({ description: "of whoever is employed, what the budget bears and who said so" }),
          paper: z
            .object({ id: IdText, number: z.string(), wrong: z.string().optional().meta({ description: "why the member calls it wrong" }) })
            .optional()
            .meta({ description: "that invoice, once it is paid by" }),
          settledOn: DayJson.optional(),
          refusedOn: DayJson.optional().meta({ description: "the bank refused it: what it was for is owed again" }),
          said: Said,
          refusedBefore: RefusedBefore,
        }),
      ),
    }),
  ),
});

export const orderPayouts = endpoint({
  does: "Order payables to be paid: the batch is frozen, and whoever orders it has signed it first.",
  method: "POST",
  path: "/api/v1/payouts",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ payables: z.array(IdText).min(1).max(5_000) }),
  answer: z.object({ id: IdText, hash: z.string(), total: MoneyJson }),
  refusals: [
    "payable-not-ready",
    "self-billing-wanted",
    "payroll-wanted",
    "guarantee-queued",
    "payable-ordered-already",
    "payables-in-two-currencies",
  ],
});

export const signPayout = endpoint({
  does: "Sign a frozen batch as the second treasurer; the money leaves the members' budgets for the bank.",
  method: "POST",
  path: "/api/v1/payouts/:payout/signatures",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ payout: IdText, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  answer: Nothing,
  refusals: ["second-person-needed", "not-in-this-state", "payout-differs"],
});

export const cancelPayout = endpoint({
  does: "Cancel a batch that has one signature; its payables can be ordered anew.",
  method: "POST",
  path: "/api/v1/payouts/:payout/cancellation",
  who: ["treasurer"],
  input: z.strictObject({ payout: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
