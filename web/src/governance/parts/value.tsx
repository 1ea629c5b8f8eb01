// A bylaw's value in words: a rate as percent, an amount as money, a list by its names.
import type { listBylaws } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { factors } from "@partcommune/shared/governance/rules/factors";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { exponentOf } from "@partcommune/shared/platform/money";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";

type Card = ToldOf<typeof listBylaws>["items"][number];

export function useSayBylaw(currency: string): (unit: Card["unit"], value: Card["value"]) => string {
  const t = useT();
  const { language } = useSpeech();
  const money = useMoney();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 4 });
  const list = new Intl.ListFormat(language, { type: "unit" });
  const countries = new Intl.DisplayNames(language, { type: "region" });
  const rate = (ppm: unknown): string => percent.format(Number(ppm) / 1_000_000);
  const amount = (text: unknown): string => money({ amount: withDecimals(String(text), currency), currency });
  const perPot = (value: unknown, say: (each: unknown) => string): string =>
    list.format(pots.map((pot) => `${t(`governance.pot.${pot}`)} ${say((value as Record<string, unknown>)[pot])}`));
  return (unit, value) => {
    if (unit === "ppm") return rate(value);
    if (unit === "money") return amount(value);
    if (unit === "ppmPerPot") return perPot(value, rate);
    if (unit === "moneyPerPot") return perPot(value, amount);
    if (unit === "ppmPerFactor")
      return list.format(
        factors.map((factor) => `${t(`governance.factor.${factor}`)} ${rate((value as Record<string, unknown>)[factor])}`),
      );
    if (unit === "countries") return list.format((value as string[]).map((code) => countries.of(code) ?? code));
    if (unit === "moneyPerCountry")
      return list.format(Object.entries(value as Record<string, string>).map(([code, text]) => `${countries.of(code)} ${amount(text)}`));
    return t(`governance.unit.${unit}`, { count: Number(value) });
  };
}

/** A bylaw's amount has no currency of its own; people see it with the decimals of the coop's. */
function withDecimals(text: string, currency: string): string {
  const exponent = exponentOf(currency);
  const [units = "0", decimals = ""] = text.split(".");
  return exponent === 0 ? units : `${units}.${decimals.padEnd(exponent, "0").slice(0, exponent)}`;
}
