// How long people wait: a list against a read by primary key on the same coop, and a start against a bare Node server's.
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@partcommune/server/platform/postgres";
import { asAdmin } from "../support/postgres.ts";
import { gather } from "../drill/acts.ts";
import { openYard, type Yard } from "../drill/yard.ts";
import { posterJob } from "../support/jobs.ts";
import { postJob } from "@partcommune/shared/marketplace/api";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const callers = 16;
const each = 40;
const jobs = 5_000;
const entry = join(import.meta.dirname, "../../server/src/main.ts");

let addresses = 0;

/** One read from an address of its own, so that no limit on addresses is measured. */
async function read(url: string): Promise<number> {
  addresses += 1;
  const begun = performance.now();
  const answer = await fetch(url, {
    headers: { "x-forwarded-for": `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}` },
  });
  await answer.text();
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return performance.now() - begun;
}

/** The 95th percentile in milliseconds, of sixteen callers at once. */
async function p95(url: string): Promise<number> {
  const waited: number[] = [];
  const caller = async (): Promise<void> => {
    for (let turn = 0; turn < each; turn += 1) waited.push(await read(url));
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return waited.toSorted((one, other) => one - other)[Math.floor(waited.length * 0.95)] ?? Number.NaN;
}

/** A coop with many open jobs; answers the id of one. */
async function furnish(yard: Yard): Promise<string> {
  const { posters } = await gather(yard, { intents: [], stopped: () => false }, 1, 0);
  const [poster] = posters;
  if (!poster) throw new Error("nobody posts");
  const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const dates = { startOn: soon(20), endOn: soon(25), bidsUntil: soon(10) };
  const posted = await poster.caller.act("job", postJob, { ...posterJob(poster.client), ...dates });
  if (!posted) throw new Error("no job was posted");
  await asAdmin(yard.url, async (client) => {
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
       where table_schema = 'marketplace' and table_name = 'job' and column_name <> 'id' and is_generated = 'NEVER'`,
    );
    const columns = rows[0]?.columns ?? "";
    await client.query(
      `insert into marketplace.job (id, ${columns}) select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, ${columns} from marketplace.job, generate_series(1, $1)`,
      [jobs],
    );
    await client.query("vacuum analyze");
  });
  return posted.id;
}

async function* lists(): AsyncIterable<Round> {
  const yard = await openYard("bench", { durable: true });
  try {
    const job = await furnish(yard);
    const [list, one] = [`${yard.origin}/api/v1/jobs?limit=50`, `${yard.origin}/api/v1/jobs/${job}`];
    await Promise.all([p95(list), p95(one)]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await p95(list), peer: await p95(one) };
  } finally {
    await yard.close();
  }
}

/** Milliseconds from the start of a process to its first answer. */
async function untilAnswer(start: (port: number) => ChildProcess, path: string): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = start(port);
  const gone = new Promise((ended) => void child.once("exit", ended));
  try {
    while (performance.now() < begun + 60_000) {
      if (await read(`http://localhost:${port}${path}`).catch(() => undefined)) return performance.now() - begun;
      await pause(5);
    }
    throw new Error("no answer within a minute");
  } finally {
    child.kill("SIGKILL");
    await gone;
  }
}

const bare = (port: number): ChildProcess =>
  spawn(process.execPath, ["-e", `require("node:http").createServer((_, answer) => answer.end("{}")).listen(${port}, "localhost")`]);

async function* starts(): AsyncIterable<Round> {
  const yard = await openYard("start", { durable: true });
  const env = { ...process.env, DATABASE_URL: yard.url, KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64url"), LOG_LEVEL: "error" };
  const coop = (port: number): ChildProcess =>
    spawn(process.execPath, [entry], { env: { ...env, PORT: String(port), HOST: "localhost" }, stdio: "ignore" });
  try {
    for (let round = 0; round < rounds; round += 1)
      yield { ours: await untilAnswer(coop, "/api/v1/coop"), peer: await untilAnswer(bare, "/") };
  } finally {
    await yard.close();
  }
}

export const httpBenches: readonly Bench[] = [
  { name: "http-list", unit: " ms p95", peer: "a read by primary key over HTTP, 16 callers (lower is better)", rounds: lists },
  { name: "start", unit: " ms", peer: "a bare Node server to its first answer (lower is better)", rounds: starts },
];
