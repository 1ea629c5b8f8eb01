// How members bill the coop, in SQL: every version of what they said of their business, of which the newest counts.
import { sql, type RawBuilder } from "kysely";
import type { BillingDetails, VatScheme } from "@partcommune/shared/money/rules/self-billing";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type Newest = { id: Id; agreed: boolean; scheme: VatScheme; country: string };

/** What a member said last. To be joined laterally. */
export const newestBilling = (member: RawBuilder<unknown>) =>
  sql<Newest>`(
    select id, agreed, scheme, country from money.billing said where said.member = ${member} order by version desc limit 1
  )`.as<"billing">(sql.ref("billing"));

/** Which text was agreed to, in which language, and when. */
export type Agreed = { readonly version: string; readonly language: Language; readonly hash: string; readonly at: Instant };

export type Billing = {
  readonly id: Id;
  readonly version: number;
  readonly no: number;
  readonly agreed: boolean;
  readonly details: BillingDetails;
  readonly agreement: Agreed;
};

const billings = ({ db }: Pick<View, "db">) =>
  db.selectFrom("money.billing as billing").innerJoin("money.biller as biller", "biller.member", "billing.member").selectAll();

type Row = Awaited<ReturnType<ReturnType<typeof billings>["executeTakeFirstOrThrow"]>>;

const billingFrom = ({ id, version, no, agreed, name, street, postcode, town, country, ...row }: Row): Billing => ({
  id,
  version,
  no,
  agreed,
  details: { name, street, postcode, town, country, scheme: row.scheme as VatScheme, taxNumber: row.tax_number },
  agreement: {
    version: row.agreement,
    language: row.language as Language,
    hash: row.agreement_hash.toString("hex"),
    at: row.agreed_at,
  },
});

/** What a member said last; undefined before anything was said. */
export async function billingOf(view: Pick<View, "db">, member: Id): Promise<Billing | undefined> {
  const row = await billings(view).where("billing.member", "=", member).orderBy("version", "desc").limit(1).executeTakeFirst();
  return row && billingFrom(row);
}

/** Versions by their ids. */
export async function billingsAt(view: Pick<View, "db">, ids: readonly Id[]): Promise<ReadonlyMap<Id, Billing>> {
  if (ids.length === 0) return new Map();
  const rows = await billings(view)
    .where("billing.id", "=", sql<Id>`any (${[...ids]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.id, billingFrom(row)]));
}

/** The number of a member's series, given at the first time. One at a time says how they bill, until the transaction ends. */
export async function billerOf({ tx }: Pick<Scope, "tx">, member: Id): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('money:biller'))`.execute(tx);
  await sql`
    insert into money.biller (member, no) select ${member}, coalesce(max(no), 0) + 1 from money.biller on conflict (member) do nothing`.execute(
    tx,
  );
  const { no } = await tx.selectFrom("money.biller").select("no").where("member", "=", member).executeTakeFirstOrThrow();
  return no;
}

export type NewBilling = Pick<Billing, "agreed" | "details" | "agreement"> & { readonly member: Id; readonly person: Id };

/** Adds a version to what a member said. The caller holds the turn. */
export async function saveBilling({ tx, now, id }: Scope, { member, person, agreed, details, agreement }: NewBilling): Promise<void> {
  const { taxNumber, ...address } = details;
  const before = await billingOf({ db: tx }, member);
  await tx
    .insertInto("money.billing")
    .values({
      id: id(),
      member,
      person,
      version: (before?.version ?? 0) + 1,
      ...address,
      tax_number: taxNumber,
      agreed,
      agreement: agreement.version,
      language: agreement.language,
      agreement_hash: Buffer.from(agreement.hash, "hex"),
      agreed_at: agreement.at,
      said_at: now,
    })
    .execute();
}

/** Whether this is the first that a member is owed for work, and they have not said how they bill. */
export async function isFirstUnbilled({ db }: Pick<View, "db">, member: Id): Promise<boolean> {
  const { rows } = await sql<{ first: boolean }>`
    select count(*) = 1 and not exists (select from money.biller where member = ${member}) as first
    from money.payable where member = ${member} and about = 'invoice'`.execute(db);
  return rows[0]?.first === true;
}
