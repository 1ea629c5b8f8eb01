// How a price becomes a fee, and how a fee or a team's work is shared out so that the parts are always the whole.
import { pots, type PerPot } from "../../governance/rules/pots.ts";
import { divideHalfEven, minus, share, sum, type Money, type Ppm } from "../../platform/money.ts";

/** The coop's part of a price, rounded half to even once. A team's fee is taken once on the whole: part by part it would come to more. */
export const feeOf = (price: Money, rate: Ppm): Money => share(price, rate);

/** What the members get of several prices, each of them an invoice with its own fee: taken at once it could differ by a cent. */
export const budgetOf = (prices: readonly Money[], rate: Ppm): Money =>
  prices.map((price) => minus(price, feeOf(price, rate))).reduce((total, budget) => sum(total, budget));

/** What each of a team gets of several prices, each of them an invoice with one fee on its whole. */
export const budgetsOf = (prices: readonly Money[], rate: Ppm, weights: readonly bigint[]): readonly Money[] =>
  prices
    .map((price) => splitWork(price, feeOf(price, rate), weights).map(({ earned }) => earned))
    .reduce((totals, budgets) => totals.map((total, at) => sum(total, budgets[at] ?? { ...total, minor: 0n })));

/** A fee shared among the pots by the voted split. */
export function splitFee(fee: Money, split: PerPot<Ppm>): PerPot<Money> {
  const parts = splitByParts(
    fee,
    pots.map((pot) => split[pot]),
  );
  return Object.fromEntries(pots.map((pot, at) => [pot, parts[at]])) as PerPot<Money>;
}

/** What a price across a border comes to: one coop has the client, the other the member, and they share the fee. */
export type Figures = {
  readonly gross: Money;
  readonly fee: Money;
  /** The part of the fee that stays with the coop whose client it is. */
  readonly hostFund: Money;
  readonly homeFund: Money;
  readonly member: Money;
  /** What the host owes the home: all but its part of the fee. */
  readonly due: Money;
};

export type PriceAcross = { readonly price: Money; readonly feePpm: Ppm; readonly hostSharePpm: Ppm };

/** Both coops reckon these from what was agreed, and a cent apart is no agreement: the fee is rounded once, the host's part of it once. */
export function figuresOf({ price, feePpm, hostSharePpm }: PriceAcross): Figures {
  const fee = feeOf(price, feePpm);
  const hostFund = share(fee, hostSharePpm);
  return { gross: price, fee, hostFund, homeFund: minus(fee, hostFund), member: minus(price, fee), due: minus(price, hostFund) };
}

/** The figures of a part of a price, or of what is taken back of it, in proportion; what is due of that is said. */
export function figuresOfPart(whole: Figures, gross: Money, due: Money): Figures {
  const part = (of: Money): Money => ({ ...of, minor: divideHalfEven(of.minor * gross.minor, whole.gross.minor) });
  const [fee, hostFund] = [part(whole.fee), part(whole.hostFund)];
  return { gross, fee, hostFund, homeFund: minus(fee, hostFund), member: minus(gross, fee), due };
}

/** An amount shared by weights: a team's work, or the pots. The order of the weights breaks ties. */
export function splitByParts(whole: Money, weights: readonly bigint[]): readonly Money[] {
  return apportioned(whole.minor, weights).map((minor) => ({ minor, currency: whole.currency }));
}

/** What a member of a team brought in: the price of the part, the fee on it, and what remains for the member. */
export type Earning = { readonly price: Money; readonly fee: Money; readonly earned: Money };

/** A price and the one fee on it, shared like the work. The first parts get the left-over cents of both. */
export function splitWork(price: Money, fee: Money, weights: readonly bigint[]): readonly Earning[] {
  const fees = splitByParts(fee, weights);
  return splitByParts(price, weights).map((part, at) => {
    const onPart = fees[at] ?? { minor: 0n, currency: price.currency };
    return { price: part, fee: onPart, earned: minus(part, onPart) };
  });
}

/**
 * Whole units by weight: each part gets its floor, then the left-over units go by largest remainder, ties in the given order,
 * so that two coops splitting the same amount agree. A negative whole is the mirror of the positive one.
 */
export function apportioned(whole: bigint, weights: readonly bigint[]): readonly bigint[] {
  const sign = whole < 0n ? -1n : 1n;
  const total = weights.reduce((so, weight) => so + weight, 0n);
  if (total <= 0n || weights.some((weight) => weight < 0n)) throw new RangeError("weights are zero or more, and not all zero");
  const quotas = weights.map((weight, at) => ({ at, floor: (whole * sign * weight) / total, rest: (whole * sign * weight) % total }));
  const left = Number(whole * sign - quotas.reduce((so, { floor }) => so + floor, 0n));
  // The sort is stable, so equal remainders stay in the order of the weights.
  const lucky = new Set(
    quotas
      .toSorted((one, other) => compare(other.rest, one.rest))
      .slice(0, left)
      .map(({ at }) => at),
  );
  return quotas.map(({ at, floor }) => sign * (lucky.has(at) ? floor + 1n : floor));
}

const compare = (one: bigint, other: bigint): number => (one < other ? -1 : Number(one > other));
