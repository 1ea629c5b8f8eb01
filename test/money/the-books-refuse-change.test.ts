// What is written in the book stays: the server may not touch its tables, and triggers stop even their owner.
import { sql } from "kysely";
import { test } from "tap";
import { sealEntries } from "@partcommune/server/money/actions/seal";
import { accountOf } from "@partcommune/shared/money/rules/accounts";
import { endowed, entry, openBook, stateOf, type TestBook } from "../support/book.ts";

const noGrant = "42501";
const appendOnly = "PC001";

/** A book with a row in every table. */
async function filled(book: TestBook): Promise<void> {
  const money = { minor: 100n, currency: "EUR" };
  const hold = (key: string) => ({ account: accountOf("pot:reserve"), money, kind: "smoothing" as const, key });
  await book.post({ ...endowed("reserve", "100.00"), holds: [hold("h1")] });
  await book.post({ ...endowed("guarantee", "1.00"), ends: [{ key: "h1", outcome: "voided" }] });
  await book.post(
    entry("correction", "c", "bank:main −1.00 · pot:guarantee +1.00", { reverses: "endowed:guarantee:1.00", cites: { bearer: "none" } }),
  );
  await sql`select ledger.set_floor(account_id, 5, 1, '2026-12-07') from ledger.account where code = 'pot:reserve'`.execute(book.db);
  await book.act((scope) => sealEntries(scope));
}

const appended = ["kind", "entry", "leg", "leg_2026", "hold", "hold_end", "reversal", "sealed", "batch", "floor_set"];
const derived = ["book", "currency", "account", "balance", "pool", "reversible"];
const columnOf = async (book: TestBook, table: string): Promise<string> => {
  const { rows } = await sql<{
    name: string;
  }>`select attname as name from pg_attribute where attrelid = ${`ledger.${table}`}::regclass and attnum > 0 order by attidentity, attnum limit 1`.execute(
    book.owner,
  );
  return rows[0]?.name ?? "";
};

test("the server's role may read and call, and write nothing", async (t) => {
  const book = await openBook(t);
  await filled(book);
  for (const table of [...appended, ...derived]) {
    const column = await columnOf(book, table);
    for (const text of [
      `update ledger.${table} set ${column} = ${column}`,
      `delete from ledger.${table}`,
      `truncate ledger.${table} cascade`,
      `insert into ledger.${table} overriding system value select * from ledger.${table}`,
    ])
      t.equal(await stateOf(book.db, text), noGrant, text);
  }
  for (const text of [
    "alter table ledger.leg disable trigger all",
    "drop table ledger.leg",
    "drop trigger refuse_change on ledger.leg",
    "set session_replication_role = replica",
    "select ledger.move_marks('{1}', 1)",
    "select ledger.post_one('{}')",
    "select ledger.draw_on_pool(1, 1, true)",
  ])
    t.equal(await stateOf(book.db, text), noGrant, text);
});

test("the functions' owner may add and may not change", async (t) => {
  const book = await openBook(t);
  await filled(book);
  await sql`set role partcommune_ledger`.execute(book.owner);
  for (const table of appended) {
    const column = await columnOf(book, table);
    for (const text of [`update ledger.${table} set ${column} = ${column}`, `delete from ledger.${table}`])
      t.equal(await stateOf(book.owner, text), noGrant, text);
  }
  t.equal(await stateOf(book.owner, "update ledger.account set code = code"), noGrant);
  t.equal(await stateOf(book.owner, "update ledger.pool set account_id = account_id"), noGrant);
  await sql`reset role`.execute(book.owner);
});

test("the tables' owner is stopped by triggers, on partitions too", async (t) => {
  const book = await openBook(t);
  await filled(book);
  for (const table of appended) {
    const column = await columnOf(book, table);
    for (const text of [
      `update ledger.${table} set ${column} = ${column}`,
      `delete from ledger.${table}`,
      `truncate ledger.${table} cascade`,
    ])
      t.equal(await stateOf(book.owner, text), appendOnly, text);
  }
  t.equal(await stateOf(book.owner, "delete from ledger.account"), appendOnly);
  t.equal(await stateOf(book.owner, "truncate ledger.account cascade"), appendOnly);
  t.equal(await stateOf(book.owner, "update ledger.account set code = 'pot:mine'"), appendOnly);
  t.equal(await stateOf(book.owner, "update ledger.account set currency = 'CHF'"), appendOnly);
});

const leg = (table: string, rows: string): string =>
  `insert into ledger.${table} (entry_id, no, year, account_id, currency, amount) values ${rows}`;
const newEntry = (legs: number, key: string): string => `insert into ledger.entry (uid, kind, key, print, at, value_on, legs, bylaws)
  values (gen_random_uuid(), 'correction', '${key}', '\\x${"00".repeat(32)}', '2026-12-07', '2026-12-07', ${legs}, '{}') returning entry_id`;

test("nobody slips legs in, through the table or a partition of it", async (t) => {
  const book = await openBook(t);
  await filled(book);
  for (const table of ["leg", "leg_2026"]) {
    t.equal(
      await stateOf(book.owner, leg(table, "(1, 3, 2026, 1, 'EUR', 5), (1, 4, 2026, 1, 'EUR', -5)")),
      "PC003",
      "balanced legs for an old entry",
    );
    t.equal(await stateOf(book.owner, leg(table, "(1, 3, 2026, 1, 'EUR', 5)")), "PC002", "an unbalanced one");
    t.equal(
      await stateOf(book.owner, leg(table, "(999999, 1, 2026, 1, 'EUR', 5), (999999, 2, 2026, 1, 'EUR', -5)")),
      "23503",
      "legs of no entry",
    );
    const half = (rows: string, legs: number, key: string) =>
      stateOf(
        book.owner,
        `with made as (${newEntry(legs, key)}) ${leg(table, "").replace("values ", "")} select made.entry_id, l.* from made, (values ${rows}) l`,
      );
    t.equal(await half("(1, 2026, 1, 'EUR', 5::bigint)", 2, `${table}:one`), "PC002");
    t.equal(await half("(1, 2026, 1, 'EUR', 5::bigint), (3, 2026, 1, 'EUR', -5::bigint)", 2, `${table}:gap`), "PC003");
    t.equal(await half("(1, 2026, 1, 'EUR', 5::bigint), (2, 2026, 1, 'EUR', -5::bigint)", 3, `${table}:fewer`), "PC003");
    t.equal(await half("(1, 2026, 1, 'EUR', 0::bigint), (2, 2026, 1, 'EUR', 0::bigint)", 2, `${table}:nothing`), "23514");
    t.equal(await half("(1, 2026, 1, 'CHF', 5::bigint), (2, 2026, 1, 'CHF', -5::bigint)", 2, `${table}:currency`), "23503");
    t.equal(await half("(1, 2026, 999, 'EUR', 5::bigint), (2, 2026, 1, 'EUR', -5::bigint)", 2, `${table}:account`), "23503");
  }
  t.equal(
    await stateOf(
      book.owner,
      `with made as (${newEntry(2, "year")}) ${leg("leg", "").replace("values ", "")} select made.entry_id, l.* from made, (values (1, 2027, 1, 'EUR', 5::bigint), (2, 2027, 1, 'EUR', -5::bigint)) l`,
    ),
    "PC003",
    "a year that is not the entry's",
  );
});

test("a year opened later is as closed to change as the first", async (t) => {
  const book = await openBook(t);
  await sql`select ledger.open_year(2040)`.execute(book.db);
  await book.post({ ...endowed("reserve", "1.00"), on: "2040-01-02" as never });
  for (const text of ["update ledger.leg_2040 set amount = 1", "delete from ledger.leg_2040", "truncate ledger.leg_2040"]) {
    t.equal(await stateOf(book.owner, text), appendOnly, text);
    t.equal(await stateOf(book.db, text), noGrant, text);
  }
  t.equal(await stateOf(book.owner, leg("leg_2040", "(1, 3, 2040, 1, 'EUR', 5), (1, 4, 2040, 1, 'EUR', -5)")), "PC003");
});

test("functions are nobody's by default, and look nowhere but in the book", async (t) => {
  const book = await openBook(t);
  const { rows } = await sql<{ name: string }>`
    select proname as name from pg_proc where pronamespace = 'ledger'::regnamespace
      and (has_function_privilege('public', oid, 'execute') or prosecdef and not coalesce(proconfig::text like '%search_path=ledger, pg_temp%', false))`.execute(
    book.owner,
  );
  t.same(rows, []);
  const { rows: owners } = await sql<{ name: string }>`
    select proname as name from pg_proc where pronamespace = 'ledger'::regnamespace and prosecdef and proowner <> 'partcommune_ledger'::regrole`.execute(
    book.owner,
  );
  t.same(owners, [{ name: "open_year" }], "the one that makes tables is their owner's");
});
