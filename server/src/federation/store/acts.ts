// What was said between coops, in SQL: an activity by its address as it came or left, and who asked to follow whom.
import { sql } from "kysely";
import { readStrict } from "@partcommune/federation/read";
import type { Iri } from "@partcommune/federation/iri";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Database, Tx } from "../../platform/database.ts";
import type { View } from "../../platform/scope.ts";

/** An activity of this actor, as the bytes that were told; also one that was taken back since. */
export async function actOf(db: Database | Tx, actor: Iri, id: Iri): Promise<JsonObject | undefined> {
  const row = await db.selectFrom("federation.activity").select("wire").where("id", "=", id).where("actor", "=", actor).executeTakeFirst();
  return row?.wire ? readStrict(row.wire) : undefined;
}

/** The last ask of one actor to follow another that was not taken back, and that is not taken back before the transaction ends: it is to be answered. */
export async function followOf(db: Database | Tx, follower: Iri, followed: Iri): Promise<Iri | undefined> {
  const rows = await db
    .selectFrom("federation.activity")
    .select(["id", "wire"])
    .where("actor", "=", follower)
    .where(sql<boolean>`doc ->> 'type' = 'Follow'`)
    .orderBy("seq", "desc")
    .limit(20)
    .forShare()
    .execute();
  return rows.find(({ wire }) => wire && readStrict(wire)?.["object"] === followed)?.id;
}

/** The last activity of this type that an actor said, by what came of it. */
export async function lastActOn(db: Database | Tx, actor: Iri, type: string, result: Iri): Promise<JsonObject | undefined> {
  const row = await db
    .selectFrom("federation.activity")
    .select("wire")
    .where("actor", "=", actor)
    .where(sql<boolean>`doc ->> 'type' = ${type}`)
    .where(sql<boolean>`doc -> 'result' @> ${JSON.stringify([{ id: result }])}::jsonb`)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.wire ? readStrict(row.wire) : undefined;
}

/** Whether an activity is here and was not taken back. */
export async function isStanding({ db }: Pick<View, "db">, id: Iri): Promise<boolean> {
  const row = await db
    .selectFrom("federation.activity")
    .select("id")
    .where("id", "=", id)
    .where(sql<boolean>`doc ->> 'type' <> 'Tombstone'`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a thing of ours was told, and not taken back since. */
export async function isTold({ db }: Pick<View, "db">, id: Iri): Promise<boolean> {
  const row = await db
    .selectFrom("federation.object")
    .select("id")
    .where("id", "=", id)
    .where(sql<boolean>`doc ->> 'type' <> 'Tombstone'`)
    .executeTakeFirst();
  return row !== undefined;
}
