// Coops that are blocked, in SQL.
import type { Blocked } from "@partcommune/shared/federation/rules/block";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

export type BlockedHost = Blocked & { readonly id: Id };

/** Every coop that is blocked, the newest first. */
export async function blockedHosts({ db }: Pick<View, "db">): Promise<readonly BlockedHost[]> {
  const rows = await db
    .selectFrom("federation.host")
    .select(["id", "origin", "blocked_because"])
    .where("blocked_at", "is not", null)
    .orderBy("blocked_at", "desc")
    .orderBy("id")
    .execute();
  return rows.map(({ id, origin, blocked_because: reason }) => ({ id, origin, reason: reason ?? "" }));
}

/** Blocks a coop. True for exactly one caller. */
export async function saveBlock({ tx, now }: Scope, host: Id, reason: string): Promise<boolean> {
  const saved = await tx
    .updateTable("federation.host")
    .set({ blocked_at: now, blocked_because: reason })
    .where("id", "=", host)
    .where("blocked_at", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Blocks it no more, and what waited for it is due. True for exactly one caller. */
export async function endBlock({ tx, now }: Scope, host: Id): Promise<boolean> {
  const ended = await tx
    .updateTable("federation.host")
    .set({ blocked_at: null, blocked_because: null, read_at: null })
    .where("id", "=", host)
    .where("blocked_at", "is not", null)
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) return false;
  await tx.updateTable("federation.delivery").set({ due_at: now }).where("host", "=", host).where("state", "=", "due").execute();
  return true;
}

/** Where a server is that we know of. */
export async function originOfHost({ tx }: Scope, host: Id): Promise<string | undefined> {
  return (await tx.selectFrom("federation.host").select("origin").where("id", "=", host).executeTakeFirst())?.origin;
}

/** Whether a coop is blocked. */
export async function isBlocked({ tx }: Scope, host: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("federation.host")
    .select("id")
    .where("id", "=", host)
    .where("blocked_at", "is not", null)
    .executeTakeFirst();
  return row !== undefined;
}
