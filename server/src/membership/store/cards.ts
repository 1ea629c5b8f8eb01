// What others may know of a member or an organisation, in SQL.
import type { listMyClients } from "@partcommune/shared/membership/api";
import type { Stage, Status } from "@partcommune/shared/membership/rules";
import type { BuyerRole, Role } from "@partcommune/shared/platform/actor";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { PersonKnown, Scope, View } from "../../platform/scope.ts";

export type MemberCard = {
  readonly id: Id;
  readonly person: Id;
  readonly name: string;
  readonly stage: Stage;
  readonly status: Status;
  readonly trade: string;
};
export type ClientCard = Omit<AnswerOf<typeof listMyClients>["items"][number], "role">;

/** A member of ours. */
export async function memberCard({ db }: Pick<View, "db">, member: Id): Promise<MemberCard | undefined> {
  const row = await db
    .selectFrom("membership.member")
    .innerJoin("membership.person", "membership.person.id", "membership.member.person")
    .select(["membership.member.id", "membership.person.id as person", "name", "stage", "status", "trade"])
    .where("membership.member.id", "=", member)
    .executeTakeFirst();
  return row && { ...row, stage: row.stage as Stage, status: row.status as Status };
}

export type Address = { readonly email: string; readonly language: Language };

/** Where and in which language a person is written to. */
export async function addressOf({ db }: Pick<View, "db">, person: Id): Promise<Address | undefined> {
  const row = await db.selectFrom("membership.person").select(["email", "language"]).where("id", "=", person).executeTakeFirst();
  return row && { email: row.email, language: row.language as Language };
}

/** What a person is called. */
export async function nameOf({ db }: Pick<View, "db">, person: Id): Promise<string> {
  return (await db.selectFrom("membership.person").select("name").where("id", "=", person).executeTakeFirstOrThrow()).name;
}

/** Who these people are, for lines that name them and letters to them. */
export async function peopleNamed({ db }: Pick<View, "db">, people: readonly Id[]): Promise<ReadonlyMap<Id, PersonKnown>> {
  if (people.length === 0) return new Map();
  const rows = await db.selectFrom("membership.person").select(["id", "name", "email", "language"]).where("id", "in", people).execute();
  return new Map(rows.map(({ id, name, email, language }) => [id, { name, email, language: language as Language }]));
}

type ClientRow = {
  id: string;
  name: string;
  country: string;
  vat_number: string | null;
  street: string;
  postcode: string;
  town: string;
  buyer_reference: string | null;
  blocked_reason: string | null;
};
const columns = ["id", "name", "country", "vat_number", "street", "postcode", "town", "buyer_reference", "blocked_reason"] as const;

const cardOf = ({ vat_number, buyer_reference, blocked_reason, id, name, country, street, postcode, town }: ClientRow): ClientCard => ({
  id,
  name,
  country,
  street,
  postcode,
  town,
  ...(vat_number === null ? {} : { vatNumber: vat_number }),
  ...(buyer_reference === null ? {} : { buyerReference: buyer_reference }),
  ...(blocked_reason === null ? {} : { blockedReason: blocked_reason }),
});

export async function clientCard({ db }: Pick<View, "db">, client: Id): Promise<ClientCard | undefined> {
  const row = await db.selectFrom("membership.client").select(columns).where("id", "=", client).executeTakeFirst();
  return row && cardOf(row);
}

/** The organisations the asking person buys for. */
export async function myClients({ db, actor }: View): Promise<AnswerOf<typeof listMyClients>> {
  if (actor.kind !== "person") return { items: [] };
  const rows = await db
    .selectFrom("membership.buyer")
    .innerJoin("membership.client", "membership.client.id", "membership.buyer.client")
    .select([...columns, "role"])
    .where("person", "=", actor.person)
    .orderBy("membership.client.id")
    .limit(200)
    .execute();
  return { items: rows.map((row) => ({ ...cardOf(row), role: row.role as BuyerRole })) };
}

/** Whether an organisation entered itself; else a member brought it, and nobody else vouches for it. */
export async function enteredItself({ db }: Pick<View, "db">, client: Id): Promise<boolean> {
  const row = await db.selectFrom("membership.client").select("brought_by").where("id", "=", client).executeTakeFirst();
  return row !== undefined && row.brought_by === null;
}

/** Who signs for an organisation when nobody is named: the one who has owned it longest. */
export async function ownerOf({ db }: Pick<View, "db">, client: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom("membership.buyer")
    .select("person")
    .where("client", "=", client)
    .where("role", "=", "owner")
    .orderBy("at")
    .orderBy("person")
    .executeTakeFirst();
  return row?.person;
}

/** Keeps that these organisations have paid an invoice to the end. */
export async function havePaid({ tx, now }: Scope, clients: readonly Id[]): Promise<void> {
  if (clients.length === 0) return;
  await tx
    .updateTable("membership.client")
    .set((eb) => ({ paid_at: now, first_paid_at: eb.fn.coalesce("first_paid_at", eb.val(now)) }))
    .where("id", "in", [...new Set(clients)])
    .execute();
}

/** Whether a person has shown that their address is theirs. */
export async function isConfirmed({ db }: Pick<View, "db">, person: Id): Promise<boolean> {
  const row = await db.selectFrom("membership.person").select("email_confirmed_at").where("id", "=", person).executeTakeFirst();
  return row !== undefined && row.email_confirmed_at !== null;
}

/** Everybody who buys for a client, or those of these parts alone. */
export async function peopleOfClient({ db }: Pick<View, "db">, client: Id, parts?: readonly BuyerRole[]): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.buyer")
    .select("person")
    .where("client", "=", client)
    .$if(parts !== undefined, (query) => query.where("role", "in", parts ?? []))
    .execute();
  return rows.map(({ person }) => person);
}

/** Everybody who holds a role now. */
export async function peopleWithRole({ db }: Pick<View, "db">, role: Role): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.role_grant")
    .select("person")
    .where("role", "=", role)
    .where("ended_at", "is", null)
    .execute();
  return rows.map(({ person }) => person);
}

/** Where to write to those who may bind a client. */
export async function addressesOfApprovers({ db }: Pick<View, "db">, client: Id): Promise<readonly Address[]> {
  const rows = await db
    .selectFrom("membership.buyer")
    .innerJoin("membership.person", "membership.person.id", "membership.buyer.person")
    .select(["email", "language"])
    .where("client", "=", client)
    .where("role", "in", ["owner", "approver"])
    .orderBy("email")
    .execute();
  return rows.map(({ email, language }) => ({ email, language: language as Language }));
}
