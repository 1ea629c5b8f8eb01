// The event log: what happened, written in the transaction that made it happen.
import type { Fact } from "@partcommune/shared/events";
import type { Told } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "./database.ts";
import { batchesOf, mostTogether } from "./batches.ts";
import { insertion } from "./rows.ts";

/** What an action tells: the fact, and the topics (`job:<id>`) of those who watch what it touches. */
export type Telling = Told & { readonly about: readonly string[] };

/** Writes all facts of an action, in their order. */
export async function saveFacts(tx: Tx, facts: readonly (Fact & { readonly about: readonly string[] })[]): Promise<void> {
  for (const some of batchesOf(facts, mostTogether)) await insertion("platform.fact", some).execute(tx);
}

/** A fact by its id, for the listener that was sent for it. */
export async function factById(db: Database | Tx, id: Id): Promise<Fact | undefined> {
  const row = await db
    .selectFrom("platform.fact")
    .select(["id", "at", "type", "actor", "subject", "cause", "body"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row as Fact | undefined;
}

/** How far the log has come: another number means that something happened since. */
export async function lengthOfLog(db: Database): Promise<bigint | undefined> {
  const newest = await db.selectFrom("platform.fact").select("seq").orderBy("seq", "desc").limit(1).executeTakeFirst();
  return newest?.seq;
}
