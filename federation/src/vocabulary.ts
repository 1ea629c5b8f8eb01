// The words that travel: names of namespaces, and the contexts that our documents carry.
import type { Json } from "@partcommune/shared/platform/json";

export const AS = "https://www.w3.org/ns/activitystreams";
/** Whom a thing is addressed to that everybody may read; always written out in full. */
export const PUBLIC = `${AS}#Public`;
/** One fixed namespace for all coops. Nothing is ever fetched from it. */
export const PC = "https://w3id.org/partcommune/ns#";
export const VF = "https://w3id.org/valueflows/ont/vf#";
export const OM2 = "http://www.ontology-of-units-of-measure.org/resource/om-2/";

/** The media types under which documents of ActivityStreams travel. */
export const activityType = "application/activity+json";
export const acceptActivity = `${activityType}, application/ld+json; profile="${AS}"`;

const link = (id: string): Json => ({ "@id": id, "@type": "@id" });

/** The context of every activity and of every object that carries a proof of its own. */
export const ctx: Json = [
  AS,
  "https://w3id.org/security/data-integrity/v1",
  {
    vf: VF,
    om2: OM2,
    pc: PC,
    Proposal: "vf:Proposal",
    Intent: "vf:Intent",
    Agreement: "vf:Agreement",
    Commitment: "vf:Commitment",
    EconomicEvent: "vf:EconomicEvent",
    purpose: "vf:purpose",
    publishes: "vf:publishes",
    reciprocal: "vf:reciprocal",
    unitBased: "vf:unitBased",
    action: "vf:action",
    resourceConformsTo: link("vf:resourceConformsTo"),
    resourceQuantity: "vf:resourceQuantity",
    stipulates: "vf:stipulates",
    stipulatesReciprocal: "vf:stipulatesReciprocal",
    satisfies: link("vf:satisfies"),
    fulfills: link("vf:fulfills"),
    provider: link("vf:provider"),
    receiver: link("vf:receiver"),
    hasUnit: "om2:hasUnit",
    hasNumericalValue: "om2:hasNumericalValue",
  },
];

/** The context of an actor. Without that of controlled identifiers its proof keys would be lost to whoever expands it. */
export const actorCtx: Json = [
  AS,
  "https://w3id.org/security/v1",
  "https://www.w3.org/ns/cid/v1",
  {
    toot: "http://joinmastodon.org/ns#",
    pc: PC,
    discoverable: "toot:discoverable",
    manuallyApprovesFollowers: "as:manuallyApprovesFollowers",
    movedTo: link("as:movedTo"),
    alsoKnownAs: link("as:alsoKnownAs"),
    webfinger: "https://purl.archive.org/socialweb/webfinger#webfinger",
  },
];
