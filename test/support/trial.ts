// What two coops' books differ by, account by account: the same acts under another bylaw, beside what a replay says of the first.
import { sql } from "kysely";
import type { Replay } from "@partcommune/server/money/index";
import type { Database } from "@partcommune/server/platform/database";

/** Balances of all accounts, debit positive, under names that do not differ between two coops. */
export type Trial = ReadonlyMap<string, bigint>;

/** The code of an account with the owner's name for its id. */
export const named = (code: string, names: ReadonlyMap<string, string>): string => {
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(code)?.[0] ?? "";
  return code.replace(id, names.get(id) ?? id);
};

export async function trialOf(db: Database, names: ReadonlyMap<string, string>): Promise<Trial> {
  const { rows } = await sql<{ code: string; balance: bigint }>`select code, balance from ledger.account_balance`.execute(db);
  return new Map(rows.map(({ code, balance }) => [named(code, names), balance]));
}

/** By how much each account differs; those that do not are left out. */
export function differences(one: Trial, other: Trial): Readonly<Record<string, string>> {
  const codes = [...new Set([...one.keys(), ...other.keys()])].toSorted();
  const by = (code: string): bigint => (other.get(code) ?? 0n) - (one.get(code) ?? 0n);
  return Object.fromEntries(codes.filter((code) => by(code) !== 0n).map((code) => [code, String(by(code))]));
}

/** By how much a replay says each account would differ. */
export function replayedDifferences({ accounts }: Replay, names: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const side = (of: "before" | "after"): Trial => new Map([...accounts].map(([code, turn]) => [named(code, names), turn[of]]));
  return differences(side("before"), side("after"));
}
