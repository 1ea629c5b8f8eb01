// The money of the coop as a wind-down writes it out: all accounts, what clients owe, the papers as they were issued, the book entry by entry with its seals, and what is each member's. Pages of each, so that no coop is too large.
import { sql } from "kysely";
import type { Reading } from "./ledger.ts";
import { sealableColumns, type Sealable } from "./seal.ts";

export type AccountWritten = {
  readonly code: string;
  readonly currency: string;
  readonly owner: string | null;
  /** Debit positive. */
  readonly balance: bigint;
  readonly held: bigint;
  readonly floor: bigint | null;
  readonly available: bigint;
};

/** Every account of the book with its balance. */
export async function accountsWritten({ db }: Reading): Promise<readonly AccountWritten[]> {
  const { rows } = await sql<AccountWritten>`
    select code, currency, owner_id as owner, balance, held, floor, available from ledger.account_balance order by code`.execute(db);
  return rows;
}

/** Entries after one that wait for their seal, in the order in which they were posted. */
export async function unsealedWritten({ db }: Reading, after: bigint, limit: number): Promise<readonly Sealable[]> {
  const { rows } = await sql<Sealable>`
    select ${sealableColumns} from ledger.entry
    where entry.entry_id > ${after}::bigint and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)
    order by entry.entry_id limit ${limit}`.execute(db);
  return rows;
}

export type PaperWritten = { readonly number: string; readonly frozen: string };

/** Invoices, claims, credit notes and what was billed in members' names after one, by their numbers: the very text that was frozen and hashed. */
export async function papersWritten({ db }: Reading, after: string, limit: number): Promise<readonly PaperWritten[]> {
  const { rows } = await sql<PaperWritten>`
    select number, frozen from (
      select number, frozen from money.document union all select number, frozen from money.credit_note
      union all select number, frozen from money.self_billed union all select number, frozen from money.self_billed_credit
    ) paper
    where number > ${after} order by number limit ${limit}`.execute(db);
  return rows;
}

/** A row as the database tells it. */
export type Written = Readonly<Record<string, unknown>>;

/** What clients have not paid, the oldest first, with what was sent to them. */
export async function receivablesWritten({ db }: Reading): Promise<readonly Written[]> {
  const { rows } = await sql<{ row: Written }>`
    select jsonb_build_object('client', document.client, 'name', client_card.name, 'country', client_card.country, 'vatNumber', client_card.vat_number,
      'invoice', document.number, 'issuedOn', document.issued_on, 'payBy', collection.pay_by, 'currency', document.currency,
      'open', (collection.gross_minor - paid_minor - credited_minor - lost_minor)::text, 'gross', collection.gross_minor::text,
      'sent', (select coalesce(jsonb_agg(jsonb_build_object('kind', dunning.kind, 'on', sent_on) order by step), '[]')
        from money.dunning where dunning.invoice = document.id)) as row
    from money.collection join money.document on document.id = collection.invoice
    left join membership.client_card on client_card.id = document.client
    where document.kind = 'invoice' and collection.gross_minor > paid_minor + credited_minor + lost_minor
    order by collection.pay_by, document.number`.execute(db);
  return rows.map(({ row }) => row);
}

/** What the coop owes to others outside, and money that a vote set aside. */
export async function namesWritten({ db }: Reading): Promise<readonly Written[]> {
  const { rows } = await sql<{ row: Written }>`
    select jsonb_build_object('kind', 'lender', 'id', id, 'name', name) as row from money.lender
    union all select jsonb_build_object('kind', 'purpose', 'id', id, 'name', title, 'pot', pot, 'amount', amount_minor::text, 'currency', currency, 'untilOn', until_on, 'state', state) from money.purpose`.execute(
    db,
  );
  return rows.map(({ row }) => row);
}

export type MemberMoney = {
  readonly accounts: readonly Written[];
  readonly payables: readonly Written[];
  readonly papers: readonly Written[];
  readonly bankAccounts: readonly Written[];
  /** Every version of how they billed the coop. */
  readonly billing: readonly Written[];
  readonly advances: readonly Written[];
};

const perMember = ["advance", "expense"] as const;

async function stands({ db }: Reading, table: (typeof perMember)[number]): Promise<boolean> {
  const { rows } = await sql<{ stands: boolean }>`select to_regclass(${`money.${table}`}) is not null as stands`.execute(db);
  return rows[0]?.stands === true;
}

/** What is owed to, had by and lent to each of these members. */
export async function moneyOfMembers({ db }: Reading, members: readonly string[]): Promise<ReadonlyMap<string, MemberMoney>> {
  const of = sql`any (${[...members]}::uuid[])`;
  const { rows } = await sql<{ what: keyof MemberMoney; member: string; row: Written }>`
    select 'accounts' as what, owner_id as member, jsonb_build_object('account', code, 'currency', account_balance.currency, 'balance', (-balance)::text,
      'held', held::text, 'available', available::text, 'name', budget.name) as row
    from ledger.account_balance left join money.budget on code like '%:' || budget.id
    where code like 'member:%' and owner_id = any (${[...members]}::text[])
    union all
    select 'payables', owed.member::text, to_jsonb(owed) || jsonb_build_object('number', document.number, 'ordered', item.id is not null, 'paidOn', item.settled_on)
    from money.payable owed left join money.document on document.id = owed.invoice
    left join money.payout_item item on item.payable = owed.id and item.live where owed.member = ${of}
    union all
    select 'papers', earning.member::text, jsonb_build_object('number', document.number, 'issuedOn', issued_on, 'about', document.about,
      'earned', (earning.budget_minor - earning.credited_minor)::text, 'currency', coop.currency)
    from platform.coop, money.earning join money.document on document.id = earning.invoice where earning.member = ${of}
    union all
    select 'papers', member::text, jsonb_build_object('number', number, 'issuedOn', issued_on, 'about', frozen::jsonb #>> '{line,about}',
      'earned', gross_minor::text, 'currency', currency)
    from money.self_billed where member = ${of}
    union all
    select 'billing', member::text, to_jsonb(said) - 'agreement_hash' || jsonb_build_object('hash', encode(agreement_hash, 'hex'))
    from money.billing said where member = ${of}
    union all
    select 'bankAccounts', iban.member::text, jsonb_build_object('id', id, 'masked', masked, 'sealed', encode(sealed, 'base64'), 'countsFrom', counts_from)
    from money.iban where live and iban.member = ${of}
    order by 1, 2`.execute(db);
  const told = [...rows];
  for (const table of perMember)
    if (await stands({ db }, table)) {
      const more = await sql<{ what: keyof MemberMoney; member: string; row: Written }>`
        select 'advances' as what, member::text, to_jsonb(each) || jsonb_build_object('kind', ${table}::text) as row
        from ${sql.table(`money.${table}`)} each where member = ${of}`.execute(db);
      told.push(...more.rows);
    }
  const rowsOf = (member: string, what: keyof MemberMoney) =>
    told.flatMap((each) => (each.member === member && each.what === what ? [each.row] : []));
  return new Map(
    members.map((member) => [
      member,
      {
        accounts: rowsOf(member, "accounts"),
        payables: rowsOf(member, "payables"),
        papers: rowsOf(member, "papers"),
        bankAccounts: rowsOf(member, "bankAccounts"),
        billing: rowsOf(member, "billing"),
        advances: rowsOf(member, "advances"),
      },
    ]),
  );
}
