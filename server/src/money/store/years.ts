// Years of the book: each has a table of its own for its legs, made before the first leg of that year.
import { sql } from "kysely";
import type { Reading } from "./ledger.ts";

/** Makes the years among these tables' names that are not there yet. */
export async function openYears({ db }: Reading, tables: readonly string[]): Promise<void> {
  const years = tables.flatMap((table) => /^leg_(\d{4})$/.exec(table)?.[1] ?? []);
  for (const year of years) await sql`select ledger.open_year(${year}::integer)`.execute(db);
}
