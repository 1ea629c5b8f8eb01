// The law of teams: how a bid is shared out among those who place it, and who has put their name to it.
import type { Id } from "../../platform/id.ts";
import { moneyText, sum, wholePpm, zero, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { splitByParts } from "../../money/rules/split.ts";
import { bidTable, type BidState } from "./bid.ts";
import { objectionToVerb } from "../../platform/table.ts";

export const problems = {
  "shares-not-whole": {
    status: 422,
    says: "The shares come to {given}. Together they are the whole: {whole}.",
    rule: "shares of a team",
  },
  "share-of-nothing": { status: 422, says: "One share comes to less than the smallest coin.", rule: "shares of a team" },
  "named-twice": { status: 422, says: "Each person has one part of a bid.", rule: "shares of a team" },
  "colleague-unknown": {
    status: 422,
    says: "The directory has no member at /members/{handle}.",
    rule: "members who show a page",
    changedBy: "the member, who decides whether their page is shown",
  },
  "lead-needed": {
    status: 403,
    says: "Whoever leads the team hands in its work. You add your part to it.",
    rule: "the lead of a team hands in",
  },
} as const satisfies Problems;

/** The most people on one bid. */
export const mostParts = 12;

/** A share as it was named: in parts per million of the whole, or as an amount. All of one bid are named alike. */
export type Share = { readonly ppm: number } | { readonly amount: Money };

const ppmIn = (shares: readonly Share[]): readonly number[] => shares.flatMap((share) => ("ppm" in share ? [share.ppm] : []));
const amountsIn = (shares: readonly Share[]): readonly Money[] => shares.flatMap((share) => ("amount" in share ? [share.amount] : []));

/** What each share of the whole comes to: by largest remainder, in the order of the parts. */
export const amountsOf = (whole: Money, shares: readonly Share[]): readonly Money[] => {
  const ppm = ppmIn(shares);
  return ppm.length > 0 ? splitByParts(whole, ppm.map(BigInt)) : amountsIn(shares);
};

/** What the same shares come to of another whole: in the proportion in which they were named. */
export const sharedAnew = (whole: Money, parts: readonly { readonly amount: Money; readonly ppm?: number }[]): readonly Money[] =>
  splitByParts(
    whole,
    parts.map(({ amount, ppm }) => (ppm === undefined ? amount.minor : BigInt(ppm))),
  );

/** Equal shares of so many people, in parts per million: the first ones get what is left over. */
export const equalShares = (people: number): readonly number[] =>
  splitByParts(
    { minor: wholePpm, currency: "" },
    Array.from({ length: people }, () => 1n),
  ).map(({ minor }) => Number(minor));

const percent = (ppm: number): string => `${ppm / 10_000} %`;

/** Why these shares are not the whole. */
export function objectionToShares(whole: Money, shares: readonly Share[]): Refusal | undefined {
  const [ppm, amounts] = [ppmIn(shares), amountsIn(shares)];
  const foreign = amounts.find(({ currency }) => currency !== whole.currency);
  if (foreign) return refuse("currency-differs", { wanted: whole.currency, given: foreign.currency });
  const together = ppm.reduce((so, each) => so + each, 0);
  if (ppm.length > 0 && BigInt(together) !== wholePpm) return refuse("shares-not-whole", { given: percent(together), whole: "100 %" });
  const given = sum(zero(whole.currency), ...amounts);
  if (ppm.length === 0 && given.minor !== whole.minor)
    return refuse("shares-not-whole", { given: moneyText(given), whole: moneyText(whole) });
  return amountsOf(whole, shares).some(({ minor }) => minor <= 0n) ? refuse("share-of-nothing") : undefined;
}

export type BidToSign = {
  readonly state: BidState;
  readonly version: bigint;
  /** Who has put their name to it as it stands. */
  readonly signed: readonly Id[];
};

/** Why this member does not sign this bid as it was shown to them. Whether they may bid at all, the law of bids says. */
export function objectionToBidSignature(bid: BidToSign, member: Id, shown: bigint): Refusal | undefined {
  const unfit = objectionToVerb(bidTable, bid.state, "sign");
  if (unfit) return unfit;
  if (bid.version !== shown) return refuse("bid-changed");
  return bid.signed.includes(member) ? refuse("signed-already") : undefined;
}
