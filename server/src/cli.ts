// npm run coop -- <verb>: what an operator asks of the coop's database from a terminal. 0: all well; 3: a check found something; 2: it could not be asked.
import { Command } from "commander";
import { checks, queues } from "./app.ts";
import { demoMadeAt, keepDemo, removeDemo } from "./demo/keep.ts";
import { firstBrokenSeal } from "./money/index.ts";
import { askEach } from "./platform/checks.ts";
import { configFaults, readConfig } from "./platform/config.ts";
import { kyselyOn, openPool, type As, type Database } from "./platform/database.ts";
import { migrate } from "./platform/migrate.ts";
import { ownSecret, ownServer, type OwnServer } from "./platform/own.ts";
import { realClock } from "./platform/world.ts";

const somethingFound = 3;
const notAsked = 2;
const mostRows = 20;

/** The database the environment names, else the bundled one: found running, or started for as long as the work takes. */
async function onDatabase<Result>(work: (url: string, ownerUrl: string) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = readConfig(process.env);
  if (DATABASE_URL) return work(DATABASE_URL, DATABASE_OWNER_URL ?? DATABASE_URL);
  return onOwnServer(async (own) => {
    const url = await own.database("coop");
    return work(url, url);
  });
}

/** The bundled server: found running, or started for as long as the work takes. */
async function onOwnServer<Result>(work: (own: OwnServer) => Promise<Result>): Promise<Result> {
  const own = await ownServer();
  try {
    return await work(own);
  } finally {
    if (!own.reused) await own.stop();
  }
}

/** The demo's database: the one the environment names, else a second one on the bundled server. Beside another server it has to be named. */
async function onDemoDatabase<Result>(work: (url: string, own: OwnServer | undefined) => Promise<Result>): Promise<Result> {
  const { DATABASE_URL, DEMO_DATABASE_URL } = readConfig(process.env);
  if (DEMO_DATABASE_URL) return work(DEMO_DATABASE_URL, undefined);
  if (DATABASE_URL) throw new Error("A demo lives in a database of its own. Name an empty one in DEMO_DATABASE_URL.");
  return onOwnServer(async (own) => work(await own.database("demo"), own));
}

async function addDemo(): Promise<void> {
  const { KEY_ENCRYPTION_KEY } = readConfig(process.env);
  const secret = Buffer.from(KEY_ENCRYPTION_KEY ?? ownSecret(), "base64url");
  await onDemoDatabase((url) => keepDemo({ databaseUrl: url, ownerUrl: url, secret, now: realClock() }));
  console.log("The demo stands. npm start opens it beside the coop.");
}

async function tellDemo(): Promise<void> {
  const made = await onDemoDatabase((url) => demoMadeAt(url));
  console.log(made ? `A demo stands, made on ${made.slice(0, 10)}.` : "There is no demo.");
}

async function dropDemo({ dryRun }: { readonly dryRun?: boolean }): Promise<void> {
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

/** Reads in one snapshot, so that a coop at work is not mistaken for a broken one; writes are refused by the database. */
async function reading<Result>(as: As, work: (db: Database) => Promise<Result>): Promise<Result> {
  return onDatabase(async (url) => {
    const db = kyselyOn(openPool(url, as, 1, () => undefined));
    try {
      const snapshot = db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only");
      return await snapshot.execute((tx) => work(tx));
    } finally {
      await db.destroy();
    }
  });
}

/** Asks every domain's checks. As the server's role: the book's reader may not see what the other domains keep. */
async function ledgerCheck(): Promise<void> {
  const asked = await reading("app", (db) => askEach(checks, db, realClock()));
  for (const { name, says, rows } of asked) {
    console.log(rows.length === 0 ? `ok     ${name}` : `FOUND  ${name}: ${says} (${rows.length})`);
    for (const row of rows.slice(0, mostRows)) console.log(`       ${asText(row)}`);
    if (rows.length > mostRows) console.log(`       and ${rows.length - mostRows} more`);
  }
  const found = asked.filter(({ rows }) => rows.length > 0).length;
  console.log(`${asked.length} checks, ${found} found something`);
  if (found > 0) process.exitCode = somethingFound;
}

/** Reckons every seal again from the rows, with the eyes of an auditor. */
async function verifyLedger(): Promise<void> {
  const broken = await reading("reader", (db) => firstBrokenSeal({ db }));
  console.log(broken ? `BROKEN ${asText(broken)}` : "ok     every sealed entry is what it was when it was sealed");
  if (broken) process.exitCode = somethingFound;
}

const asText = (row: unknown): string => JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));

const coop = new Command("coop").description("What an operator asks of a coop. Uses DATABASE_URL, else the database of npm start.");
const ledger = coop.command("ledger").description("the book");
ledger.command("check").description("ask every check of every domain; exit code 3 when one finds something").action(ledgerCheck);
const verify = coop.command("verify").description("proofs");
verify.command("ledger").description("reckon every seal of the book again; exit code 3 when one is broken").action(verifyLedger);
coop
  .command("migrate")
  .description("bring the database to the schema of this version, as its owner (DATABASE_OWNER_URL)")
  .action(() => onDatabase((_, ownerUrl) => migrate(ownerUrl, queues)));

const demo = coop.command("demo").description("a coop with eighteen months behind it, to play with, in a database of its own");
demo.command("add").description("make the demo of today, if it does not stand").action(addDemo);
demo.command("status").description("say whether a demo stands, and from when").action(tellDemo);
demo.command("remove").description("remove the demo with its database").option("--dry-run", "say what would go").action(dropDemo);

await coop.parseAsync().catch((error: unknown) => {
  console.error(configFaults(error));
  process.exitCode = notAsked;
});
