// Capital of whoever has left: it is repaid as it was paid in, after the year's close, and never so that too little is left of it.
import { minus, moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Id } from "../../platform/id.ts";
import type { Day } from "../../platform/time.ts";
import { objectionToCurrency } from "./bank-line.ts";

export const problems = {
  "share-before-close": {
    status: 409,
    says: "The share is repaid once the books of the year of leaving are closed: until {until} they are not yet.",
    rule: "shares are repaid after the close of the year",
    changedBy: "the treasury, by closing the months of that year",
  },
  "share-capital-floor": {
    status: 409,
    says: "Capital must not fall below {floor}, and {capital} are paid in. With the shares of those who left before, this one would go below it. It waits in the order of leaving.",
    rule: "share.capitalFloor",
    changedBy: "the members, by vote; it moves by itself as members pay shares",
  },
} as const satisfies Problems;

/** The share of somebody who has left, as it stands on their account. */
export type ShareOwed = { readonly member: Id; readonly name: string; readonly leftOn: Day; readonly amount: Money };

/** What it waits for: the close of the year, or capital of others. */
export const shareWaits = ["close", "capital"] as const;
export type ShareWait = (typeof shareWaits)[number];

export type ShareInTurn = ShareOwed & {
  /** The last day of the year in which they left; it is repaid once the books are closed until then. */
  readonly closesOn: Day;
  /** Absent: it may be repaid now. */
  readonly wait?: ShareWait;
};

export type Capital = { readonly paidIn: Money; readonly floor: Money; readonly closedUntil: Day | undefined };

const yearEnd = (day: Day): Day => `${day.slice(0, 4)}-12-31` as Day;

/**
 * The shares that are owed, in the order of leaving, each with what it waits for. What one who left before may have is kept for them:
 * where capital is short, nobody is repaid before their turn.
 */
export function inTurn(owed: readonly ShareOwed[], { paidIn, floor, closedUntil }: Capital): readonly ShareInTurn[] {
  let free = minus(paidIn, floor).minor;
  return owed.map((share) => {
    const closesOn = yearEnd(share.leftOn);
    if (closedUntil === undefined || closedUntil < closesOn) return { ...share, closesOn, wait: "close" };
    free -= share.amount.minor;
    return { ...share, closesOn, ...(free < 0n ? { wait: "capital" as const } : {}) };
  });
}

/** Why a line of the bank does not repay this share now: all of it, to the cent, or nothing. */
export function objectionToShareRepaid(
  amount: Money,
  { amount: owed, wait, closesOn }: ShareInTurn,
  capital: Capital,
): Refusal | undefined {
  const wrong = objectionToCurrency(amount, owed.currency);
  if (wrong) return wrong;
  if (wait === "close") return refuse("share-before-close", { until: closesOn });
  if (wait === "capital") return refuse("share-capital-floor", { floor: moneyText(capital.floor), capital: moneyText(capital.paidIn) });
  return amount.minor === owed.minor ? undefined : refuse("amount-differs", { wanted: moneyText(owed) });
}
