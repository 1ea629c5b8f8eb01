// The law of prices: how a job asks for one, and which offers are one for it.
import { moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToPay } from "./pay.ts";

export const problems = {
  "price-unlike-its-kind": {
    status: 422,
    says: "A fixed price names its amount; an open one at most its bounds, since bidders name theirs.",
    rule: "kinds of price",
  },
  "bounds-reversed": { status: 422, says: "The bounds are the wrong way round: at least {least}, at most {most}." },
  "bid-currency-differs": { status: 422, says: "This job is priced in {wanted}." },
  "bid-differs-from-fixed": { status: 422, says: "The price of this job is fixed at {price}." },
} as const satisfies Problems;

/** `fixed`: its client names the price. `open`: each bid names its own. */
export const priceKinds = ["fixed", "open"] as const;
export type PriceKind = (typeof priceKinds)[number];

/** How a job asks for a price. */
export type PriceAsked = {
  /** Absent: fixed where a price is named, else open. */
  readonly priceKind?: PriceKind | undefined;
  readonly price?: Money | undefined;
  /** Bounds of an open one. A bid outside is shown as such and not refused. */
  readonly least?: Money | undefined;
  readonly most?: Money | undefined;
};

export const priceKindOf = ({ priceKind, price }: PriceAsked): PriceKind => priceKind ?? (price ? "fixed" : "open");

/** Why a job may not ask for a price in this way. */
export function objectionToAsking(asked: PriceAsked, currency: string): Refusal | undefined {
  const { price, least, most } = asked;
  const foreign = [price, least, most].find((amount) => amount && amount.currency !== currency);
  if (foreign) return refuse("currency-differs", { wanted: currency, given: foreign.currency });
  const isFixed = priceKindOf(asked) === "fixed";
  if (isFixed ? !price || least || most : price) return refuse("price-unlike-its-kind");
  return least && most && least.minor > most.minor
    ? refuse("bounds-reversed", { least: moneyText(least), most: moneyText(most) })
    : undefined;
}

/** What a bid offers. */
export type Offer = {
  readonly amount: Money;
  /** Days of work it is for; absent: every weekday of the job. */
  readonly days?: number | undefined;
};

/** The price of a job as an offer meets it. */
export type OfferedOn = PriceAsked & { readonly currency: string };

/** Why this offer is none for this job. */
export function objectionToOffer({ currency, price }: OfferedOn, { amount }: Offer): Refusal | undefined {
  if (amount.currency !== currency) return refuse("bid-currency-differs", { wanted: currency });
  return price && amount.minor !== price.minor ? refuse("bid-differs-from-fixed", { price: moneyText(price) }) : undefined;
}

/** What an offer pays is measured by: days of the job without Saturdays and Sundays, and the least pay of an hour where it is done. */
export type Pay = { readonly weekdays: bigint; readonly wageFloor?: Money | undefined };

/** Why this offer pays too little. A fixed price is its client's word: whoever bids on it could neither raise it nor shorten the work. */
export function objectionToOfferedPay(job: OfferedOn, { amount, days }: Offer, { weekdays, wageFloor }: Pay): Refusal | undefined {
  if (priceKindOf(job) === "fixed") return undefined;
  return objectionToPay({ price: amount, weekdays: days === undefined ? weekdays : BigInt(days) }, wageFloor);
}

/** On which side of the bounds an amount lies; undefined where it lies within. */
export function outsideBounds({ least, most }: Pick<PriceAsked, "least" | "most">, amount: Money): "below" | "above" | undefined {
  if (least && amount.minor < least.minor) return "below";
  return most && amount.minor > most.minor ? "above" : undefined;
}
