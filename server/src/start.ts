// npm start: brings what the machine lacks (a database, a secret, the built pages), runs the coop, and says where to open it.
import { queues } from "./app.ts";
import { runCoop, stopOnSignal } from "./main.ts";
import { buildWebIfStale } from "./platform/assets.ts";
import { configFaults, readConfig } from "./platform/config.ts";
import { migrate } from "./platform/migrate.ts";
import { ownDatabase, ownSecret } from "./platform/own.ts";

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
