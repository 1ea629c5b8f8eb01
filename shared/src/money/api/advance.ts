// What can be asked of advances: how much and why, to have one, to repay it earlier, and to give it up.
import { z } from "zod";
import {
  DayJson,
  DayText,
  IdText,
  InstantJson,
  listOf,
  MoneyJson,
  Nothing,
  pageOfList,
  PositiveMoney,
  PpmJson,
} from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { advanceStates, limitNames } from "../rules/advance.ts";
import { waits } from "./payable.ts";

const LimitLine = z.object({
  of: z.enum(limitNames).meta({ description: "the most anyone may owe; the part of one's secured work; what the pot has" }),
  whole: MoneyJson,
  taken: MoneyJson.meta({ description: "what is owed; of the pot, what is held and its floor" }),
  free: MoneyJson.meta({ description: "whole less taken" }),
  binds: z.boolean().meta({ description: "the smallest of the three: the limit" }),
});

const Advance = z.object({
  id: IdText,
  amount: MoneyJson,
  repaid: MoneyJson,
  lost: MoneyJson,
  state: z.enum(advanceStates),
  askedAt: InstantJson,
  paidOn: DayJson.optional().meta({ description: "the day on which the bank booked it" }),
  waitsFor: z.enum(waits).optional().meta({ description: "what keeps it from being ordered at the bank" }),
});

export const readAdvances = endpoint({
  does: "Show one's advances, newest first: what is owed, how much more may be asked for, and the three lines that say why.",
  method: "GET",
  path: "/api/v1/advances",
  who: "member",
  input: z.strictObject({}),
  answer: z.object({
    limit: MoneyJson,
    lines: z.array(LimitLine),
    secured: MoneyJson.meta({ description: "budgets of signed, guaranteed work that is not paid yet" }),
    budgetShare: PpmJson.meta({ description: "the part of it that may be advanced" }),
    repaymentShare: PpmJson.meta({ description: "the part of each credit that repays advances by itself" }),
    owed: MoneyJson,
    available: MoneyJson.meta({ description: "of one's own money, what is ready and not ordered: one may repay with it earlier" }),
    isLeaving: z.boolean(),
    items: z.array(Advance),
  }),
});

export const askAdvance = endpoint({
  does: "Ask for an advance on signed, guaranteed work. It counts from now on, costs nothing, and is paid once two treasurers have signed.",
  method: "POST",
  path: "/api/v1/advances",
  who: "member",
  status: 201,
  input: z.strictObject({ amount: PositiveMoney }),
  answer: z.object({ id: IdText }),
  refusals: ["advance-over-limit", "advance-while-leaving", "pot-floor", "currency-differs"],
});

export const repayAdvance = endpoint({
  does: "Repay advances earlier, from what one is owed and is not ordered; the oldest first.",
  method: "POST",
  path: "/api/v1/advances/repayments",
  who: "member",
  status: 201,
  input: z.strictObject({ amount: PositiveMoney }),
  answer: Nothing,
  refusals: ["nothing-to-repay", "not-enough-to-repay", "currency-differs", "self-billing-wanted"],
});

export const advanceLossStates = ["proposed", "confirmed", "discarded"] as const;

export const listAdvances = endpoint({
  does: "List advances of which something is owed, the oldest first, with what is proposed to be given up.",
  method: "GET",
  path: "/api/v1/desk/advances",
  who: ["treasurer", "accountant"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      member: z.string(),
      amount: MoneyJson,
      owed: MoneyJson,
      askedAt: InstantJson,
      lastIncome: DayJson.meta({ description: "the day of the member's last income, or of the advance where there was none since" }),
      lossFrom: DayJson.meta({ description: "the first day on which it may be given up" }),
      loss: z.object({ id: IdText, proposedBy: z.string(), talkedOn: DayJson, mine: z.boolean() }).optional(),
    }),
  ),
});

export const proposeAdvanceLoss = endpoint({
  does: "Propose to give up what is left of an advance, after six months without income and a talk with the member. Nothing is booked before another treasurer confirms it.",
  method: "POST",
  path: "/api/v1/advances/:advance/losses",
  who: ["treasurer"],
  proof: "fresh",
  status: 201,
  input: z.strictObject({ advance: IdText, talkedOn: DayText }),
  answer: z.object({ id: IdText }),
  refusals: ["advance-loss-too-early", "advance-talk-first", "advance-loss-proposed-already", "not-in-this-state"],
});

export const confirmAdvanceLoss = endpoint({
  does: "Confirm as another treasurer that what is left of an advance is lost: the pot of advances bears it.",
  method: "POST",
  path: "/api/v1/advance-losses/:advanceLoss/confirmation",
  who: ["treasurer"],
  proof: "fresh",
  input: z.strictObject({ advanceLoss: IdText }),
  answer: Nothing,
  refusals: ["second-person-needed", "advance-loss-too-early", "not-in-this-state"],
});

export const discardAdvanceLoss = endpoint({
  does: "Discard a proposal to give an advance up that nobody confirmed.",
  method: "POST",
  path: "/api/v1/advance-losses/:advanceLoss/withdrawal",
  who: ["treasurer"],
  input: z.strictObject({ advanceLoss: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
