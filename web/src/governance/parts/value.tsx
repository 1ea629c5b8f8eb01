// A bylaw's value in words: a rate as percent, an amount as money, a list by its names.
import type { listBylaws } from "@partcommune/shared/governance/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { factors } from "@partcommune/shared/governance/rules/factors";
import { classes } from "@partcommune/shared/governance/rules/words";
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
  const parts = (value: unknown): Readonly<Record<string, unknown>> => value as Readonly<Record<string, unknown>>;
  const perClass = (value: unknown, say: (each: unknown) => string): string =>
    list.format(classes.map((class_) => t(`governance.each.${class_}`, { value: say(parts(value)[class_]) })));
  const counted = (unit: Card["unit"], count: unknown): string => t(`governance.unit.${unit}`, { count: Number(count) });
  const counts = (values: unknown, unit: Card["unit"]): string => list.format((values as number[]).map((count) => counted(unit, count)));
  const collegesOf = (value: unknown): string =>
    list.format((value as { key: string; weight: number }[]).map(({ key, weight }) => `${t(`governance.college.${key}`)} ${weight}`));
  const seats = (value: unknown): string =>
    list.format(Object.entries(parts(value)).map(([key, count]) => `${t(`governance.college.${key}`)} ${String(count)}`));
  const threshold = (value: unknown): string => {
    const { ppm, least, most } = parts(value);
    return t("governance.unit.threshold", { part: rate(ppm), least: Number(least), most: Number(most) });
  };
  const sayings: Readonly<Partial<Record<Card["unit"], (value: unknown) => string>>> = {
    ppm: rate,
    money: amount,
    ppmPerPot: (value) => perPot(value, rate),
    moneyPerPot: (value) => perPot(value, amount),
    ppmPerFactor: (value) => list.format(factors.map((factor) => `${t(`governance.factor.${factor}`)} ${rate(parts(value)[factor])}`)),
    countries: (value) => list.format((value as string[]).map((code) => countries.of(code) ?? code)),
    moneyPerCountry: (value) => list.format(Object.entries(parts(value)).map(([code, text]) => `${countries.of(code)} ${amount(text)}`)),
    ppmPerClass: (value) => perClass(value, rate),
    daysPerClass: (value) => perClass(value, (count) => counted("days", count)),
    fractionPerClass: (value) => perClass(value, String),
    dayList: (value) => counts(value, "days"),
    daysOfMonth: (value) => counts(value, "dayOfMonth"),
    colleges: collegesOf,
    countPerCollege: seats,
    threshold,
    kinds: (value) => list.format((value as string[]).map((kind) => t(`governance.kind.${kind}`))),
    trustees: (value) => t("governance.unit.trustees", { enough: Number(parts(value)["enough"]), total: Number(parts(value)["total"]) }),
    convocation: (value) => t(`governance.convocation.${String(value)}`),
    class: (value) => t(`governance.class.${String(value)}`),
    switch: (value) => t(`governance.switch.${String(value)}`),
  };
  return (unit, value) => (sayings[unit] ?? ((count) => counted(unit, count)))(value);
}

/** A bylaw's amount has no currency of its own; people see it with the decimals of the coop's. */
function withDecimals(text: string, currency: string): string {
  const exponent = exponentOf(currency);
  const [units = "0", decimals = ""] = text.split(".");
  return exponent === 0 ? units : `${units}.${decimals.padEnd(exponent, "0").slice(0, exponent)}`;
}
