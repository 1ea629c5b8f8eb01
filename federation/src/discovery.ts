// How others find us: what the coop and its job board say of themselves, and the answers of WebFinger and NodeInfo.
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import type { Iri } from "./iri.ts";
import { actorCtx, activityType } from "./vocabulary.ts";
import { told } from "./wire.ts";

/** Actors of a coop that everybody may find: itself, and the board on which its jobs are posted. */
export const actorKinds = ["coop", "board"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** A public key as it is listed. A retired one keeps its place as long as what it proved must be read; a stolen one is revoked. */
export interface ListedKey {
  readonly id: Iri;
  readonly public: string;
  readonly expires?: string | undefined;
  readonly revoked?: string | undefined;
}

export interface Described {
  readonly kind: ActorKind;
  readonly origin: string;
  readonly name: string;
  readonly summary?: string | undefined;
  /** The key that signs HTTP messages. */
  readonly rsa: ListedKey;
  /** The keys that prove documents, the one in use first. */
  readonly proving: readonly ListedKey[];
  /** Currencies in which the coop books. */
  readonly currencies: readonly string[];
}

/** The id of an actor: opaque to others, the same for good. */
export const actorIri = (origin: string, kind: ActorKind): Iri => `${origin}/${kind === "coop" ? "actor" : "jobs"}`;

const hostOf = (origin: string): string => new URL(origin).host;
const nameOf = (origin: string, kind: ActorKind): string => (kind === "coop" ? hostOf(origin) : "jobs");

/** What an actor says of itself. The board has no shared inbox, since that of the coop is for sisters and the board's is for everybody. */
export function actorDocument(described: Described): JsonObject {
  const { kind, origin, name, summary, rsa, proving, currencies } = described;
  const id = actorIri(origin, kind);
  const isCoop = kind === "coop";
  return told({
    "@context": actorCtx,
    id,
    type: isCoop ? "Application" : "Group",
    preferredUsername: nameOf(origin, kind),
    name,
    summary,
    url: isCoop ? `${origin}/` : id,
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    following: `${id}/following`,
    endpoints: isCoop ? { sharedInbox: `${origin}/inbox` } : undefined,
    attributedTo: isCoop ? undefined : actorIri(origin, "coop"),
    manuallyApprovesFollowers: isCoop,
    discoverable: true,
    webfinger: `${nameOf(origin, kind)}@${hostOf(origin)}`,
    publicKey: { id: rsa.id, owner: id, publicKeyPem: rsa.public },
    assertionMethod: proving.map((key) => multikey(id, key)),
    "pc:board": isCoop ? { id: actorIri(origin, "board") } : undefined,
    "pc:currencies": isCoop ? currencies : undefined,
    "pc:jobs": isCoop ? undefined : { id: `${id}/open` },
  });
}

/** One of a coop's people, or a client of it, as an actor. */
export interface Party {
  readonly origin: string;
  readonly path: string;
  readonly type: "Person" | "Organization";
  readonly name?: string | undefined;
  readonly handle?: string | undefined;
  readonly rsa: ListedKey;
  readonly proving: readonly ListedKey[];
}

/** What such an actor says of itself: where it is reached, what it signs with, and what whoever asks may know of it. */
export function partyDocument({ origin, path, type, name, handle, rsa, proving }: Party): JsonObject {
  const id = `${origin}/${path}`;
  return told({
    "@context": actorCtx,
    id,
    type,
    preferredUsername: handle,
    name,
    url: handle === undefined ? undefined : id,
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    endpoints: { sharedInbox: `${origin}/inbox` },
    attributedTo: actorIri(origin, "coop"),
    manuallyApprovesFollowers: true,
    discoverable: false,
    publicKey: { id: rsa.id, owner: id, publicKeyPem: rsa.public },
    assertionMethod: proving.map((key) => multikey(id, key)),
  });
}

const multikey = (controller: Iri, { id, public: publicKeyMultibase, expires, revoked }: ListedKey): JsonObject =>
  told({ id, type: "Multikey", controller, publicKeyMultibase, expires, revoked });

/** The answer about a handle or an address of a public actor (RFC 7033); undefined for anybody else. */
export function webfingerAnswer(resource: string, origin: string): JsonObject | undefined {
  const host = hostOf(origin);
  const kind = actorKinds.find((each) => {
    const handle = `acct:${nameOf(origin, each)}@${host}`;
    return resource.toLowerCase() === handle.toLowerCase() || resource === actorIri(origin, each);
  });
  if (!kind) return undefined;
  const id = actorIri(origin, kind);
  return { subject: `acct:${nameOf(origin, kind)}@${host}`, aliases: [id], links: [{ rel: "self", type: activityType, href: id }] };
}

const nodeinfoSchema = "http://nodeinfo.diaspora.software/ns/schema/2.1";

/** Where the description of our server lies. */
export const nodeinfoLinks = (origin: string): JsonObject => ({ links: [{ rel: nodeinfoSchema, href: `${origin}/nodeinfo/2.1` }] });

/** What our server says of itself (NodeInfo 2.1, FEP-f1d5). `members`: how many there are; left out where it is not told, never guessed. */
export function nodeinfoAnswer(said: {
  readonly version: string;
  readonly name: string;
  readonly members?: number | undefined;
  readonly openRegistrations: boolean;
}): JsonObject {
  const users: Json = said.members === undefined ? {} : { total: said.members };
  return {
    version: "2.1",
    software: { name: "partcommune", version: said.version },
    protocols: ["activitypub"],
    services: { inbound: [], outbound: [] },
    openRegistrations: said.openRegistrations,
    usage: { users },
    metadata: { nodeName: said.name },
  };
}
