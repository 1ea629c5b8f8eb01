// The transparency log: leaves are added and never change, and a few kept nodes come to every root and proof, however long the log is.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import {
  leafHash,
  nodesAdded,
  placesIn,
  rootOver,
  spansOfConsistency,
  spansOfPath,
  type Place,
  type Span,
} from "@partcommune/shared/platform/merkle";
import type { Scope, View } from "../scope.ts";

/** SHA-256 as our trees use it. */
export const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Adds a leaf in the transaction of whoever writes it. Of two at once, one breaks: a log has one writer at a time, who holds a lock of its own. */
export async function appendTo({ tx }: Pick<Scope, "tx">, log: string, leaf: Uint8Array): Promise<number> {
  const size = await sizeOf({ db: tx }, log);
  const edge = await hashesAt({ db: tx }, log, placesIn([0, size]));
  await tx
    .insertInto("platform.log_leaf")
    .values({ log, index: BigInt(size), leaf: Buffer.from(leaf) })
    .execute();
  // A whole node of height n ends at this leaf wherever the last n bits of its number are ones.
  const nodes = nodesAdded(size, edge, leafHash(leaf, sha256), sha256).map((hash, level) => ({
    log,
    level,
    index: BigInt(Math.floor(size / 2 ** level)),
    hash: Buffer.from(hash),
  }));
  await tx.insertInto("platform.log_node").values(nodes).execute();
  return size;
}

/** How many leaves a log has. */
export async function sizeOf({ db }: Pick<View, "db">, log: string): Promise<number> {
  const last = await db
    .selectFrom("platform.log_leaf")
    .select("index")
    .where("log", "=", log)
    .orderBy("index", "desc")
    .limit(1)
    .executeTakeFirst();
  return last ? Number(last.index) + 1 : 0;
}

/** The bytes of a leaf; undefined where there is none. */
export async function leafAt({ db }: Pick<View, "db">, log: string, index: number): Promise<Uint8Array | undefined> {
  const found = await db
    .selectFrom("platform.log_leaf")
    .select("leaf")
    .where("log", "=", log)
    .where("index", "=", BigInt(index))
    .executeTakeFirst();
  return found?.leaf;
}

/** The root over the first so many leaves. */
export async function rootAt(view: Pick<View, "db">, log: string, size: number): Promise<Uint8Array> {
  return rootOver(await hashesAt(view, log, placesIn([0, size])), sha256);
}

/** The hashes that lead from a leaf to the root over the first so many. */
export const inclusionOf = async (view: Pick<View, "db">, log: string, index: number, size: number): Promise<readonly Uint8Array[]> =>
  rootsOver(view, log, spansOfPath(index, [0, size]));

/** The hashes that show that the first `size` leaves are the first `before` with others added. */
export const consistencyIn = async (view: Pick<View, "db">, log: string, before: number, size: number): Promise<readonly Uint8Array[]> =>
  rootsOver(view, log, spansOfConsistency(before, size));

/** The root over each span, with one question for all. */
async function rootsOver(view: Pick<View, "db">, log: string, spans: readonly Span[]): Promise<readonly Uint8Array[]> {
  const places = spans.map(placesIn);
  const hashes = [...(await hashesAt(view, log, places.flat()))];
  return places.map(({ length }) => rootOver(hashes.splice(0, length), sha256));
}

/** The hashes at these places, in their order. All of them stand in a log that is long enough. */
async function hashesAt({ db }: Pick<View, "db">, log: string, places: readonly Place[]): Promise<readonly Uint8Array[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<{ hash: Buffer }>`
    select hash from unnest(${places.map(({ level }) => level)}::smallint[], ${places.map(({ index }) => String(index))}::bigint[])
      with ordinality place (level, index, n)
    join platform.log_node using (level, index) where log = ${log} order by n`.execute(db);
  if (rows.length !== places.length) throw new Error(`the log ${log} has ${rows.length} of ${places.length} nodes`);
  return rows.map(({ hash }) => hash);
}
