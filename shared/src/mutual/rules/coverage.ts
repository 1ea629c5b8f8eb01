// Whether the coop could pay all it owes, how long it would last, and how much it must put in front: the figures of the fund, from sums of the book.
import { divideHalfEven, wholePpm, type Ppm } from "../../platform/money.ts";

/** In minor units, each on its normal side. */
export type Owing = {
  readonly bank: bigint;
  readonly vatDue: bigint;
  readonly owedToMembers: bigint;
  readonly inTransit: bigint;
  readonly owedToSisters: bigint;
};

/** What is in the bank and ours, of what is owed to members; absent while nothing is owed. Rounded down: never a coverage that is not there. */
export function coverageOf({ bank, vatDue, owedToMembers, inTransit, owedToSisters }: Owing, receivable = 0n): Ppm | undefined {
  const owed = owedToMembers + inTransit;
  return owed > 0n ? ((bank + receivable - vatDue - owedToSisters) * wholePpm) / owed : undefined;
}

export const levels = ["fine", "amber", "red"] as const;
export type Level = (typeof levels)[number];

const amberAbove: Ppm = 100_000n;

/** Below what members voted it is red, and amber to a tenth above it. */
export function coverageLevel(coverage: Ppm | undefined, limit: Ppm): Level {
  if (coverage === undefined || coverage >= limit + amberAbove) return "fine";
  return coverage < limit ? "red" : "amber";
}

const daysInMonth = 30n;

/** What stands in front at any time because members are paid before clients pay: working capital, not loss. */
export function frontNeed(turnover: bigint, feeRate: Ppm, clientDays: number, memberDays: number): bigint {
  const days = BigInt(Math.max(0, clientDays - memberDays));
  return divideHalfEven(turnover * (wholePpm - feeRate) * days, wholePpm * daysInMonth);
}

/** For how many tenths of a month, or of a week, a pot pays what goes out in one; absent while nothing goes out. */
export const tenthsCovered = (pot: bigint, out: bigint): number | undefined =>
  out > 0n ? Number(((pot > 0n ? pot : 0n) * 10n) / out) : undefined;

/** The part of the turnover that may never be paid before the guarantee pot shrinks: what it takes in against what one loss costs it. */
export function breakEven(feeRate: Ppm, guaranteeShare: Ppm): Ppm {
  const intake = divideHalfEven(feeRate * guaranteeShare, wholePpm);
  return divideHalfEven(intake * wholePpm, wholePpm - feeRate + intake);
}
