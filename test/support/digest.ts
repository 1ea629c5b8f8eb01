// A digest of everything a coop keeps, so that a test can say "and nothing was stored".
import { sql } from "kysely";
import type { Database } from "@partcommune/server/platform/database";

/** Each table with its number of rows and the digest of them, in the order of their names. What is equal before and after, is as it was. */
export async function everythingIn(db: Database): Promise<Readonly<Record<string, string>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('platform', 'membership', 'governance', 'money', 'ledger', 'mutual', 'marketplace', 'federation', 'community')
      and has_table_privilege(format('%I.%I', schemaname, tablename), 'select') order by 1`.execute(db);
  const found: [string, string][] = [];
  for (const { name } of tables) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(md5(row::text), '' order by md5(row::text))), '') as digest from ${sql.raw(name)} row`.execute(
      db,
    );
    found.push([name, rows[0]?.digest ?? ""]);
  }
  return Object.fromEntries(found);
}
