// Organisations that hire, and memberships, in SQL.
import { sql } from "kysely";
import type { applyAsMember, describeClient, foundClient, listApplicants } from "@partcommune/shared/membership/api";
import { outside, type Membership, type Stage, type Status } from "@partcommune/shared/membership/rules";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Saves an organisation and its first buyer, who owns it; with the member who brought it, where it did not enter itself. */
export async function saveClient(
  { tx, now, id }: Scope,
  owner: Id,
  { vatNumber, ...client }: InputOf<typeof foundClient>,
  broughtBy: Id | null = null,
): Promise<Id> {
  const saved = id();
  await tx
    .insertInto("membership.client")
    .values({ id: saved, ...client, vat_number: vatNumber ?? null, brought_by: broughtBy, created_at: now })
    .execute();
  await tx.insertInto("membership.buyer").values({ client: saved, person: owner, role: "owner", at: now }).execute();
  return saved;
}

/** Keeps what stands on an organisation's invoices from now on. */
export async function describe(
  { tx }: Pick<Scope, "tx">,
  { client, name, street, postcode, town, vatNumber, buyerReference }: InputOf<typeof describeClient>,
): Promise<void> {
  await tx
    .updateTable("membership.client")
    .set({ name, street, postcode, town, vat_number: vatNumber ?? null, buyer_reference: buyerReference ?? null })
    .set((eb) => ({ version: eb("version", "+", 1n) }))
    .where("id", "=", client)
    .execute();
}

/** Whether this person owns an organisation of this name. */
export async function ownsClientNamed({ tx }: Scope, owner: Id, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom("membership.buyer")
    .innerJoin("membership.client", "membership.client.id", "membership.buyer.client")
    .select("client")
    .where("person", "=", owner)
    .where("role", "=", "owner")
    .where("name", "=", name)
    .executeTakeFirst();
  return row !== undefined;
}

/** The organisation that is meant by this VAT number, or without one by this name, among those a person may bind. */
export async function clientMeant(
  { tx }: Scope,
  person: Id,
  { name, country, vatNumber }: InputOf<typeof foundClient>,
): Promise<Id | undefined> {
  const row = await tx
    .selectFrom("membership.buyer")
    .innerJoin("membership.client", "membership.client.id", "membership.buyer.client")
    .select("client")
    .where("person", "=", person)
    .where("role", "in", ["owner", "approver"])
    .where("country", "=", country)
    .where((eb) =>
      vatNumber === undefined ? eb.and([eb("vat_number", "is", null), eb("name", "=", name)]) : eb("vat_number", "=", vatNumber),
    )
    .orderBy("client")
    .executeTakeFirst();
  return row?.client;
}

/** The organisation that has this VAT number longest. */
export async function clientByVat({ tx }: Scope, vatNumber: string): Promise<Id | undefined> {
  const row = await tx
    .selectFrom("membership.client")
    .select("id")
    .where("vat_number", "=", vatNumber)
    .orderBy("created_at")
    .orderBy("id")
    .executeTakeFirst();
  return row?.id;
}

/** The membership of a person. */
export async function memberOf({ tx }: Scope, person: Id): Promise<Id | undefined> {
  return (await tx.selectFrom("membership.member").select("id").where("person", "=", person).executeTakeFirst())?.id;
}

/** Saves an application. A person is never two members: of several at once one gets an id. */
export async function saveApplication(
  { tx, now, id }: Scope,
  person: Id,
  { status, trade }: InputOf<typeof applyAsMember>,
): Promise<Id | undefined> {
  const row = await tx
    .insertInto("membership.member")
    .values({ id: id(), person, stage: "applicant", status, trade, applied_at: now })
    .onConflict((conflict) => conflict.column("person").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function membershipOf({ tx }: Scope, member: Id): Promise<Membership | undefined> {
  const row = await tx.selectFrom("membership.member").select(["person", "stage"]).where("id", "=", member).executeTakeFirst();
  return row?.person ? { person: row.person, stage: row.stage as Stage } : undefined;
}

/** Admits whoever applied. True for exactly one caller. */
export async function admit({ tx, now }: Scope, member: Id): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((column) => ({ stage: "trial", admitted_at: now, refused_because: null, version: column("version", "+", 1n) }))
    .where("id", "=", member)
    .where("stage", "in", [...outside])
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Who waits for admission, oldest first, and whom the board refused. */
export async function applicants({ db }: View): Promise<AnswerOf<typeof listApplicants>> {
  const rows = await db
    .selectFrom("membership.member")
    .innerJoin("membership.person", "membership.person.id", "membership.member.person")
    .select(["membership.member.id", "name", "trade", "status", "applied_at as appliedAt", "refused_because"])
    .where("stage", "in", [...outside])
    .orderBy("stage")
    .orderBy("applied_at")
    .limit(200)
    .execute();
  return {
    items: rows.map(({ refused_because, status, ...row }) => ({
      ...row,
      status: status as Status,
      ...(refused_because === null ? {} : { refusedBecause: refused_because }),
    })),
  };
}

/** Confirms a member on trial. True for exactly one caller. */
export async function confirm({ tx }: Scope, member: Id): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((column) => ({ stage: "member", version: column("version", "+", 1n) }))
    .where("id", "=", member)
    .where("stage", "=", "trial")
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Makes a member an associate; whoever gave notice meanwhile is one if they stay. True for exactly one caller. */
export async function associate({ tx, now }: Scope, member: Id): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((eb) => ({
      stage: sql<string>`case stage when 'member' then 'associate' else stage end`,
      stage_before: sql<string | null>`case stage_before when 'member' then 'associate' end`,
      associate_at: now,
      version: eb("version", "+", 1n),
    }))
    .where("id", "=", member)
    .where((eb) => eb.or([eb("stage", "=", "member"), eb("stage_before", "=", "member")]))
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** A member of another coop, by the address that coop gave them: known by their name alone. They belong to no roll, list or figure of ours. */
export async function memberElsewhere(
  { tx, now, id }: Scope,
  elsewhere: string,
  { name, host }: { readonly name: string; readonly host: Id },
): Promise<Id> {
  const row = await tx
    .insertInto("membership.member")
    .values({ id: id(), elsewhere, called: name, host, stage: "member", status: "invoiced", trade: "", applied_at: now })
    .onConflict((conflict) => conflict.column("elsewhere").doUpdateSet({ called: name }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** By which address another coop knows a member or a client of its own; undefined for ours. */
export async function addressElsewhere({ db }: Pick<View, "db">, kind: "member" | "client", id: Id): Promise<string | undefined> {
  const row = await db.selectFrom(`membership.${kind}`).select("elsewhere").where("id", "=", id).executeTakeFirst();
  return row?.elsewhere ?? undefined;
}

/** A client of another coop, by the address that coop gave it: known by its name and country alone, and what it is called may change. */
export async function clientElsewhere(
  { tx, now, id }: Scope,
  elsewhere: string,
  { name, country }: { readonly name: string; readonly country: string },
): Promise<Id> {
  const row = await tx
    .insertInto("membership.client")
    .values({ id: id(), name, country, elsewhere, street: "", town: "", postcode: "", created_at: now })
    .onConflict((conflict) => conflict.column("elsewhere").doUpdateSet({ name, country }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}
