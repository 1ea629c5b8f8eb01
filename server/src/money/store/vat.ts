// VAT in SQL: by papers as the law groups them, by the book as it stands, and what of it was never settled with the state.
import { sql } from "kysely";
import type { listServices, readVat } from "@partcommune/shared/money/api";
import { vatDue, vatInput } from "@partcommune/shared/money/rules/accounts";
import { percentText } from "@partcommune/shared/money/rules/invoice";
import { quarterOf, quartersAfter, type VatOpen } from "@partcommune/shared/money/rules/vat-return";
import type { VatCategory } from "@partcommune/shared/money/rules/vat";
import { dayAfter, dayOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { servicesTaxedOtherwise, standardVat } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { bookIn, type Book } from "./closing.ts";
import { balanceAt } from "./ledger.ts";

/** What is open with the state until a day. */
export async function vatOpen(db: Database | Tx, { country, currency }: Book, until: Day): Promise<VatOpen> {
  const due = await balanceAt({ db }, vatDue(country), until, currency, "vat.paid");
  return { until, due: { ...due, minor: -due.minor }, input: await balanceAt({ db }, vatInput(country), until, currency, "vat.paid") };
}

/** A quarter of VAT: its months by papers and by the book, who abroad owes it themselves, and what of all closed months is not settled. */
export async function vatQuarter(view: View, { from: wanted }: InputOf<typeof readVat>): Promise<AnswerOf<typeof readVat>> {
  const { db, now } = view;
  const book = await bookIn(db);
  if (!book) return { months: [], abroad: [] };
  const today = dayOf(now, book.zone);
  const from = quarterOf(wanted ?? today);
  const months = [];
  for (const nth of [0, 1, 2]) months.push(await monthFrom(db, book, monthsAfter(from, nth)));
  const { due, input } = await vatOpen(db, book, book.closedUntil);
  const next = quartersAfter(from, 1);
  return {
    from,
    before: quartersAfter(from, -1),
    ...(next <= today ? { next } : {}),
    months,
    abroad: await soldAbroad(db, book, from),
    open: { until: book.closedUntil, due, input },
  };
}

/** How the law of our country taxes services today. */
export async function servicesTaxed(view: View): Promise<AnswerOf<typeof listServices>> {
  const { country, zone } = await coopCard(view);
  if (country === undefined || zone === undefined) return { items: [] };
  const today = dayOf(view.now, zone);
  const standard = standardVat(country, today);
  return {
    ...(standard === undefined ? {} : { percent: percentText(standard) }),
    items: servicesTaxedOtherwise(country, today).map(({ service, rate, law }) => ({
      service,
      ...(rate === undefined ? {} : { percent: percentText(rate) }),
      law,
    })),
  };
}

type Sold = { readonly category: VatCategory; readonly percent: string; readonly net: bigint; readonly vat: bigint };

async function monthFrom(db: Database | Tx, { country, currency }: Book, from: Day) {
  const until = dayAfter(monthsAfter(from, 1), -1);
  const { rows } = await sql<Sold>`
    select paper ->> 'vatCategory' as category, paper ->> 'vatPercent' as percent, sum(sold.net)::bigint as net, sum(sold.vat)::bigint as vat
    from (${papersOf(from, until)}) sold group by 1, 2 having sum(sold.net) <> 0 or sum(sold.vat) <> 0 order by 1 desc, 2 desc`.execute(db);
  const money = (minor: bigint) => ({ minor, currency });
  return {
    until,
    sold: rows.map(({ category, percent, net, vat }) => ({ category, percent, net: money(net), vat: money(vat) })),
    ...(await bookedIn(db, country, from, until, money)),
    ...(await boughtAbroad(db, country, from, until, money)),
  };
}

/** Bills and work from other countries (Directive 2006/112/EC, article 196): what they cost, and the VAT that we owe and deduct of it. */
async function boughtAbroad(
  db: Database | Tx,
  country: string,
  from: Day,
  until: Day,
  money: (minor: bigint) => { minor: bigint; currency: string },
): Promise<{ bought?: { net: { minor: bigint; currency: string }; vat: { minor: bigint; currency: string } } }> {
  const { rows } = await sql<{ net: bigint; vat: bigint }>`
    with owed as (
      select entry_id, kind, key, -amount as vat from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
      where kind in ('cost.paid', 'cost.refunded', 'vat.owed') and code = ${vatDue(country).code}
        and leg.year = extract(year from ${from}::date) and value_on between ${from}::date and ${until}::date
    )
    select coalesce(sum(net), 0)::bigint as net, coalesce(sum(vat), 0)::bigint as vat from owed join lateral (
      select sum(amount) as net from ledger.leg join ledger.account using (account_id)
        where owed.kind <> 'vat.owed' and leg.entry_id = owed.entry_id and starts_with(code, 'expense:')
      union all
      select sign(vat) * net_minor from money.self_billed where id = case when owed.kind = 'vat.owed' then split_part(owed.key, ':', 2)::uuid end
    ) bought on net is not null`.execute(db);
  const { net = 0n, vat = 0n } = rows[0] ?? {};
  return net === 0n && vat === 0n ? {} : { bought: { net: money(net), vat: money(vat) } };
}

/** Invoices and, below zero, what was credited of them, in the days of their issue and in the coop's own money. */
const papersOf = (from: Day, until: Day) => sql`
  select frozen::jsonb as paper, home_net_minor as net, home_vat_minor as vat from money.document
    where kind = 'invoice' and issued_on between ${from}::date and ${until}::date
  union all
  select frozen::jsonb, -home_net_minor, -home_vat_minor from money.credit_note where issued_on between ${from}::date and ${until}::date`;

/** What the book moved on the accounts of VAT, settlements with the state aside. */
async function bookedIn(
  db: Database | Tx,
  country: string,
  from: Day,
  until: Day,
  money: (minor: bigint) => { minor: bigint; currency: string },
) {
  const { rows } = await sql<{ side: "due" | "input" | "relief"; moved: bigint }>`
    select split_part(code, ':', 3) as side, sum(amount)::bigint as moved from ledger.leg
      join ledger.entry using (entry_id) join ledger.account using (account_id)
    where starts_with(code, ${`vat:${country}:`}) and kind <> 'vat.paid'
      and leg.year = extract(year from ${from}::date) and value_on between ${from}::date and ${until}::date
    group by 1`.execute(db);
  const of = (wanted: string): bigint => rows.find(({ side }) => side === wanted)?.moved ?? 0n;
  return { due: money(-of("due")), input: money(of("input")), relief: money(of("relief")) };
}

/** Clients in other member states who owe the VAT themselves, with what each bought: the recapitulative statement (Directive 2006/112/EC, article 262). */
async function soldAbroad(db: Database | Tx, { currency }: Book, from: Day) {
  const { rows } = await sql<{ vatNumber: string; name: string; net: bigint }>`
    select paper #>> '{client,vatNumber}' as "vatNumber", max(paper #>> '{client,name}') as name, sum(net)::bigint as net
    from (${papersOf(from, dayAfter(monthsAfter(from, 3), -1))}) sold
    where paper ->> 'vatCategory' = 'reverseCharge' group by 1 having sum(net) <> 0 order by 1`.execute(db);
  return rows.map(({ net: minor, ...row }) => ({ ...row, net: { minor, currency } }));
}
