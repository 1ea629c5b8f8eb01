// What the activity engine knows, in SQL; and the second lock: nobody keeps or changes a document on another's origin, whatever the engine was talked into.
import { sql } from "kysely";
import type { ApexStore, KeptActivity, KeptDocument, KeptObject, Listed, NewActivity } from "@partcommune/federation/host";
import type { Iri } from "@partcommune/federation/iri";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope } from "../../platform/scope.ts";

type Here = { readonly tx: Database | Tx };

/** Ids for whoever only reads. */
export const nameless = (): never => {
  throw new Error("who only reads names nothing");
};

/** Opens the engine's store inside the transaction of an act. */
export const openApexStore = ({ tx, id }: { readonly tx: Database | Tx } & Pick<Scope, "id">): ApexStore => ({
  id,
  readObject: (object) => readObject({ tx }, object),
  saveObject: (document, writer) => saveObject({ tx }, document, writer),
  updateObject: (document, writer) => updateObject({ tx }, document, writer),
  readActivity: (activity) => readActivity({ tx }, activity),
  saveActivity: (activity, writer) => saveActivity({ tx }, activity, writer),
  removeActivity: (activity, writer) => removeActivity({ tx }, activity, writer),
  list: (activity, collection) => list({ tx }, activity, collection),
  unlist: (activity, collection) => unlist({ tx }, activity, collection),
  listed: (collection, limit, after) => listed({ tx }, collection, limit, after),
  countListed: (collection) => countListed({ tx }, collection),
});

/** The origin both stand on; a document on another than its writer's is an error, for the engine should never have brought it here. */
function originOfBoth(id: Iri, writer: Iri): string {
  const { origin } = new URL(writer);
  if (new URL(id).origin !== origin) throw new Error(`${writer} may not keep ${id}`);
  return origin;
}

const isElsewhere = (id: unknown, origin: string): boolean => typeof id === "string" && URL.canParse(id) && new URL(id).origin !== origin;

/** A document as JSON, without what the engine noted on it for itself; of things on other origins it holds their addresses alone. */
const written = (document: KeptDocument, origin: string): string =>
  JSON.stringify(document, (key: string, value: unknown) => {
    if (key.startsWith("_")) return undefined;
    return typeof value === "object" && value !== null && "id" in value && isElsewhere(value.id, origin) ? { id: value.id } : value;
  });

const stands = sql<boolean>`doc ->> 'type' <> 'Tombstone'`;

async function readObject({ tx }: Here, id: Iri): Promise<KeptObject | undefined> {
  const row = await tx.selectFrom("federation.object").select(["doc", "owner"]).where("id", "=", id).executeTakeFirst();
  return row && { document: row.doc as KeptDocument, owner: row.owner };
}

async function saveObject({ tx }: Here, document: KeptDocument, owner: Iri): Promise<boolean> {
  const origin = originOfBoth(document.id, owner);
  const saved = await tx
    .insertInto("federation.object")
    .values({ id: document.id, owner, origin, doc: written(document, origin) })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

async function updateObject({ tx }: Here, document: KeptDocument, owner: Iri): Promise<boolean> {
  const updated = await tx
    .updateTable("federation.object")
    .set({ doc: written(document, originOfBoth(document.id, owner)) })
    .where("id", "=", document.id)
    .where("owner", "=", owner)
    .where(stands)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
}

async function readActivity({ tx }: Here, id: Iri): Promise<KeptActivity | undefined> {
  const row = await tx
    .selectFrom("federation.activity")
    .select(["doc", "actor"])
    .select(sql<string[]>`array(select collection from federation.collection_item where activity_seq = seq)`.as("collections"))
    .where("id", "=", id)
    .where(stands)
    .executeTakeFirst();
  return row && { document: row.doc as KeptDocument, actor: row.actor, collections: row.collections };
}

async function saveActivity({ tx }: Here, { document, collection, wire }: NewActivity, actor: Iri): Promise<boolean> {
  const origin = originOfBoth(document.id, actor);
  const saved = await tx
    .insertInto("federation.activity")
    .values({ id: document.id, actor, origin, doc: written(document, origin), wire })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n && list({ tx }, document.id, collection);
}

async function removeActivity({ tx }: Here, id: Iri, actor: Iri): Promise<boolean> {
  const doc = JSON.stringify({ id, type: "Tombstone" });
  const removed = await tx
    .insertInto("federation.activity")
    .values({ id, actor, origin: originOfBoth(id, actor), doc })
    .onConflict((conflict) =>
      conflict
        .column("id")
        .doUpdateSet({ doc })
        .where(sql<boolean>`activity.actor = ${actor} and activity.doc ->> 'type' <> 'Tombstone'`),
    )
    .returning("seq")
    .executeTakeFirst();
  if (removed === undefined) return false;
  // After the row is ours: whoever listed it while we waited for the row is seen now.
  await tx.deleteFrom("federation.collection_item").where("activity_seq", "=", removed.seq).execute();
  return true;
}

async function list({ tx }: Here, id: Iri, collection: Iri): Promise<boolean> {
  const activity = tx
    .selectFrom("federation.activity")
    .select((column) => [column.val(collection).as("collection"), "seq"])
    .where("id", "=", id)
    .where(stands)
    .forShare();
  const added = await tx
    .insertInto("federation.collection_item")
    .columns(["collection", "activity_seq"])
    .expression(activity)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n;
}

async function unlist({ tx }: Here, id: Iri, collection: Iri): Promise<void> {
  await tx
    .deleteFrom("federation.collection_item")
    .where("collection", "=", collection)
    .where("activity_seq", "in", (query) => query.selectFrom("federation.activity").select("seq").where("id", "=", id))
    .execute();
}

async function listed({ tx }: Here, collection: Iri, limit: number | undefined, after: string | undefined): Promise<readonly Listed[]> {
  const rows = await tx
    .selectFrom("federation.collection_item")
    .innerJoin("federation.activity as activity", "seq", "activity_seq")
    .leftJoin("federation.remote_actor as known", "known.id", "activity.actor")
    .select(["seq", "activity.doc", "known.id", "inbox", "shared_inbox"])
    .where("collection", "=", collection)
    .$if(after !== undefined, (query) => query.where("activity_seq", "<", BigInt(after ?? 0)))
    .orderBy("activity_seq", "desc")
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .execute();
  return rows.map(({ seq, doc, id, inbox, shared_inbox }) => ({
    at: String(seq),
    document: doc as KeptDocument,
    actor: id === null || inbox === null ? undefined : { id, inbox, sharedInbox: shared_inbox ?? undefined },
  }));
}

async function countListed({ tx }: Here, collection: Iri): Promise<number> {
  const { count } = await tx
    .selectFrom("federation.collection_item")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("collection", "=", collection)
    .executeTakeFirstOrThrow();
  return Number(count);
}
