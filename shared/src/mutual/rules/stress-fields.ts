// The inputs of a stress run as fields that can be typed, kept in an address and read back: the same run from the same words.
import { pots, type PerPot, type Pot } from "../../governance/rules/pots.ts";
import { amountText, exponentOf, minorFrom } from "../../platform/money.ts";
import type { Shock, Standing } from "./stress.ts";

/** How each field is written: an amount of the coop's money, a part of a hundred, or a whole number. */
const ofStanding = {
  turnover: "amount",
  cash: "amount",
  savings: "amount",
  advances: "amount",
  owedToSisters: "amount",
  runningCost: "amount",
  claims: "amount",
  coaching: "amount",
  clientMonths: "count",
  memberDays: "count",
  neverPaid: "percent",
  vatRate: "percent",
  feeRate: "percent",
} as const;

const ofShock = {
  lost: "percent",
  lostUnpaid: "percent",
  delay: "count",
  askedBack: "percent",
  claimsTimes: "percent",
  claimsMonths: "count",
} as const;

type Kind = "amount" | "percent" | "count";
export type StandingField = keyof typeof ofStanding;
export type ShockField = keyof typeof ofShock;
export const standingFields = Object.keys(ofStanding) as readonly StandingField[];
export const shockFields = Object.keys(ofShock) as readonly ShockField[];

export const potField = (pot: Pot): `pot-${Pot}` => `pot-${pot}`;
export const splitField = (pot: Pot): `split-${Pot}` => `split-${pot}`;
export type StressField = StandingField | ShockField | `pot-${Pot}` | `split-${Pot}`;
export type StressFields = Readonly<Record<StressField, string>>;

const kindOf: Readonly<Record<StressField, Kind>> = {
  ...ofStanding,
  ...ofShock,
  ...(Object.fromEntries(
    pots.flatMap((pot) => [
      [potField(pot), "amount"],
      [splitField(pot), "percent"],
    ]),
  ) as Record<`pot-${Pot}` | `split-${Pot}`, Kind>),
};
export const stressFields = Object.keys(kindOf) as readonly StressField[];

const mostCount = 60;
/** A per cent is ten thousand parts per million. */
const decimalsOfPercent = 4;

const texts: Readonly<Record<Kind, (value: bigint, currency: string) => string>> = {
  amount: (minor, currency) => amountText({ minor, currency }),
  percent: (ppm) => trimmed(scaled(ppm, decimalsOfPercent)),
  count: String,
};

const scaled = (value: bigint, decimals: number): string => {
  const digits = String(value).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};
const trimmed = (text: string): string => text.replace(/\.?0+$/, "");

/** What was typed with a comma or spaces, as digits with a point. */
const plain = (typed: string): string =>
  typed
    .replaceAll(/[\s\u00A0\u202F]/g, "")
    .replace(",", ".")
    .replace("\u2212", "-");

const readers: Readonly<Record<Kind, (typed: string, currency: string) => bigint | undefined>> = {
  amount: (typed, currency) => {
    const exponent = exponentOf(currency);
    const [units = "", decimals = ""] = typed.split(".");
    return minorFrom(exponent === 0 ? units : `${units}.${decimals.padEnd(exponent, "0")}`, currency);
  },
  percent: (typed) => {
    const [, units = "", decimals = ""] = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec(typed) ?? [];
    return units === "" ? undefined : BigInt(units + decimals.padEnd(decimalsOfPercent, "0"));
  },
  count: (typed) => (/^\d{1,2}$/.test(typed) && Number(typed) <= mostCount ? BigInt(typed) : undefined),
};

/** Everything that a run was made of, as text. */
export function fieldsOf(standing: Standing, shock: Shock, currency: string): StressFields {
  const values: Record<string, bigint> = {};
  for (const name of standingFields) values[name] = BigInt(standing[name]);
  for (const name of shockFields) values[name] = BigInt(shock[name]);
  for (const pot of pots) [values[potField(pot)], values[splitField(pot)]] = [standing.pots[pot], standing.fundSplit[pot]];
  return Object.fromEntries(stressFields.map((name) => [name, texts[kindOf[name]](values[name] ?? 0n, currency)])) as Record<
    StressField,
    string
  >;
}

/** Reads the fields; undefined where one of them is no such number, or a part of a whole is more than it. */
export function runFrom(fields: StressFields, currency: string): { readonly standing: Standing; readonly shock: Shock } | undefined {
  const read = new Map(stressFields.map((name) => [name, readers[kindOf[name]](plain(fields[name]), currency)]));
  if ([...read.values()].includes(undefined) || parts.some((name) => (read.get(name) ?? 0n) > 1_000_000n)) return undefined;
  const value = (name: StressField): bigint => read.get(name) ?? 0n;
  const perPot = (field: (pot: Pot) => StressField): PerPot<bigint> =>
    Object.fromEntries(pots.map((pot) => [pot, value(field(pot))])) as PerPot<bigint>;
  const valueOf = (names: readonly StressField[], kinds: Readonly<Partial<Record<StressField, Kind>>>) =>
    Object.fromEntries(names.map((name) => [name, kinds[name] === "count" ? Number(value(name)) : value(name)]));
  const fundSplit = perPot(splitField);
  if (pots.every((pot) => fundSplit[pot] === 0n)) return undefined;
  return {
    standing: { ...valueOf(standingFields, ofStanding), pots: perPot(potField), fundSplit } as Standing,
    shock: valueOf(shockFields, ofShock) as Shock,
  };
}

const parts: readonly StressField[] = ["neverPaid", "vatRate", "feeRate", "lost", "lostUnpaid", "askedBack"];
