// How a list of open jobs is served: as often as a bare route serves the same rows, and as soon as a read by primary key.
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import { peopleNamed } from "@partcommune/server/membership/index";
import { bylawIn, bylawsIn } from "@partcommune/server/governance/index";
import { jobsInOrder, type End } from "@partcommune/server/marketplace/store/found-jobs";
import { openPool } from "@partcommune/server/platform/database";
import { keysFrom } from "@partcommune/server/platform/keys";
import type { DB } from "@partcommune/server/platform/tables";
import { realClock } from "@partcommune/server/platform/world";
import { postJob } from "@partcommune/shared/marketplace/api";
import type { Instant } from "@partcommune/shared/platform/time";
import { visitor } from "@partcommune/shared/platform/actor";
import { gather } from "../drill/acts.ts";
import { openYard, type Yard } from "../drill/yard.ts";
import { posterJob } from "../support/jobs.ts";
import { asAdmin } from "../support/postgres.ts";
import { p95, perSecond, read } from "./readers.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const seconds = 3;
const jobs = 5_000;
const shown = 50;

/** A coop with many open jobs; answers the id of one. */
async function furnish(yard: Yard): Promise<string> {
  const { posters } = await gather(yard, { intents: [], vanished: [], stopped: () => false }, 1, 0);
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

type List = { readonly url: string; readonly begins: End };

/** The second page of the jobs that close first: a list without the counts that come with a search's first page. */
async function secondPage({ origin }: Yard): Promise<List> {
  const first = `${origin}/api/v1/jobs?order=closing&limit=${shown}`;
  const { items, next } = JSON.parse(await read(first)) as {
    readonly items: readonly { bidsUntil: Instant; id: string }[];
    readonly next: string;
  };
  const last = items.at(-1);
  if (!last) throw new Error("no job is listed");
  return { url: `${first}&after=${next}`, begins: { at: last.bidsUntil, id: last.id } };
}

/** What the list asks of the database about jobs, word for word: the bare route asks the same. */
async function questionOf(url: string, after: End): Promise<{ readonly sql: string; readonly parameters: readonly unknown[] }> {
  const asked: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
  const dialect = new PostgresDialect({ pool: openPool(url, "app", 1, () => undefined) });
  const db = new Kysely<DB>({ dialect, log: ({ query }) => void asked.push(query) });
  const view = {
    db,
    actor: visitor,
    now: realClock(),
    bylaw: bylawIn(db),
    bylaws: bylawsIn(db),
    people: (people: readonly string[]) => peopleNamed({ db }, people),
    sessionsOf: async () => [],
    coops: async () => new Map(),
    works: async () => new Map(),
    keys: keysFrom(Buffer.alloc(32)),
    origin: "http://localhost",
  };
  await jobsInOrder(view, { by: visitor, at: view.now, currency: "EUR", rates: [] }, "closing", { limit: shown, after });
  await db.destroy();
  const [question] = asked;
  if (!question || asked.length > 1) throw new Error(`the list asks ${asked.length} questions, and the bare route knows one`);
  return question;
}

/** The bare route in a process of its own, and how to end it. */
async function openBare(url: string, begins: End): Promise<{ readonly list: string; readonly close: () => Promise<void> }> {
  const { sql, parameters } = await questionOf(url, begins);
  const child = fork(join(import.meta.dirname, "bare.ts"), {
    env: { ...process.env, DATABASE_URL: url, BARE_SQL: sql, BARE_PARAMETERS: JSON.stringify(parameters) },
  });
  const gone = once(child, "exit");
  const [origin] = (await Promise.race([once(child, "message"), gone])) as unknown[];
  if (typeof origin !== "string") throw new Error("the bare route did not open");
  return { list: `${origin}/jobs`, close: async () => void (child.kill(), await gone) };
}

const idsAt = async (url: string): Promise<readonly string[]> =>
  (JSON.parse(await read(url)) as { readonly items: readonly { readonly id: string }[] }).items.map(({ id }) => id).slice(0, shown);

async function* besideBare(yard: Yard, { url: list, begins }: List): AsyncIterable<Round> {
  const bare = await openBare(yard.url, begins);
  try {
    if (String(await idsAt(list)) !== String(await idsAt(bare.list))) throw new Error("the two lists differ, and so does what they cost");
    await Promise.all([perSecond(list, seconds), perSecond(bare.list, seconds)]);
    for (let round = 0; round < rounds; round += 1)
      yield { ours: await perSecond(list, seconds), peer: await perSecond(bare.list, seconds) };
  } finally {
    await bare.close();
  }
}

async function* besideOne(yard: Yard, { url: list }: List, job: string): AsyncIterable<Round> {
  const one = `${yard.origin}/api/v1/jobs/${job}`;
  await Promise.all([p95(list, seconds), p95(one, seconds)]);
  for (let round = 0; round < rounds; round += 1) yield { ours: await p95(list, seconds), peer: await p95(one, seconds) };
}

/** Rounds on a furnished coop of their own. */
async function* onYard(measure: (yard: Yard, list: List, job: string) => AsyncIterable<Round>): AsyncIterable<Round> {
  const yard = await openYard("bench", { durable: true });
  try {
    const job = await furnish(yard);
    yield* measure(yard, await secondPage(yard), job);
  } finally {
    await yard.close();
  }
}

const bare = "a bare Fastify route with the same rows, 16 callers";
const one = "a read by primary key over HTTP, 16 callers (lower is better)";
export const listBenches: readonly Bench[] = [
  { name: "http-list", unit: "/s", peer: bare, rounds: () => onYard(besideBare) },
  { name: "http-list-p95", unit: " ms p95", peer: one, rounds: () => onYard(besideOne) },
];
