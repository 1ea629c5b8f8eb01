// A coop is kept safe while it works, and comes back on an empty machine as it was: its book, its people, what lies sealed, what waits.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { readFile, stat, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { lend } from "@partcommune/server/app";
import { checks } from "@partcommune/server/checks";
import { checkingWindDown, windDownFiles, type Piece } from "@partcommune/server/mutual/index";
import { operator } from "@partcommune/shared/platform/actor";
import { freePort } from "@partcommune/server/platform/postgres";
import { stepsTaken } from "@partcommune/server/platform/backup/make";
import { unheardOf } from "@partcommune/server/platform/backup/proofs";
import { restore } from "@partcommune/server/platform/backup/restore";
import { steps } from "@partcommune/server/platform/migrate";
import { asAdmin } from "../support/postgres.ts";
import { openBoss } from "@partcommune/server/platform/queue/boss";
import { keysFrom } from "@partcommune/server/platform/keys";
import { approveHandIn, handIn, postJob, startEngagement } from "@partcommune/shared/marketplace/api";
import { listInvoices, readStatement } from "@partcommune/shared/money/api";
import { askToSignIn, openSession } from "@partcommune/shared/membership/api";
import { verifyBackup } from "@partcommune/server/platform/backup/verify";
import { proving } from "../support/authenticator.ts";
import { coop as ask, coopIn } from "../support/cli.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { emptyDatabase } from "../support/database.ts";
import { endow } from "../support/endowment.ts";
import { agreed } from "../support/engagements.ts";
import { posterJob } from "../support/jobs.ts";
import { addressOf, codeFor } from "../support/people.ts";
import { backUp, folderFor, keptSecret, olderFile, passphrase, restoreFrom, secret } from "../support/safe.ts";
import { bankBooked, clientPaid, eur, treasury, withIban, type Treasury } from "../support/treasury.ts";

const root = join(import.meta.dirname, "../..");
const past = { now: "2026-06-01T09:00:00Z" };
const soon = { startOn: "2026-06-15", endOn: "2026-06-19", bidsUntil: "2026-06-08" };

/** A book with an invoice, its payment and a member's debt, all of it sealed. */
async function withMoney(stage: Treasury): Promise<void> {
  const { engagement, milestone, page } = await agreed(stage, soon);
  await withIban(stage);
  await stage.worker.call(startEngagement, { engagement });
  await stage.worker.call(handIn, { milestone, text: "Three files." });
  await stage.buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 });
  const [invoice] = (await stage.buyer.call(listInvoices, { client: stage.client })).body.items;
  await clientPaid(stage, invoice?.id ?? "", "2420.00");
  await stage.coop.settle();
  await stage.coop.keepTime();
}

/** One errand as production leaves it: waiting in the queue's own tables. */
async function anErrand({ db, url, now }: TestCoop): Promise<string> {
  const boss = await openBoss(url, () => undefined);
  const { id } = await db.selectFrom("platform.fact").select("id").orderBy("seq", "desc").limit(1).executeTakeFirstOrThrow();
  await db.transaction().execute((tx) => boss.enqueue(tx, [{ queue: "listen.platform.letters", fact: id }], now()));
  await boss.stop();
  return id;
}

/** Goes on posting jobs until it is told to stop; answers how many were acknowledged. */
function atWork({ buyer, client }: Treasury): { readonly stop: () => Promise<number> } {
  const stopping = new AbortController();
  const working = (async () => {
    let posted = 0;
    for (; !stopping.signal.aborted; await pause(50))
      if ((await buyer.call(postJob, { ...posterJob(client), ...soon })).status === 201) posted += 1;
    return posted;
  })();
  return {
    stop: async () => {
      stopping.abort();
      return working;
    },
  };
}

async function signedIn(coop: TestCoop, name: string): Promise<Caller> {
  const caller = coop.someone();
  await caller.call(askToSignIn, { email: addressOf(name), language: "en" });
  await coop.settle();
  const opened = await caller.call(openSession, { email: addressOf(name), code: codeFor(coop, addressOf(name)) });
  if (opened.status !== 201) throw new Error(opened.text);
  return caller;
}

const trial = async ({ db }: TestCoop) => (await sql`select * from ledger.trial_balance order by currency`.execute(db)).rows;

test("kept while people work, a coop comes back on an empty machine with the same book, people, secrets and errands", async (t) => {
  const stage = await treasury(t, past);
  await withMoney(stage);
  const errand = await anErrand(stage.coop);
  await sql`select ledger.open_year(2041)`.execute(stage.coop.db);
  const folder = await folderFor(t);
  const [file, key] = [join(folder, "coop.backup"), join(folder, "etc/key")];

  const work = atWork(stage);
  const kept = await backUp(stage.coop.url, file);
  const posted = await work.stop();
  t.equal(kept.code, 0, kept.error);
  t.ok(posted > 0, "people worked while the file was written");
  t.equal((await stat(file)).mode & 0o777, 0o600);
  t.equal((await sql`select from platform.backup`.execute(stage.coop.db)).rows.length, 1, "and it is noted when");

  const checked = await ask(stage.coop.url, "ledger", "check");
  const url = await emptyDatabase(t);
  const back = await restoreFrom(url, file, key);
  t.equal(back.code, 0, back.error);
  t.equal(await keptSecret(key), secret);
  t.equal((await stat(key)).mode & 0o777, 0o600);

  // Before the checks are asked, since what they say is kept.
  t.equal((await backUp(url, join(folder, "again"))).code, 0);
  const checkedAgain = await ask(url, "ledger", "check");
  t.equal(checkedAgain.out, checked.out, "the same lines");
  t.equal(checkedAgain.code, 0);
  t.match(back.out, checked.out.replace(/\d+ checks.*\n$/, ""), "and restore printed them");
  t.equal((await ask(url, "verify", "ledger")).code, 0);

  await woundDown(t, { url, folder, member: stage.member });

  const [first, second] = await Promise.all([file, join(folder, "again")].map((each) => verifyBackup(each, passphrase)));
  t.same(second?.manifest.tables, first?.manifest.tables, "kept again, every table gives the same bytes");
  t.same(second?.manifest.sequences, first?.manifest.sequences);
  t.ok(
    first?.manifest.tables.some(({ divisions }) => divisions.includes("leg_2041")),
    "years that were opened at work are among them",
  );

  const coop = await openCoop(t, { ...past, seed: "afterwards", world: { databaseUrl: url } });
  t.same(await trial(coop), await trial(stage.coop));
  const { sealed, member } = await coop.db.selectFrom("money.iban").select(["sealed", "member"]).executeTakeFirstOrThrow();
  t.equal(keysFrom(Buffer.from(await keptSecret(key), "base64url")).open(`iban:${member}`, sealed), "BE71096123456769");
  const waiting = await sql<{
    id: string;
    at: Date;
  }>`select data ->> 'fact' as id from pgboss.job where name = 'listen.platform.letters' and state = 'created'`.execute(coop.db);
  t.same(waiting.rows, [{ id: errand }], "the errand still waits");
  const jobs = await sql<{ count: bigint }>`select count(*) from marketplace.job`.execute(coop.db);
  t.ok((jobs.rows[0]?.count ?? 0n) <= BigInt(posted) + 1n, "what was posted after the snapshot is not in it");

  const worker = await signedIn(coop, "Anna");
  t.match((await worker.call(readStatement, { member: stage.member })).body, { balance: eur("1830.00"), iban: /6769$/ });
  const [tess, tom] = [proving(coop, await signedIn(coop, "Tess")), proving(coop, await signedIn(coop, "Tom"))];
  const booked = await bankBooked({ ...stage, coop, tess, tom }, { kind: "sharePaid", member: stage.member }, "20.00");
  t.equal(booked.status, 200, booked.text);
  const posting = await (await signedIn(coop, "Carla")).call(postJob, { ...posterJob(stage.client), ...soon });
  t.equal(posting.status, 201, posting.text);
  await coop.keepTime();
});

/** What came back is written out for the case that the coop ends, agrees with itself, and names what a hand changed in it. */
async function woundDown(t: Test, { url, folder, member }: { readonly url: string; readonly folder: string; readonly member: string }) {
  const end = join(folder, "end");
  const made = await coopIn({ DATABASE_URL: url, KEY_ENCRYPTION_KEY: secret }, "wind-down", "--into", end);
  t.match(made, { code: 0, out: /every sum that of the book, signed by the key [\w-]{43}/ }, made.error + made.out);
  t.equal((await stat(end)).mode & 0o777, 0o700);
  const read = (name: string) => readFile(join(end, name), "utf8");
  t.match(await read(`members/${member}.txt`), /Budget +1830\.00 EUR[^]*2026-06-01 BE-2026-000001[^]*6769/);
  t.notMatch(await read(`members/${member}.json`), "BE71096123456769", "the number of the account stays sealed");
  const { statement } = JSON.parse(await read("statement.json"));
  t.match(statement, [
    {
      covered: [{ of: "bank", amount: { minor: "242000" } }],
      owed: [[{ of: "taxes", amount: { minor: "42000" } }], [{ of: "members", amount: { minor: "183000" } }]],
      own: [{ of: "pots", amount: { minor: "17000" } }],
    },
  ]);
  t.match(await read("statement.txt"), /Loi hypothécaire[^]*La loi et le liquidateur décident/);
  const [ledger, paper] = [await read("ledger.jsonl"), await read("papers/BE-2026-000001.json")];
  await writeFile(join(end, "ledger.jsonl"), ledger.replace('"-183000"', '"-183001"'));
  await writeFile(join(end, "papers/BE-2026-000001.json"), paper.replace("Anna", "Otto"));
  const changed = await coopIn({}, "wind-down", "--check", end);
  t.equal(changed.code, 3, changed.error);
  t.same(changed.out.match(/^FOUND .*$/gm)?.toSorted(), [
    "FOUND  ledger.jsonl is not what was signed.",
    "FOUND  papers/BE-2026-000001.json is not what was signed.",
  ]);
}

test("the sums of a wind-down file are those of the book in it, whoever wrote them", async (t) => {
  const { coop } = await treasury(t, past);
  const view = { db: coop.db, now: coop.now(), actor: operator, keys: coop.keys, origin: "", ...lend(coop.db) };
  await endow(coop, "20000.00");
  const pieces: Piece[] = [];
  for await (const piece of windDownFiles(view)) pieces.push(piece);
  const faultsWith = async (name: string, from: string, to: string) => {
    const checking = checkingWindDown();
    for (const piece of pieces) await checking.take(piece.name === name ? { name, text: piece.text.replace(from, to) } : piece);
    return checking.faults();
  };
  t.same(await faultsWith("statement.json", "", ""), []);
  t.match(await faultsWith("accounts.json", "2000000", "2000001"), [
    /^Debits and credits of EUR differ/,
    /^The statement is not/,
    /is not the sum/,
  ]);
  t.match(await faultsWith("statement.json", "2000000", "2000001"), [/^The statement is not what the accounts come to/]);
  t.match(await faultsWith("unsealed.jsonl", '"2000000"', '"2000001"'), [/^bank:main is not the sum of its entries/]);
  t.match(await faultsWith("ledger.jsonl", '"batches":0', '"batches":1'), [/^The book is not what was sealed: {"row":"end"}/]);
});

test("a file of an older version is restored with its own tables, and then brought up to date", async (t) => {
  const [older, url] = [await emptyDatabase(t), await emptyDatabase(t)];
  const path = await olderFile(older, "0007-marketplace-jobs", join(await folderFor(t), "older"));
  const proofs = { checks, opens: async () => true, brokenSeal: async () => undefined, divide: async () => undefined };
  const verified = await verifyBackup(path, passphrase);
  const { said } = await restore({ ...verified, path, ownerUrl: url, queues: [], proofs, keepSecret: async () => undefined });
  t.equal(said.length, checks.length + 1, "today's checks are asked of today's tables");
  const taken = await asAdmin(url, stepsTaken);
  t.same(
    taken,
    (await steps()).map(({ name }) => name),
  );
});

test("a check that came later may be well; anything else must have been said before", (t) => {
  const kept = ["ok     a", "FOUND  b: Two are wrong. (2)", '       {"id":1}'];
  for (const [said, news] of [
    [kept, []],
    [[...kept, "ok     new"], []],
    [[...kept, "FOUND  new: One is wrong. (1)"], ["FOUND  new: One is wrong. (1)"]],
    [["ok     a", "ok     b"], ["ok     b"]],
    [["FOUND  a: One is wrong. (1)"], ["FOUND  a: One is wrong. (1)"]],
    [["ok     a", "FOUND  b: Two are wrong. (3)"], ["FOUND  b: Two are wrong. (3)"]],
    [['BROKEN {"batch":"1"}'], ['BROKEN {"batch":"1"}']],
  ] as const)
    t.same(unheardOf(said, kept), news, said.join(", "));
  t.end();
});

test("npm start leaves nothing behind, whichever way it is told to end", async (t) => {
  for (const signal of ["SIGTERM", "SIGHUP"] as const) {
    const port = await freePort();
    const environment = { ...process.env, DATABASE_URL: await emptyDatabase(t), KEY_ENCRYPTION_KEY: secret, PORT: String(port) };
    const npm = spawn("npm", ["start", "--ignore-scripts"], { cwd: root, env: environment, detached: true, stdio: "ignore" });
    const group = -(npm.pid ?? 0);
    t.teardown(() => isThere(group) && process.kill(group, "SIGKILL"));
    const opened = () =>
      fetch(`http://localhost:${port}/api/v1/coop`).then(
        ({ ok }) => ok,
        () => false,
      );
    for (let tries = 0; tries < 300 && !(await opened()); tries += 1) await pause(100);
    npm.kill(signal);
    for (let tries = 0; tries < 150 && isThere(group); tries += 1) await pause(100);
    t.notOk(isThere(group), `${signal} ends npm, its shell and the coop`);
  }
});

/** Whether any process of a group is alive. */
function isThere(group: number): boolean {
  try {
    return process.kill(group, 0);
  } catch {
    return false;
  }
}
