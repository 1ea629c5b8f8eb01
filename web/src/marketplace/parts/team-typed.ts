// A team as somebody types it on a bid: who, with which share, and what the shares come to together.
import type { placeBid } from "@partcommune/shared/marketplace/api";
import { amountsOf, equalShares } from "@partcommune/shared/marketplace/rules/team";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { minorFrom, moneyText, sum, wholePpm, zero, type Money, type MoneyText } from "@partcommune/shared/platform/money";
import { amountFrom } from "../../ui/decimal.ts";

export type Colleague = { readonly handle: string; readonly name: string };

export type TeamTyped = {
  readonly by: "ppm" | "amount";
  readonly others: readonly Colleague[];
  /** Of each, one's own first. */
  readonly ppm: readonly number[];
  readonly amounts: readonly string[];
};

/** Nobody else: all of it is one's own. */
export const alone: TeamTyped = { by: "ppm", others: [], ppm: [Number(wholePpm)], amounts: [""] };

/** The same people in equal parts. */
export const inEqualParts = (team: TeamTyped): TeamTyped => ({ ...team, ppm: equalShares(team.others.length + 1) });

/** With one more: a new face makes the parts equal again. */
export const withOneMore = ({ others, ...team }: TeamTyped, one: Colleague): TeamTyped =>
  inEqualParts({ ...team, others: [...others, one], amounts: [...team.amounts, ""] });

/** Without this one. */
export function without(team: TeamTyped, handle: string): TeamTyped {
  const others = team.others.filter((other) => other.handle !== handle);
  return inEqualParts({ ...team, others, amounts: team.amounts.slice(0, others.length + 1) });
}

/** Shares named the other way, starting from what they come to now. */
export const namedBy = (team: TeamTyped, by: TeamTyped["by"], shown: readonly Money[]): TeamTyped => ({
  ...team,
  by,
  amounts: shown.map((money) => moneyText(money).amount),
});

/** The list with one entry replaced. */
export const replaced = <T>(list: readonly T[], at: number, value: T): readonly T[] =>
  list.map((each, place) => (place === at ? value : each));

/** What each share comes to; an amount that is none is nothing. */
export function sharesIn(team: TeamTyped, whole: Money): readonly Money[] {
  if (team.by === "amount")
    return team.amounts.map((typed) => ({ ...whole, minor: minorFrom(amountFrom(typed, whole.currency).amount, whole.currency) ?? 0n }));
  // While they are not yet the whole, each is shown as its own part of it, and what is missing as missing.
  const named = team.ppm.reduce((so, each) => so + each, 0);
  const rest = Number(wholePpm) - named;
  if (rest === 0)
    return amountsOf(
      whole,
      team.ppm.map((ppm) => ({ ppm })),
    );
  return team.ppm.map((ppm) => ({ ...whole, minor: (whole.minor * BigInt(ppm)) / wholePpm }));
}

/** What the shares lack to be the whole; nothing where they are. */
export const missingOf = (team: TeamTyped, whole: Money): Money => ({
  ...whole,
  minor: whole.minor - sum(zero(whole.currency), ...sharesIn(team, whole)).minor,
});

/** The team as a door takes it; undefined for one who bids alone. */
export function teamFrom(team: TeamTyped, currency: string): AskedOf<typeof placeBid>["team"] {
  if (team.others.length === 0) return undefined;
  const shareAt = (at: number): { ppm: number } | { amount: MoneyText } =>
    team.by === "ppm" ? { ppm: team.ppm[at] ?? 0 } : { amount: amountFrom(team.amounts[at] ?? "", currency) };
  return { own: shareAt(0), others: team.others.map(({ handle }, at) => ({ handle, share: shareAt(at + 1) })) };
}
