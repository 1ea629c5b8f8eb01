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
