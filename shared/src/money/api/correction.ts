// What can be asked of budgets below zero: one treasurer proposes which pot bears it and why, another confirms.
import { z } from "zod";
import { IdText, listOf, MoneyJson, Nothing, pageOfList, PositiveMoney, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { bearers } from "../rules/overdraft.ts";

export const correctionStates = ["proposed", "confirmed", "discarded"] as const;

export const listOverdrawn = endpoint({
  does: "List the members whose budgets stand below zero: the next pay of each is of so much less, unless a pot bears it.",
  method: "GET",
  path: "/api/v1/desk/overdrawn-budgets",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(z.object({ member: IdText, name: z.string(), overdrawn: MoneyJson })),
});

export const proposeCorrection = endpoint({
  does: "Propose that a pot bears what a member's budget stands below zero, or a part of it, with the reason. Nothing moves before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/members/:member/corrections",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({
    member: IdText,
    amount: PositiveMoney,
    bearer: z.enum(bearers).meta({ description: "the pot that bears it; the others are bound to a purpose" }),
    reason: Text(500, 1),
  }),
  answer: z.object({ id: IdText }),
  refusals: ["currency-differs", "more-than-overdrawn", "correction-proposed-already"],
});

export const confirmCorrection = endpoint({
  does: "Confirm a correction as another treasurer: the pot bears it, and the member reads by whom and why.",
  method: "POST",
  path: "/api/v1/corrections/:correction/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ correction: IdText }),
  answer: Nothing,
  refusals: ["second-person-needed", "more-than-overdrawn", "pot-floor", "not-in-this-state"],
});

export const discardCorrection = endpoint({
  does: "Discard a correction that is not confirmed.",
  method: "POST",
  path: "/api/v1/corrections/:correction/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ correction: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const listCorrections = endpoint({
  does: "List corrections, newest first: those that wait for a second treasurer, and those that were booked or discarded.",
  method: "GET",
  path: "/api/v1/desk/corrections",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      member: IdText,
      name: z.string(),
      amount: MoneyJson,
      bearer: z.enum(bearers),
      reason: z.string().optional().meta({ description: "absent once it was erased" }),
      state: z.enum(correctionStates),
      proposedBy: z.string(),
      mine: z.boolean(),
      confirmedBy: z.string().optional(),
    }),
  ),
});
