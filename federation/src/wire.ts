// The shapes that words of other servers are read by: several ways to write each, one value.
import { z } from "zod";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { instant, type Instant } from "@partcommune/shared/platform/time";
import { decimalOf, isObject, manyIds, oneId, onlyOf, textOf } from "./read.ts";
import { isIri, type Iri } from "./iri.ts";
import { OM2 } from "./vocabulary.ts";

/** A document without the words that have no value. */
export const told = (words: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(words).filter((entry): entry is [string, Json] => entry[1] !== undefined));

const longestName = 2_048;
const mostNames = 200;

/** The name of a thing. */
export const IriText: z.ZodType<Iri, string> = z.string().refine(isIri, "an address on the web");

const read = <Value>(by: (value: Json | undefined) => unknown, schema: z.ZodType<Value>): z.ZodType<Value> =>
  z.preprocess((value) => by(value as Json | undefined), schema);

/** What may be left out, as many servers do by saying null or nothing in a list. */
export const Maybe = <Value>(schema: z.ZodType<Value>): z.ZodType<Value | undefined> =>
  z
    .preprocess((value) => (value === null || (Array.isArray(value) && value.length === 0) ? undefined : value), schema.optional())
    .optional();

/** One thing, told as its name or with its name inside. */
export const One = read(oneId, IriText);
/** Whom something is addressed to: names, and the words for everybody. */
export const Many = read(manyIds, z.array(z.string().max(longestName)).max(mostNames));
/** One text. */
export const Words = (longest: number): z.ZodType<string> => read(textOf, z.string().max(longest));
/** A decimal text, never a number. */
export const Decimal = read(decimalOf, z.string());
/** A year that every reader of dates knows. */
const yearly = (text: string): boolean => /^[12]\d{3}-/.test(text);
/** A point in time, with any offset. */
export const When = read<Instant>(textOf, z.iso.datetime({ offset: true }).transform(instant).refine(yearly));
export const WireDay = z.iso.date().refine(yearly);
/** What is told as itself or in a list of one. */
export const Only = <Value>(schema: z.ZodType<Value>): z.ZodType<Value> => read(onlyOf, schema);
export const Kind = <Name extends string>(name: Name): z.ZodType<Name> => Only(z.literal(name));

/** Where people can read a thing: an address, a link that holds one, or the first of several. */
export const Page = read((value) => {
  const first = Array.isArray(value) ? (value[0] as Json | undefined) : value;
  return isObject(first) ? (first["href"] ?? first["id"]) : first;
}, IriText);

/** A unit of measure by its short name, `one` or `hour`, however it was written. */
export const Unit = read((value) => oneId(value)?.replace(OM2, "").replace(/^om2:/, ""), z.string().max(40));

/** How much of something; without a figure, where it is open. */
export const Quantity = z.object({ hasUnit: Maybe(Unit), hasNumericalValue: Maybe(Decimal) });
