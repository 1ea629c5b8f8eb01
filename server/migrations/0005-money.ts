// The papers of money and the bank account: invoices that never change, what members are owed, payouts that two sign, lines of the bank, and closed days.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sql, type Kysely } from "kysely";
import { advances } from "./0005-money/advances.sql.ts";
import { bank } from "./0005-money/bank.sql.ts";
import { budgets } from "./0005-money/budgets.sql.ts";
import { credits } from "./0005-money/credits.sql.ts";
import { late } from "./0005-money/late.sql.ts";
import { papers } from "./0005-money/papers.sql.ts";
import { payouts } from "./0005-money/payouts.sql.ts";
import { purposes } from "./0005-money/purposes.sql.ts";
import { statements } from "./0005-money/statements.sql.ts";

export async function up(db: Kysely<never>): Promise<void> {
  for (const part of [budgets, papers, advances, credits, late, payouts, purposes, bank, statements]) await sql.raw(part).execute(db);
  await sql`
    insert into money.closed_day (country, region, day, name, source)
    select country, region, day, name, source
    from jsonb_to_recordset(${JSON.stringify(await closedDays())}::jsonb) as given (country text, region text, day date, name text, source text)`.execute(
    db,
  );
}

/** The frozen rows; their file says where they come from. */
async function closedDays(): Promise<readonly Readonly<Record<string, string | undefined>>[]> {
  const text = await readFile(join(import.meta.dirname, "0005-money/closed-days.tsv"), "utf8");
  const rows = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return rows.map((line) => {
    const [country, region, day, name] = line.split("\t");
    return { country, region, day, name, source: region === "TARGET" ? "European Central Bank" : "date-holidays 3.37.0 (CC-BY-3.0)" };
  });
}
