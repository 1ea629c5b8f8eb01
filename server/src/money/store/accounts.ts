// Accounts by code: the book wants ids, and an account never changes, so each process remembers what it has looked up.
import { sql } from "kysely";
import type { AccountCode } from "@partcommune/shared/money/rules/accounts";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Tx } from "../../platform/database.ts";
import { refusing } from "./refusals.ts";

/** Whether an account is a budget, the first or a further one, of any member. */
export const isBudget = sql<boolean>`code like 'member:%:budget%'`;

/** Whether an account is VAT that the tax authority is owed, or that is deducted from it. */
export const isVatOwed = sql<boolean>`(code like 'vat:%:due' or code like 'vat:%:input')`;

type Known = { readonly id: bigint; readonly currency: string };

// By database, since two coops may live in one process. Kysely makes one adapter for each database it is opened on.
const remembered = new WeakMap<object, Map<string, Known>>();
const mostRemembered = 200_000;

function memoryOf(tx: Tx): Map<string, Known> {
  const { adapter } = tx.getExecutor();
  const memory = remembered.get(adapter) ?? new Map<string, Known>();
  remembered.set(adapter, memory);
  if (memory.size > mostRemembered) memory.clear();
  return memory;
}

export type WantedAccount = { readonly account: AccountCode; readonly currency: string };

/** The ids of accounts by their codes; those that do not stand yet are opened. */
export async function accountIds(tx: Tx, wanted: readonly WantedAccount[]): Promise<ReadonlyMap<string, bigint>> {
  const memory = memoryOf(tx);
  const known = new Map<string, Known>();
  const byCode = new Map(wanted.map((each) => [each.account.code, each]));
  for (const code of byCode.keys()) {
    const found = memory.get(code);
    if (found) known.set(code, found);
  }
  await look(
    tx,
    [...byCode.keys()].filter((code) => !known.has(code)),
    known,
    memory,
  );
  await open(
    tx,
    [...byCode.values()].filter(({ account }) => !known.has(account.code)),
    known,
  );
  for (const { account, currency } of wanted)
    if (known.get(account.code)?.currency !== currency) throw new RangeError(`${account.code} is not kept in ${currency}`);
  return new Map([...known].map(([code, { id }]) => [code, id]));
}

async function look(tx: Tx, codes: readonly string[], known: Map<string, Known>, memory: Map<string, Known>): Promise<void> {
  if (codes.length === 0) return;
  // An account opened by this very transaction may still be rolled back, so it is used but not remembered.
  const { rows } = await sql<{ code: string; account_id: bigint; currency: string; ours: boolean }>`
    select code, account_id, currency, coalesce(xmin = pg_current_xact_id_if_assigned()::xid, false) as ours
    from ledger.account where code = any (${[...codes]})`.execute(tx);
  for (const { code, account_id: id, currency, ours } of rows) {
    known.set(code, { id, currency });
    if (!ours) memory.set(code, { id, currency });
  }
}

async function open(tx: Tx, wanted: readonly WantedAccount[], known: Map<string, Known>): Promise<void> {
  if (wanted.length === 0) return;
  const asked = wanted.map(({ account, currency }) => [
    account.code,
    account.class,
    account.mode,
    currency,
    account.owner ?? null,
    account.floor?.toString() ?? null,
  ]);
  const { rows } = await refusing(
    sql<{ code: string; account_id: bigint }>`select * from ledger.open_accounts(${JSON.stringify(asked)}::jsonb)`.execute(tx),
  );
  const currencies = new Map(wanted.map(({ account, currency }) => [account.code, currency]));
  for (const { code, account_id: id } of rows) known.set(code, { id, currency: currencies.get(code) ?? "" });
}

/** Closes an empty account for good. */
export async function closeAccount({ tx, now }: { readonly tx: Tx; readonly now: Instant }, id: bigint): Promise<void> {
  await refusing(sql`select ledger.close_account(${id}, ${now}::timestamptz)`.execute(tx));
}

/** Brings a voted floor into the book. */
export async function setFloor(
  { tx, now }: { readonly tx: Tx; readonly now: Instant },
  account: WantedAccount,
  floor: bigint,
  bylaw: bigint,
): Promise<void> {
  const id = (await accountIds(tx, [account])).get(account.account.code);
  await refusing(sql`select ledger.set_floor(${id}, ${floor}, ${bylaw}, ${now}::timestamptz)`.execute(tx));
}
