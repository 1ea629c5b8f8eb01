// Amounts as people type them, brought to the decimal text a door takes, and back.
import { exponentOf, type MoneyText } from "@partcommune/shared/platform/money";

/** "2 000" and "2000,5" become "2000.00" and "2000.50"; what is no amount stays as it is, for the door to refuse. */
export function decimalFrom(typed: string, currency: string): string {
  const [units = "", decimals = ""] = typed
    .replaceAll(/[\s\u00a0\u202f]/g, "")
    .replace(",", ".")
    .split(".");
  const exponent = exponentOf(currency);
  return exponent === 0 || decimals.length > exponent
    ? [units, decimals].filter(Boolean).join(".")
    : `${units}.${decimals.padEnd(exponent, "0")}`;
}

/** An amount as a person of this language would type it: "2000,00" in French. */
export const typedFrom = ({ amount }: MoneyText, language: string): string => (language === "en" ? amount : amount.replace(".", ","));
