// The rows of the book that a figure is the sum of, in SQL: one by one, or by month and kind where each would be a person's.
import { sql, type RawBuilder } from "kysely";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { isBudget, isVatOwed } from "./accounts.ts";
import { paidAhead } from "./ahead.ts";
import type { Reading } from "./ledger.ts";

/** Which accounts a figure adds up. */
export type FigureAccounts =
  | "pots"
  | "bank"
  | "vatDue"
  | "budgets"
  | "inTransit"
  | "sisters"
  | "exposed"
  | "lost"
  | "recovered"
  | { readonly pot: string };

export type FigureOf = {
  readonly accounts: FigureAccounts;
  readonly currency: string;
  readonly zone: string;
  readonly today: Day;
  readonly till: Day;
  /** Of the month that began then alone, and only what came in, or only what went out. */
  readonly month?: { readonly from: Day; readonly way: "in" | "out" } | undefined;
};

const codes: Readonly<Record<Exclude<Extract<FigureAccounts, string>, "exposed">, RawBuilder<boolean>>> = {
  pots: sql`code like 'pot:%'`,
  bank: sql`code like 'bank:%'`,
  vatDue: isVatOwed,
  budgets: isBudget,
  inTransit: sql`(code in ('payout:transit', 'claims:payable') or code like 'payroll:%')`,
  sisters: sql`(code like 'payable:coop:%' or code ~ '^(settlement|loan):coop:')`,
  lost: sql`(kind = 'guarantee.lost' and (code like 'receivable:client:%' or code like 'fx:___:___'))`,
  recovered: sql`(kind = 'guarantee.recovered' and amount > 0)`,
};

const codesOf = (accounts: Exclude<FigureAccounts, "exposed">): RawBuilder<boolean> =>
  typeof accounts === "string" ? codes[accounts] : sql`code = ${`pot:${accounts.pot}`}`;

/** The legs of a figure, each on the side on which the figure grows. */
const legsOf = (figure: FigureOf): RawBuilder<unknown> => {
  const { accounts } = figure;
  return accounts === "exposed" ? legsAhead(figure) : legsOn({ ...figure, accounts });
};

/** Payments ahead that stood at the end of a day, each on the budget that it left: the entry is the one of the instant from which on it is ahead. */
const legsAhead = (figure: FigureOf): RawBuilder<unknown> => sql`
  select distinct on (payable) entry_id, code, uid, kind, value_on, bylaws, minor as amount
  from (${paidAhead(figure)}) ahead join money.payout_item item using (payable)
  join ledger.entry on entry.key = 'payout-item:' || item.id || ':ordered' and entry.at = ahead_at
  join ledger.leg using (entry_id) join ledger.account using (account_id)
  where ${isBudget} and began <= ${figure.till} and (ended is null or ended > ${figure.till}) order by payable, entry_id`;

/** A sister that owes us is another figure. */
const legsOn = ({
  accounts,
  currency,
  till,
  month,
}: FigureOf & { readonly accounts: Exclude<FigureAccounts, "exposed"> }): RawBuilder<unknown> => sql`
  select leg.entry_id, code, uid, kind, value_on, bylaws,
    case when ${accounts === "bank" || accounts === "recovered" || month?.way === "out"} then amount else -amount end as amount
  from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
  where ${codesOf(accounts)} and leg.currency = ${currency} and value_on <= ${till}
    and ${month ? sql`value_on >= ${month.from} and leg.year >= extract(year from ${month.from}::date)` : sql`true`}
    and ${month ? (month.way === "in" ? sql`amount < 0` : sql`amount > 0`) : sql`true`}
    and ${accounts === "sisters" ? sql`(code like 'payable:%' or (select sum(so.amount) < 0 from ledger.leg so where so.account_id = leg.account_id))` : sql`true`}`;

export type FigureSum = { readonly minor: bigint; readonly entries: number };

/** All of it, and of how many entries. */
export async function figureSum({ db }: Reading, figure: FigureOf): Promise<FigureSum> {
  const { rows } = await sql<FigureSum>`
    select coalesce(sum(amount), 0)::bigint as minor, count(distinct entry_id)::int as entries from (${legsOf(figure)}) leg`.execute(db);
  return rows[0] ?? { minor: 0n, entries: 0 };
}

export type FigureRow = {
  readonly entry: bigint;
  readonly uid: string;
  readonly kind: string;
  readonly on: Day;
  readonly accounts: readonly string[];
  readonly bylaws: readonly string[];
  readonly minor: bigint;
};

const lastOfAll = 9_223_372_036_854_775_807n;

/** One row an entry, newest first; `before` is the entry that the last page ended with. */
export async function figureRows({ db }: Reading, figure: FigureOf, limit: number, before = lastOfAll): Promise<readonly FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select entry_id as entry, uid, kind, value_on as "on", array_agg(code order by code) as accounts, bylaws::text[] as bylaws, sum(amount)::bigint as minor
    from (${legsOf(figure)}) leg where entry_id < ${before}::bigint
    group by entry_id, uid, kind, value_on, bylaws order by entry_id desc limit ${limit}`.execute(db);
  return rows;
}

export type FigureGroup = { readonly month: Day; readonly kind: string; readonly entries: number; readonly minor: bigint };

/** By month and kind, newest first. */
export async function figureGroups({ db }: Reading, figure: FigureOf): Promise<readonly FigureGroup[]> {
  const { rows } = await sql<FigureGroup>`
    select date_trunc('month', value_on)::date as month, kind, count(distinct entry_id)::int as entries, sum(amount)::bigint as minor
    from (${legsOf(figure)}) leg group by 1, 2 order by 1 desc, 2`.execute(db);
  return rows;
}

export type EntryTold = {
  readonly uid: string;
  readonly kind: string;
  readonly on: Day;
  readonly at: Instant;
  readonly bylaws: readonly string[];
  readonly legs: readonly (readonly [code: string, currency: string, minor: string])[];
  /** None for the minute until it is sealed. */
  readonly position: bigint | null;
};

/** One entry with those of its legs that whoever asks may see: of pots everybody, of a member's own accounts that member, or all; undefined where that is none. */
export async function entryTold(
  { db }: Reading,
  uid: string,
  sees: { readonly all: boolean; readonly owner: string },
): Promise<EntryTold | undefined> {
  const { rows } = await sql<EntryTold>`
    select uid, kind, value_on as "on", at, bylaws::text[] as bylaws, seen.legs, sealed.position
    from ledger.entry join lateral (
      select jsonb_agg(jsonb_build_array(code, leg.currency, amount::text) order by no) as legs
      from ledger.leg join ledger.account using (account_id)
      where leg.entry_id = entry.entry_id and (${sees.all} or code like 'pot:%' or owner_id = ${sees.owner})
    ) seen on seen.legs is not null
    left join ledger.sealed using (entry_id)
    where uid = ${uid}::uuid`.execute(db);
  return rows[0];
}
