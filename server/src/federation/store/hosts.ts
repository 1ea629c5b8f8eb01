// Other servers, in SQL: each is one row, however it came to be known.
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";

/** The row of a server; a new one under this id where it was never met. */
export async function hostAt(db: Database | Tx, origin: string, { id, now }: { readonly id: Id; readonly now: Instant }): Promise<Id> {
  const known = await db.selectFrom("federation.host").select("id").where("origin", "=", origin).executeTakeFirst();
  if (known) return known.id;
  await db
    .insertInto("federation.host")
    .values({ id, origin, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await db.selectFrom("federation.host").select("id").where("origin", "=", origin).executeTakeFirstOrThrow()).id;
}

/** What these servers call themselves; their origins where they have not said. */
export async function coopsNamed(db: Database | Tx, hosts: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  if (hosts.length === 0) return new Map();
  const rows = await db
    .selectFrom("federation.host")
    .select(["id", "name", "origin"])
    .where("id", "in", [...new Set(hosts)])
    .execute();
  return new Map(rows.map(({ id, name, origin }) => [id, name ?? origin]));
}
