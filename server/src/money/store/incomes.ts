// What members who are businesses of their own were paid in a year, in SQL: what the bank has booked for them, what of their work repaid an advance, and what is known of them.
import { sql } from "kysely";
import { quartersOf, type Known, type Payment, type Quarters } from "@partcommune/shared/money/rules/income-report";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Reading } from "./ledger.ts";
import { reportedIn } from "./income-reports.ts";
import type { Span } from "./tables.ts";

const isOnPapers = sql`exists (select from money.self_billed paper where paper.payable = payable.id)`;
const vatOfPapers = sql`select sum(vat_minor)::bigint from money.self_billed paper where paper.payable = payable.id and replaces is null`;

type Row = Payment & { readonly member: Id; readonly iban: Id | null };

/**
 * Each payment of the year for work that is on invoices in members' names. It counts as paid when the bank has booked it and has not sent it back; what
 * of it repaid an advance counts on that day, because the member had that money before, and its VAT when that is paid.
 */
async function paymentsIn({ db }: Reading, { first, last, from, until }: Span, zone: string): Promise<readonly Row[]> {
  const work = sql`payable.id as work, document.home_net_minor as "priceMinor", document.budget_minor as "earnedMinor"`;
  const { rows } = await sql<Row>`
    select payable.member, settled_on as "on", ${work}, item.amount_minor as "paidMinor", item.amount_minor - (${vatOfPapers}) as "partMinor", item.iban
    from money.payout_item item join money.payable on payable.id = item.payable join money.document on document.id = payable.invoice
    where ${isOnPapers} and settled_on between ${first}::date and ${last}::date and returned_on is null
    union all
    select payable.member, (draw.at at time zone ${zone})::date, ${work}, draw.amount_minor, draw.amount_minor, null
    from money.draw join money.payable on payable.id = draw.payable join money.document on document.id = payable.invoice
    where ${isOnPapers} and draw.about = 'advance' and draw.at >= ${from}::timestamptz and draw.at < ${until}::timestamptz`.execute(db);
  return rows;
}

export type Earner = Known & {
  readonly member: Id;
  readonly name: string;
  /** What they said last of their business. */
  readonly billing: Id | null;
  readonly askedAt: Instant | null;
  readonly times: number;
  readonly quarters: Quarters;
  /** Where the money went. */
  readonly ibans: readonly Id[];
  /** What of that year was reported. */
  readonly reported: Quarters | undefined;
};

/** Everybody who was paid on invoices in a year, or reported as paid, by name. */
export async function earnersIn(view: Reading, year: number, span: Span, zone: string): Promise<readonly Earner[]> {
  const payments = Map.groupBy(await paymentsIn(view, span, zone), ({ member }) => member);
  const reported = await reportedIn(view, year);
  const known = await knownOf(view, [...new Set([...payments.keys(), ...reported.keys()])]);
  return known.map((each) => {
    const own = payments.get(each.member) ?? [];
    const ibans = [...new Set(own.flatMap(({ iban }) => iban ?? []))].toSorted();
    return { ...each, quarters: quartersOf(own), ibans, reported: reported.get(each.member) };
  });
}

type KnownRow = Omit<Earner, "quarters" | "ibans" | "reported">;

async function knownOf({ db }: Reading, members: readonly Id[]): Promise<readonly KnownRow[]> {
  const { rows } = await sql<KnownRow>`
    select card.id as member, card.name, billing.id as billing, billing.country, taxpayer.id as taxpayer, asked.at as "askedAt", asked.times
    from membership.member_card card
    left join lateral (select id, country from money.billing said where said.member = card.id order by version desc limit 1) billing on true
    left join lateral (select id from money.taxpayer said where said.member = card.id order by version desc limit 1) taxpayer on true
    left join lateral (select max(at) as at, count(*)::integer as times from money.taxpayer_asking asked where asked.member = card.id) asked on true
    where card.id = any (${[...members]}::uuid[]) order by card.name, card.id`.execute(db);
  return rows;
}
