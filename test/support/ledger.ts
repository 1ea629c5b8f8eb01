// The book of a story as a table that is kept beside it: one line an entry, named by the story's names, and what every account holds at its end.
import { readFileSync, writeFileSync } from "node:fs";
import type { Test } from "tap";
import { balancesUnder, entriesOf, trialBalance, type Booked } from "@partcommune/server/money/index";
import type { AccountCode } from "@partcommune/shared/money/rules/accounts";
import { amountText, type Money } from "@partcommune/shared/platform/money";
import type { TestCoop } from "./coop.ts";

/** What ids are called in a story. */
export type Names = Readonly<Record<string, string>>;

const dashed = (money: Money): string => amountText(money).replace("-", "−");
const signed = (money: Money): string => `${money.minor > 0n ? "+" : ""}${dashed(money)}`;

function nameOf({ code, owner }: AccountCode, names: Names): string {
  if (owner === undefined) return code;
  const name = names[owner];
  if (name === undefined) throw new Error(`the story has no name for the owner of ${code}`);
  return code.replace(owner, name);
}

/** Rows with their columns under each other; those of `right` end alike. */
function aligned(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  return rows.map((row) => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}

async function everyEntry(coop: TestCoop, accounts: readonly AccountCode[]): Promise<readonly Booked[]> {
  const pages = await Promise.all(accounts.map((account) => entriesOf(coop, account, { limit: 1_000 })));
  if (pages.some(({ next }) => next !== undefined)) throw new Error("a story's book is short enough to be read");
  const entries = new Map(pages.flatMap(({ items }) => items.map((each) => [each.entry, each])));
  return [...entries.values()].toSorted((one, other) => Number(one.entry - other.entry));
}

/** All entries in the order they were posted, then the trial balance. */
export async function printedLedger(coop: TestCoop, names: Names): Promise<string> {
  const balances = await balancesUnder(coop, "");
  const accounts = balances.map(({ account }) => account);
  const legs = ({ legs: all }: Booked): string => all.map(({ account, money }) => `${nameOf(account, names)} ${signed(money)}`).join(" · ");
  const entries = (await everyEntry(coop, accounts)).map((entry) => [entry.kind, entry.on, legs(entry)]);
  const held = balances.map(({ account, balance }) => [nameOf(account, names), signed(balance), balance.currency]);
  const sums = (await trialBalance(coop)).flatMap(({ currency, ...sides }) =>
    (["debit", "credit", "difference"] as const).map((side) => [side, amountText({ minor: sides[side], currency }), currency]),
  );
  return `${aligned(entries)}\n${aligned([...held.toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1)), ...sums], [1])}`;
}

/** Compares the printed book with the one kept beside the story; `GOLDEN=write` writes it instead. */
export function keepLedger(t: Test, path: string, printed: string): void {
  if (process.env["GOLDEN"] === "write") writeFileSync(path, printed);
  t.equal(readFileSync(path, "utf8"), printed, "the book is the one kept beside the story (GOLDEN=write rewrites it)");
}
