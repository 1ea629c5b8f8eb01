// The law of least pay: what days of work cost at the floor that members voted.
import { moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";

export const problems = {
  "below-wage-floor": {
    status: 422,
    says: "{price} for {days} days is under the floor of {hour} an hour. Raise it to {least}, or shorten the work to {daysPaid} of its {days} days.",
    rule: "least price of an hour",
    changedBy: "the members, by vote",
  },
  "below-a-day": {
    status: 422,
    says: "{price} is less than one day at the floor of {hour} an hour. Raise it to {least}.",
    rule: "least price of an hour",
    changedBy: "the members, by vote",
  },
} as const satisfies Problems;

const hoursOfADay = 8n;

/** Work on a weekend alone is work of a day. */
const atLeastOne = (days: bigint): bigint => (days > 0n ? days : 1n);

/** The least that so many days pay at a floor. */
export const leastPrice = (floor: Money, weekdays: bigint): Money => ({
  minor: floor.minor * hoursOfADay * atLeastOne(weekdays),
  currency: floor.currency,
});

/** How many whole days a price pays at a floor. */
export const daysPaid = (price: Money, floor: Money): bigint => price.minor / (floor.minor * hoursOfADay);

/** A price and the days without Saturdays and Sundays that it is for. */
export type Paid = { readonly price: Money; readonly weekdays: bigint };

/** Why this price pays less than the voted floor, with the ways out of it: a higher price, or fewer days. */
export function objectionToPay({ price, weekdays }: Paid, floor: Money | undefined): Refusal | undefined {
  if (floor === undefined) return undefined;
  const least = leastPrice(floor, weekdays);
  if (price.minor >= least.minor) return undefined;
  const paid = daysPaid(price, floor);
  const facts = { price: moneyText(price), hour: moneyText(floor), least: moneyText(least) };
  return paid === 0n
    ? refuse("below-a-day", facts)
    : refuse("below-wage-floor", { ...facts, days: Number(weekdays), daysPaid: Number(paid) });
}
