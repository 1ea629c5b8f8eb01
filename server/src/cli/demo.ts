// The demo from a terminal: made, asked about, and removed with its whole database.
import { demoMadeAt, keepDemo, removeDemo } from "../demo/keep.ts";
import { readConfig } from "../platform/config.ts";
import { Halt } from "../platform/halt.ts";
import { ownSecret, type OwnServer } from "../platform/own.ts";
import { realClock } from "../platform/world.ts";
import { onOwnServer } from "./database.ts";

/** The demo's database: the one the environment names, else a second one on the bundled server. Beside another server it has to be named. */
async function onDemoDatabase<Result>(work: (url: string, own: OwnServer | undefined) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL, DEMO_DATABASE_URL } = readConfig(process.env);
  if (DEMO_DATABASE_URL) return work(DEMO_DATABASE_URL, undefined);
  if (DATABASE_URL) throw new Halt("A demo lives in a database of its own. Name an empty one in DEMO_DATABASE_URL.");
  return onOwnServer(async (own) => work(await own.database("demo"), own));
}

export async function addDemo(): Promise<void> {
  const { KEY_ENCRYPTION_KEY } = readConfig(process.env);
  const secret = Buffer.from(KEY_ENCRYPTION_KEY ?? ownSecret(), "base64url");
  await onDemoDatabase((url) => keepDemo({ databaseUrl: url, ownerUrl: url, secret, now: realClock() }));
  console.log("The demo stands. npm start opens it beside the coop.");
}

export async function tellDemo(): Promise<void> {
  const made = await onDemoDatabase((url) => demoMadeAt(url));
  console.log(made ? `A demo stands, made on ${made.slice(0, 10)}.` : "There is no demo.");
}

export async function dropDemo({ dryRun }: { readonly dryRun?: boolean }): Promise<void> {
  await onDemoDatabase(async (url, own) => {
    const made = await demoMadeAt(url);
    if (!made) return console.log("There is no demo.");
    if (dryRun)
      return console.log(
        `The demo made on ${made.slice(0, 10)} would go, with its whole database. The coop's own database holds nothing of it.`,
      );
    await removeDemo(url);
    await own?.drop("demo");
    console.log("The demo is gone, with its whole database. The coop's own database held nothing of it.");
  });
}
