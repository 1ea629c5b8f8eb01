// The law of prices: how a job asks for one, and which offers are one for it.
import { divideHalfEven, moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToPay } from "./pay.ts";

export const problems = {
  "price-unlike-its-kind": {
    status: 422,
    says: "A fixed price names its amount; an open one at most its bounds; an hourly one none, since bidders name theirs.",
    rule: "kinds of price",
  },
  "bounds-reversed": { status: 422, says: "The bounds are the wrong way round: at least {least}, at most {most}." },
  "bid-currency-differs": { status: 422, says: "This job is priced in {wanted}." },
  "bid-differs-from-fixed": { status: 422, says: "The price of this job is fixed at {price}." },
  "rate-needed": {
    status: 422,
    says: "This job is paid by the hour. Name your rate, and the most it can come to.",
    rule: "kinds of price",
  },
  "rate-not-asked": { status: 422, says: "This job is not paid by the hour.", rule: "kinds of price" },
  "rate-above-cap": { status: 422, says: "One hour at {rate} is more than the most it can come to, {cap}." },
  "rate-below-floor": {
    status: 422,
    says: "{rate} an hour is under the floor of {hour}. Raise it to {hour}.",
    rule: "least price of an hour",
    changedBy: "the members, by vote",
  },
  "hours-needed": { status: 422, says: "This work is paid by the hour. Say how many hours it took.", rule: "kinds of price" },
  "hours-not-asked": { status: 422, says: "The price of this work does not depend on hours.", rule: "kinds of price" },
} as const satisfies Problems;

/** `fixed`: its client names the price. `open`: each bid names its own. `hourly`: each bid names a rate, and the most it can come to. */
export const priceKinds = ["fixed", "open", "hourly"] as const;
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

/** The money a job is priced in, where it names an amount. */
export const moneyAskedIn = ({ price, least, most }: PriceAsked): string | undefined => (price ?? least ?? most)?.currency;

/** Why a job may not ask for a price in this way. */
export function objectionToAsking(asked: PriceAsked, currency: string): Refusal | undefined {
  const { price, least, most } = asked;
  const foreign = [price, least, most].find((amount) => amount && amount.currency !== currency);
  if (foreign) return refuse("currency-differs", { wanted: currency, given: foreign.currency });
  const kind = priceKindOf(asked);
  if (kind === "fixed" ? !price : price) return refuse("price-unlike-its-kind");
  if (kind !== "open" && (least || most)) return refuse("price-unlike-its-kind");
  return least && most && least.minor > most.minor
    ? refuse("bounds-reversed", { least: moneyText(least), most: moneyText(most) })
    : undefined;
}

/** What a bid offers. */
export type Offer = {
  /** By the hour: the most it can come to. */
  readonly amount: Money;
  /** For an hour, of an hourly job. */
  readonly rate?: Money | undefined;
  /** Days of work it is for; absent: every weekday of the job. */
  readonly days?: number | undefined;
};

/** The price of a job as an offer meets it. */
export type OfferedOn = PriceAsked & { readonly currency: string };

/** Why this offer is none for this job. */
export function objectionToOffer(job: OfferedOn, { amount, rate }: Offer): Refusal | undefined {
  const { currency, price } = job;
  if ([amount, rate ?? amount].some((each) => each.currency !== currency)) return refuse("bid-currency-differs", { wanted: currency });
  const isHourly = priceKindOf(job) === "hourly";
  if (isHourly !== (rate !== undefined)) return refuse(isHourly ? "rate-needed" : "rate-not-asked");
  if (rate && rate.minor > amount.minor) return refuse("rate-above-cap", { rate: moneyText(rate), cap: moneyText(amount) });
  return price && amount.minor !== price.minor ? refuse("bid-differs-from-fixed", { price: moneyText(price) }) : undefined;
}

/** What an offer pays is measured by: days of the job without Saturdays and Sundays, and the least pay of an hour where it is done. */
export type Pay = { readonly weekdays: bigint; readonly wageFloor?: Money | undefined };

/** Why this offer pays too little. A fixed price is its client's word: whoever bids on it could neither raise it nor shorten the work. */
export function objectionToOfferedPay(job: OfferedOn, { amount, days, rate }: Offer, { weekdays, wageFloor }: Pay): Refusal | undefined {
  if (rate)
    return wageFloor && rate.minor < wageFloor.minor
      ? refuse("rate-below-floor", { rate: moneyText(rate), hour: moneyText(wageFloor) })
      : undefined;
  if (priceKindOf(job) === "fixed") return undefined;
  return objectionToPay({ price: amount, weekdays: days === undefined ? weekdays : BigInt(days) }, wageFloor);
}

/** On which side of the bounds an amount lies; undefined where it lies within. */
export function outsideBounds({ least, most }: Pick<PriceAsked, "least" | "most">, amount: Money): "below" | "above" | undefined {
  if (least && amount.minor < least.minor) return "below";
  return most && amount.minor > most.minor ? "above" : undefined;
}

/** What so many minutes at an hourly rate come to: to the nearest cent, and never above the cap. */
export function payOfHours(rate: Money, minutes: number, cap: Money): Money {
  const minor = divideHalfEven(rate.minor * BigInt(minutes), 60n);
  return { ...cap, minor: minor < cap.minor ? minor : cap.minor };
}

/** Why these hours are none for work that is paid by the hour, or for work that is not. */
export function objectionToHours(rate: Money | undefined, minutes: number | undefined): Refusal | undefined {
  if (rate === undefined) return minutes === undefined ? undefined : refuse("hours-not-asked");
  return minutes === undefined || payOfHours(rate, minutes, rate).minor === 0n ? refuse("hours-needed") : undefined;
}
