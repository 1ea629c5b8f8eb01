// Puts a backup into an empty database: the tables of its version first, then every row in one transaction that ends only when all proofs hold.
import type { Client } from "pg";
import { haltUnless } from "../halt.ts";
import { openClient, type Database } from "../database.ts";
import { migrate, steps } from "../migrate.ts";
import { returnErrands } from "../queue/return-errands.ts";
import { errandTable, load } from "./load.ts";
import { stepsTaken } from "./make.ts";
import type { Manifest } from "./manifest.ts";
import { keysOf, saidBy, unheardOf, type Proofs } from "./proofs.ts";
import { inOneTransaction, readingSnapshot } from "./snapshot.ts";
import type { Verified } from "./verify.ts";

export type Restoring = Verified & {
  readonly path: string;
  readonly ownerUrl: string;
  readonly queues: readonly string[];
  readonly proofs: Proofs;
  /** Puts the secret where the server will find it: before the rows are there for good, since rows without it are lost. */
  readonly keepSecret: (secret: string) => Promise<void>;
};

export type Restored = { readonly errands: number; readonly said: readonly string[] };

/** Restores, and leaves the database at the newest version; a fault leaves it empty. */
export async function restore(restoring: Restoring): Promise<Restored> {
  const { manifest, ownerUrl, queues } = restoring;
  await assertEmpty(ownerUrl, manifest);
  await migrate(ownerUrl, queues, manifest.migrations.at(-1)?.name);
  const current = manifest.migrations.length === (await steps()).length;
  const loaded = await inOneTransaction(ownerUrl, "owner", "begin", async ({ client, db }) => {
    await restoring.proofs.divide(
      db,
      manifest.tables.flatMap((table) => table.divisions),
    );
    await load(client, restoring.path, manifest);
    const errands = await returnErrands(client, ownerUrl, errandTable);
    // Today's questions cannot be asked of the tables of an older version: there they follow its migration.
    const said = current ? await prove(restoring, db, "Nothing was restored.") : [];
    await restoring.keepSecret(restoring.secret);
    return { errands, said };
  });
  await onClient(ownerUrl, (client) => client.query("analyze"));
  if (current) return loaded;
  await migrate(ownerUrl, queues);
  const late = "Everything was restored and brought to this version; do not open it before this is understood.";
  const said = await inOneTransaction(ownerUrl, "owner", readingSnapshot, ({ db }) => prove(restoring, db, late));
  return { ...loaded, said };
}

/** What the checks say now, which must be what they said when the backup was made, as of that moment. */
async function prove({ manifest, proofs, secret }: Restoring, db: Database, otherwise: string): Promise<readonly string[]> {
  const said = await saidBy(proofs, db, manifest.at);
  const news = unheardOf(said, manifest.checks);
  haltUnless(news.length === 0, `The checks say otherwise than when the backup was made. ${otherwise}\n${news.join("\n")}`);
  const opens = await proofs.opens(db, keysOf(secret));
  haltUnless(opens !== false, `The secret in the backup does not open what the backup holds sealed. ${otherwise}`);
  return said;
}

/** A database is empty when it was just made, or when it has the tables of the backup's version and nothing ever happened in it. */
async function assertEmpty(ownerUrl: string, { migrations }: Manifest): Promise<void> {
  await onClient(ownerUrl, async (client) => {
    const taken = await stepsTaken(client);
    const { rows } = await client.query<{ tables: bigint }>(
      "select count(*) as tables from pg_class join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'p') and nspname !~ '^pg_' and nspname <> 'information_schema' and relname !~ '^kysely_migration'",
    );
    haltUnless(taken.length > 0 || rows[0]?.tables === 0n, `This database is not empty: it has ${rows[0]?.tables} tables. ${elsewhere}`);
    if (taken.length === 0) return;
    const { rowCount } = await client.query("select from platform.fact union all select from platform.coop limit 1");
    haltUnless(rowCount === 0, `A coop lives in this database. ${elsewhere}`);
    const same = taken.length === migrations.length && taken.every((name, at) => migrations[at]?.name === name);
    haltUnless(same, `This database has the tables of another version than the backup. ${elsewhere}`);
  });
}

const elsewhere = "A backup is restored into a new database, and nothing here was changed.";

async function onClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = openClient(url, "owner");
  await client.connect();
  await work(client).finally(() => client.end());
}
