// The coops whose jobs we read, for domains that read what their boards show.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { View } from "../../platform/scope.ts";

export type FollowedHost = { readonly id: Id; readonly origin: string; readonly jobs: string };

/** Whose jobs we read: neighbours that we follow, and coops with which a treaty is in force. */
const isRead = sql<boolean>`blocked_at is null and (state = 'followed' or exists (select from federation.treaty where treaty.host = federation.host.id and treaty.state = 'active'))`;

/** A coop whose jobs we read; undefined for any other server. */
export async function followedHost(db: Database | Tx, host: Id): Promise<FollowedHost | undefined> {
  const row = await db
    .selectFrom("federation.host")
    .select(["id", "origin", "jobs"])
    .where("id", "=", host)
    .where(isRead)
    .executeTakeFirst();
  return row?.jobs ? { id: row.id, origin: row.origin, jobs: row.jobs } : undefined;
}

/** Who is silent rests, and is asked at the hours of its probes alone, as for all that waits for it (ADR 19). */
const isAwake = (now: Instant) => sql<boolean>`(probe_at is null or probe_at <= ${now}::timestamptz)`;

/** Whether a host may be asked for something now. */
export async function mayBeAsked({ db, now }: View, host: Id): Promise<boolean> {
  const row = await db.selectFrom("federation.host").select("id").where("id", "=", host).where(isAwake(now)).executeTakeFirst();
  return row !== undefined;
}

/** Those of them whose list of jobs was not read whole since this instant, and that may be asked now. */
export async function followedHosts({ db, now }: View, since: Instant): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("federation.host")
    .select("id")
    .where(isRead)
    .where(isAwake(now))
    .where("jobs", "is not", null)
    .where((eb) => eb.or([eb("read_at", "is", null), eb("read_at", "<", since)]))
    .limit(500)
    .execute();
  return rows.map(({ id }) => id);
}

/** Notes that a neighbour's list was read whole now. */
export async function noteRead({ db, now }: View, host: Id): Promise<void> {
  await db.updateTable("federation.host").set({ read_at: now }).where("id", "=", host).execute();
}
