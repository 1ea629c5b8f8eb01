// Amounts as people type them, brought to the decimal text a door takes.
import type { Language } from "@partcommune/shared/platform/page";
import { exponentOf, minorFrom, type Money, type MoneyText } from "@partcommune/shared/platform/money";

/** A number as people type it, with the sign between units and decimals that a door takes. */
export const decimalTyped = (typed: string): string => typed.replaceAll(/[\s\u00a0\u202f]/g, "").replace(",", ".");

/** "2 000" and "2000,5" become "2000.00" and "2000.50"; what is no amount stays as it is, for the door to refuse. */
export function decimalFrom(typed: string, currency: string): string {
  const [units = "", decimals = ""] = decimalTyped(typed).split(".");
  const exponent = exponentOf(currency);
  return exponent === 0 || decimals.length > exponent
    ? [units, decimals].filter(Boolean).join(".")
    : `${units}.${decimals.padEnd(exponent, "0")}`;
}

/** What was typed as money, as a door takes it; what is no amount is for the door to refuse. */
export const amountFrom = (typed: string, currency: string): MoneyText => ({ amount: decimalFrom(typed, currency), currency });

/** Per cent as people type them, in parts per million. */
export const ppmFrom = (percent: string): number => Math.round(Number(decimalTyped(percent)) * 10_000);

/** Decimal text with the sign between units and decimals that a language writes; it can be read back. */
export const decimalSpoken = (text: string, language: Language): string => (language === "fr" ? text.replace(".", ",") : text);

/** What was typed as a price, above zero; undefined while it is none. */
export function priceFrom(typed: string, currency: string): Money | undefined {
  const minor = minorFrom(decimalFrom(typed, currency), currency);
  return minor !== undefined && minor > 0n ? { minor, currency } : undefined;
}
