// What a treaty between two coops says, as its members vote on it and as both sign it.
import type { Instant } from "../../platform/time.ts";

/** `make`: offer these terms, or say yes to those that were offered. `end`: bind nothing new by the treaty in force. */
export const treatyActs = ["make", "end"] as const;
export type TreatyAct = (typeof treatyActs)[number];

/**
 * Who bears it when a client never pays. `host`: the coop whose client it is, alone. `shared`: whoever takes part of the fee bears
 * the same part of the loss.
 */
export const creditRisks = ["host", "shared"] as const;
export type CreditRisk = (typeof creditRisks)[number];

/** Most that one coop may owe the other at any moment, as decimal text: claims that are not settled, and agreed work that is not approved. */
export type Exposure = { readonly amount: string; readonly currency: string };

/** The terms as they are hashed: texts, whole numbers and lists, and nothing else. */
export type Terms = {
  /** The part of the fee, in millionths, that stays with the coop whose client it is. */
  readonly hostSharePpm: number;
  readonly currencies: readonly string[];
  /** One for each currency. */
  readonly exposure: readonly Exposure[];
  readonly creditRisk: CreditRisk;
  /** The day of the month on which what was accepted the month before is set off. */
  readonly nettingDay: number;
  readonly settleWithinDays: number;
  /** Countries in which the work may lie. */
  readonly countries: readonly string[];
  readonly startsAt: Instant;
  readonly expiresAt: Instant;
};

/** How far our officers may go from the terms that were voted, without another vote. */
export type Mandate = {
  readonly hostSharePpm: readonly [least: number, most: number];
  /** The most, for each currency. */
  readonly exposure: readonly Exposure[];
  readonly settleWithinDays: readonly [least: number, most: number];
  /** The last instant at which it may expire. */
  readonly expiresBy: Instant;
};
