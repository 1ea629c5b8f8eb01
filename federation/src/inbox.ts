// What another server may put into an inbox: asked in one order, the cheap questions first, and nothing is fetched before it is clear who claims to speak.
import { createHash } from "node:crypto";
import { parseActivity, type Activity } from "./activity.ts";
import { allowanceOf, mayBeSaid, type Circle, type Footing, type Footings, type Inbox, type Said } from "./circle.ts";
import type { Admitted } from "./engine.ts";
import { originOf, type Iri } from "./iri.ts";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { isProvedBy, partsToProve, type ProvingKeyOf } from "./proving.ts";
import type { Rates } from "./rate.ts";
import { oneId, readStrict } from "./read.ts";
import { recipientsOf } from "./recipients.ts";
import { digestHolds } from "./sign/digest.ts";
import { readSignature, type Here, type Incoming, type Signed } from "./sign/incoming.ts";

export type Ports = {
  readonly footings: Footings;
  /** Whether anything is held of this actor. */
  readonly holds: (actor: Iri) => Promise<boolean>;
  /** The key of this name that the actor's own document lists, as PEM; `anew` reads the document again, if that is not too often. */
  readonly keyOf: (actor: Iri, keyId: Iri, anew: boolean) => Promise<string | undefined>;
  readonly provingKeyOf: ProvingKeyOf;
  /** Whether what is named is the actor's to answer, to take back or to change, as far as we hold it, and one of those it is for is here. */
  readonly isTheirs: (said: Said, recipients: readonly string[]) => Promise<boolean>;
  readonly rates: Rates;
};

export type Taken = Admitted & {
  readonly inbox: Inbox;
  readonly origin: string;
  readonly keyId: Iri;
  /** The words of the footing by which this was let in; whoever keeps it sees that they still hold. */
  readonly footing: string;
  readonly sha256: Buffer;
  readonly proved: boolean;
};

/** The status to answer, and what came in; a status alone says nothing of which question was answered wrongly. */
export type Verdict =
  | { readonly status: 202; readonly taken?: Taken }
  | { readonly status: 400 | 401 | 403 | 422 | 423 }
  | { readonly status: 429; readonly afterMs: number };

/** Whether this request may be kept, and as what. */
export async function admit(inbox: Inbox, request: Incoming, here: Here, ports: Ports): Promise<Verdict> {
  if (!digestHolds(request.headers, request.body)) return { status: 401 };
  const document = readStrict(request.body);
  const said = document && saidBy(document);
  if (!said) return { status: 400 };
  const origin = originOf(said.actor);
  if (origin === undefined || origin === here.origin) return { status: 403 };
  const footing = await footingFor(said, origin, inbox, here, ports);
  if (typeof footing === "number") return { status: footing };
  const { circles } = footing;
  const [allowance, { rates }] = [allowanceOf(circles), ports];
  const afterMs = rates.waitMs(origin, allowance, here.now);
  if (afterMs > 0) return { status: 429, afterMs };
  // Servers tell everybody of actors that are gone, also those who never met them: there is nothing to do and no key left to read.
  if (isFarewell(said) && !(await ports.holds(said.actor))) return { status: 202 };
  const signed = readSignature(request, here);
  if (!signed || !(await isSignedBy(said.actor, signed, ports))) return { status: 401 };
  rates.take(origin, allowance, here.now);
  const way = { inbox, origin, keyId: signed.keyId, footing: footing.words };
  return judged(said, document, request.body, { ...way, circles, ours: here.origin }, ports);
}

const isFarewell = ({ type, actor, object }: Said): boolean => type === "Delete" && object === actor;

/**
 * The footing by which this may be said; a status where it may not, which tells a sister that is blocked for now to say it again. What was
 * last seen is believed only on the way to a row, since whoever keeps it compares; who is turned away, or answered without a row, is so by
 * what holds now.
 */
async function footingFor(said: Said, origin: string, inbox: Inbox, here: Here, { footings }: Ports): Promise<Footing | 403 | 423> {
  const allows = ({ circles }: Footing): boolean => mayBeSaid(said, circles, inbox, here.origin);
  const last = isFarewell(said) ? undefined : footings.last(origin);
  if (last && allows(last)) return last;
  const now = await footings.now(origin);
  if (allows(now)) return now;
  return now.circles.includes("suspended") ? 423 : 403;
}

type Way = Pick<Taken, "inbox" | "origin" | "keyId" | "footing"> & { readonly circles: readonly Circle[]; readonly ours: string };

/** What is signed is read: whether it says what its type says, is proved where it must be, and is theirs to say. */
async function judged(said: Said, document: JsonObject, wire: Buffer, { circles, ours, ...way }: Way, ports: Ports): Promise<Verdict> {
  const activity = parseActivity(document);
  if (!activity) return { status: 422 };
  const parts = partsToProve(activity, document);
  const proved = await isOneProved(said.actor, parts, ports);
  if (parts.length > 0 && !proved) return { status: 422 };
  const recipients = recipientsOf(document, ours);
  const isAsked = said.type !== "Offer" || circles.includes("sister") || recipients.join() === "actor";
  if (!isAsked || !isTheirOwn(activity) || !(await ports.isTheirs(said, recipients))) return { status: 403 };
  const sha256 = createHash("sha256").update(wire).digest();
  return { status: 202, taken: { ...said, document, wire, ...way, sha256, proved } };
}

async function isOneProved(actor: Iri, parts: readonly Json[], { provingKeyOf }: Ports): Promise<boolean> {
  for (const part of parts) if (await isProvedBy(actor, part, provingKeyOf)) return true;
  return false;
}

/** What an activity brings along is its actor's own. */
function isTheirOwn(activity: Activity): boolean {
  const { actor, type } = activity;
  if (type === "Accept") return activity.result === undefined || isOwn(activity.result, actor);
  if (type !== "Create" && type !== "Update") return true;
  return activity.object.type === "actor" || isOwn(activity.object, actor);
}

const isOwn = ({ id, attributedTo }: { readonly id: Iri; readonly attributedTo: Iri }, actor: Iri): boolean =>
  attributedTo === actor && originOf(id) === originOf(actor);

/** Each of the four is one text, or the document says nothing. */
function saidBy(document: JsonObject): Said | undefined {
  const { id, type, actor } = document;
  const object = oneId(document["object"]);
  if (typeof id !== "string" || typeof type !== "string" || typeof actor !== "string") return undefined;
  if (type === "Offer" ? document["object"] === undefined : object === undefined) return undefined;
  return originOf(id) === undefined || originOf(actor) === undefined ? undefined : { id, type, actor, object };
}

/** A key is compared, never fetched by its own name: it counts only where the actor's document lists it, and on the actor's origin. */
async function isSignedBy(actor: Iri, { keyId, holds }: Signed, { keyOf }: Ports): Promise<boolean> {
  if (originOf(keyId) !== originOf(actor)) return false;
  const known = await keyOf(actor, keyId, false);
  if (known !== undefined && holds(known)) return true;
  const fresh = await keyOf(actor, keyId, true);
  return fresh !== undefined && fresh !== known && holds(fresh);
}
