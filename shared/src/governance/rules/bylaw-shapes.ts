// What the value of a bylaw may look like: its parts and its bounds. Bounds change only with a release.
import { z } from "zod";
import { isBoardSize } from "./election.ts";
import { factors, type PerFactor } from "./factors.ts";
import { compare, fractionOf } from "./majority.ts";
import { pots } from "./pots.ts";
import { colleges, voteKinds } from "./words.ts";

export const whole = (least: number, most: number) => z.int().min(least).max(most);
// A part out of its bounds stays a number: what is asked of all parts together is not asked any more.
const within = (least: number, most: number) => z.int().min(least, { abort: true }).max(most, { abort: true });
export const ppm = (least: number, most: number) => z.codec(within(least, most), z.bigint(), { decode: BigInt, encode: Number });

/** An amount of the coop's book currency, as decimal text; the currency stands in the coop's card. */
export const amount = (most: number, least = 0) =>
  z
    .string()
    .regex(/^(0|[1-9]\d{0,11})(\.\d{1,3})?$/)
    .refine((text) => Number(text) <= most && Number(text) >= least);

/** A number of people that cannot part in two halves. */
export const odd = (least: number, most: number) => whole(least, most).refine((count) => count % 2 === 1, "an odd number");

export const perPot = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ guarantee: value, insurance: value, coaching: value, advances: value, reserve: value, running: value });

export const split = perPot(ppm(0, 1_000_000)).refine(
  (parts) =>
    pots.reduce((total, pot) => total + parts[pot], 0n) === 1_000_000n &&
    parts.guarantee >= 200_000n &&
    parts.reserve >= 100_000n &&
    parts.running <= 500_000n,
  "the parts make one million; guarantee at least 200 000, reserve at least 100 000, running at most 500 000",
);

const perFactor = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(Object.fromEntries(factors.map((factor) => [factor, value])) as PerFactor<Value>);

export const weights = perFactor(ppm(0, 400_000)).refine(
  (parts) => factors.reduce((total, factor) => total + parts[factor], 0n) === 1_000_000n,
  "the weights make one million, none of them over 400 000",
);

export const countries = z.array(z.string().regex(/^[A-Z]{2}$/)).min(1);

/** A number of people that grows with the coop: a part of it, never under the least nor over the most. */
export const threshold = (leastPpm: number, mostPpm: number) =>
  z
    .strictObject({ ppm: ppm(leastPpm, mostPpm), least: whole(1, 1_000), most: whole(1, 100_000) })
    .refine(({ least, most }) => least <= most, "the least is at most the most");

/** One value for each class of decision, the later never below the earlier. */
export const perClass = <Value extends z.ZodType>(ordinary: Value, important: Value, constitutional: Value) =>
  z.strictObject({ ordinary, important, constitutional });

export const risingPpm = perClass(ppm(0, 500_000), ppm(0, 500_000), ppm(0, 500_000)).refine(
  (each) => each.ordinary <= each.important && each.important <= each.constitutional,
  "a graver decision never asks for fewer voters",
);

/** A majority as a fraction in text, "2/3": parts per million cannot say two thirds. */
const fraction = (least: string, most: string) =>
  z
    .string()
    .regex(/^[1-9]\d?\/[1-9]\d?$/)
    .refine(
      (text) => compare(fractionOf(least), fractionOf(text)) <= 0 && compare(fractionOf(text), fractionOf(most)) <= 0,
      `from ${least} to ${most}`,
    );

export const majorities = perClass(fraction("1/2", "2/3"), fraction("3/5", "4/5"), fraction("2/3", "4/5"));

/** Who votes, in which groups, and what the word of each group weighs. */
export const collegeWeights = z
  .array(z.strictObject({ key: z.enum(colleges), weight: whole(1, 100) }))
  .min(1)
  .max(5)
  .refine((each) => new Set(each.map(({ key }) => key)).size === each.length, "each college once")
  .refine((each) => {
    const total = each.reduce((sum, { weight }) => sum + weight, 0);
    const [over, under] = each.length === 1 ? [1, 1] : each.length === 2 ? [2, 3] : [1, 2];
    return each.every(({ weight }) => weight * 10 >= total && weight * under <= total * over);
  }, "a college has at least a tenth of the weight; of two none has over two thirds, of more none over half");

export const seats = z.partialRecord(z.enum(colleges), whole(1, 15)).refine((each) => {
  const total = Object.values(each).reduce((sum, count) => sum + count, 0);
  return isBoardSize(total);
}, "from 3 to 15 seats in all, an odd number");

/** A list that holds each of its values once, in rising order. */
export const rising = (value: z.ZodInt, least: number, most: number) =>
  z
    .array(value)
    .min(least)
    .max(most)
    .refine((list) => list.every((each, at) => at === 0 || (list[at - 1] ?? each) < each), "in rising order, each once");

export const sealedKinds = z
  .array(z.enum(voteKinds))
  .refine((kinds) => new Set(kinds).size === kinds.length && kinds.includes("persons"), "each once; persons are always elected in secret");

export const trustees = z
  .strictObject({ total: whole(3, 7), enough: whole(2, 7) })
  .refine(({ total, enough }) => enough * 2 > total && enough <= total, "more than half of them open a vote");
