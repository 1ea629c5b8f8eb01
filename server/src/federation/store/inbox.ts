// What came in from other servers, in SQL.
import { sql } from "kysely";
import { probeEvery } from "@partcommune/federation/delivery";
import type { Inbox } from "@partcommune/federation/circle";
import type { Taken } from "@partcommune/federation/inbox";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { newId, type World } from "../../platform/world.ts";
import { footingWords } from "./circles.ts";

/** Whose letter was kept, and whether what leaves for that host had been failing. */
export type Kept = { readonly host: Id; readonly wasFailing: boolean };
type Host = Kept & { readonly origin: string; readonly footing: string };

/**
 * Keeps what was admitted, each once and in its order, in one trip to the database: whoever sends waits for it. Their hosts then have work
 * in their lanes. Undefined, and not kept, where a host is on another footing now than the one by which it was let in.
 */
export async function keepEvents(
  db: Database,
  world: Pick<World, "clock" | "random">,
  all: readonly Taken[],
): Promise<readonly (Kept | undefined)[]> {
  const hosts = new Map((await keepOfKnown(db, world.clock(), all)).map((host) => [host.origin, host]));
  const fresh = all.filter(({ origin }) => !hosts.has(origin));
  if (fresh.length > 0) {
    await meet(db, world, [...new Set(fresh.map(({ origin }) => origin))]);
    for (const host of await keepOfKnown(db, world.clock(), fresh)) hosts.set(host.origin, host);
  }
  return all.map(({ origin, footing }) => {
    const host = hosts.get(origin);
    return host?.footing === footing ? host : undefined;
  });
}

/** The hosts of these letters, as far as they are known; what came from them is kept. */
async function keepOfKnown(db: Database, now: Instant, all: readonly Taken[]): Promise<readonly Host[]> {
  const of = <Value>(read: (taken: Taken) => Value): Value[] => all.map(read);
  const { rows } = await sql<Host>`
    with letter as (
      select * from unnest(${of(({ id }) => id)}::text[], ${of(({ origin }) => origin)}::text[], ${of(({ inbox }) => inbox)}::text[],
        ${of(({ actor }) => actor)}::text[], ${of(({ type }) => type)}::text[], ${of(({ wire }) => wire)}::bytea[], ${of(({ sha256 }) => sha256)}::bytea[],
        ${of(({ keyId }) => keyId)}::text[], ${of(({ proved }) => proved)}::boolean[], ${of(({ footing }) => footing)}::text[])
      with ordinality as letter (id, origin, door, actor, type, bytes, digest, key_id, proved, footing, place)),
    known as materialized (
      select id, origin, failures, ${footingWords} as footing from federation.host
      where origin = any(${[...new Set(of(({ origin }) => origin))]}::text[])),
    kept as (
      insert into federation.inbox_event (id, host, door, actor, type, bytes, digest, key_id, proved, state, due_at, at)
      select letter.id, known.id, door, actor, type, bytes, digest, key_id, proved, 'new', ${now}::timestamptz, ${now}::timestamptz
      from letter join known using (origin, footing) order by place on conflict (id) do nothing)
    select id as host, origin, failures > 0 as "wasFailing", footing from known`.execute(db);
  return rows;
}

/** A row for each server that was never met. */
async function meet(db: Database, world: Pick<World, "clock" | "random">, origins: readonly string[]): Promise<void> {
  const now = world.clock();
  await db
    .insertInto("federation.host")
    .values(origins.map((origin, at) => ({ id: newId(world, now, at), origin, at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type Event = {
  readonly id: string;
  readonly host: Id;
  readonly origin: string;
  readonly inbox: Inbox;
  readonly actor: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly proved: boolean;
  readonly at: Instant;
};

/** What waits from a host, in the order in which it came. */
export async function eventsDue({ db, now }: View, host: Id, limit: number): Promise<readonly Event[]> {
  const rows = await db
    .selectFrom("federation.inbox_event as event")
    .innerJoin("federation.host as host", "host.id", "event.host")
    .select([
      "event.id",
      "event.host",
      "host.origin",
      "event.door as inbox",
      "event.actor",
      "event.type",
      "event.bytes",
      "event.proved",
      "event.at",
    ])
    .where("event.host", "=", host)
    .where("event.state", "=", "new")
    .where("event.due_at", "<=", now)
    .orderBy("no")
    .limit(limit)
    .execute();
  return rows.map(({ inbox, ...row }) => ({ ...row, inbox: inbox as Inbox }));
}

/** Hosts of which something waits to be worked. */
export async function hostsWithEvents({ db, now }: View): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("federation.inbox_event")
    .select("host")
    .distinct()
    .where("state", "=", "new")
    .where("due_at", "<=", now)
    .limit(500)
    .execute();
  return rows.map(({ host }) => host);
}

/** Ends an event as done or refused, if nobody else did. */
export async function endEvent({ tx, now }: Scope, id: string, state: "done" | "refused", why?: string): Promise<boolean> {
  const ended = await tx
    .updateTable("federation.inbox_event")
    .set({ state, why: why ?? null, worked_at: now })
    .where("id", "=", id)
    .where("state", "=", "new")
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** As long as this something may be away that an event needs. */
const patienceMs = 3 * dayMs;

/** Puts an event off that could not be worked now, as whoever does not answer is asked again; after some days it is stuck, where an officer finds it. */
export async function putOff({ db, now }: View, { id, at }: Event, why: string): Promise<void> {
  const waited = millisecondsOf(now) - millisecondsOf(at);
  await db
    .updateTable("federation.inbox_event")
    .set({
      tries: sql<number>`tries + 1`,
      why,
      due_at: later(now, probeEvery(waited)),
      ...(waited >= patienceMs ? { state: "stuck", worked_at: now } : {}),
    })
    .where("id", "=", id)
    .where("state", "=", "new")
    .execute();
}
