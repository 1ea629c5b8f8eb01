// Heads: the coop puts its name to a log, so that it cannot show one log to one and another to others. And what readers ask of a log.
import canonicalize from "canonicalize";
import { sql } from "kysely";
import {
  Head,
  type listHeads,
  type readConsistency,
  type readHead,
  type readInclusion,
} from "@partcommune/shared/platform/api/transparency";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { oneMeaning } from "@partcommune/shared/platform/json";
import { later, type Instant } from "@partcommune/shared/platform/time";
import { cursorOf, placeAfter } from "../list.ts";
import { readRecord, signedRecord } from "../record-key.ts";
import { found, refuseUnless } from "../refused.ts";
import type { Scope, View } from "../scope.ts";
import { consistencyIn, hexOf, inclusionOf, leafAt, rootAt, sizeOf } from "./log.ts";

/** A head as it is kept: what it says, and the signature that says so. */
export type KeptHead = AnswerOf<typeof readHead>;

const hourMs = 3_600_000;

/** The logs that have grown since they were last signed, an hour ago or longer. */
export async function logsToSign({
  db,
  now,
}: Pick<View, "db" | "now">): Promise<readonly { readonly log: string; readonly size: number }[]> {
  // From the name of one log to the next, and to the last leaf of each: a few steps in the index, however many leaves there are.
  const { rows } = await sql<{ log: string; size: bigint }>`
    with recursive named as (
      select min(log) as log from platform.log_leaf
      union all
      select (select min(leaf.log) from platform.log_leaf leaf where leaf.log > named.log) from named where named.log is not null
    ), grown as (
      select log, (select max(index) + 1 from platform.log_leaf leaf where leaf.log = named.log) as size from named where log is not null
    )
    select log, size from grown
    where not exists (
      select from platform.log_head where log_head.log = grown.log
        and (log_head.size = grown.size or log_head.at > ${later(now, -hourMs)}::timestamptz))`.execute(db);
  return rows.map(({ log, size }) => ({ log, size: Number(size) }));
}

/** Signs a log as long as it is now. */
export async function signHead(
  { tx, keys, origin, now }: Pick<Scope, "tx" | "keys" | "origin" | "now">,
  { log }: { readonly log: string },
): Promise<Record<string, never>> {
  const size = await sizeOf({ db: tx }, log);
  const root = await rootAt({ db: tx }, log, size);
  const head: Head = { v: 1, log, origin, size, root: hexOf(root), at: now };
  const jws = await signedRecord(keys, "tree-head", canonicalize(head) ?? "");
  await tx
    .insertInto("platform.log_head")
    .values({ log, size: BigInt(size), root: Buffer.from(root), at: now, jws })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return {};
}

/** What was signed, and the thumbprint of the key that did. */
export type SignedHead = { readonly head: Head; readonly key: string };

/** What a signed head says, and the key that signed it; undefined where it is none. */
export async function readSignedHead(jws: string): Promise<SignedHead | undefined> {
  const record = await readRecord("tree-head", jws);
  const head = record && Head.safeParse(oneMeaning(record.text)?.value).data;
  return head && { head, key: record.key };
}

const heads = ({ db }: Pick<View, "db">, log: string) =>
  db.selectFrom("platform.log_head").select(["size", "root", "at", "jws"]).where("log", "=", log).orderBy("size", "desc");

type HeadRow = { readonly size: bigint; readonly root: Buffer; readonly at: Instant; readonly jws: string };
const told = ({ size, root, at, jws }: HeadRow): KeptHead => ({ size: Number(size), root: root.toString("hex"), at, jws });

/** The newest head of a log; undefined while it has none. */
export async function newestHead(view: Pick<View, "db">, log: string): Promise<KeptHead | undefined> {
  const row = await heads(view, log).limit(1).executeTakeFirst();
  return row && told(row);
}

/** The head over exactly so many leaves, where one was signed. */
export async function headOf(view: Pick<View, "db">, log: string, size: number): Promise<KeptHead | undefined> {
  const row = await heads(view, log).where("size", "=", BigInt(size)).executeTakeFirst();
  return row && told(row);
}

/** How many heads of a log there are. */
export async function headsCount({ db }: Pick<View, "db">, log: string): Promise<number> {
  const { count } = await db
    .selectFrom("platform.log_head")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("log", "=", log)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export const headTold = async (view: View, { log }: InputOf<typeof readHead>): Promise<KeptHead> => found(await newestHead(view, log));

export async function headsTold(view: View, { log, limit, after }: InputOf<typeof listHeads>): Promise<AnswerOf<typeof listHeads>> {
  const [before] = placeAfter(after, after === undefined ? 0 : 1);
  const asked = before === undefined ? heads(view, log) : heads(view, log).where("size", "<", BigInt(before));
  const items = (await asked.limit(limit + 1).execute()).map(told);
  const last = items.slice(0, limit).at(-1);
  return { items: items.slice(0, limit), ...(items.length > limit && last ? { next: cursorOf(String(last.size)) } : {}) };
}

export async function consistencyTold(
  view: View,
  { log, from, to }: InputOf<typeof readConsistency>,
): Promise<AnswerOf<typeof readConsistency>> {
  refuseUnless(from <= to && to <= (await sizeOf(view, log)), "not-found");
  return { from, to, proof: (await consistencyIn(view, log, from, to)).map(hexOf) };
}

export async function inclusionTold(
  view: View,
  { log, index, size }: InputOf<typeof readInclusion>,
): Promise<AnswerOf<typeof readInclusion>> {
  refuseUnless(index < size && size <= (await sizeOf(view, log)), "not-found");
  const leaf = found(await leafAt(view, log, index));
  return { index, size, leaf: Buffer.from(leaf).toString(), path: (await inclusionOf(view, log, index, size)).map(hexOf) };
}
