// Passwords and the tries at them, in SQL.
import { sql } from "kysely";
import { tryMinutes } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";

export type Hashed = { readonly salt: Buffer; readonly hash: Buffer };
export type KeptPassword = Hashed & { readonly person: Id };

const tryMs = tryMinutes * 60_000;
const addressOf = ({ keys }: Scope, email: string): Buffer => keys.digest("passwordTry", email);

/** How often an address was tried lately. Those who try one address wait for each other, so that none is counted late. */
export async function recentTries(scope: Scope, email: string): Promise<number> {
  const { tx, now } = scope;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`password\n${email}`}, 0))`.execute(tx);
  const { count } = await tx
    .selectFrom("membership.password_try")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("address", "=", addressOf(scope, email))
    .where("at", ">", later(now, -tryMs))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Counts a try, and clears away a few that no longer count. */
export async function noteTry(scope: Scope, email: string): Promise<void> {
  const { tx, now, id } = scope;
  await sql`delete from membership.password_try where id in (
    select id from membership.password_try where at <= ${later(now, -tryMs)} order by at limit 20 for update skip locked)`.execute(tx);
  await tx
    .insertInto("membership.password_try")
    .values({ id: id(), address: addressOf(scope, email), at: now })
    .execute();
}

export async function passwordOf({ tx }: Scope, email: string): Promise<KeptPassword | undefined> {
  return tx
    .selectFrom("membership.password")
    .innerJoin("membership.person", "membership.person.id", "membership.password.person")
    .select(["person", "salt", "hash"])
    .where("email", "=", email)
    .executeTakeFirst();
}

export async function keepPassword({ tx, now }: Scope, person: Id, hashed: Hashed): Promise<void> {
  await tx
    .insertInto("membership.password")
    .values({ person, ...hashed, set_at: now })
    .onConflict((conflict) => conflict.column("person").doUpdateSet({ ...hashed, set_at: now }))
    .execute();
}

/** Removes a password. False when there was none. */
export async function removePassword({ tx }: Scope, person: Id): Promise<boolean> {
  const row = await tx.deleteFrom("membership.password").where("person", "=", person).executeTakeFirst();
  return row.numDeletedRows === 1n;
}
