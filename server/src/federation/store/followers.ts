// Who follows our board, in SQL.
import type { Iri } from "@partcommune/federation/iri";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";

/** Takes an actor off the list; its host, where it stood there. */
export async function dropFollower({ tx, origin }: Scope, follower: Iri): Promise<Id | undefined> {
  const dropped = await tx
    .deleteFrom("federation.collection_item")
    .where("collection", "=", `${origin}/jobs/followers`)
    .where("activity_seq", "in", (query) => query.selectFrom("federation.activity").select("seq").where("actor", "=", follower))
    .executeTakeFirst();
  if (dropped.numDeletedRows === 0n) return undefined;
  const host = tx.selectFrom("federation.host").select("id").where("origin", "=", new URL(follower).origin);
  return (await host.executeTakeFirst())?.id;
}
