// What must be proved by who says it, and not only be signed on its way: it is kept as evidence, and shown to others.
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import type { Activity } from "./activity.ts";
import { originOf, type Iri } from "./iri.ts";
import { isObject } from "./read.ts";
import { proofHolds, proofOf } from "./sign/proof.ts";

/** The key of this name that proves what an actor says, as multibase; none that expired or was revoked. `anew` reads the actor's document again. */
export type ProvingKeyOf = (actor: Iri, key: Iri, anew: boolean) => Promise<string | undefined>;

/**
 * The parts of an activity of which one has to carry a proof; none where nothing is asked for. An offer, and an answer that binds, is proved
 * whole. What has an address of its own is proved by itself, so that it can be shown alone, or with all around it, as peers do that sign only
 * what they send. A statement brings a signature of its own.
 */
export function partsToProve(activity: Activity, document: JsonObject): readonly Json[] {
  if (activity.type === "Offer") return [document];
  if (activity.type === "Accept") {
    if (activity.result !== undefined) return [document["result"] ?? null, document];
    return activity["pc:sha256"] === undefined && activity["pc:approvedBy"] === undefined ? [] : [document];
  }
  if (activity.type !== "Create" && activity.type !== "Update") return [];
  const { object } = activity;
  const isProved = object.type === "Agreement" || (object.type === "Document" && object["pc:jws"] === undefined);
  return isProved ? [document["object"] ?? null, document] : [];
}

/** Whether this carries a proof by a key that the actor's own document lists. */
export async function isProvedBy(actor: Iri, part: Json, keyOf: ProvingKeyOf): Promise<boolean> {
  const proof = isObject(part) ? proofOf(part) : undefined;
  if (!isObject(part) || !proof || originOf(proof.verificationMethod) !== originOf(actor)) return false;
  const known = await keyOf(actor, proof.verificationMethod, false);
  if (known !== undefined) return proofHolds(part, known);
  const fresh = await keyOf(actor, proof.verificationMethod, true);
  return fresh !== undefined && proofHolds(part, fresh);
}
