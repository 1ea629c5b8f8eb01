// Names that things have on the web: how one is read, on whose origin it stands, and what other servers know our things by.
import type { Id } from "@partcommune/shared/platform/id";

/** The address of an actor, a thing or an activity, as it names it to everybody. */
export type Iri = string;

/** In bytes, because an index holds no longer ones. */
const longestIri = 2_048;

/** Whether this is an address on the web that every reader takes apart alike. */
export const isIri = (text: string): boolean =>
  Buffer.byteLength(text) <= longestIri && /^https?:\/\/[^\s\\"<>@/?#]+(?:[/?#][^\s\\"<>]*)?$/.test(text) && URL.canParse(text);

/** Scheme, host and port of an address; undefined for what is none, and for one that writes them in another way than its origin does. */
export function originOf(iri: Iri): string | undefined {
  const origin = isIri(iri) ? URL.parse(iri)?.origin : undefined;
  return origin !== undefined && iri.startsWith(`${origin}/`) ? origin : undefined;
}

/** Kinds of things that have a name beyond this coop. */
export type Kind = "jobs" | "members" | "gatherings" | "initiatives";

/** The address of a thing of ours, opaque and never used twice; it answers whoever asks, in the language or format they ask for. */
export const iriOf = (origin: string, kind: Kind, id: Id): Iri => `${origin}/${kind}/${id}`;
