// How fast the book takes entries, measured against pgbench's tpcb-like transaction on the same durable server.
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Client } from "pg";
import { queues } from "@partcommune/server/app";
import { migrate } from "@partcommune/server/platform/migrate";
import { startPostgres } from "@partcommune/server/platform/postgres";
import { asAdmin, databaseAt } from "../support/postgres.ts";
import { pgbench, pgbenchProgram, tps } from "./pgbench.ts";
import type { Bench, Round } from "./run.ts";

const root = join(import.meta.dirname, "../..");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const seconds = Number(process.env["BENCH_SECONDS"] ?? 8);
const owners = 10_000; // clients, and as many members
const rivals = ["-c16", "-j2", "-M", "prepared", "-n", `-T${seconds}`];

type Yard = { readonly tpcb: string; readonly book: string; readonly stop: () => Promise<void> };

/** A durable server with pgbench's tables in one database and a book with accounts in another. */
export async function openYard(): Promise<Yard> {
  pgbenchProgram();
  const server = await startPostgres(join(root, ".data/bench"));
  const [tpcb, book] = [databaseAt(server.url, "bench_tpcb"), databaseAt(server.url, "bench_book")];
  await asAdmin(server.url, async (client) => {
    for (const name of ["bench_tpcb", "bench_book"]) {
      await client.query(`drop database if exists ${name} with (force)`);
      await client.query(`create database ${name}`);
    }
  });
  await pgbench(tpcb, ["-i", "-q", "-s10"]);
  await migrate(book, queues);
  await asAdmin(book, openAccounts);
  return { tpcb, book, stop: server.stop };
}

/** Clients get the ids 1 to 10 000, members the next, the pot the last. */
async function openAccounts(client: Client): Promise<void> {
  await client.query("select ledger.open_book('bench', 'Bench SC', 'BE', 'EUR', 'UTC', '2025-12-31')");
  const numbers = Array.from({ length: owners }, (_, at) => at);
  const open = async (accounts: readonly unknown[]) =>
    client.query("select count(*) from ledger.open_accounts($1)", [JSON.stringify(accounts)]);
  await open(numbers.map((at) => [`receivable:client:${at}`, "asset", "exact", "EUR", String(at), null]));
  await open(numbers.map((at) => [`member:${at}:budget`, "liability", "exact", "EUR", String(at), "0"]));
  await open([["pot:guarantee", "fund", "pool", "EUR", null, "0"]]);
  const { rows } = await client.query<{ first: string; last: string; pot: string }>(
    `select min(account_id) filter (where code like 'receivable%') as first, max(account_id) filter (where code like 'member%') as last,
       max(account_id) filter (where code like 'pot%') as pot from ledger.account`,
  );
  const found = rows[0];
  if (Number(found?.first) !== 1 || Number(found?.last) !== 2 * owners) throw new Error("the accounts have other ids than the scripts use");
  pot = Number(found?.pot);
  await client.query("vacuum analyze");
}

let pot = 20_001;

// The text of one entry is put together in SQL, so that pgbench is the client on both sides.
const singleScript = (): string => `\\set client random(1, ${owners})
\\set member random(${owners + 1}, ${2 * owners})
\\set earned random(100, 1000000)
\\set fee :earned / 11 + 1
\\set owed :earned + :fee
select * from ledger.post(concat('[{"uid":"', uuidv7(), '","kind":"invoice.issued","key":"', uuidv7(),
  '","print":"${"5a".repeat(32)}","at":"2026-12-07T10:00:00.000Z","on":"2026-12-07","bylaws":["1","2"],"legs":[[', :client::text, ',"EUR","', :owed::text,
  '"],[', :member::text, ',"EUR","-', :earned::text, '"],[${pot},"EUR","-', :fee::text, '"]]}]')::jsonb);
`;

async function* single(): AsyncIterable<Round> {
  const yard = await openYard();
  const script = join(root, ".cache/bench-single.sql");
  mkdirSync(join(root, ".cache"), { recursive: true });
  writeFileSync(script, singleScript());
  try {
    for (let round = 0; round < rounds; round += 1) {
      const ours = tps(await pgbench(yard.book, [...rivals, "-f", script], "partcommune_app"));
      const peer = tps(await pgbench(yard.tpcb, [...rivals, "-b", "tpcb-like"]));
      yield { ours, peer };
    }
  } finally {
    await yard.stop();
  }
}

const inBatch = 200;

function batchOf(seed: number): string {
  const entries = Array.from({ length: inBatch }, (_, at) => {
    const [client, member, fee] = [
      ((seed * 7919 + at * 31) % owners) + 1,
      ((seed * 104_729 + at * 17) % owners) + owners + 1,
      100 + (at % 50),
    ];
    const legs = [
      [client, "EUR", String(11 * fee)],
      [member, "EUR", String(-10 * fee)],
      [pot, "EUR", String(-fee)],
    ];
    const fixed = { kind: "invoice.issued", print: "5a".repeat(32), at: "2026-12-07T10:00:00.000Z", on: "2026-12-07", bylaws: ["1", "2"] };
    return { uid: randomUUID(), key: randomUUID(), ...fixed, legs };
  });
  return JSON.stringify(entries);
}

/** Entries a second that one writer posts in batches. */
export async function batchesOn(url: string): Promise<number> {
  const client = new Client({ connectionString: url, options: "-c role=partcommune_app" });
  await client.connect();
  const begun = performance.now();
  let posted = 0;
  try {
    while (performance.now() - begun < seconds * 1_000) {
      await client.query({ name: "post", text: "select count(*) from ledger.post($1)", values: [batchOf(posted)] });
      posted += inBatch;
    }
    return (posted * 1_000) / (performance.now() - begun);
  } finally {
    await client.end();
  }
}

async function* batch(): AsyncIterable<Round> {
  const yard = await openYard();
  try {
    for (let round = 0; round < rounds; round += 1) {
      const ours = await batchesOn(yard.book);
      yield { ours, peer: tps(await pgbench(yard.tpcb, [...rivals, "-b", "tpcb-like"])) };
    }
  } finally {
    await yard.stop();
  }
}

const peer = "pgbench tpcb-like -c16 -M prepared";
export const ledgerBenches: readonly Bench[] = [
  { name: "ledger-single", unit: "/s", peer, rounds: single },
  { name: "ledger-batch", unit: "/s", peer, rounds: batch },
];
