// The tables of a year in SQL, page by page: each page begins behind the last row of the one before.
import { sql, type RawBuilder } from "kysely";
import { outgoing } from "@partcommune/shared/money/rules/bank-line";
import { bookTables, type BookTable } from "@partcommune/shared/money/rules/book-tables";
import { endOfDay, startOfDay } from "@partcommune/shared/platform/calendar";
import { amountText } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Cell } from "../../platform/csv.ts";
import type { Days } from "./journal.ts";
import type { Reading } from "./ledger.ts";

/** Which part of a table: the days of a year, and the two instants that part it from its neighbours by the coop's clocks. */
export type Span = Days & { readonly from: Instant; readonly until: Instant };

/** The same days with the instants at which they begin and end. */
export const spanOf = (days: Days, zone: string): Span => ({
  ...days,
  from: startOfDay(days.first, zone),
  until: endOfDay(days.last, zone),
});

type Row = Readonly<Record<string, Cell>> & { readonly currency: string; readonly homeCurrency?: string };

/** Amounts are asked in minor units under these names, and written with the decimals of their currency. */
const amounts = new Set(
  "openingDebit openingCredit debit credit closingDebit closingCredit net vat gross paid credited lost amount balance drawn repaid fees".split(
    " ",
  ),
);

/** The same in the coop's own money, whatever the row is in. */
const atHome: ReadonlySet<string> = new Set(["homeNet", "homeVat"]);

/** Rows of a query as the cells of a table, in the order of its columns. */
export const inColumns = (rows: readonly Row[], columns: readonly string[]): readonly (readonly Cell[])[] =>
  rows.map((row) => columns.map((column) => cellOf(row, column)));

function cellOf(row: Row, column: string): Cell {
  const value = row[column] ?? null;
  if (typeof value !== "bigint" || !(amounts.has(column) || atHome.has(column))) return value;
  return amountText({ minor: value, currency: atHome.has(column) ? (row.homeCurrency ?? row.currency) : row.currency });
}

const signed = (minor: RawBuilder<unknown>, debit: string, credit: string) =>
  sql`greatest(${minor}, 0)::bigint as ${sql.ref(debit)}, greatest(-${minor}, 0)::bigint as ${sql.ref(credit)}`;

/** The last place in the order of the seals that is still in it. */
type Part = Span & { readonly upTo: bigint };

type Question = (part: Part, after: string, limit: number) => RawBuilder<Row & { readonly place: string }>;

const questions: Readonly<Record<BookTable, Question>> = {
  accounts: ({ first, upTo }, after, limit) => sql`
    select code as place, code as account, class, currency, ${signed(sql`opening`, "openingDebit", "openingCredit")}, debit, credit,
      ${signed(sql`(opening + debit - credit)`, "closingDebit", "closingCredit")}
    from (
      select code, class, account.currency, coalesce(sum(amount) filter (where year < extract(year from ${first}::date)), 0)::bigint as opening,
        coalesce(sum(amount) filter (where year = extract(year from ${first}::date) and amount > 0), 0)::bigint as debit,
        coalesce(-sum(amount) filter (where year = extract(year from ${first}::date) and amount < 0), 0)::bigint as credit
      from (select * from ledger.account where code > ${after} order by code limit ${limit}) account
      left join (ledger.leg join ledger.sealed using (entry_id)) on leg.account_id = account.account_id and position <= ${upTo}::bigint and year <= extract(year from ${first}::date)
      group by account.account_id, code, class, account.currency
    ) moved order by code`,
  entries: ({ first, last, upTo }, after, limit) => sql`
    select position::text as place, position::text, batch.at as "sealedAt", value_on as "on", uid as entry, kind, document_id as document, engagement_id as engagement,
      code as account, class, leg.currency, ${signed(sql`amount`, "debit", "credit")}
    from (
      select * from ledger.sealed join ledger.entry using (entry_id)
      where position > ${after || "0"}::bigint and position <= ${upTo}::bigint and value_on between ${first}::date and ${last}::date order by position limit ${limit}
    ) page join ledger.batch on position between from_position and to_position
    join ledger.leg using (entry_id) join ledger.account using (account_id) order by position, no`,
  invoices: ({ first, last }, after, limit) => sql`
    select number as place, number, document.kind, issued_on as "issuedOn", collection.pay_by as "payBy", frozen::jsonb #>> '{client,name}' as client, about, currency,
      net_minor as net, vat_minor as vat, document.gross_minor as gross, (select currency from platform.coop) as "homeCurrency", home_net_minor as "homeNet", home_vat_minor as "homeVat", paid_minor as paid, credited_minor as credited, lost_minor as lost, reference, encode(hash, 'hex') as sha256
    from money.document join money.collection on collection.invoice = document.id
    where issued_on between ${first}::date and ${last}::date and number > ${after} order by number limit ${limit}`,
  creditNotes: ({ first, last }, after, limit) => sql`
    select note.number as place, note.number, document.number as invoice, note.issued_on as "issuedOn", note.currency,
      note.net_minor as net, note.vat_minor as vat, note.gross_minor as gross, (select currency from platform.coop) as "homeCurrency", note.home_net_minor as "homeNet", note.home_vat_minor as "homeVat", encode(note.hash, 'hex') as sha256
    from money.credit_note note join money.document on document.id = note.invoice
    where note.issued_on between ${first}::date and ${last}::date and note.number > ${after} order by note.number limit ${limit}`,
  payables: ({ from, until }, after, limit) => sql`
    select payable.id as place, payable.id as payable, opened_at as "openedAt", payable.member, payable.about, number as invoice, payable.currency, payable.amount_minor as amount,
      payable.credited_minor as credited, payable.lost_minor as lost, payable.drawn_minor as drawn, payable.billed_vat_minor as "billedVat", due_on as "dueOn", item.settled_on as "paidOn"
    from money.payable left join money.document on document.id = payable.invoice
    left join money.payout_item item on item.payable = payable.id and item.live
    where opened_at >= ${from}::timestamptz and opened_at < ${until}::timestamptz and payable.id > ${after || nil}::uuid order by payable.id limit ${limit}`,
  payouts: ({ from, until }, after, limit) => sql`
    select item.id as place, item.id as item, batch, state, ordered_at as "orderedAt", exported_at as "exportedAt", execute_on as "executeOn", payable, member, item.currency,
      amount_minor as amount, settled_on as "settledOn", returned_on as "returnedOn", refused_on as "refusedOn"
    from money.payout_item item join money.payout_batch on payout_batch.id = item.batch
    where ordered_at >= ${from}::timestamptz and ordered_at < ${until}::timestamptz and item.id > ${after || nil}::uuid order by item.id limit ${limit}`,
  bankLines: ({ first, last }, after, limit) => sql`
    select line as place, *, ${signed(sql`came`, "debit", "credit")} from (
      select line.id as line, line.booked_on as "bookedOn", coalesce(shown.bank_ref, line.reference) as "bankReference", line.kind, line.state, line.source, line.currency,
        case when line.kind = any (${[...outgoing]}::text[]) then -line.amount_minor else line.amount_minor end as came, line.vat_minor as vat, number as invoice, item, line.party, cost, income
      from money.bank_line line left join money.statement_line shown on shown.line = coalesce(line.part_of, line.id) left join money.document on document.id = line.invoice
      where line.state <> 'discarded' and line.kind not in ('several', 'batchSettled')
      union all
      select id, booked_on, bank_ref, 'unexplained', 'waiting', 'file', currency, amount_minor, null, null, null, null, null, null from money.statement_line where line is null
    ) lines where "bookedOn" between ${first}::date and ${last}::date and line > ${after || nil}::uuid order by line limit ${limit}`,
  memberInvoices: ({ first, last }, after, limit) => sql`
    select id as place, * from (
      select paper.id, paper.number, 'invoice' as kind, null as "takesBack", paper.member, paper.issued_on as "issuedOn", payable, currency, net_minor as net, vat_minor as vat,
        gross_minor as gross, encode(hash, 'hex') as sha256
      from money.self_billed paper
      union all
      select note.id, note.number, 'creditNote', paper.number, note.member, note.issued_on, payable, currency, net_minor, vat_minor, gross_minor, encode(note.hash, 'hex')
      from money.self_billed_credit note join money.self_billed paper on paper.id = note.paper
    ) papers where "issuedOn" between ${first}::date and ${last}::date and id > ${after || nil}::uuid order by id limit ${limit}`,
  expenses: ({ from, until }, after, limit) => sql`
    select id as place, id as expense, handed_in_at as "handedInAt", member, kind, about, spent_on as "spentOn", state, currency, amount_minor as amount, vat_minor as vat, units
    from money.expense where handed_in_at >= ${from}::timestamptz and handed_in_at < ${until}::timestamptz and id > ${after || nil}::uuid order by id limit ${limit}`,
  advances: ({ from, until }, after, limit) => sql`
    select id as place, id as advance, asked_at as "askedAt", member, state, granted_at as "grantedAt", currency, amount_minor as amount, repaid_minor as repaid, lost_minor as lost
    from money.advance where asked_at >= ${from}::timestamptz and asked_at < ${until}::timestamptz and id > ${after || nil}::uuid order by id limit ${limit}`,
};

const nil = "00000000-0000-0000-0000-000000000000";

const rowsAtOnce = 1_000;

/** A table of a year, page by page, each cell in its column. */
export async function* tablePages({ db }: Reading, table: BookTable, part: Part): AsyncGenerator<readonly (readonly Cell[])[]> {
  for (let after = ""; ;) {
    const { rows } = await questions[table](part, after, rowsAtOnce).execute(db);
    if (rows.length === 0) return;
    yield inColumns(rows, bookTables[table]);
    after = rows.at(-1)?.place ?? "";
  }
}
