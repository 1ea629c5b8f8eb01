// npm start: brings what the machine lacks (databases, a secret, the built pages), runs the coop and a demo beside it, and says where to open them.
import { queues } from "./app.ts";
import { demoMadeAt, keepDemo } from "./demo/keep.ts";
import { runCoop, stopOnSignal, type Prepared, type Running } from "./main.ts";
import { buildWebIfStale } from "./platform/assets.ts";
import { configFaults, readConfig, type Config } from "./platform/config.ts";
import { migrate } from "./platform/migrate.ts";
import { whenNpmEnds } from "./platform/parents.ts";
import { ownSecret, ownServer } from "./platform/own.ts";
import { realClock } from "./platform/world.ts";

type Databases = {
  readonly coop: string;
  readonly demo: string | undefined;
  readonly stop: () => Promise<void>;
  /** Stops the server unless somebody else had it running. */
  readonly spare: () => Promise<void>;
};

const nothing = async (): Promise<void> => undefined;

/** The databases the environment names, else our own. A demo of ours begins with the coop's first start, and ends with `demo remove`. */
async function databases({ DATABASE_URL, DEMO_DATABASE_URL }: Config): Promise<Databases> {
  if (DATABASE_URL) return { coop: DATABASE_URL, demo: DEMO_DATABASE_URL, stop: nothing, spare: nothing };
  const own = await ownServer();
  const first = !(await own.has("coop"));
  const demo = first || (await own.has("demo")) ? await own.database("demo") : undefined;
  return { coop: await own.database("coop"), demo: DEMO_DATABASE_URL ?? demo, stop: own.stop, spare: own.reused ? nothing : own.stop };
}

/** The demo on the next port and on this machine alone; its letters stay in its outbox. */
async function runDemo(config: Prepared, url: string): Promise<Running> {
  if (!(await demoMadeAt(url))) console.log("  A demo is being made: a coop with eighteen months behind it. It takes about a minute.");
  await keepDemo({ databaseUrl: url, ownerUrl: url, secret: Buffer.from(config.KEY_ENCRYPTION_KEY, "base64url"), now: realClock() });
  const { PUBLIC_URL: _, MAIL_URL: __, ...rest } = config;
  return runCoop({ ...rest, DATABASE_URL: url, HOST: "127.0.0.1", PORT: config.PORT + 1 });
}

async function start(): Promise<void> {
  const config = readConfig({ LOG_LEVEL: "warn", ...process.env });
  const [{ coop, demo, stop, spare }] = await Promise.all([databases(config), buildWebIfStale()]);
  const running: Running[] = [];
  const closed = async (last: () => Promise<void>): Promise<void> => {
    for (const each of running) await each.stop();
    await last();
  };
  const end = stopOnSignal(() => closed(stop));
  if (process.env["npm_lifecycle_event"] !== undefined) whenNpmEnds(end);
  try {
    await migrate(config.DATABASE_OWNER_URL ?? coop, queues);
    const prepared = { ...config, DATABASE_URL: coop, KEY_ENCRYPTION_KEY: config.KEY_ENCRYPTION_KEY ?? ownSecret() };
    running.push(await runCoop(prepared));
    console.log(`\n  Partcommune is open: ${running[0]?.url}\n`);
    if (demo) running.push(await runDemo(prepared, demo));
    if (demo) console.log(`\n  A coop at work, to walk around in as anyone: ${running[1]?.url}\n`);
  } catch (error) {
    // Nothing half open is left behind: another start may hold the port, and the database too.
    await closed(spare);
    throw error;
  }
}

await start().catch((error: unknown) => {
  console.error(configFaults(error));
  process.exit(2);
});
