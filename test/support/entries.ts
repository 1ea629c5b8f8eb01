// The entries page as a test reads it: every kind of entry with its legs, to be posted to a book.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EntryKind } from "@partcommune/shared/money/rules/entry";
import type { Day } from "@partcommune/shared/platform/time";
import { entry, today, type TestBook } from "./book.ts";

const page = await readFile(join(import.meta.dirname, "../../docs/entries.md"), "utf8");

type Row = { readonly kind: EntryKind; readonly legs: string };

/** The rows of the table; a row with several entries gives several, each with its kind or the last one named. */
export const entryRows: readonly Row[] = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => {
    const [kinds = "", legs = ""] = line.slice(2).split(" | ");
    const names = quoted(kinds).filter((name) => /^[a-z]+\.[a-z]+$|^correction$/.test(name));
    return quoted(legs).map((text, at) => ({ kind: (names[at] ?? names.at(-1)) as EntryKind, legs: text }));
  });

function quoted(cell: string): readonly string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, text = ""]) => text);
}

/** Posts every row, with enough of everything to begin with, so that each row stands for itself. */
export async function postEveryRow(book: TestBook, on: Day = today): Promise<void> {
  const credits = ["member:4:budget", "member:21:budget", "member:31:budget", "member:4:share", "loan:lender:1", "initiative:1"];
  const pots = ["guarantee", "insurance", "coaching", "advances", "reserve", "reinsurance"].map((pot) => `pot:${pot}`);
  const opening = [...credits, ...pots].map((code) => `${code} −90000.00`).join(" · ");
  await book.post(entry("fund.endowed", `opening:${on}`, `bank:main +1079700.00 · member:4:advance +300.00 · ${opening}`, { on }));
  for (const [at, { kind, legs }] of entryRows.entries()) {
    const cites = kind === "correction" ? { cites: { bearer: /^pot:\w+/.exec(legs)?.[0] ?? "none" } } : {};
    await book.post(entry(kind, `row:${on}:${at}`, legs, { on, ...cites }));
  }
}
