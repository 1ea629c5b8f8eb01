// How long it takes to meet one new job with many saved searches, against the bare match of their words.
import { performance } from "node:perf_hooks";
import { Client } from "pg";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import { saveFinds } from "@partcommune/server/marketplace/store/searches";
import type { Scope } from "@partcommune/server/platform/scope";
import { postJob } from "@partcommune/shared/marketplace/api";
import { instantOf } from "@partcommune/shared/platform/time";
import { gather } from "../drill/acts.ts";
import { openYard } from "../drill/yard.ts";
import { posterJob } from "../support/jobs.ts";
import { asAdmin } from "../support/postgres.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const searches = Number(process.env["BENCH_SEARCHES"] ?? 100_000);

/** Searches for two words each, of which one in a hundred finds the job; a third of them are narrowed as well. */
const manySearches = `insert into marketplace.saved_search (id, person, name, query, rhythm, state, asked, trade, place, saved_at, end_digest)
  select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, gen_random_uuid(), 'search', '', 'daily', 'on',
    marketplace.asked(case when at % 100 = 0 then 'poster' else 'word' || at % 5000 || ' affiche' || at % 70 end),
    case when at % 6 = 1 then 'graphic design' end, case when at % 6 = 2 then 'BE' end, now(), decode(md5(at::text), 'hex')
  from generate_series(1, $1) as at`;

const undone = new Error("measured");

async function* matching(): AsyncIterable<Round> {
  const yard = await openYard("alerts", { durable: true });
  const { posters } = await gather(yard, { intents: [], vanished: [], stopped: () => false }, 1, 0);
  const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const [poster] = posters;
  const posted = await poster?.caller.act("job", postJob, {
    ...posterJob(poster.client),
    startOn: soon(20),
    endOn: soon(25),
    bidsUntil: soon(10),
  });
  if (!posted) throw new Error("no job was posted");
  const bare = new Client(yard.url);
  const db = kyselyOn(openPool(yard.url, "app", 1, () => undefined));
  const now = instantOf(Date.now());
  const ours = async (): Promise<number> => {
    const begun = performance.now();
    let took = Number.NaN;
    await db
      .transaction()
      .execute(async (tx) => {
        await saveFinds({ tx, now } as Scope, posted.id, { atOnce: now, daily: now, weekly: now }, { currency: "EUR", rates: [] });
        took = performance.now() - begun;
        throw undone;
      })
      .catch((error: unknown) => {
        if (error !== undone) throw error;
      });
    return took;
  };
  const peer = async (): Promise<number> => {
    const begun = performance.now();
    await bare.query("select search.id from marketplace.job, marketplace.saved_search as search where job.id = $1 and words @@ asked", [
      posted.id,
    ]);
    return performance.now() - begun;
  };
  try {
    await bare.connect();
    await asAdmin(yard.url, async (client) => {
      await client.query(manySearches, [searches]);
      await client.query("vacuum analyze");
    });
    await Promise.all([ours(), peer()]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await ours(), peer: await peer() };
  } finally {
    await bare.end();
    await db.destroy();
    await yard.close();
  }
}

export const alertBenches: readonly Bench[] = [
  {
    name: "alerts",
    unit: " ms",
    peer: `the bare match of ${searches} queries with one job; at most 100 ms (lower is better)`,
    rounds: matching,
  },
];
