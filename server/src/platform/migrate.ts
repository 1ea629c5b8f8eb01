// Brings a database to the schema this code was written for: our migrations, the queue's tables, and the server's grants on them.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { sql } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { appRole, kyselyOn, openPool } from "./database.ts";
import { holdingQueue, queueSettings } from "./queue/boss.ts";

const folder = join(import.meta.dirname, "../../migrations");

/** The migrations in order of their numbers. */
export async function migrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-.*\.ts$/.test(name)).toSorted();
  const loaded = await Promise.all(
    files.map(async (file) => [file.slice(0, -3), (await import(join(folder, file))) as Migration] as const),
  );
  return Object.fromEntries(loaded);
}

/** A migration and the digest of all its text, by which two copies of the software know whether they mean the same tables. */
export type Step = { readonly name: string; readonly sha256: string };

/** The steps this software takes, in order. The parts of `0004-….ts` lie in folders that begin with the same number. */
export async function steps(): Promise<readonly Step[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .toSorted();
  const digest = async (name: string): Promise<Step> => {
    const hash = createHash("sha256");
    for (const file of files.filter((each) => each.startsWith(name.slice(0, 5))))
      hash.update(`${file}\n`).update(await readFile(join(folder, file)));
    return { name, sha256: hash.digest("hex") };
  };
  return Promise.all(Object.keys(await migrations()).map(digest));
}

/** Migrates as the owner, to the newest step or to one named. Safe to run from several processes at once: the migrator holds a lock. */
export async function migrate(ownerUrl: string, queues: readonly string[], upTo?: string): Promise<void> {
  const pool = openPool(ownerUrl, "owner", 2, () => undefined);
  const db = kyselyOn<never>(pool);
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: migrations } });
    const { error, results } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
    if (error)
      throw new Error(`migration ${results?.find((result) => result.status === "Error")?.migrationName ?? ""} failed`, { cause: error });
    await createQueues(ownerUrl, queues);
    await sql`
      grant select on public.kysely_migration to ${sql.raw(appRole)};
      grant usage on schema pgboss to ${sql.raw(appRole)};
      grant select, insert, update, delete on all tables in schema pgboss to ${sql.raw(appRole)};
      grant usage on all sequences in schema pgboss to ${sql.raw(appRole)};
      grant execute on all functions in schema pgboss to ${sql.raw(appRole)};
    `.execute(db);
  } finally {
    await db.destroy();
  }
}

const createQueues = (ownerUrl: string, queues: readonly string[]): Promise<void> =>
  holdingQueue(ownerUrl, async (boss) => {
    await boss.createQueue("dead", {});
    for (const queue of queues) await boss.createQueue(queue, queueSettings);
  });
