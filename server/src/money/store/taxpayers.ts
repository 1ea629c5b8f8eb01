// Who members who are paid on invoices are for the tax office, in SQL: sealed, in versions, of which the newest counts; and whom the treasury asked for it.
import { sql } from "kysely";
import type { Taxpayer } from "@partcommune/shared/money/rules/taxpayer";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** What it is sealed for: only the same member's row opens it. */
const purposeOf = (member: Id): string => `taxpayer:${member}`;

/** Who a member is, as they said it. */
export const openTaxpayer = (keys: Scope["keys"], member: Id, sealed: Uint8Array): Taxpayer =>
  JSON.parse(keys.open(purposeOf(member), sealed)) as Taxpayer;

/** What a member said last; undefined before anything was said. */
export async function taxpayerOf({ db, keys }: Pick<View, "db" | "keys">, member: Id): Promise<Taxpayer | undefined> {
  const row = await db
    .selectFrom("money.taxpayer")
    .select("sealed")
    .where("member", "=", member)
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && openTaxpayer(keys, member, row.sealed);
}

/** Adds a version to what a member said; one at a time, until the transaction ends. */
export async function saveTaxpayer({ tx, now, id, keys, random }: Scope, member: Id, person: Id, taxpayer: Taxpayer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${purposeOf(member)}, 0))`.execute(tx);
  await tx
    .insertInto("money.taxpayer")
    .values(({ selectFrom, lit }) => ({
      id: id(),
      member,
      version: sql<number>`${selectFrom("money.taxpayer")
        .select(({ fn }) => fn.coalesce(fn.max("version"), lit(0)).as("last"))
        .where("member", "=", member)} + 1`,
      person,
      sealed: keys.seal(purposeOf(member), JSON.stringify(taxpayer), random(12)),
      said_at: now,
    }))
    .execute();
}

/** When the treasury asked a member last. */
export async function askedAt({ db }: Pick<View, "db">, member: Id): Promise<Instant | undefined> {
  const row = await db
    .selectFrom("money.taxpayer_asking")
    .select("at")
    .where("member", "=", member)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.at;
}

/** Keeps whom the treasury asks, as one asking. */
export async function saveAsking({ tx, now }: Scope, asking: Id, members: readonly Id[], person: Id): Promise<void> {
  await tx
    .insertInto("money.taxpayer_asking")
    .values(members.map((member) => ({ asking, member, person, at: now })))
    .execute();
}

/** The people who were asked in one asking. */
export async function peopleAsked({ db }: Pick<View, "db">, asking: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("money.taxpayer_asking as asked")
    .innerJoin("membership.member_card as card", "card.id", "asked.member")
    .select("card.person")
    .where("asked.asking", "=", asking)
    .execute();
  return rows.flatMap(({ person }) => person ?? []);
}
