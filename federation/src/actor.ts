// Another server's actor as its own document describes it: where it is reached, and by which keys it signs.
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { compactTerms, isObject, oneId, textOf } from "./read.ts";
import { originOf, type Iri } from "./iri.ts";

/** What we hold of an actor elsewhere. */
export type RemoteActor = {
  readonly id: Iri;
  readonly type: string;
  readonly name?: string;
  readonly inbox: Iri;
  readonly sharedInbox?: Iri;
  /** Keys by which it signs requests, as PEM. */
  readonly keys: readonly { readonly id: Iri; readonly pem: string }[];
  /** Keys by which it proves what it says, as multibase; until when, where that is known. */
  readonly proving: readonly ProvingKey[];
  /** Of a coop: its job board, and the currencies it books in. */
  readonly board?: Iri;
  readonly currencies: readonly string[];
  /** Of a job board: where its open jobs are listed. */
  readonly jobs?: Iri;
};

export type ProvingKey = { readonly id: Iri; readonly key: string; readonly until?: string };

const mostKeys = 10;
const longestName = 200;

/** The actor of a document that was served under its own address; undefined when it is none, or names anything of another origin. */
export function actorFromWire(whole: JsonObject, iri: Iri): RemoteActor | undefined {
  const document = compactTerms(whole);
  if (!document) return undefined;
  const [id, inbox, type] = [oneId(document["id"]), oneId(document["inbox"]), document["type"]];
  if (id !== iri || inbox === undefined || typeof type !== "string") return undefined;
  const sharedInbox = oneId(objectOf(document["endpoints"])?.["sharedInbox"]);
  const [board, jobs] = [oneId(document["pc:board"]), oneId(document["pc:jobs"])];
  const named = [inbox, sharedInbox, board, jobs].filter((each) => each !== undefined);
  if (!named.every((each) => isAt(each, iri))) return undefined;
  const name = textOf(document["name"])?.trim().slice(0, longestName);
  return {
    id,
    type,
    inbox,
    keys: keysOf(document, id),
    proving: provingOf(document, id),
    currencies: listOf(document["pc:currencies"]).filter((each): each is string => typeof each === "string" && /^[A-Z]{3}$/.test(each)),
    ...(name ? { name } : {}),
    ...(sharedInbox === undefined ? {} : { sharedInbox }),
    ...(board === undefined ? {} : { board }),
    ...(jobs === undefined ? {} : { jobs }),
  };
}

/** A key counts if the actor's own document lists it, on its own origin, as this actor's. */
const keysOf = (document: JsonObject, actor: Iri): RemoteActor["keys"] =>
  listOf(document["publicKey"])
    .slice(0, mostKeys)
    .flatMap((each) => {
      const key = objectOf(each);
      const [id, pem] = [key && oneId(key["id"]), key?.["publicKeyPem"]];
      const isTheirs = key !== undefined && oneId(key["owner"]) === actor;
      return isTheirs && id !== undefined && isAt(id, actor) && typeof pem === "string" ? [{ id, pem }] : [];
    });

/** The same for keys of proofs. One that was revoked proves nothing at all; one that expires proves nothing new from then on. */
const provingOf = (document: JsonObject, actor: Iri): RemoteActor["proving"] =>
  listOf(document["assertionMethod"])
    .slice(0, mostKeys)
    .flatMap((each) => {
      const named = objectOf(each) ?? {};
      const [id, key, until] = [oneId(named["id"]), textOf(named["publicKeyMultibase"]), textOf(named["expires"])];
      const isTheirs = named["type"] === "Multikey" && oneId(named["controller"]) === actor && id !== undefined && isAt(id, actor);
      if (!isTheirs || key === undefined || named["revoked"] !== undefined) return [];
      return [{ id, key, ...(until === undefined ? {} : { until }) }];
    });

const isAt = (one: Iri, other: Iri): boolean => originOf(one) !== undefined && originOf(one) === originOf(other);
const listOf = (value: Json | undefined): readonly Json[] => (value === undefined || value === null ? [] : [value].flat());
const objectOf = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined);
