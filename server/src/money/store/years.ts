// Years of the book: each has a table of its own for its legs, made before the first leg of that year.
import { sql } from "kysely";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Reading } from "./ledger.ts";

/** Makes the years among these tables' names that are not there yet. */
export async function openYears({ db }: Reading, tables: readonly string[]): Promise<void> {
  const years = tables.flatMap((table) => /^leg_(\d{4})$/.exec(table)?.[1] ?? []);
  for (const year of years) await openYear({ db }, Number(year));
}

/** Makes the table of a year; one that is there stays as it is. */
export const openYear = async ({ db }: Reading, year: number): Promise<void> =>
  void (await sql`select ledger.open_year(${year}::integer)`.execute(db));

/** The years from this one to the one after the next that have no table yet. */
export async function missingYears({ db }: Reading, now: Instant): Promise<readonly number[]> {
  const first = Number(now.slice(0, 4));
  const { rows } = await sql<{ year: number }>`
    select year from generate_series(${first}::integer, ${first + 2}::integer) year where to_regclass('ledger.leg_' || year) is null`.execute(
    db,
  );
  return rows.map(({ year }) => year);
}
