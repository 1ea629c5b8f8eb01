// What is compared: a price, and the part of it that somebody else keeps, as the address says them.
import { exponentOf, wholePpm, type Money, type Ppm } from "@partcommune/shared/platform/money";

/** Whole units of the coop's currency, and whole hundredths. */
export type Compared = { readonly price: number; readonly rate: number };

export const limits = { price: { min: 100, max: 20_000, step: 100 }, rate: { min: 0, max: 40, step: 1 } } as const;

const within = ({ min, max }: { readonly min: number; readonly max: number }, value: unknown, otherwise: number): number => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= min && number <= max ? number : otherwise;
};

/** What an address asks to compare: the example of this house where it asks for nothing, and for nothing else. */
export const comparedIn = ({ price, rate }: Readonly<Record<string, unknown>>): Compared => ({
  price: within(limits.price, price, 2_000),
  rate: within(limits.rate, rate, 30),
});

export const priceOf = ({ price }: Compared, currency: string): Money => ({
  minor: BigInt(price) * 10n ** BigInt(exponentOf(currency)),
  currency,
});

export const rateOf = ({ rate }: Compared): Ppm => (BigInt(rate) * wholePpm) / 100n;
