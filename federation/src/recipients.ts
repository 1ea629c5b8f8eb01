// Whom of us an activity is for: actors of ours among those it is addressed to.
import type { JsonObject } from "@partcommune/shared/platform/json";
import { originOf, type Iri } from "./iri.ts";
import { manyIds, oneId, topTerms } from "./read.ts";

const paths = /^(?:actor|jobs|members\/[a-z0-9-]{3,40}|clients\/[0-9a-f-]{36})$/;

/** The path of an actor of ours; undefined for any other address. */
export function pathOfOurs(iri: Iri, ours: string): string | undefined {
  const path = originOf(iri) === ours ? iri.slice(ours.length + 1) : "";
  return paths.test(path) ? path : undefined;
}

/** The paths of those of us whom an activity is addressed to, each once; of a follow, it is whoever shall be followed. */
export function recipientsOf(document: JsonObject, ours: string): readonly string[] {
  const { type, object, to, cc } = topTerms(document) ?? {};
  const named = type === "Follow" ? [oneId(object) ?? ""] : [...manyIds(to), ...manyIds(cc)];
  return [...new Set(named.flatMap((iri) => pathOfOurs(iri, ours) ?? []))];
}
