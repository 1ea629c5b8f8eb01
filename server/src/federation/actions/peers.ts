// Who speaks to us: actors on other servers, looked up by their own address, kept for a day, and never asked for more often than helps.
import { z } from "zod";
import { actorFromWire, type RemoteActor as Read } from "@partcommune/federation/actor";
import type { Fetcher } from "@partcommune/federation/fetcher";
import type { Said } from "@partcommune/federation/circle";
import type { Ports } from "@partcommune/federation/inbox";
import { originOf } from "@partcommune/federation/iri";
import { openRates, type Allowance } from "@partcommune/federation/rate";
import { objectionToActivity, objectionToObject } from "@partcommune/federation/standing";
import { listener } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import { later, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Listening } from "../../platform/domain.ts";
import type { Scope } from "../../platform/scope.ts";
import { circlesOf } from "../store/circles.ts";
import { nameless, openApexStore } from "../store/engine.ts";
import { keepActor, provingIn, remoteActor, type RemoteActor } from "../store/remote-actors.ts";
import { isHere } from "./engine.ts";
import { reachOf } from "./reaching.ts";

const dayMs = 86_400_000;
/** A document that was read this lately is not read again because a signature does not fit. */
const restMs = 300_000;
/** How often we look at one server for whoever claims to speak from there: it may know nothing of it. */
const looking: Allowance = { burst: 30, perSecond: 2 };
const mostRemembered = 10_000;

const verb = { name: "peer.keep", input: z.strictObject({}), answer: Nothing, status: 200 };

/** An actor as its own server shows it now, with the document itself. */
export type Looked = { readonly actor: Read; readonly document: Readonly<Record<string, unknown>>; readonly wire: Buffer };

export async function lookUp(fetcher: Fetcher, iri: string): Promise<Looked | string> {
  const answer = await fetcher.get(iri, "activity");
  if (!answer.ok) return answer.why;
  const actor = actorFromWire(answer.document, iri);
  return actor ? { actor, document: answer.document, wire: answer.bytes } : "notActivity";
}

/** Keeps what was looked up in place of what was known. */
export async function keepPeer(scope: Scope, { actor, document, wire }: Looked): Promise<void> {
  const keys = Object.fromEntries(actor.keys.map(({ id, pem }) => [id, pem]));
  const { id, inbox, sharedInbox, proving } = actor;
  await keepActor(scope, { id, inbox, sharedInbox, document, wire, keys, proving, fetchedAt: scope.now });
}

/** What admission asks of us. One look-up of an actor runs at a time, however many ask. */
export function portsOf(listening: Listening): Ports {
  const { db, world, perform } = listening;
  const flights = new Map<string, Promise<void>>();
  const looked = new Map<string, Instant>();
  const looks = openRates();

  async function look(actor: string): Promise<void> {
    const fetcher = await reachOf(listening);
    const seen = fetcher ? await lookUp(fetcher, actor) : "network";
    if (typeof seen === "string") return;
    const act = async (scope: Scope): Promise<Record<string, never>> => (await keepPeer(scope, seen), {});
    await perform(listener, verb, act, {}, { key: `peer:${actor}:${world.clock()}`, cause: "inbox" });
  }

  function remember(actor: string, now: Instant): void {
    looked.delete(actor);
    looked.set(actor, now);
    const [oldest] = looked.keys();
    if (looked.size > mostRemembered && oldest !== undefined) looked.delete(oldest);
  }

  async function lookOnce(actor: string): Promise<void> {
    const now = world.clock();
    const last = looked.get(actor);
    if (last !== undefined && now < later(last, restMs)) return flights.get(actor);
    const origin = originOf(actor) ?? "";
    if (looks.waitMs(origin, looking, millisecondsOf(now)) > 0) return undefined;
    looks.take(origin, looking, millisecondsOf(now));
    remember(actor, now);
    const flight = look(actor).finally(() => flights.delete(actor));
    flights.set(actor, flight);
    return flight;
  }

  /** What we hold of an actor: read lately, or read now where that is wanted. */
  async function peer(actor: string, anew: boolean): Promise<RemoteActor | undefined> {
    const known = await remoteActor({ db }, actor);
    if (!anew && known && world.clock() < later(known.fetchedAt, dayMs)) return known;
    await lookOnce(actor);
    return remoteActor({ db }, actor);
  }

  return {
    rates: openRates(),
    isTheirs: (said, recipients) => isTheirs(listening, said, recipients),
    circlesOf: (origin) => circlesOf(db, origin),
    holds: async (actor) => (await remoteActor({ db }, actor)) !== undefined,
    keyOf: async (actor, keyId, anew) => (await peer(actor, anew))?.keys[keyId],
    provingKeyOf: async (actor, key, anew) => provingIn(await peer(actor, anew), key, world.clock()),
  };
}

/** Whether what is named is the actor's to answer, to take back or to change. Of what has not come yet nobody knows. */
async function isTheirs({ db }: Listening, { type, actor, object = "" }: Said, recipients: readonly string[]): Promise<boolean> {
  const store = openApexStore({ tx: db, id: nameless });
  if (type === "Offer") return (await Promise.all(recipients.map((path) => isHere(db, path)))).includes(true);
  if (["Accept", "Reject", "Undo"].includes(type))
    return objectionToActivity(type, await store.readActivity(object), actor) !== "notTheirs";
  if (!["Update", "Delete"].includes(type) || object === actor) return true;
  return objectionToObject(type, await store.readObject(object), actor) !== "notTheirs";
}
