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
import { hostAt } from "./hosts.ts";

/** Keeps what was admitted, once. The host it came from, whose lane then has work. */
export async function keepEvent(db: Database, world: Pick<World, "clock" | "random">, taken: Taken): Promise<Id> {
  const now = world.clock();
  const host = await hostAt(db, taken.origin, { id: newId(world, now), now });
  await db
    .insertInto("federation.inbox_event")
    .values({
      id: taken.id,
      host,
      door: taken.inbox,
      actor: taken.actor,
      type: taken.type,
      bytes: taken.wire,
      digest: taken.sha256,
      key_id: taken.keyId,
      proved: taken.proved,
      state: "new",
      due_at: now,
      at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return host;
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
