// What only the owner of a demo's database does: marks its coop as a demo, asks when it was founded, and clears it away.
import type { Client } from "pg";
import type { Instant } from "@partcommune/shared/platform/time";
import { openClient } from "./database.ts";

async function asOwner<Result>(ownerUrl: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = openClient(ownerUrl, "owner");
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

type Founded = { readonly at: Instant; readonly demo: boolean; readonly told: boolean };

/** When the coop of a database was founded, whether it is a demo, and one that was told to its end; undefined where there is none yet. */
export const foundedAt = (ownerUrl: string): Promise<Founded | undefined> =>
  asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ is: string | null }>("select to_regclass('platform.coop') as is");
    if (!rows[0]?.is) return undefined;
    return (await client.query<Founded>("select founded_at as at, demo, told from platform.coop")).rows[0];
  });

/** Drops everything in a database that is ours: every schema but PostgreSQL's own. */
export const clearDatabase = (ownerUrl: string): Promise<void> =>
  asOwner(ownerUrl, async (client) => {
    const ours = "nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public')";
    const { rows } = await client.query<{ name: string }>(`select quote_ident(nspname) as name from pg_namespace where ${ours}`);
    const schemas = rows.map(({ name }) => name).join(", ");
    await client.query(
      `${schemas === "" ? "" : `drop schema ${schemas} cascade;`} drop table if exists public.kysely_migration, public.kysely_migration_lock`,
    );
  });

/** Makes the coop of a database a demo. The server's own role cannot. */
export const markAsDemo = (ownerUrl: string): Promise<void> =>
  asOwner(ownerUrl, async (client) => void (await client.query("update platform.coop set demo = true")));

/** Its story was told to the end: a demo that was stopped before is made anew. */
export const markAsTold = (ownerUrl: string): Promise<void> =>
  asOwner(ownerUrl, async (client) => void (await client.query("update platform.coop set told = true")));
