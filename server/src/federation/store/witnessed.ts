// Heads of books and who keeps them, in SQL: ours at sisters, and theirs here.
import type { z } from "zod";
import type { Witnessed } from "@partcommune/shared/federation/api/sisters";
import type { Finding, HeadSeen } from "@partcommune/shared/federation/rules/witness";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { everySister } from "./sisters.ts";

export type HeadKept = HeadSeen & { readonly jws: string };

/** Whose head at whose: of one log between a sister and us. */
export type Between = { readonly host: Id; readonly ours: boolean; readonly log: string };

const heads = (db: Database | Tx, { host, ours, log }: Between) =>
  db
    .selectFrom("federation.witnessed")
    .select(["size", "root", "jws", "signed_at", "finding"])
    .where("host", "=", host)
    .where("ours", "=", ours)
    .where("log", "=", log)
    .orderBy("size", "desc")
    .limit(1);

type Row = Awaited<ReturnType<ReturnType<typeof heads>["executeTakeFirstOrThrow"]>>;
const headOf = ({ size, root, jws, signed_at: at }: Row): HeadKept => ({ size: Number(size), root, jws, at });

/** The newest head that continued all before it. */
export async function newestKept(db: Database | Tx, between: Between): Promise<HeadKept | undefined> {
  const row = await heads(db, between).where("finding", "=", "extends").executeTakeFirst();
  return row && headOf(row);
}

/** The head of exactly this size that continued all before it. */
export async function keptOfSize(db: Database | Tx, between: Between, size: number): Promise<HeadKept | undefined> {
  const row = await heads(db, between).where("finding", "=", "extends").where("size", "=", BigInt(size)).executeTakeFirst();
  return row && headOf(row);
}

/** Whether something of it was found forked before. */
export async function isForked(db: Database | Tx, between: Between): Promise<boolean> {
  return (await heads(db, between).where("finding", "=", "forked").executeTakeFirst()) !== undefined;
}

/** Keeps a head with what was found on it; one that nothing showed yet may be found on again. True where that is news. */
export async function saveHead(
  { tx, now }: Pick<Scope, "tx" | "now">,
  between: Between,
  { size, root, jws, at }: HeadKept,
  finding: Finding | null,
): Promise<boolean> {
  const saved = await tx
    .insertInto("federation.witnessed")
    .values({ ...between, size: BigInt(size), root, jws, signed_at: at, finding, at: now })
    .onConflict((conflict) =>
      conflict
        .columns(["host", "ours", "log", "size", "root"])
        .doUpdateSet({ finding, at: now })
        .where((eb) => eb.or([eb("federation.witnessed.finding", "is", null), eb("federation.witnessed.finding", "=", "unproven")])),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

/** A head of ours as we told it, and what its witness found. */
export async function toldHead(
  db: Database | Tx,
  between: Between,
  { size, root }: Pick<HeadSeen, "size" | "root">,
): Promise<(HeadKept & { readonly finding: Finding | null }) | undefined> {
  const row = await heads(db, between).where("size", "=", BigInt(size)).where("root", "=", root).executeTakeFirst();
  return row && { ...headOf(row), finding: row.finding as Finding | null };
}

/** Whether this head was told to a sister, or another one within the last day. */
export async function isToldToday(
  { db, now }: Pick<View, "db" | "now">,
  { host, log }: Omit<Between, "ours">,
  size: number,
): Promise<boolean> {
  const told = await db
    .selectFrom("federation.witnessed")
    .select("size")
    .where("host", "=", host)
    .where("ours", "=", true)
    .where("log", "=", log)
    .where((eb) => eb.or([eb("size", "=", BigInt(size)), eb("signed_at", ">", later(now, -dayMs))]))
    .limit(1)
    .executeTakeFirst();
  return told !== undefined;
}

/** What stands between a sister and us, both ways: the newest head with what was found on it, before that a forked one. */
export async function witnessedWith(db: Database | Tx, host: Id, log: string): Promise<z.output<typeof Witnessed>> {
  const rows = await db
    .selectFrom("federation.witnessed")
    .distinctOn("ours")
    .select(["ours", "size", "root", "jws", "finding", "at"])
    .where("host", "=", host)
    .where("log", "=", log)
    .where("finding", "is not", null)
    .orderBy("ours")
    .orderBy((eb) => eb("finding", "=", "forked"), "desc")
    .orderBy("size", "desc")
    .execute();
  const told = (whose: boolean) => {
    const row = rows.find(({ ours }) => ours === whose);
    return row && { size: Number(row.size), root: row.root, jws: row.jws, finding: row.finding as Finding, at: row.at };
  };
  const [ours, theirs] = [told(true), told(false)];
  return { ...(ours ? { ours } : {}), ...(theirs ? { theirs } : {}) };
}

/** The same for every coop that a treaty binds or bound to us, where there is anything. */
export async function witnessesOf(db: Database | Tx, log: string) {
  const told = [];
  for (const { host, name } of await everySister(db)) told.push({ host, name, ...(await witnessedWith(db, host, log)) });
  return told.filter(({ ours, theirs }) => ours ?? theirs);
}
