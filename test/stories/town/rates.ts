// What money of other countries is worth in a town: a slow wave for each, and what a bank makes of it.
import { ppmOfText, worthOf } from "@partcommune/shared/money/rules/foreign";
import { daysBetween } from "@partcommune/shared/platform/calendar";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";

/** In ten thousandths of the other money for one euro: the middle, how far it goes to each side, and in how many days there and back. */
const waves: Readonly<Record<string, readonly [number, number, number]>> = {
  CHF: [9_500, 300, 130],
  SEK: [112_500, 3_000, 90],
};

export const foreignMoney = Object.keys(waves);

/** So much of the other money is one euro, as it is published for a day. */
export function publishedOn(currency: string, on: Day): string {
  const [middle, reach, period] = waves[currency] ?? [10_000, 0, 1];
  const at = daysBetween("2026-01-01" as Day, on) % period;
  // Up and down again in straight lines.
  const height = Math.abs(2 * at - period) / period;
  const tenThousandths = Math.round(middle + reach * (2 * height - 1));
  return `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, "0")}`;
}

/** What a bank keeps of what it changes, in parts of a thousand. */
const margin = 4n;

/** What the coop's bank credits for foreign money that comes in on a day, in cents. */
export function creditedFor(money: Money, on: Day): bigint {
  const worth = worthOf(money, { home: ppmOfText("1"), foreign: ppmOfText(publishedOn(money.currency, on)) }, "EUR");
  return (worth.minor * (1_000n - margin)) / 1_000n;
}
