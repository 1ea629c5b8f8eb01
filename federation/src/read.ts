// Documents from outside: bytes are read strictly, since two readers must not differ in them, and words leniently, since many servers write them.
import { oneMeaning, type Json, type JsonObject } from "@partcommune/shared/platform/json";
import { AS, OM2, PC, PUBLIC, VF } from "./vocabulary.ts";

const mostKeys = 10_000;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The document in these bytes, where it is one object that can be read in one way; undefined for anything else. */
export function readStrict(bytes: Buffer): JsonObject | undefined {
  try {
    const read = oneMeaning(utf8.decode(bytes), mostKeys);
    return read && isObject(read.value) && isPlain(read.value) ? read.value : undefined;
  } catch {
    return undefined; // the bytes are no UTF-8
  }
}

/** Texts have no NUL and no half of a sign, and figures have an end: what others would cut, replace or round. */
function isPlain(value: Json): boolean {
  if (typeof value === "string") return value.isWellFormed() && !value.includes("\0");
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).every(([key, each]) => isPlain(key) && isPlain(each));
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);
/** A list of one is the one. */
export const onlyOf = (value: Json | undefined): Json | undefined => (isList(value) && value.length === 1 ? value[0] : value);

/** The name of the one thing that is meant, told as its id or with its id inside. */
export function oneId(value: Json | undefined): string | undefined {
  const only = onlyOf(value);
  const id = isObject(only) ? (only["id"] ?? only["@id"]) : only;
  return typeof id === "string" ? id : undefined;
}

/** The names of all things that are meant; what has no name is left out. */
export const manyIds = (value: Json | undefined): readonly string[] =>
  (isList(value) ? value : [value]).map(oneId).filter((id) => id !== undefined);

/** Whether everybody is among those whom something is addressed to, in any of the three ways to write it. */
export const isPublic = (ids: readonly string[]): boolean => [PUBLIC, "as:Public", "Public"].some((everybody) => ids.includes(everybody));

/** A text, as itself or as a value of JSON-LD. */
export function textOf(value: Json | undefined): string | undefined {
  const only = onlyOf(value);
  const text = isObject(only) ? only["@value"] : only;
  return typeof text === "string" ? text : undefined;
}

/** A decimal text, as itself or as a typed value; never a number, which would have been rounded already. */
export function decimalOf(value: Json | undefined): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(text) ? text : undefined;
}

// What we call a word without its namespace, and what we keep the prefix of.
const namespaces = [
  [`${AS}#`, ""],
  ["as:", ""],
  [VF, ""],
  ["vf:", ""],
  [`${OM2}Measure`, "om2:Measure"],
  [OM2, ""],
  ["om2:has", "has"],
  ["https://w3id.org/security#", ""],
  ["sec:", ""],
  ["http://www.w3.org/ns/ldp#", ""],
  ["ldp:", ""],
  [PC, "pc:"],
] as const;
const keywords: Readonly<Record<string, string>> = { "@id": "id", "@type": "type" };

/** The same document in our words, where a sender wrote them in full. Undefined when one word would then stand twice. */
export const compactTerms = (document: JsonObject): JsonObject | undefined => inOurWords(document, compacted);

/** The same of its own words alone: what lies in them stays as it was written. */
export const topTerms = (document: JsonObject): JsonObject | undefined => inOurWords(document, (value) => value);

function inOurWords(document: JsonObject, read: (value: Json) => Json | undefined): JsonObject | undefined {
  const entries = Object.entries(document).map(([name, value]) => {
    const word = termOf(name);
    return [word, word === "type" ? inTerms(value) : read(value)] as const;
  });
  const isWhole = new Set(entries.map(([word]) => word)).size === entries.length && entries.every(([, value]) => value !== undefined);
  return isWhole ? (Object.fromEntries(entries) as JsonObject) : undefined;
}

function compacted(value: Json): Json | undefined {
  if (isObject(value)) return compactTerms(value);
  if (!isList(value)) return value;
  const list = value.map(compacted);
  return list.includes(undefined) ? undefined : (list as readonly Json[]);
}

const inTerms = (types: Json): Json => (isList(types) ? types.map(inTerms) : typeof types === "string" ? termOf(types) : types);

function termOf(name: string): string {
  // Without a colon it is in no namespace, and most names have none.
  if (!name.includes(":")) return Object.hasOwn(keywords, name) ? (keywords[name] ?? name) : name;
  const [long, short] = namespaces.find(([start]) => name.startsWith(start)) ?? ["", ""];
  return short + name.slice(long.length);
}
