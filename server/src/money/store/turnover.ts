// A year of work in sums: on whom it hangs, how fast clients pay, what is lost and what is spent.
import { sql } from "kysely";
import { paysWork } from "@partcommune/shared/money/rules/entry";
import type { Day } from "@partcommune/shared/platform/time";
import type { Reading } from "./ledger.ts";

export type TurnoverPart = {
  readonly by: "all" | "client" | "sister" | "branch" | "activity" | "activityCountry";
  readonly key: string;
  readonly minor: bigint;
};

/** What was invoiced without VAT since a day, less what was credited, by whom it was for and by the work of each who did it. */
export async function turnoverParts({ db }: Reading, from: Day): Promise<readonly TurnoverPart[]> {
  const { rows } = await sql<TurnoverPart>`
    with document as materialized (
      select id, client, sister, issued_on, home_net_minor::numeric * (gross_minor - credited_minor) / gross_minor as net
      from (select document.*, coalesce(credited_minor, 0) as credited_minor from money.document left join money.collection on invoice = id) document
      where issued_on >= ${from}
    ), work as materialized (
      select member, issued_on, lower(trade) as activity, coalesce(client_card.country, '') as country,
        document.net * payable.amount_minor / sum(payable.amount_minor) over (partition by document.id) as net
      from document join money.payable on payable.invoice = document.id
      join membership.member_card on member_card.id = payable.member left join membership.client_card on client_card.id = document.client
    )
    select 'all' as by, '' as key, coalesce(round(sum(net)), 0)::bigint as minor from document
    union all select 'client', client::text, round(sum(net))::bigint from document where client is not null group by client
    union all select 'sister', sister::text, round(sum(net))::bigint from document where sister is not null group by sister
    union all select 'branch', branch::text, round(sum(net))::bigint from work join membership.branch_place
      on branch_place.member = work.member and from_on <= issued_on and (to_on is null or to_on > issued_on) group by branch
    union all select 'activity', activity, round(sum(net))::bigint from work group by activity
    union all select 'activityCountry', activity || ', ' || country, round(sum(net))::bigint from work group by activity, country
    order by 1, 3 desc, 2`.execute(db);
  return rows;
}

/** What leaves members' budgets for their banks, less the VAT that was put there to leave with it. */
const outOfBudgets = [...paysWork, "vat.billed"];

/** Sums of flow since a day, in minor units. */
export type Flows = {
  /** The first invoice of all; absent where there is none. */
  readonly firstOn: Day | null;
  readonly net: bigint;
  readonly vat: bigint;
  /** Days from the invoice to the bank's line, weighed by amount; absent where no client has paid. */
  readonly clientDays: number | null;
  readonly lost: bigint;
  readonly payouts: bigint;
  readonly costs: bigint;
  readonly claims: bigint;
  readonly coaching: bigint;
};

export async function flowsSince({ db }: Reading, currency: string, from: Day): Promise<Flows> {
  const { rows } = await sql<Flows>`
    select (select min(issued_on) from money.document) as "firstOn", papers.net, papers.vat, payments.days as "clientDays", moved.*
    from (
      select coalesce(sum(home_net_minor), 0)::bigint as net, coalesce(sum(home_vat_minor), 0)::bigint as vat
      from money.document where issued_on >= ${from}
    ) papers, (
      select round(sum((booked_on - issued_on) * amount_minor) / sum(amount_minor))::int as days
      from money.bank_line join money.document on document.id = bank_line.invoice
      where bank_line.state = 'booked' and bank_line.kind = 'clientPaid' and booked_on >= ${from} and bank_line.currency = ${currency}
    ) payments, (
      select coalesce(-sum(amount) filter (
          where kind in ('guarantee.lost', 'invoice.lost', 'loss.host', 'loss.home') and (code like 'receivable:%' or code like 'payable:coop:%' or code like 'fx:___:___')
        ), 0)::bigint as lost,
        coalesce(sum(amount) filter (where kind = any(${outOfBudgets}::ledger.kind_name[]) and code like 'member:%'), 0)::bigint as payouts,
        coalesce(sum(amount) filter (where kind <> 'year.closed' and code like 'expense:%'), 0)::bigint as costs,
        coalesce(sum(amount) filter (where kind = 'claim.approved' and code = 'pot:insurance'), 0)::bigint as claims,
        coalesce(sum(amount) filter (where kind = 'coaching.held' and code = 'pot:coaching'), 0)::bigint as coaching
      from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
      where leg.year >= extract(year from ${from}::date) and value_on >= ${from} and leg.currency = ${currency}
        and (kind = any(${outOfBudgets}::ledger.kind_name[]) or kind in ('guarantee.lost', 'invoice.lost', 'loss.host', 'loss.home', 'claim.approved', 'coaching.held', 'client.paid', 'expense.repaid', 'cost.paid', 'cost.refunded'))
    ) moved`.execute(db);
  const [row] = rows;
  if (!row) throw new Error("sums have one row");
  return row;
}

/** What clients owe and is due within so many days, and not overdue; of foreign money what it is worth by the rate of its invoice. */
export async function receivableSoon({ db }: Reading, today: Day, until: Day): Promise<bigint> {
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(sum(worth_minor), 0)::bigint as minor from money.collection where pay_by between ${today} and ${until}`.execute(db);
  return rows[0]?.minor ?? 0n;
}

/** What was advanced to members and not repaid. */
export async function advancesOut({ db }: Reading, currency: string): Promise<bigint> {
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(sum(balance), 0)::bigint as minor from ledger.account_balance where code like 'member:%:advance%' and currency = ${currency}`.execute(
    db,
  );
  return rows[0]?.minor ?? 0n;
}

/** The newest entry; undefined where there is none. */
export async function newestEntry({ db }: Reading): Promise<bigint | undefined> {
  const { rows } = await sql<{ entry: bigint | null }>`select max(entry_id) as entry from ledger.entry`.execute(db);
  return rows[0]?.entry ?? undefined;
}

/** Whether anything was invoiced on this day or before. */
export async function hasInvoicedBy({ db }: Reading, day: Day): Promise<boolean> {
  const row = await db.selectFrom("money.document").select("id").where("issued_on", "<=", day).limit(1).executeTakeFirst();
  return row !== undefined;
}
