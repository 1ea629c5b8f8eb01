// What coops stated to each other, in SQL: kept word for word, theirs and ours.
import { sql } from "kysely";
import type { Read, StatementType } from "@partcommune/federation/statement";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope } from "../../platform/scope.ts";

export type NewStatement = {
  readonly id: Id;
  readonly host: Id;
  readonly type: StatementType;
  readonly jti: string;
  readonly payload: string;
  readonly sha256: string;
};

/** Keeps what we say. It is signed as it leaves. */
export async function saveOurs({ tx, now }: Pick<Scope, "tx" | "now">, statement: NewStatement): Promise<void> {
  await tx
    .insertInto("federation.statement")
    .values({ ...statement, ours: true, at: now })
    .execute();
}

export type Came = NewStatement & { readonly jws: string };

/** Keeps what another coop said. False where that was kept before. */
export async function saveTheirs({ tx, now }: Pick<Scope, "tx" | "now">, statement: Came): Promise<boolean> {
  const saved = await tx
    .insertInto("federation.statement")
    .values({ ...statement, ours: false, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export type Kept = NewStatement & { readonly jws: string | null };

export async function ourStatement(db: Database | Tx, id: Id): Promise<Kept | undefined> {
  const row = await db.selectFrom("federation.statement").selectAll().where("id", "=", id).where("ours", "=", true).executeTakeFirst();
  if (!row) return undefined;
  const { host, type, jti, payload, sha256, jws } = row;
  return { id, host, type: type as Read["statement"]["typ"], jti, payload, sha256, jws };
}

/** Keeps the signature under a statement of ours; it gets one once. */
export async function saveSignature({ tx }: Pick<Scope, "tx">, id: Id, jws: string): Promise<void> {
  await tx.updateTable("federation.statement").set({ jws }).where("id", "=", id).where("jws", "is", null).execute();
}

/** A claim between a coop and us as it was stated at an address; undefined where none was. */
export async function claimStated(
  { tx }: Pick<Scope, "tx">,
  { host, ours, jti }: Pick<NewStatement, "host" | "jti"> & { readonly ours: boolean },
): Promise<Pick<NewStatement, "payload" | "sha256"> | undefined> {
  return tx
    .selectFrom("federation.statement")
    .select(["payload", "sha256"])
    .where("host", "=", host)
    .where("ours", "=", ours)
    .where("type", "=", "settlement-claim")
    .where("jti", "=", jti)
    .executeTakeFirst();
}

/** What a coop answered last to a claim of ours; undefined where it did not. */
export async function lastAnswerTo({ tx }: Pick<Scope, "tx">, host: Id, claim: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom("federation.statement")
    .select("payload")
    .where("host", "=", host)
    .where("ours", "=", false)
    .where("type", "=", "settlement-answer")
    .where(sql<string>`payload::json ->> 'claim'`, "=", claim)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.payload;
}
