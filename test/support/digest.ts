// A digest of everything a coop keeps, so that a test can say "and nothing was stored".
import { sql } from "kysely";
import type { Database } from "@partcommune/server/platform/database";

/** The tables of all domains that the coop may read, in the order of their names. */
async function tablesOf(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('platform', 'membership', 'governance', 'money', 'ledger', 'mutual', 'marketplace', 'federation', 'community')
      and has_table_privilege(format('%I.%I', schemaname, tablename), 'select') order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

/** The tables in which a text can be read, as it is or as bytes. */
export async function tablesSaying(db: Database, text: string): Promise<readonly string[]> {
  const said: string[] = [];
  for (const name of await tablesOf(db)) {
    const { rows } = await sql<{ found: boolean }>`
      select exists (select from ${sql.raw(name)} row where strpos(row::text, ${text}) > 0 or strpos(row::text, ${Buffer.from(text).toString("hex")}) > 0) as found`.execute(
      db,
    );
    if (rows[0]?.found) said.push(name);
  }
  return said;
}

/** Each table with its number of rows and the digest of them, in the order of their names. What is equal before and after, is as it was. */
export async function everythingIn(db: Database): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  for (const name of await tablesOf(db)) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(row::text), '' order by md5(row::text))), '') as digest from ${sql.raw(name)} row`.execute(
      db,
    );
    found.push([name, rows[0]?.digest ?? ""]);
  }
  return Object.fromEntries(found);
}
