// A day of payouts and a bank's statement, through the doors, against the bare SQL that sends the same rows.
import { performance } from "node:perf_hooks";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Client } from "pg";
import { readIn } from "@partcommune/server/cli/read-in";
import { startPostgres } from "@partcommune/server/platform/postgres";
import { realRandom } from "@partcommune/server/platform/world";
import { importBankFile } from "@partcommune/shared/money/api/statement";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { founded, type Members } from "../support/members.ts";
import { makeTemplate } from "../support/postgres.ts";
import { comeIn } from "../stories/seats/come-in.ts";
import { memberList } from "../stories/seats/list.ts";
import { openHouse, paidOut, ready, statementRead, worked, type House } from "../stories/seats/payday.ts";
import { told } from "../stories/town/telling.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);
/** Members who work, each in so many milestones: that many transfers of a batch, and lines of a statement. */
const many = Number(process.env["BENCH_MEMBERS"] ?? 100);
const milestones = Number(process.env["BENCH_MILESTONES"] ?? 5);

type Stage = { readonly members: Members; readonly house: House; readonly sql: Client; readonly stop: () => Promise<void> };

/** A coop on a durable database whose members have all said how they are paid. */
async function openStage(): Promise<Stage> {
  const server = await startPostgres(join(import.meta.dirname, "../../.data/bench"));
  Object.assign(process.env, { TEST_POSTGRES_URL: server.url, TEST_TEMPLATE: await makeTemplate(server.url) });
  const ends: (() => unknown)[] = [];
  const members = await founded({ teardown: (end) => void ends.push(end) }, ["Fanny Founder", "Tess", "Tom"], {
    // The ids of a run that can be told again cost more than those of a coop at work.
    world: { random: realRandom },
  });
  await readIn(members.coop.perform, "members", memberList(many), {}, () => undefined);
  await members.coop.settle();
  const house = await openHouse(members, await comeIn(members.coop, many));
  const sql = new Client(members.coop.url);
  await sql.connect();
  await sql.query("create schema bare");
  return {
    members,
    house,
    sql,
    stop: async () => {
      await sql.end();
      for (const end of ends) await end();
      await server.stop();
    },
  };
}

/**
 * Milliseconds that an act took, and those of one transaction by which a program that has the same rows sends them into tables of the same
 * shape, keys and references, a statement for each table. What it takes where nothing is sent, since the rows lie in tables beside, is told too.
 */
async function measured(sql: Client, act: () => Promise<unknown>): Promise<Round> {
  const { rows: began } = await sql.query<{ xid: string }>("select pg_current_xact_id()::xid::text as xid");
  const begun = performance.now();
  await act();
  const ours = performance.now() - begun;
  const tables = await writtenSince(sql, began[0]?.xid ?? "0");
  const copied = await inOne(sql, tables, ({ bare, source }) => [`insert into ${bare} select * from ${source}`]);
  const peer = await inOne(sql, tables, ({ bare, rows }) => [
    `insert into ${bare} select * from jsonb_populate_recordset(null::${bare}, $1)`,
    [rows],
  ]);
  const written = tables.reduce((all, { count }) => all + count, 0);
  await sql.query("drop schema bare cascade; create schema bare");
  return { ours, peer, beside: `${written} rows in ${tables.length} tables, from tables beside ${copied.toFixed(0)} ms` };
}

type Filling = (table: Written) => readonly [text: string, values?: string[]];

/** Milliseconds of one transaction that fills the tables, which are empty. */
async function inOne(sql: Client, tables: readonly Written[], filling: Filling): Promise<number> {
  await sql.query(`truncate ${tables.map(({ bare }) => bare).join(", ")}`);
  await sql.query("checkpoint");
  const from = performance.now();
  await sql.query("begin");
  for (const [text, values] of tables.map(filling)) await sql.query(text, values);
  await sql.query("commit");
  return performance.now() - from;
}

type Written = { readonly bare: string; readonly source: string; readonly count: number; readonly rows: string };

/** Every row that was written since a transaction, changed ones included, set aside table by table, with an empty table of the same shape beside it. */
async function writtenSince(sql: Client, xid: string): Promise<readonly Written[]> {
  const { rows: tables } = await sql.query<{ name: string }>(
    `select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables join pg_class using (relname)
       join pg_namespace as space on space.oid = relnamespace and nspname = schemaname
     where schemaname in ('platform', 'money', 'ledger', 'mutual', 'marketplace', 'membership') and not relispartition or relkind = 'p'
     group by 1 order by 1`,
  );
  const written: Written[] = [];
  for (const { name } of tables) {
    const [bare, source] = [`bare.t${written.length}`, `bare.s${written.length}`];
    const { rowCount } = await sql.query(`create table ${source} as select * from ${name} where age(xmin) <= age($1::text::xid)`, [xid]);
    if (!rowCount) {
      await sql.query(`drop table ${source}`);
      continue;
    }
    await sql.query(`create table ${bare} (like ${name} including all excluding identity excluding generated)`);
    for (const reference of await referencesOf(sql, name)) await sql.query(`alter table ${bare} add ${reference}`);
    const { rows } = await sql.query<{ all: string }>(`select jsonb_agg(to_jsonb(each))::text as all from ${source} each`);
    written.push({ bare, source, count: rowCount, rows: rows[0]?.all ?? "[]" });
  }
  return written;
}

/** What a table's rows refer to, as it is written in its definition: whoever writes them asks it row by row. */
async function referencesOf(sql: Client, table: string): Promise<readonly string[]> {
  const { rows } = await sql.query<{ reference: string }>(
    "select pg_get_constraintdef(oid) as reference from pg_constraint where contype = 'f' and conrelid = $1::regclass",
    [table],
  );
  return rows.map(({ reference }) => reference);
}

type Lived = { readonly match: Round; readonly payout: Round };

/**
 * Every round each of them works once more; the bank says that their clients paid, and then they are paid. The first round is not counted: in
 * it a process that has just begun reads its own code. More rounds than four would outlive the treasurers' sessions of thirty days.
 */
async function lived(): Promise<readonly Lived[]> {
  const { members, house, sql, stop } = await openStage();
  const seen: Lived[] = [];
  try {
    for (let round = 0; round <= rounds; round += 1) {
      if (round > 0) await left(members, house);
      await worked(members, house, milestones);
      members.coop.wait(4 * dayMs);
      await members.coop.keepTime();
      const gzip = gzipSync(house.bank.statement(members.coop.now().slice(0, 10) as Day) ?? "").toString("base64");
      const match = await measured(sql, () => told(members.tess, importBankFile, { gzip }));
      await members.coop.settle();
      const payables = await ready(members.tess);
      const payout = await measured(sql, () => paidOut(members, house.bank, payables));
      await members.coop.settle();
      seen.push({ match, payout });
      await sealed(members);
    }
  } finally {
    await stop();
  }
  return seen;
}

/** The bank says that what was paid in the round before has left. */
async function left(members: Members, { bank }: House): Promise<void> {
  members.coop.wait(4 * dayMs);
  await members.coop.keepTime();
  await statementRead(members, bank);
  await members.coop.settle();
}

/** The seal takes 5 000 entries a minute. A round makes three of each transfer. */
async function sealed({ coop }: Members): Promise<void> {
  for (let minutes = Math.ceil((3 * many * milestones) / 5_000); minutes > 0; minutes -= 1) {
    coop.wait(60_000);
    await coop.keepTime();
  }
}

/** The days are lived once, and both benches tell of them: to let some thousands work takes far longer than what is measured. */
let days: Promise<readonly Lived[]> | undefined;

async function* roundsOf(which: keyof Lived): AsyncIterable<Round> {
  days ??= lived();
  for (const day of (await days).slice(1)) yield day[which];
}

const peer = "one transaction that sends the same rows; at most 2 (lower is better)";
export const bankBenches: readonly Bench[] = [
  { name: "bank-payout", unit: " ms", peer, rounds: () => roundsOf("payout") },
  { name: "bank-match", unit: " ms", peer, rounds: () => roundsOf("match") },
];
