// When a coop next has something to do with others, in SQL: between two such moments time may pass at once.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";

/** The next moment at which something of a coop is due: to be sent, or to be worked off. */
export async function nextDue(db: Database): Promise<Instant | undefined> {
  const { rows } = await sql<{ at: Instant | null }>`
    select least(
      (select min(coalesce(host.probe_at, delivery.due_at)) from federation.delivery join federation.host on host.id = delivery.host where delivery.state = 'due'),
      (select min(due_at) from federation.inbox_event where state = 'new')
    ) as at`.execute(db);
  return rows[0]?.at ?? undefined;
}

/** What a coop calls another one that it knows. */
export async function hostOf(db: Database, origin: string): Promise<Id> {
  return (await db.selectFrom("federation.host").select("id").where("origin", "=", origin).executeTakeFirstOrThrow()).id;
}

/** Where another coop is, and what it calls itself. */
export async function calledAt(db: Database, host: Id): Promise<{ readonly origin: string; readonly name: string }> {
  const { origin, name } = await db
    .selectFrom("federation.host")
    .select(["origin", "name"])
    .where("id", "=", host)
    .executeTakeFirstOrThrow();
  return { origin, name: name ?? origin };
}

/** The hash of what another coop offers us, as members vote on it. */
export async function offeredBy(db: Database, host: Id): Promise<string> {
  const { hash } = await db
    .selectFrom("federation.treaty")
    .select("hash")
    .where("host", "=", host)
    .where("state", "=", "received")
    .executeTakeFirstOrThrow();
  return hash.toString("hex");
}
