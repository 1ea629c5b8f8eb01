// What of a month's cost of employing somebody comes into their hand: an estimate whose parts are always the whole.
import type { Status } from "../../membership/rules.ts";
import { payModel } from "../../platform/packs.ts";
import { exponentOf, minus, sum, zero, type Money } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";

/** What contributions buy. `solidarity` is for everybody (in France CSG and CRDS); `relief` is what the state does not ask after all, below zero. */
export const benefits = ["health", "pension", "unemployment", "accidents", "family", "solidarity", "other", "relief"] as const;
export type Benefit = (typeof benefits)[number];

/** Who is to be paid how much in all, where and when. `cost` is what a month of theirs may cost the coop: their budget. */
export type PayFacts = { readonly country: string; readonly status: Status; readonly cost: Money; readonly day: Day };

export type PayEstimate = {
  readonly gross: Money;
  /** The employee's contributions, and the employer's. */
  readonly employee: Money;
  readonly employer: Money;
  /** What comes into the hand, before income tax. */
  readonly net: Money;
  /** The contributions of both sides by what they buy. */
  readonly buys: Readonly<Record<Benefit, Money>>;
  /** Which model said so, and its version. */
  readonly model: string;
};

/** Why nothing is estimated. */
export const unestimated = ["status", "country", "amount"] as const;
export type Unestimated = (typeof unestimated)[number];

/** Above it no month's pay is estimated. */
const mostCost = 1_000_000n;

/** Why there is no estimate of this; undefined where a model can be asked. Who bills the coop owes their contributions themselves. */
export function whyUnestimated({ country, status, cost, day }: PayFacts): Unestimated | undefined {
  if (status === "invoiced") return "status";
  if (payModel(country, day)?.currency !== cost.currency) return "country";
  return cost.minor > 0n && cost.minor <= mostCost * unit(cost.currency) ? undefined : "amount";
}

const unit = (currency: string): bigint => 10n ** BigInt(exponentOf(currency));

/** What a model reckons, in units of the currency and as finely as it likes. What its contributions buy beyond the named is `other`. */
export type Reckoned = {
  readonly net: number;
  readonly employee: number;
  readonly buys: Readonly<Record<Exclude<Benefit, "other">, number>>;
};

/**
 * The estimate a model's figures come to, each rounded once. The employer's part is what remains, so that the parts are the cost to the cent
 * even where a model finds the gross by search and stops a few cents away. Undefined where a part would be below nothing.
 */
export function estimateFrom(cost: Money, { net, employee, buys }: Reckoned, model: string): PayEstimate | undefined {
  const { currency } = cost;
  const rounded = (figure: number): Money => ({ minor: BigInt(Math.round(figure * Number(unit(currency)))), currency });
  const [inHand, own] = [rounded(net), rounded(employee)];
  const gross = sum(inHand, own);
  const employer = minus(cost, gross);
  if (inHand.minor <= 0n || own.minor < 0n || employer.minor < 0n) return undefined;
  const named = Object.entries(buys).map(([what, figure]) => [what, rounded(figure)] as const);
  const other = minus(sum(own, employer), sum(zero(currency), ...named.map(([, amount]) => amount)));
  return { gross, employee: own, employer, net: inHand, buys: { ...(Object.fromEntries(named) as PayEstimate["buys"]), other }, model };
}
