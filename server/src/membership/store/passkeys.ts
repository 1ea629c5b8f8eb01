// Passkeys and the questions they answer, in SQL: a question is answered once, a passkey only counts forward.
import { sql } from "kysely";
import type { listPasskeys } from "@partcommune/shared/membership/api/passkeys";
import { questionMinutes } from "@partcommune/shared/membership/rules";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import { later } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** What a ceremony is for. Its question serves no other. */
export type Purpose = "register" | "signIn" | "prove";

export type Credential = { readonly id: string; readonly transports: readonly string[] };
export type NewPasskey = {
  readonly credential: string;
  readonly publicKey: Buffer;
  readonly counter: bigint;
  readonly transports: readonly string[];
};
export type KeptPasskey = { readonly id: Id; readonly person: Id; readonly publicKey: Buffer; readonly counter: bigint };
export type Holder = { readonly id: Id; readonly name: string; readonly email: string; readonly language: Language };

/** Keeps a question, and clears away a few that nobody will answer any more: visitors may ask, so the table must not grow by asking. */
export async function keepQuestion({ tx, now, id }: Scope, purpose: Purpose, person: Id | null, challenge: string): Promise<void> {
  await sql`delete from membership.challenge where id in (
    select id from membership.challenge where expires_at < ${now} order by expires_at limit 20 for update skip locked)`.execute(tx);
  const expires = later(now, questionMinutes * 60_000);
  await tx.insertInto("membership.challenge").values({ id: id(), person, purpose, challenge, expires_at: expires }).execute();
}

/** Uses a question up. True for exactly one caller, in time, for the purpose and person it was asked for. */
export async function useQuestion({ tx, now }: Scope, purpose: Purpose, person: Id | null, challenge: string): Promise<boolean> {
  const row = await tx
    .updateTable("membership.challenge")
    .set({ used_at: now })
    .where("challenge", "=", challenge)
    .where("purpose", "=", purpose)
    .where("person", "is not distinct from", person)
    .where("used_at", "is", null)
    .where("expires_at", ">", now)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** The person whose passkeys are about to change, held so until the act ends: of two at once the second sees the first's work. */
export async function holder({ tx }: Scope, person: Id): Promise<Holder> {
  const row = await tx
    .selectFrom("membership.person")
    .select(["id", "name", "email", "language"])
    .where("id", "=", person)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
  return { ...row, language: row.language as Language };
}

/** What a person's authenticators are known by. */
export async function credentialsOf({ tx }: Scope, person: Id): Promise<readonly Credential[]> {
  return tx
    .selectFrom("membership.passkey")
    .select(["credential_id as id", "transports"])
    .where("person", "=", person)
    .orderBy("added_at")
    .execute();
}

export async function passkeyKnownAs({ tx }: Scope, credential: string): Promise<KeptPasskey | undefined> {
  return tx
    .selectFrom("membership.passkey")
    .select(["id", "person", "public_key as publicKey", "counter"])
    .where("credential_id", "=", credential)
    .executeTakeFirst();
}

/** Saves a passkey. Nothing when it is kept already, whoever's it is. */
export async function savePasskey({ tx, now, id }: Scope, person: Id, passkey: NewPasskey): Promise<Id | undefined> {
  const { credential, publicKey, counter, transports } = passkey;
  const row = await tx
    .insertInto("membership.passkey")
    .values({ id: id(), person, credential_id: credential, public_key: publicKey, counter, transports: [...transports], added_at: now })
    .onConflict((conflict) => conflict.column("credential_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** Notes a use. False when another use counted as far in the meantime: then one of the two is a copy. */
export async function countUse({ tx, now }: Scope, { id, counter: kept }: KeptPasskey, counter: bigint): Promise<boolean> {
  const row = await tx
    .updateTable("membership.passkey")
    .set({ counter, used_at: now })
    .where("id", "=", id)
    .where("counter", "=", kept)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Removes a passkey of this person. False when they have none such. */
export async function removePasskey({ tx }: Scope, person: Id, passkey: Id): Promise<boolean> {
  const row = await tx.deleteFrom("membership.passkey").where("id", "=", passkey).where("person", "=", person).executeTakeFirst();
  return row.numDeletedRows === 1n;
}

/** One's own passkeys. */
export async function passkeys({ db, actor }: View): Promise<AnswerOf<typeof listPasskeys>> {
  if (actor.kind !== "person") return { items: [] };
  const rows = await db
    .selectFrom("membership.passkey")
    .select(["id", "added_at as addedAt", "used_at"])
    .where("person", "=", actor.person)
    .orderBy("added_at")
    .orderBy("id")
    .execute();
  return { items: rows.map(({ used_at, ...row }) => ({ ...row, ...(used_at ? { usedAt: used_at } : {}) })) };
}
