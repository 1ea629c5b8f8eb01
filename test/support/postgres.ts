// One PostgreSQL for a whole test run, and a template database named by the hash of the migrations.
import { createHash } from "node:crypto";
import { existsSync, statfsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { queues } from "@partcommune/server/app";
import { migrate } from "@partcommune/server/platform/migrate";
import { startPostgres, type Postgres } from "@partcommune/server/platform/postgres";

const root = join(import.meta.dirname, "../..");

/** Starts the server of the tests; nothing in it has to survive a power cut, so it lives in memory where there is room. */
export const startTestPostgres = (): Promise<Postgres> => startPostgres(folderOfPostgres(), { durable: false });

/** Gives its room back; the next run begins from nothing. */
export const forgetTestPostgres = (): Promise<void> => rm(folderOfPostgres(), { recursive: true, force: true });

/** Copying a template is the work of hundreds of small files: in memory it takes a twentieth of the time. */
function folderOfPostgres(): string {
  const memory = "/dev/shm";
  const { bavail, bsize } = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 };
  return bavail * bsize > 4 * 2 ** 30 ? join(memory, `partcommune-test-${hashOf(root)}`) : join(root, ".data/test");
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The address of another database of the same server. */
export const databaseAt = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;

export async function asAdmin<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the migrated template unless one for these migrations stands already; returns its name. */
export async function makeTemplate(url: string): Promise<string> {
  const template = `template_${await hashOfMigrations()}`;
  const exists = await asAdmin(
    url,
    async (client) => (await client.query("select 1 from pg_database where datname = $1 and datistemplate", [template])).rowCount === 1,
  );
  if (exists) return template;
  await asAdmin(url, async (client) => {
    await dropTemplates(client);
    await client.query(`create database ${template}`);
  });
  await migrate(databaseAt(url, template), queues);
  await asAdmin(url, async (client) => client.query(`alter database ${template} is_template true`));
  return template;
}

/** Those of other migrations, and one that was never finished. */
async function dropTemplates(client: Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>("select datname from pg_database where datname like 'template\\_%'");
  for (const { datname } of rows) {
    await client.query(`alter database ${datname} is_template false`);
    await client.query(`drop database ${datname} with (force)`);
  }
}

async function hashOfMigrations(): Promise<string> {
  const folder = join(root, "server/migrations");
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash("sha256")
    .update(queues.join(","))
    .update(await readFile(join(root, "server/src/platform/migrate.ts")));
  for (const file of files.toSorted()) hash.update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}
