// npm start: brings what the machine lacks (a database, a secret, the built pages), runs the coop, and says where to open it.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { queues } from "./app.ts";
import { runCoop, stopOnSignal } from "./main.ts";
import { buildWebIfStale } from "./platform/assets.ts";
import { configFaults, readConfig } from "./platform/config.ts";
import { migrate } from "./platform/migrate.ts";
import { startPostgres } from "./platform/postgres.ts";

const folder = join(import.meta.dirname, "../../.data/coop");

/** The secret that seals what is kept, made once and readable by this machine's user alone. */
function ownSecret(): string {
  const path = join(folder, "key");
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64url"), { mode: 0o600 });
  return readFileSync(path, "utf8");
}

/** The coop's database on the bundled server, made at the first start. */
async function ownDatabase(): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const postgres = await startPostgres(join(folder, "postgres"));
  const client = new Client(postgres.url);
  await client.connect();
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'coop'");
  if (rowCount === 0) await client.query("create database coop");
  await client.end();
  return { url: Object.assign(new URL(postgres.url), { pathname: "/coop" }).href, stop: postgres.stop };
}

async function start(): Promise<void> {
  const config = readConfig({ LOG_LEVEL: "warn", ...process.env });
  const [database] = await Promise.all([
    config.DATABASE_URL ? { url: config.DATABASE_URL, stop: async () => undefined } : ownDatabase(),
    buildWebIfStale(),
  ]);
  await migrate(config.DATABASE_OWNER_URL ?? database.url, queues);
  const running = await runCoop({ ...config, DATABASE_URL: database.url, KEY_ENCRYPTION_KEY: config.KEY_ENCRYPTION_KEY ?? ownSecret() });
  stopOnSignal(async () => {
    await running.stop();
    await database.stop();
  });
  console.log(`\n  Partcommune is open: ${running.url}\n`);
}

await start().catch((error: unknown) => {
  console.error(configFaults(error));
  process.exitCode = 2;
});
