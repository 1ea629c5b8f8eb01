// Holds without an entry: a claim that is opened or refused, and what has expired.
import { sql } from "kysely";
import type { Hold } from "@partcommune/shared/money/rules/entry";
import type { Scope, View } from "../../platform/scope.ts";
import { accountIds } from "./accounts.ts";
import { refusing } from "./refusals.ts";

/** Sets money aside before any has moved. False when this hold stood already. */
export async function placeHold({ tx, now }: Pick<Scope, "tx" | "now">, hold: Hold, engagement?: string): Promise<boolean> {
  const { account, money, kind, key, expiresAt: expires } = hold;
  const ids = await accountIds(tx, [{ account, currency: money.currency }]);
  const wanted = { account: String(ids.get(account.code)), amount: String(money.minor), kind, key, expires, at: now, engagement };
  return call(sql<{ done: boolean }>`select ledger.hold(${JSON.stringify(wanted)}::jsonb) as done`.execute(tx));
}

/** Releases a hold of which nothing was used. False when it had ended so already. */
export async function releaseHold({ tx, now }: Pick<Scope, "tx" | "now">, key: string, outcome: "voided" | "expired"): Promise<boolean> {
  return call(sql<{ done: boolean }>`select ledger.end_hold(${JSON.stringify({ key, outcome, at: now })}::jsonb) as done`.execute(tx));
}

async function call(asked: Promise<{ readonly rows: readonly { readonly done: boolean }[] }>): Promise<boolean> {
  const { rows } = await refusing(asked);
  return rows[0]?.done === true;
}

/** Keys of holds that have run out by now and are still open, longest first. */
export async function expiredHolds({ db, now }: Pick<View, "db" | "now">, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`
    select key from ledger.hold
    where expires_at <= ${now}::timestamptz and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)
    order by expires_at, hold_id limit ${limit}`.execute(db);
  return rows.map(({ key }) => key);
}
