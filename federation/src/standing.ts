// Who may say what about what: pure questions that the engine asks before anything is kept.
import { isCoop } from "./circle.ts";
import type { Admitted, NotTaken, Reader } from "./engine.ts";
import type { KeptActivity, KeptDocument, KeptObject } from "./host.ts";
import { originOf, type Iri } from "./iri.ts";
import { isPublic } from "./read.ts";

type Why = NotTaken["refused"];

/** What is published and received. All other activities are refused before the engine sees them. */
const carrying = ["Create", "Update"];
const naming = ["Follow", "Accept", "Reject", "Undo", "Delete", "Join", "Leave", "Move", "Flag"];
const heard: readonly string[] = [...carrying, ...naming, "Offer"];

export const isHeard = (type: string): boolean => heard.includes(type);
/** These bring their object along; of what the others name only the address counts, but for an offer, which has none. */
export const carries = (type: string): boolean => carrying.includes(type);
export const isNamedOnly = (type: string): boolean => naming.includes(type);

/** The address of a value that is one or carries one. */
export const idOf = (value: unknown): Iri | undefined => {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one === "string") return one;
  return typeof one === "object" && one !== null && "id" in one && typeof one.id === "string" ? one.id : undefined;
};

const idsOf = (value: unknown): readonly (Iri | undefined)[] => (Array.isArray(value) ? value.map(idOf) : [idOf(value)]);

/** Whether an activity was addressed to somebody: who answers stands in `to`, and of a follow it is who shall be followed. */
export const isSentTo = (document: KeptDocument, actor: Iri): boolean =>
  idsOf(document["to"]).includes(actor) || (document.type === "Follow" && idOf(document["object"]) === actor);

/** Whether a reader may know of an activity. */
export const isShownTo = (document: KeptDocument, reader: Reader): boolean => audienceIncludes(audienceOf(document), reader);

/** Whom an activity is addressed to. */
export const audienceOf = (document: KeptDocument): readonly Iri[] =>
  [...idsOf(document["to"]), ...idsOf(document["cc"])].filter((iri) => iri !== undefined);

/** Whether a reader is one of these. A coop signs whatever its server reads, also for those of its people whom a thing is for. */
export function audienceIncludes(audience: readonly Iri[], reader: Reader): boolean {
  if (reader === "coop" || isPublic(audience)) return true;
  if (reader === "anybody") return false;
  const isOfTheirs = (iri: Iri): boolean => originOf(iri) === originOf(reader.signed);
  return audience.includes(reader.signed) || (isCoop(reader.signed) && audience.some(isOfTheirs));
}

/** The first thing that an activity is about. */
export const contentOf = ({ object }: KeptDocument): unknown => (Array.isArray(object) ? (object as readonly unknown[])[0] : object);

/** Whether this can stand where a context stands: the engine reads each part of it before JSON-LD does. */
export const isContext = (value: unknown): boolean =>
  value === undefined ||
  [value].flat().every((part) => typeof part === "string" || (typeof part === "object" && part !== null && !Array.isArray(part)));

/** Why this is not heard at all, whatever we hold; undefined when nothing speaks against it. */
export function objectionToHearing({ id, type, actor, object }: Admitted, recipient: Iri, signer: Iri, ours: string): Why | undefined {
  if (!isHeard(type)) return "unheard";
  const origin = originOf(signer);
  if (actor !== signer || origin === undefined || origin === ours || originOf(id) !== origin) return "foreign";
  if (type === "Offer") return object === undefined || originOf(object) === origin ? undefined : "foreign";
  if (object === undefined || originOf(object) === undefined) return "unreadable";
  if (["Create", "Update", "Undo", "Delete"].includes(type) && originOf(object) !== origin) return "foreign";
  // What answers us names something of ours; what we never sent, nobody can answer.
  if (["Accept", "Reject"].includes(type) && originOf(object) !== ours) return "notTheirs";
  return type === "Follow" && object !== recipient ? "unfit" : undefined;
}

/** Why somebody may not take back, or answer, an activity. */
export function objectionToActivity(type: string, named: KeptActivity | undefined, who: Iri): Why | undefined {
  if (named === undefined) return type === "Undo" ? "unknown" : "notTheirs"; // one answer for what is not here and what is not theirs
  return (type === "Undo" ? named.actor === who : isSentTo(named.document, who)) ? undefined : "notTheirs";
}

/** Why somebody may not change or delete a thing. Their own actor's document is not asked about. */
export function objectionToObject(type: string, named: KeptObject | undefined, who: Iri): Why | undefined {
  if (named === undefined) return "unknown";
  if (named.owner !== who) return "notTheirs";
  return type === "Update" && named.document.type === "Tombstone" ? "gone" : undefined;
}

/** Why a document that an activity brings along is not taken: it is an activity itself, or says it is somebody else's. */
export function objectionToContent(content: unknown, signer: Iri): Why | undefined {
  if (typeof content !== "object" || content === null || !("type" in content) || typeof content.type !== "string") return "unreadable";
  if ("actor" in content) return "unfit";
  if (idOf(content) === signer) return undefined; // themselves, whoever they say they belong to
  return "attributedTo" in content && idOf(content.attributedTo) !== signer ? "notTheirs" : undefined;
}

/** Whether a value is a thing on the origin of who wrote it, with a name of its own. */
export const isOwnThing = (value: unknown, writer: Iri): value is KeptDocument =>
  typeof value === "object" && value !== null && "type" in value && originOf(idOf(value) ?? "") === originOf(writer);
