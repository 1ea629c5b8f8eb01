// One member's year in SQL: what moved their money, what left for their bank, what they spent, and the papers of their work.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import type { Cell } from "../../platform/csv.ts";
import type { Reading } from "./ledger.ts";
import { inColumns, type Span } from "./tables.ts";

/** The years in which something moved for a member, the last first. */
export async function yearsOfMember({ db }: Reading, member: Id): Promise<readonly number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct year::integer as year from ledger.leg
    where account_id in (select account_id from ledger.account where owner_id = ${member} and code like 'member:%') order by year desc`.execute(
    db,
  );
  return rows.map(({ year }) => year);
}

type Written = Readonly<Record<string, Cell>> & { readonly currency: string };

export const movementColumns = ["on", "account", "kind", "paper", "amount", "balance", "currency", "entry"] as const;

/** What moved a member's accounts. What they are owed is above zero, what they owe below. */
export async function movementsOfYear({ db }: Reading, member: Id, { first, last }: Span) {
  const { rows } = await sql<Written>`
    select value_on as "on", regexp_replace(code, '^member:[^:]+:', '') as account, entry.kind, coalesce(document.number, note.number) as paper, moved.currency, amount, balance, uid as entry
    from (
      select entry_id, code, leg.currency, -sum(amount)::bigint as amount, -sum(sum(amount)) over (partition by code order by entry_id)::bigint as balance
      from ledger.leg join ledger.account using (account_id) where owner_id = ${member} and code like 'member:%' group by entry_id, code, leg.currency
    ) moved join ledger.entry using (entry_id)
    left join money.document on document.id = entry.document_id left join money.credit_note note on note.id = entry.document_id
    where value_on between ${first}::date and ${last}::date order by entry_id, code`.execute(db);
  return inColumns(rows, movementColumns);
}

export const paidColumns = [
  "orderedAt",
  "about",
  "paper",
  "amount",
  "currency",
  "iban",
  "settledOn",
  "returnedOn",
  "refusedOn",
  "payout",
] as const;

/** What was ordered for them at the bank. */
export async function payoutsOfYear({ db }: Reading, member: Id, { from, until }: Span) {
  const { rows } = await sql<Written>`
    select ordered_at as "orderedAt", payable.about, number as paper, item.amount_minor as amount, item.currency, masked as iban,
      settled_on as "settledOn", returned_on as "returnedOn", refused_on as "refusedOn", item.id as payout
    from money.payout_item item join money.payout_batch on payout_batch.id = item.batch join money.payable on payable.id = item.payable
    join money.iban on iban.id = item.iban left join money.document on document.id = payable.invoice
    where item.member = ${member}::uuid and ordered_at >= ${from}::timestamptz and ordered_at < ${until}::timestamptz order by ordered_at, item.id`.execute(
    db,
  );
  return inColumns(rows, paidColumns);
}

export const spentColumns = ["spentOn", "about", "kind", "units", "amount", "vat", "currency", "state", "handedInAt", "id"] as const;

/** What they spent for their work. */
export async function expensesOfYear({ db }: Reading, member: Id, { first, last }: Span) {
  const { rows } = await sql<Written & { id: Id; spentOn: Day }>`
    select spent_on as "spentOn", about, kind, units, amount_minor as amount, vat_minor as vat, currency, state, handed_in_at as "handedInAt", id
    from money.expense where member = ${member}::uuid and spent_on between ${first}::date and ${last}::date order by spent_on, id`.execute(
    db,
  );
  return { rows: inColumns(rows, spentColumns), expenses: rows.map(({ id, spentOn }) => ({ id, spentOn })) };
}

export type PaperOfYear = { readonly kind: "invoice" | "creditNote"; readonly id: Id; readonly number: string; readonly frozen: string };

/** Invoices about their work, and what was credited of it. */
export async function papersOfYear({ db }: Reading, member: Id, { first, last }: Span): Promise<readonly PaperOfYear[]> {
  const { rows } = await sql<PaperOfYear>`
    select kind, id, number, frozen from money.document
    where kind = 'invoice' and team @> array[${member}::uuid] and issued_on between ${first}::date and ${last}::date
    union all
    select 'creditNote', note.id, note.number, note.frozen from money.credit_note note join money.document on document.id = note.invoice
    where team @> array[${member}::uuid] and note.issued_on between ${first}::date and ${last}::date order by number`.execute(db);
  return rows;
}
