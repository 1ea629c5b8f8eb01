// Brings a database to the schema this code was written for: our migrations, the queue's tables, and the server's grants on them.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { PgBoss } from "pg-boss";
import { appRole, connection, kyselyOn, openPool } from "./database.ts";
import { queueSettings } from "./queue/boss.ts";

const folder = join(import.meta.dirname, "../../migrations");

/** The migrations in order of their numbers. */
export async function migrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((name) => /^\d{4}-.*\.ts$/.test(name)).toSorted();
  const loaded = await Promise.all(
    files.map(async (file) => [file.slice(0, -3), (await import(join(folder, file))) as Migration] as const),
  );
  return Object.fromEntries(loaded);
}

/** Migrates as the owner. Safe to run from several processes at once: the migrator holds a lock. */
export async function migrate(ownerUrl: string, queues: readonly string[]): Promise<void> {
  const pool = openPool(ownerUrl, "owner", 2, () => undefined);
  const db = kyselyOn<never>(pool);
  try {
    const { error, results } = await new Migrator({ db, provider: { getMigrations: migrations } }).migrateToLatest();
    if (error)
      throw new Error(`migration ${results?.find((result) => result.status === "Error")?.migrationName ?? ""} failed`, { cause: error });
    await createQueues(ownerUrl, queues);
    await sql`
      grant usage on schema pgboss to ${sql.raw(appRole)};
      grant select, insert, update, delete on all tables in schema pgboss to ${sql.raw(appRole)};
      grant usage on all sequences in schema pgboss to ${sql.raw(appRole)};
      grant execute on all functions in schema pgboss to ${sql.raw(appRole)};
    `.execute(db);
  } finally {
    await db.destroy();
  }
}

async function createQueues(ownerUrl: string, queues: readonly string[]): Promise<void> {
  const { connectionString, options } = connection(ownerUrl, "owner");
  const boss = new PgBoss({ connectionString: connectionString ?? "", options: options ?? "", max: 1, supervise: false, schedule: false });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.createQueue("dead", {});
  for (const queue of queues) await boss.createQueue(queue, queueSettings);
  await boss.stop({ graceful: false });
}
