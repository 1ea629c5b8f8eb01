// The law of a budget below zero: the next pay is of so much less, unless two treasurers say which pot bears it instead.
import { moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { budgetOfMember, pot } from "./accounts.ts";
import { credit, debit, type Leg } from "./legs.ts";

export const problems = {
  "more-than-overdrawn": {
    status: 409,
    says: "A pot bears no more than the budget stands below zero: {overdrawn}.",
    rule: "a correction never exceeds what it corrects",
    changedBy: "whoever asks, with a smaller amount",
  },
  "correction-proposed-already": {
    status: 409,
    says: "A correction of this budget waits for its second treasurer. Confirm or discard it first.",
    rule: "one correction of a budget at a time",
    changedBy: "another treasurer, who confirms or discards it",
  },
} as const satisfies Problems;

/** The pots that may bear a correction: they are bound to no purpose, so nobody's protection is lessened by it. */
export const bearers = ["reserve", "running"] as const;
export type Bearer = (typeof bearers)[number];

/** How an entry names the pot that bears it. */
export const bearerOf = (bearer: Bearer): string => pot(bearer).code;

/** Why a pot does not bear so much of a budget that stands below zero by `overdrawn`. */
export function objectionToBearing(amount: Money, overdrawn: Money): Refusal | undefined {
  if (amount.currency !== overdrawn.currency) return refuse("currency-differs", { wanted: overdrawn.currency, given: amount.currency });
  return amount.minor > overdrawn.minor ? refuse("more-than-overdrawn", { overdrawn: moneyText(overdrawn) }) : undefined;
}

/** A pot bears what a member was given too much. */
export const legsOfBorne = (bearer: Bearer, member: string, money: Money): readonly Leg[] => [
  debit(pot(bearer), money),
  credit(budgetOfMember(member), money),
];
