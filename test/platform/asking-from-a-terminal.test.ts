// An operator asks the book from a terminal: a sound one says so, and every planted fault is named and ends with exit code 3.
import { sql } from "kysely";
import { test, type Test } from "tap";
import { checks } from "@partcommune/server/checks";
import { lastChecked } from "@partcommune/server/platform/checks";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { coop } from "../support/cli.ts";
import { endowed, entry, openBook, stateOf, type TestBook } from "../support/book.ts";
import { asAdmin, databaseAt } from "../support/postgres.ts";

/** A sealed book with two entries. The faults of this file are planted in it, so it is not checked again at its end. */
async function sealedBook(t: Test): Promise<TestBook> {
  const book = await openBook(t, { tampered: true });
  await book.post(
    endowed("guarantee", "500.00"),
    entry("invoice.issued", "i", "receivable:client:9 +1000.00 · member:4:budget −915.00 · pot:reserve −85.00"),
  );
  await book.act((scope) => sealEntries(scope));
  return book;
}

/** Changes what nobody may change: as the owner, with the triggers asleep. */
async function plant(book: TestBook, fault: string): Promise<void> {
  const done = await book.owner.connection().execute(async (db) => {
    await sql`set session_replication_role = replica`.execute(db);
    const state = await stateOf(db, fault);
    await sql`reset session_replication_role`.execute(db);
    return state;
  });
  if (done !== "done") throw new Error(`${fault}: ${done}`);
}

test("a sound book passes every check, and its seals verify", async (t) => {
  const book = await sealedBook(t);
  const asked = await coop(book.url, "ledger", "check");
  t.equal(asked.code, 0, asked.error);
  t.equal(asked.out.match(/^ok /gm)?.length, checks.length);
  for (const { name } of checks) t.match(asked.out, new RegExp(`^ok +${name}$`, "m"), name);
  t.match(asked.out, new RegExp(`${checks.length} checks, 0 found something`));
  t.match(await lastChecked(book.db), { asked: checks.length, found: [] }, "and is kept for those who sit elsewhere");
  const verified = await coop(book.url, "verify", "ledger");
  t.equal(verified.code, 0, verified.error);
  t.match(verified.out, /^ok /);
  const rotated = await coop(book.url, "keys", "rotate");
  t.match(rotated, { code: 0, out: /^Nobody of this coop has signed anything yet/ }, rotated.error);
});

test("every planted fault is named with its rows, and the exit code is 3", async (t) => {
  const faults: readonly (readonly [fault: string, check: string, row: RegExp])[] = [
    [
      "update ledger.balance set balance = balance + 1 where account_id = (select account_id from ledger.account where code = 'member:4:budget')",
      "ledger-balances",
      /"balance":"-91499","legs":"-91500"/,
    ],
    ["update ledger.leg set amount = amount - 1 where amount = 100000", "ledger-trial-balance", /"currency":"EUR","difference":"8499"/],
    ["update ledger.pool set mark = mark + 7 where mark = -8500", "ledger-marks", /"mark":"-8493"/],
    ["delete from ledger.leg where amount = -8500", "ledger-legs", /"legs":3,"found":"2"/],
    ["delete from ledger.sealed where position = 2", "ledger-positions", /"at":"end"/],
  ];
  const book = await sealedBook(t);
  for (const [fault] of faults) await plant(book, fault);
  const asked = await coop(book.url, "ledger", "check");
  t.equal(asked.code, 3, asked.error);
  const parts = asked.out.split(/^(?=ok |FOUND |\d+ checks)/m);
  for (const [, check, row] of faults)
    t.match(
      parts.find((part) => part.startsWith(`FOUND  ${check}:`)),
      row,
      check,
    );
  t.match(asked.out, /^ok +ledger-held$/m, "what was not touched is well");
});

test("one changed leg breaks the seal that holds it, and the entry is named", async (t) => {
  const book = await sealedBook(t);
  await plant(
    book,
    "update ledger.leg set amount = amount + sign(amount) where entry_id = (select entry_id from ledger.entry where key = 'i') and no <= 2",
  );
  const verified = await coop(book.url, "verify", "ledger");
  t.equal(verified.code, 3, verified.error);
  t.match(verified.out, /^BROKEN .*"position":2,"key":"i"/);
});

test("an empty database is brought to this version, twice without harm", async (t) => {
  const book = await openBook(t);
  const [admin, name] = [databaseAt(book.url, "postgres"), `${new URL(book.url).pathname.slice(1)}_empty`];
  await asAdmin(admin, async (client) => client.query(`create database ${name}`));
  t.teardown(async () => asAdmin(admin, async (client) => client.query(`drop database ${name} with (force)`)));
  const url = databaseAt(book.url, name);
  t.equal((await coop(url, "ledger", "check")).code, 1, "there is nothing to ask yet");
  for (const time of ["first", "second"]) t.match(await coop(url, "migrate"), { code: 0, error: "" }, time);
  t.equal((await coop(url, "ledger", "check")).code, 0);
});

test("what cannot be asked says so in a sentence", async (t) => {
  const nobody = await coop("postgres://nobody@127.0.0.1:1/none", "ledger", "check");
  t.equal(nobody.code, 1);
  t.match(nobody.error, /ECONNREFUSED/);
  t.equal((await coop("mysql://x", "ledger", "check")).code, 1);
  t.equal((await coop("postgres://nobody@127.0.0.1:1/none", "ledger", "chek")).code, 2, "a verb that is not there");
});
