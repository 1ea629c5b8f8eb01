// How others find us and read who we are: documents made from plain values.
import type { JsonObject } from "@partcommune/shared/platform/json";
import { actorCtx, type Iri } from "./vocabulary.ts";

/** A public key by its name behind the actor's address, `rsa-1`; PEM, or multibase of an Ed25519 key. */
export type ShownKey = { readonly kind: "rsa" | "ed25519"; readonly name: string; readonly public: string; readonly retiredAt?: string };

type Shown = { readonly origin: string; readonly name: string; readonly keys: readonly ShownKey[] };

const hostOf = (origin: string): string => new URL(origin).host;

/** What every actor of ours has: its collections, and its keys. A retired key that proves documents stays listed; one that signs requests does not. */
function actorBase(id: Iri, handle: string, { name, keys, origin }: Shown): JsonObject {
  const rsa = keys.find(({ kind, retiredAt }) => kind === "rsa" && retiredAt === undefined);
  return {
    "@context": actorCtx,
    id,
    preferredUsername: handle,
    webfinger: `${handle}@${hostOf(origin)}`,
    name,
    inbox: `${id}/inbox`,
    outbox: `${id}/outbox`,
    followers: `${id}/followers`,
    following: `${id}/following`,
    ...(rsa ? { publicKey: { id: `${id}#${rsa.name}`, owner: id, publicKeyPem: rsa.public } } : {}),
    assertionMethod: keys.flatMap(({ kind, name: key, public: multibase, retiredAt }) =>
      kind === "ed25519"
        ? [
            {
              id: `${id}#${key}`,
              type: "Multikey",
              controller: id,
              publicKeyMultibase: multibase,
              ...(retiredAt === undefined ? {} : { expires: retiredAt }),
            },
          ]
        : [],
    ),
  };
}

/** The coop itself: it signs what we ask of others, and treaties are made with it. */
export function coopDocument(shown: Shown & { readonly currencies: readonly string[] }): JsonObject {
  const { origin, currencies } = shown;
  return {
    ...actorBase(`${origin}/actor`, hostOf(origin), shown),
    type: "Application",
    url: `${origin}/`,
    endpoints: { sharedInbox: `${origin}/inbox` },
    manuallyApprovesFollowers: true,
    "pc:board": { id: `${origin}/jobs` },
    "pc:currencies": [...currencies],
  };
}

/** The job board, which anybody may follow. Its inbox is public, so it names no shared one. */
export function boardDocument(shown: Shown): JsonObject {
  const { origin } = shown;
  return {
    ...actorBase(`${origin}/jobs`, "jobs", shown),
    type: "Group",
    url: `${origin}/jobs`,
    manuallyApprovesFollowers: false,
    discoverable: true,
    "pc:jobs": { id: `${origin}/jobs/open` },
  };
}

/** Handles of our public actors, and what each stands for. */
const handlesOf = (origin: string): Readonly<Record<string, Iri>> => ({ [hostOf(origin)]: `${origin}/actor`, jobs: `${origin}/jobs` });

/** WebFinger (RFC 7033): who is meant by an account or an address; undefined for whom we do not know, or not in public. */
export function webfingerAnswer(origin: string, resource: string): JsonObject | undefined {
  const handles = Object.entries(handlesOf(origin));
  const found = handles.find(([handle, iri]) => resource === `acct:${handle}@${hostOf(origin)}` || resource === iri);
  if (!found) return undefined;
  const [handle, iri] = found;
  return {
    subject: `acct:${handle}@${hostOf(origin)}`,
    aliases: [iri],
    links: [
      { rel: "self", type: "application/activity+json", href: iri },
      { rel: "http://webfinger.net/rel/profile-page", type: "text/html", href: handle === "jobs" ? iri : `${origin}/` },
    ],
  };
}

const schema = "http://nodeinfo.diaspora.software/ns/schema/2.1";

export const nodeinfoLinks = (origin: string): JsonObject => ({ links: [{ rel: schema, href: `${origin}/nodeinfo/2.1` }] });

/** NodeInfo 2.1 (FEP-f1d5). Users are counted truly or not told. */
export const nodeinfoAnswer = (name: string, version: string): JsonObject => ({
  version: "2.1",
  software: { name: "partcommune", version },
  protocols: ["activitypub"],
  services: { inbound: [], outbound: ["atom1.0", "rss2.0"] },
  openRegistrations: true,
  usage: { users: {} },
  metadata: { nodeName: name },
});
