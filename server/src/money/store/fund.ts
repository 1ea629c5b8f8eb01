// What the common fund page asks the book: sums over pots, bank, VAT and members.
import { sql } from "kysely";
import type { Day } from "@partcommune/shared/platform/time";
import { isBudget, isVatOwed } from "./accounts.ts";
import type { Reading } from "./ledger.ts";

/** What there is to pay with in one currency, each on its normal side, in minor units. */
export type CashSums = {
  readonly bank: bigint;
  /** What the tax authority is owed: of what was invoiced, less what is deducted of what was bought; what it owes us is not in the bank. */
  readonly vatDue: bigint;
  readonly inTransit: bigint;
  /** To coops whose members worked for clients here, of rounds that are not paid, and what they lent. */
  readonly owedToSisters: bigint;
};

/** What the coverage ratio is made of. */
export type FundSums = CashSums & { readonly owedToMembers: bigint };

// Few accounts whatever the coop grows to, each kind found by the beginning of its code: this is asked at every signature.
const isCash = sql<boolean>`(code like 'bank:%' or code like 'vat:%' or code in ('payout:transit', 'claims:payable') or code like 'payroll:%'
  or code like 'payable:coop:%' or code like 'settlement:coop:%' or code like 'loan:coop:%')`;

/** What there is to pay with. */
export async function cashSums({ db }: Reading, currency: string): Promise<CashSums> {
  const { rows } = await sql<CashSums>`
    select coalesce(sum(balance) filter (where code like 'bank:%'), 0)::bigint as bank,
      greatest(coalesce(-sum(balance) filter (where ${isVatOwed}), 0), 0)::bigint as "vatDue",
      coalesce(-sum(balance) filter (where code in ('payout:transit', 'claims:payable') or code like 'payroll:%'), 0)::bigint as "inTransit",
      coalesce(-sum(balance) filter (where code like 'payable:coop:%' or (code ~ '^(settlement|loan):coop:' and balance < 0)), 0)::bigint as "owedToSisters"
    from ledger.account_balance where currency = ${currency} and ${isCash}`.execute(db);
  return rows[0] ?? { bank: 0n, vatDue: 0n, inTransit: 0n, owedToSisters: 0n };
}

/** What there is to pay with, and what is owed to all members together. */
export async function fundSums(reading: Reading, currency: string): Promise<FundSums> {
  const { rows } = await sql<{ owed: bigint }>`
    select coalesce(-sum(balance), 0)::bigint as owed from ledger.account join ledger.balance using (account_id)
    where currency = ${currency} and ${isBudget}`.execute(reading.db);
  return { ...(await cashSums(reading, currency)), owedToMembers: rows[0]?.owed ?? 0n };
}

/** What came into the pots and what left them from a day on. */
export async function potMovements({ db }: Reading, currency: string, from: Day): Promise<{ cameIn: bigint; wentOut: bigint }> {
  const { rows } = await sql<{ cameIn: bigint; wentOut: bigint }>`
    select coalesce(-sum(amount) filter (where amount < 0), 0)::bigint as "cameIn", coalesce(sum(amount) filter (where amount > 0), 0)::bigint as "wentOut"
    from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
    where code like 'pot:%' and account.mode = 'pool' and leg.currency = ${currency}
      and leg.year >= extract(year from ${from}::date) and value_on >= ${from}::date`.execute(db);
  return rows[0] ?? { cameIn: 0n, wentOut: 0n };
}

/** The last fees that came in, without a name: the day, and the whole fee over all pots. */
export async function lastFees({ db }: Reading, currency: string, limit: number): Promise<readonly { on: Day; fee: bigint }[]> {
  const { rows } = await sql<{ on: Day; fee: bigint }>`
    select value_on as "on", (
      select -sum(amount)::bigint from ledger.leg join ledger.account using (account_id)
      where leg.entry_id = entry.entry_id and code like 'pot:%' and leg.currency = ${currency}
    ) as fee
    from ledger.entry where kind in ('invoice.issued', 'fee.host', 'fee.home') order by entry_id desc limit ${limit}`.execute(db);
  return rows.filter(({ fee }) => fee !== null);
}
