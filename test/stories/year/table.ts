// A book year in one table: month by month what was invoiced, what of it was common, and what became of the rest; then by money and by how members are paid.
import { sql } from "kysely";
import { amountText } from "@partcommune/shared/platform/money";
import type { TestCoop } from "../../support/coop.ts";
import type { BookYear } from "./year.ts";

const eur = (minor: bigint): string => amountText({ minor, currency: "EUR" });

type Month = {
  readonly month: string;
  readonly invoices: number;
  readonly turnover: bigint;
  readonly fees: bigint;
  readonly credited: bigint;
  readonly lost: bigint;
  readonly exchange: bigint;
  readonly payroll: bigint;
};

/** By the month an entry counts in. */
async function monthsOf({ db }: TestCoop): Promise<readonly Month[]> {
  const { rows } = await sql<Month>`
    select to_char(value_on, 'YYYY-MM') as month, count(distinct entry_id) filter (where kind = 'invoice.issued')::int as invoices,
      -coalesce(sum(amount) filter (where kind = 'invoice.issued' and (code like 'pot:%' or code like 'member:%')), 0)::bigint as turnover,
      -coalesce(sum(amount) filter (where kind = 'invoice.issued' and code like 'pot:%'), 0)::bigint as fees,
      coalesce(sum(amount) filter (where kind = 'invoice.credited' and (code like 'pot:%' or code like 'member:%')), 0)::bigint as credited,
      coalesce(sum(amount) filter (where kind in ('guarantee.lost', 'invoice.lost') and (code like 'pot:%' or code like 'member:%')), 0)::bigint as lost,
      coalesce(sum(amount) filter (where code = 'fx:result' and kind <> 'year.closed'), 0)::bigint as exchange,
      coalesce(sum(amount) filter (where kind = 'payroll.corrected' and code like 'member:%'), 0)::bigint as payroll
    from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id) group by 1 order by 1`.execute(db);
  return rows;
}

type Part = { readonly of: string; readonly count: number; readonly sum: bigint };

const byMoney = ({ db }: TestCoop) =>
  sql<Part>`select currency as of, count(*)::int as count, sum(net_minor)::bigint as sum from money.document group by 1 order by 1`.execute(
    db,
  );

/** How each budget left, or still stands. */
const byWay = ({ db }: TestCoop) =>
  sql<Part>`
    select card.status || coalesce(' ' || billing.scheme, '') as of, count(*)::int as count, sum(payable.amount_minor)::bigint as sum
    from money.payable join membership.member_card card on card.id = payable.member
    left join lateral (select scheme from money.billing where billing.member = card.id order by said_at desc limit 1) billing on true
    where payable.about = 'invoice' group by 1 order by 1`.execute(db);

const columns = ["month", "invoices", "turnover", "fees", "credited", "lost", "exchange", "payroll"] as const;
const widths = [7, 8, 12, 11, 10, 11, 9, 8];

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, at) => cell.padStart(widths[at] ?? 0))
    .join("  ")
    .trimEnd();

export async function bookYearText(
  coop: TestCoop,
  { fees, kinds, credits, feeFrom, closed }: Omit<BookYear, "text">,
): Promise<readonly string[]> {
  const months = await monthsOf(coop);
  const [monies, statuses] = [(await byMoney(coop)).rows, (await byWay(coop)).rows];
  const of = (kind: string): number => kinds.get(kind) ?? 0;
  return [
    row(columns),
    ...months.map((each) => row(columns.map((column) => (typeof each[column] === "bigint" ? eur(each[column]) : String(each[column]))))),
    ...monies.map(({ of: currency, count, sum }) => `priced in ${currency}: ${count} invoices of ${amountText({ minor: sum, currency })}`),
    ...statuses.map(({ of: way, count, sum }) => `paid as ${way}: ${count} parts of ${eur(sum)}`),
    `fees reckoned anew: ${fees.invoices}, ${[...fees.rates].map(([rate, count]) => `${count} at ${rate / 10_000} %`).join(", ")}; ${fees.late} of the first rate after ${feeFrom}`,
    `credit notes: ${of("invoice.credited")}; given before the member was paid: ${credits.made}; after, borne by a pot: ${credits.borne}, and refused without one: ${credits.refused}`,
    `payroll: ${of("payroll.estimated")} paid, ${of("payroll.corrected")} corrected, remitted ${of("payroll.remitted")} times; VAT paid ${of("vat.paid")} times`,
    `the coop itself: ${of("cost.paid")} bills and charges, ${of("premium.paid")} premiums`,
    `given up: ${of("guarantee.lost")} promised, ${of("invoice.lost")} not; revalued: ${of("fx.revalued")}`,
    `closed: ${closed} months`,
  ];
}
