// What the fund's sums were at the end of each month, in SQL: each by month, to be added up; and what left the pots for what they are there for.
import { sql } from "kysely";
import type { Day } from "@partcommune/shared/platform/time";
import { isBudget, isVatOwed } from "./accounts.ts";
import type { Reading } from "./ledger.ts";

/** What an account of a class moved by in a month, on its normal side; `account` tells those apart that may be owed either way. */
export type MonthMoved = { readonly month: Day; readonly of: string; readonly account: string; readonly minor: bigint };

/** Every month's movements of pots, bank, VAT, members, what is on its way, and other coops, the oldest first. */
export async function monthsMoved({ db }: Reading, currency: string): Promise<readonly MonthMoved[]> {
  const { rows } = await sql<MonthMoved>`
    with class as (
      select account_id, case
        when code like 'pot:%' then code
        when code like 'bank:%' then 'bank'
        when ${isVatOwed} then 'vatDue'
        when ${isBudget} then 'owedToMembers'
        when code in ('payout:transit', 'claims:payable') or code like 'payroll:%' then 'inTransit'
        when code like 'payable:coop:%' then 'owedToSisters'
        when code ~ '^(settlement|loan):coop:' then 'sisters' end as of, code from ledger.account where currency = ${currency}
    )
    select date_trunc('month', value_on)::date as month, of, case when of = 'sisters' then code else '' end as account,
      sum(case when of = 'bank' then amount else -amount end)::bigint as minor
    from class join ledger.leg using (account_id) join ledger.entry using (entry_id)
    where of is not null group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  return rows;
}

/** What left a pot for what it is there for. */
export type PaidOut = {
  readonly pot: string;
  readonly month: Day;
  readonly kind: string;
  readonly bylaws: readonly string[];
  readonly minor: bigint;
};

/** What goes back out of a pot because a fee was taken back is no payout. */
const noPayouts = ["invoice.issued", "invoice.credited", "invoice.lost", "fee.host", "fee.home", "correction"];

/** The last payouts of all pots, the newest first. */
export async function lastPaidOut({ db }: Reading, currency: string, limit: number): Promise<readonly PaidOut[]> {
  const { rows } = await sql<PaidOut>`
    select substr(code, 5) as pot, date_trunc('month', value_on)::date as month, kind, bylaws::text[] as bylaws, sum(amount)::bigint as minor
    from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
    where code like 'pot:%' and leg.currency = ${currency} and kind::text <> all (${[...noPayouts]}::text[])
    group by entry.entry_id, code, value_on, kind, bylaws having sum(amount) > 0
    order by entry.entry_id desc, code limit ${limit}`.execute(db);
  return rows;
}
