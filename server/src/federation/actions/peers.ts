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
import { nameless, openApexStore } from "../store/engine.ts";
import { keepActor, provingIn, remoteActor, type RemoteActor } from "../store/remote-actors.ts";
import { isHere } from "./engine.ts";
import { openFootings } from "./footings.ts";
import { reachOf } from "./reaching.ts";
import { forgettingOldest } from "./remembering.ts";

const dayMs = 86_400_000;
/** A document that was read this lately is not read again because a signature does not fit. */
const restMs = 300_000;
/** Whoever did not answer may be back: until then, whatever it says is not believed. */
const silentForMs = 15_000;
/** How often we look at one server for whoever claims to speak from there: it may know nothing of it. */
const looking: Allowance = { burst: 30, perSecond: 2 };

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

/** Keys of an actor as they were read, so that a host that says much does not have them read each time. */
type Keys = Pick<RemoteActor, "keys" | "proving" | "fetchedAt"> & { readonly readAt: Instant };

/** What admission asks of us. One look-up of an actor runs at a time, however many ask. */
export function portsOf(listening: Listening): Ports {
  const { db, world, perform } = listening;
  const flights = new Map<string, Promise<void>>();
  const restsUntil = new Map<string, Instant>();
  const held = new Map<string, Keys>();
  const looks = openRates();
  const footings = openFootings(db);

  async function look(actor: string): Promise<void> {
    // Whom the coop blocked meanwhile is not called, whatever was last seen of it.
    if ((await footings.now(originOf(actor) ?? "")).circles.includes("blocked")) return;
    const fetcher = await reachOf(listening);
    const seen = fetcher ? await lookUp(fetcher, actor) : "network";
    if (seen === "network" || seen === "timeout") rest(actor, silentForMs);
    if (typeof seen === "string") return;
    const act = async (scope: Scope): Promise<Record<string, never>> => (await keepPeer(scope, seen), {});
    await perform(listener, verb, act, {}, { key: `peer:${actor}:${world.clock()}`, cause: "inbox" });
  }

  function rest(actor: string, ms: number): void {
    restsUntil.delete(actor);
    forgettingOldest(restsUntil.set(actor, later(world.clock(), ms)));
  }

  async function lookOnce(actor: string): Promise<void> {
    const now = world.clock();
    const until = restsUntil.get(actor);
    if (until !== undefined && now < until) return flights.get(actor);
    const origin = originOf(actor) ?? "";
    if (looks.waitMs(origin, looking, millisecondsOf(now)) > 0) return undefined;
    looks.take(origin, looking, millisecondsOf(now));
    rest(actor, restMs);
    const flight = look(actor).finally(() => flights.delete(actor));
    flights.set(actor, flight);
    return flight;
  }

  async function keysIn(actor: string): Promise<Keys | undefined> {
    const known = await remoteActor({ db }, actor);
    held.delete(actor);
    if (known) held.set(actor, { keys: known.keys, proving: known.proving, fetchedAt: known.fetchedAt, readAt: world.clock() });
    return forgettingOldest(held).get(actor);
  }

  /** The keys of an actor: read lately, or read now where that is wanted. */
  async function keysOf(actor: string, anew: boolean): Promise<Keys | undefined> {
    const now = world.clock();
    const near = held.get(actor);
    const known = near && now < later(near.readAt, restMs) ? near : await keysIn(actor);
    if (!anew && known && now < later(known.fetchedAt, dayMs)) return known;
    await lookOnce(actor);
    return keysIn(actor);
  }

  return {
    rates: openRates(),
    isTheirs: (said, recipients) => isTheirs(listening, said, recipients),
    footings,
    holds: async (actor) => (await remoteActor({ db }, actor)) !== undefined,
    keyOf: async (actor, keyId, anew) => (await keysOf(actor, anew))?.keys[keyId],
    provingKeyOf: async (actor, key, anew) => provingIn(await keysOf(actor, anew), key, world.clock()),
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
