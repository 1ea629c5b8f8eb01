// Amounts of money: whole minor units of one currency, never a floating number.

/** An amount in minor units (cents of a euro, whole yen, millimes of a dinar). */
export type Money = { readonly minor: bigint; readonly currency: string };

/** How money stands in JSON: exactly the currency's decimals, so `"1709.95"` EUR, `"1710"` JPY. */
export type MoneyText = { readonly amount: string; readonly currency: string };

/** Parts per million: every rate is one, so that 8.5 % is 85 000 and nothing is ever a fraction. */
export type Ppm = bigint;
export const wholePpm: Ppm = 1_000_000n;

/** Decimals of each currency a coop may book or see (ISO 4217). */
export const exponents: Readonly<Record<string, number>> = {
  EUR: 2,
  BGN: 2,
  CHF: 2,
  CZK: 2,
  DKK: 2,
  GBP: 2,
  HUF: 2,
  NOK: 2,
  PLN: 2,
  RON: 2,
  SEK: 2,
  USD: 2,
  ISK: 0,
  JPY: 0,
  KWD: 3,
  TND: 3,
};

/** Decimals of a currency; an unknown one is a fault of ours, since the door refuses it. */
export function exponentOf(currency: string): number {
  const exponent = Object.hasOwn(exponents, currency) ? exponents[currency] : undefined;
  if (exponent === undefined) throw new RangeError(`unknown currency ${currency}`);
  return exponent;
}

/** Reads a decimal text with exactly the currency's decimals; undefined for anything else: `1e3`, `1,5`, `-0`, `0.001`, other digits. */
export function minorFrom(amount: string, currency: string): bigint | undefined {
  if (!Object.hasOwn(exponents, currency)) return undefined;
  const found = /^(-?)(0|[1-9][0-9]{0,14})(?:\.([0-9]+))?$/.exec(amount);
  if (!found) return undefined;
  const [, sign = "", whole = "", decimals = ""] = found;
  if (decimals.length !== exponentOf(currency) || whole.length + decimals.length > 15) return undefined;
  const minor = BigInt(whole + decimals);
  if (sign && minor === 0n) return undefined;
  return sign ? -minor : minor;
}

/** The decimal text of an amount, the inverse of `minorFrom`. */
export function amountText({ minor, currency }: Money): string {
  const exponent = exponentOf(currency);
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  const cut = digits.length - exponent;
  return `${minor < 0n ? "-" : ""}${digits.slice(0, cut)}${exponent ? `.${digits.slice(cut)}` : ""}`;
}

/** Money as it stands in JSON. */
export const moneyText = (money: Money): MoneyText => ({ amount: amountText(money), currency: money.currency });

/** Money from its JSON. For values that passed a door already; text that no door would let through throws. */
export function moneyFrom({ amount, currency }: MoneyText): Money {
  const minor = minorFrom(amount, currency);
  if (minor === undefined) throw new RangeError(`not an amount of ${currency}: ${amount}`);
  return { minor, currency };
}

export const zero = (currency: string): Money => ({ minor: 0n, currency });

/** Sum of amounts of one currency. Two currencies never add up. */
export function sum(first: Money, ...others: readonly Money[]): Money {
  return others.reduce((total, next) => ({ minor: total.minor + sameCurrency(total, next).minor, currency: total.currency }), first);
}

export const minus = (from: Money, what: Money): Money => ({ minor: from.minor - sameCurrency(from, what).minor, currency: from.currency });

function sameCurrency(expected: Money, found: Money): Money {
  if (found.currency !== expected.currency) throw new RangeError(`${found.currency} does not add to ${expected.currency}`);
  return found;
}

/** A quotient rounded half to even, once, at the end of a formula. The divisor is positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n;
  const magnitude = dividend * sign;
  const floor = magnitude / divisor;
  const twice = (magnitude % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && floor % 2n === 1n);
  return sign * (up ? floor + 1n : floor);
}

/** A rate of an amount, rounded half to even to the minor unit. */
export const share = (amount: Money, rate: Ppm): Money => ({
  minor: divideHalfEven(amount.minor * rate, wholePpm),
  currency: amount.currency,
});
