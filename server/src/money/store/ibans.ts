// Bank accounts of members in SQL. The number lies sealed; it is found equal by a keyed digest and shown masked.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type Account = { readonly id: Id; readonly digest: Buffer; readonly masked: string; readonly countsFrom: Instant };

/** One change of a member's account at a time, until the transaction ends. */
export async function takeTurn({ tx }: Pick<Scope, "tx">, member: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`money:iban:${member}`}, 0))`.execute(tx);
}

/** The account that counts, and the one that will. */
export async function ibansOf(
  { tx, now }: Pick<Scope, "tx" | "now">,
  member: Id,
): Promise<{ readonly current: Account | undefined; readonly coming: Account | undefined }> {
  const rows = await tx
    .selectFrom("money.iban")
    .select(["id", "digest", "masked", "counts_from as countsFrom"])
    .where("member", "=", member)
    .where("live", "=", true)
    .orderBy("counts_from", "desc")
    .orderBy("id", "desc")
    .execute();
  return { current: rows.find(({ countsFrom }) => countsFrom <= now), coming: rows.find(({ countsFrom }) => countsFrom > now) };
}

/** Leaves a member one account at most; the others may be another person's from now on. */
export async function retireAllBut({ tx }: Pick<Scope, "tx">, member: Id, kept: Id | undefined): Promise<void> {
  await tx
    .updateTable("money.iban")
    .set({ live: false })
    .where("member", "=", member)
    .where("live", "=", true)
    .$if(kept !== undefined, (query) => query.where("id", "<>", kept ?? ""))
    .execute();
}

export type NewIban = {
  readonly member: Id;
  readonly person: Id;
  readonly iban: string;
  readonly digest: Buffer;
  readonly masked: string;
  readonly countsFrom: Instant;
};

/** What a number is sealed for: only the same member's row opens it. */
const purposeOf = (member: Id): string => `iban:${member}`;

/** Saves an account. One that is another person's lets none in. */
export async function saveIban(
  { tx, now, id, keys, random }: Scope,
  { iban, member, countsFrom, ...row }: NewIban,
): Promise<Id | undefined> {
  const saved = await tx
    .insertInto("money.iban")
    .values({ id: id(), member, ...row, sealed: keys.seal(purposeOf(member), iban, random(12)), set_at: now, counts_from: countsFrom })
    .onConflict((conflict) => conflict.column("digest").where("live", "=", sql.lit(true)).doNothing())
    .returning("id")
    .executeTakeFirst();
  return saved?.id;
}

/** The account that counts for a member, masked. */
export async function maskedIban({ db, now }: Pick<View, "db" | "now">, member: Id): Promise<string | undefined> {
  const row = await db
    .selectFrom("money.iban")
    .select("masked")
    .where("member", "=", member)
    .where("live", "=", true)
    .where("counts_from", "<=", now)
    .orderBy("counts_from", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.masked;
}

/** The number as its member gave it. */
export const openIban = (keys: Scope["keys"], member: Id, sealed: Uint8Array): string => keys.open(purposeOf(member), sealed);

/** Whether these keys open the account that was sealed last; undefined while none is. */
export async function keysOpenAccounts({ db, keys }: Pick<View, "db" | "keys">): Promise<boolean | undefined> {
  const row = await db
    .selectFrom("money.iban")
    .select(["member", "sealed"])
    .orderBy("set_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  try {
    return openIban(keys, row.member, row.sealed) !== "";
  } catch {
    return false;
  }
}

/** The row of an account, for the letter about it. */
export async function ibanRow(
  { tx }: Pick<Scope, "tx">,
  id: Id,
): Promise<{ readonly person: Id; readonly masked: string; readonly countsFrom: Instant } | undefined> {
  return tx.selectFrom("money.iban").select(["person", "masked", "counts_from as countsFrom"]).where("id", "=", id).executeTakeFirst();
}
