// Every rule that members vote, in one place: its shape and bounds, its founding value, and the majority that changes it.
import { z } from "zod";
import { exponentOf } from "../../platform/money.ts";
import { factors, type PerFactor } from "./factors.ts";
import { pots } from "./pots.ts";

/** Ordinary: more than half. Important: two thirds. Constitutional: two thirds in every college, twice. */
export type BylawClass = "ordinary" | "important" | "constitutional";

/** How a value is read aloud. */
export const bylawUnits = [
  "ppm",
  "ppmPerPot",
  "ppmPerFactor",
  "money",
  "moneyPerPot",
  "moneyPerCountry",
  "days",
  "workingDays",
  "months",
  "count",
  "countries",
] as const;
export type BylawUnit = (typeof bylawUnits)[number];

type Rule<Schema extends z.ZodType> = {
  readonly schema: Schema;
  readonly founding: z.input<Schema>;
  readonly class: BylawClass;
  readonly unit: BylawUnit;
};

const rule = <Schema extends z.ZodType>(unit: BylawUnit, schema: Schema, founding: z.input<Schema>, class_: BylawClass): Rule<Schema> => ({
  schema,
  founding,
  class: class_,
  unit,
});

const whole = (least: number, most: number) => z.int().min(least).max(most);
// A part out of its bounds stays a number: what is asked of all parts together is not asked any more.
const within = (least: number, most: number) => z.int().min(least, { abort: true }).max(most, { abort: true });
const ppm = (least: number, most: number) => z.codec(within(least, most), z.bigint(), { decode: BigInt, encode: Number });

/** An amount of the coop's book currency, as decimal text; the currency stands in the coop's card. */
const amount = (most: string) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,11})(\.\d{1,3})?$/)
    .refine((text) => Number(text) <= Number(most));

const perPot = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ guarantee: value, insurance: value, coaching: value, advances: value, reserve: value, running: value });

const split = perPot(ppm(0, 1_000_000)).refine(
  (parts) =>
    pots.reduce((total, pot) => total + parts[pot], 0n) === 1_000_000n &&
    parts.guarantee >= 200_000n &&
    parts.reserve >= 100_000n &&
    parts.running <= 500_000n,
  "the parts make one million; guarantee at least 200 000, reserve at least 100 000, running at most 500 000",
);

const perFactor = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(Object.fromEntries(factors.map((factor) => [factor, value])) as PerFactor<Value>);

const weights = perFactor(ppm(0, 400_000)).refine(
  (parts) => factors.reduce((total, factor) => total + parts[factor], 0n) === 1_000_000n,
  "the weights make one million, none of them over 400 000",
);

const countries = z.array(z.string().regex(/^[A-Z]{2}$/)).min(1);
const euEeaChGb = "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" ");

export const bylawRegister = {
  "fee.rate": rule("ppm", ppm(30_000, 150_000), 85_000, "important"),
  "fund.split": rule(
    "ppmPerPot",
    split,
    { guarantee: 400_000, insurance: 200_000, coaching: 100_000, advances: 100_000, reserve: 200_000, running: 0 },
    "important",
  ),
  "pot.floors": rule(
    "moneyPerPot",
    perPot(amount("10000000")),
    { guarantee: "5000", insurance: "2000", coaching: "0", advances: "0", reserve: "10000", running: "0" },
    "important",
  ),
  "guarantee.workingDays": rule("workingDays", whole(3, 15), 7, "important"),
  "guarantee.clientExposure": rule("money", amount("500000"), "25000", "ordinary"),
  "guarantee.clientShare": rule("ppm", ppm(50_000, 1_000_000), 250_000, "ordinary"),
  "guarantee.holdShare": rule("ppm", ppm(30_000, 1_000_000), 100_000, "important"),
  "guarantee.startAmount": rule("money", amount("25000"), "3000", "ordinary"),
  "guarantee.countries": rule("countries", countries, euEeaChGb, "ordinary"),
  "payment.clientDays": rule("days", whole(0, 60), 30, "ordinary"),
  "share.price": rule("money", amount("500"), "20", "important"),
  "share.minimum": rule("count", whole(1, 10), 1, "important"),
  "member.trialMonths": rule("months", whole(0, 12), 3, "ordinary"),
  "member.associateMonths": rule("months", whole(6, 36), 12, "ordinary"),
  "marketplace.silenceDays": rule("days", whole(5, 30), 10, "ordinary"),
  "marketplace.wageFloors": rule(
    "moneyPerCountry",
    z.record(z.string().regex(/^[A-Z]{2}$/), amount("200")),
    { BE: "28", NL: "28", DE: "27", AT: "27", FR: "26", IT: "22", ES: "20" },
    "ordinary",
  ),
  "marketplace.rankingWeights": rule(
    "ppmPerFactor",
    weights,
    { text: 300_000, skills: 250_000, place: 150_000, fresh: 100_000, fewBids: 100_000, closing: 50_000, firstChance: 50_000 },
    "ordinary",
  ),
  "marketplace.openBids": rule("count", whole(5, 100), 20, "ordinary"),
} as const;

type Register = typeof bylawRegister;

declare module "../../platform/bylaw.ts" {
  interface Bylaws extends Readonly<{ [K in keyof Register]: z.output<Register[K]["schema"]> }> {}
}

export type BylawKeyName = keyof Register;
export const bylawKeys = Object.keys(bylawRegister) as readonly BylawKeyName[];

/** An amount of a bylaw in minor units of the book currency; decimals that the currency lacks are cut off, never invented. */
export function bylawMinor(text: string, currency: string): bigint {
  const [units = "0", decimals = ""] = text.split(".");
  const exponent = exponentOf(currency);
  return BigInt(units + decimals.padEnd(exponent, "0").slice(0, exponent));
}
