// What another server may put into an inbox: asked in one order, the cheap questions first, and nothing is fetched before it is clear who claims to speak.
import { createHash } from "node:crypto";
import { parseActivity } from "./activity.ts";
import type { Admitted } from "./engine.ts";
import { originOf, type Iri } from "./iri.ts";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Allowance, Rates } from "./rate.ts";
import { oneId, readStrict } from "./read.ts";
import { digestHolds } from "./sign/digest.ts";
import { readSignature, type Here, type Incoming, type Signed } from "./sign/incoming.ts";

/** The inbox that was knocked at: the coop's own, the job board's, or the one for all. */
export const inboxes = ["actor", "jobs", "shared"] as const;
export type Inbox = (typeof inboxes)[number];

/** What a server is to us. A neighbour's board we follow; everybody else is the public; whom the coop blocked is heard nowhere. */
export type Circle = "neighbour" | "public" | "blocked";

export type Ports = {
  readonly circleOf: (origin: string) => Promise<Circle>;
  /** Whether anything is held of this actor. */
  readonly holds: (actor: Iri) => Promise<boolean>;
  /** The key of this name that the actor's own document lists, as PEM; `anew` reads the document again, if that is not too often. */
  readonly keyOf: (actor: Iri, keyId: Iri, anew: boolean) => Promise<string | undefined>;
  /** Whether what is named is the actor's to answer, to take back or to change, as far as we hold it. */
  readonly isTheirs: (said: Said) => Promise<boolean>;
  readonly rates: Rates;
};

export type Taken = Admitted & { readonly inbox: Inbox; readonly origin: string; readonly keyId: Iri; readonly sha256: Buffer };

/** The status to answer, and what came in; a status alone says nothing of which question was answered wrongly. */
export type Verdict =
  | { readonly status: 202; readonly taken?: Taken }
  | { readonly status: 400 | 401 | 403 | 422 }
  | { readonly status: 429; readonly afterMs: number };

const social = ["Follow", "Undo", "Update", "Delete", "Move"];
/** By which types each circle is heard at each inbox. */
const heardOf: Readonly<Record<Circle, Readonly<Partial<Record<Inbox, readonly string[]>>>>> = {
  blocked: {},
  public: { actor: social, jobs: social },
  neighbour: { actor: social, jobs: [...social, "Accept", "Reject", "Create"] },
};

const allowances: Readonly<Record<Circle, Allowance>> = {
  blocked: { burst: 0, perSecond: 1 },
  public: { burst: 30, perSecond: 2 },
  neighbour: { burst: 500, perSecond: 50 },
};

/** Types by which an actor speaks of itself; a board that we follow also of what it shows. */
const ofThemselves = ["Update", "Delete", "Move"];
/** Types that name something of ours: an actor to follow, or what we said. */
const answering = ["Accept", "Reject"];

/** Whether this request may be kept, and as what. */
export async function admit(inbox: Inbox, request: Incoming, here: Here, ports: Ports): Promise<Verdict> {
  if (!digestHolds(request.headers, request.body)) return { status: 401 };
  const document = readStrict(request.body);
  const said = document && saidBy(document);
  if (!said) return { status: 400 };
  const origin = originOf(said.actor);
  if (origin === undefined || origin === here.origin) return { status: 403 };
  const circle = await ports.circleOf(origin);
  if (!heardOf[circle][inbox]?.includes(said.type) || !isTheirsToSay(said, circle, inbox, here)) return { status: 403 };
  const [allowance, { rates }] = [allowances[circle], ports];
  const afterMs = rates.waitMs(origin, allowance, here.now);
  if (afterMs > 0) return { status: 429, afterMs };
  // Servers tell everybody of actors that are gone, also those who never met them: there is nothing to do and no key left to read.
  if (said.type === "Delete" && said.object === said.actor && !(await ports.holds(said.actor))) return { status: 202 };
  const signed = readSignature(request, here);
  if (!signed || !(await isSignedBy(said.actor, signed, ports))) return { status: 401 };
  rates.take(origin, allowance, here.now);
  if (!parseActivity(document)) return { status: 422 };
  if (!(await ports.isTheirs(said))) return { status: 403 };
  const sha256 = createHash("sha256").update(request.body).digest();
  return { status: 202, taken: { ...said, document, wire: request.body, inbox, origin, keyId: signed.keyId, sha256 } };
}

/** The four values that everything after goes by. */
export type Said = { readonly id: Iri; readonly type: string; readonly actor: Iri; readonly object: Iri };

/** Each of the four is one text, or the document says nothing. */
function saidBy(document: JsonObject): Said | undefined {
  const { id, type, actor } = document;
  const object = oneId(document["object"]);
  if (typeof id !== "string" || typeof type !== "string" || typeof actor !== "string" || object === undefined) return undefined;
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

/** One origin for who speaks and what is said (FEP-fe34). Whom we do not follow speaks of itself alone; who answers, answers something of ours. */
function isTheirsToSay({ id, type, actor, object }: Said, circle: Circle, inbox: Inbox, { origin: ours }: Here): boolean {
  const origin = originOf(actor);
  if (originOf(id) !== origin) return false;
  if (type === "Follow") return object === `${ours}/${inbox}`;
  if (answering.includes(type)) return originOf(object) === ours;
  if (ofThemselves.includes(type) && !(circle === "neighbour" && inbox === "jobs")) return object === actor;
  return originOf(object) === origin;
}
