// How long a search takes among many jobs: against bare SQL that finds, counts and ranks the same, and against itself among a tenth of them.
import { performance } from "node:perf_hooks";
import { Pool } from "pg";
import { postJob } from "@partcommune/shared/marketplace/api";
import { gather } from "../drill/acts.ts";
import { openYard, type Yard } from "../drill/yard.ts";
import { posterJob } from "../support/jobs.ts";
import { asAdmin } from "../support/postgres.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const many = Number(process.env["BENCH_JOBS"] ?? 1_000_000);
const few = many / 10;
const hits = few / 10;
const callers = 4;
const each = 25;

/** A coop with so many open jobs, of which `hits` hold the word that is searched. */
async function furnished(jobs: number): Promise<Yard> {
  const yard = await openYard(`search${jobs}`, { durable: true });
  const { posters } = await gather(yard, { intents: [], vanished: [], stopped: () => false }, 1, 0);
  const [poster] = posters;
  if (!poster) throw new Error("nobody posts");
  const soon = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await poster.caller.act("job", postJob, { ...posterJob(poster.client), startOn: soon(20), endOn: soon(25), bidsUntil: soon(10) });
  await asAdmin(yard.url, async (client) => {
    await client.query(
      `insert into marketplace.job (id, client, posted_by, title, text, language, trade, town, country, start_on, end_on, price_kind, price_minor, currency, bids_until, state, visibility, bidding, blind, lot, posted_at, opened_at, skills)
       select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, client, posted_by, 'Job of kind ' || at % 997 || case when at % $2 = 0 then ' thimble' else '' end,
         'Some work that is done by hand, number ' || at || '.', (array['fr', 'nl', 'en', 'de', 'es', 'it'])[at % 6 + 1], 'trade ' || at % 60, 'Town',
         (array['BE', 'FR', 'NL', 'DE'])[at % 4 + 1], start_on, end_on, price_kind, 10000 + at % 1000000, currency, bids_until + at % 1000 * interval '1 minute', 'open',
         visibility, bidding, blind, lot, posted_at - at % 5000 * interval '1 minute', opened_at, array(select id from marketplace.skill order by id offset at % 290 limit 3)
       from marketplace.job, generate_series(1, $1) as at`,
      [jobs, jobs / hits],
    );
    await client.query("vacuum analyze");
  });
  return yard;
}

let addresses = 0;

async function asked(yard: Yard): Promise<void> {
  addresses += 1;
  const answer = await fetch(`${yard.origin}/api/v1/jobs?q=thimble`, {
    headers: { "x-forwarded-for": `10.0.${(addresses >> 8) & 255}.${addresses & 255}` },
  });
  const { facets } = (await answer.json()) as { facets?: { total: number } };
  if (facets?.total !== hits) throw new Error(`found ${facets?.total} instead of ${hits}`);
}

const bareFacets = `with hit as materialized (select trade, language, country, price_minor, bids_until, skills from marketplace.job
    where state = 'open' and bids_until > now() and words @@ marketplace.asked('thimble')),
  grouped as (select trade, language, country, width_bucket(price_minor, array[50000, 100000, 250000, 500000, 1000000]) as band, bids_until < now() + interval '7 days' as soon, count(*)
    from hit group by grouping sets ((trade), (language), (country), (4), (5), ()))
  select (select json_agg(grouped) from grouped), (select json_agg(skilled) from (select skill, count(*) from hit, unnest(skills) as skill group by skill order by 2 desc limit 12) as skilled)`;
const bareBest = `with best as (select id, ts_rank(words, marketplace.asked('thimble')) as rank from marketplace.job
    where state = 'open' and bids_until > now() and words @@ marketplace.asked('thimble') order by rank desc, posted_at desc, id limit 500)
  select job.id, job.title, job.language, job.trade, job.town, job.country, job.price_minor, job.bids_until, job.posted_at, job.skills, best.rank, client_card.name, (select count(*) from marketplace.bid where bid.job = job.id and state = 'placed')
  from best join marketplace.job using (id) join membership.client_card on client_card.id = job.client`;

/** The 95th percentile in milliseconds, of a few callers at once. */
async function p95(call: () => Promise<unknown>): Promise<number> {
  const waited: number[] = [];
  const caller = async (): Promise<void> => {
    for (let turn = 0; turn < each; turn += 1) {
      const begun = performance.now();
      await call();
      waited.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return waited.toSorted((one, other) => one - other)[Math.floor(waited.length * 0.95)] ?? Number.NaN;
}

async function* beside(): AsyncIterable<Round> {
  const yard = await furnished(many);
  const pool = new Pool({ connectionString: yard.url, max: callers }).on("error", () => undefined);
  const bare = async (): Promise<void> => {
    await pool.query(bareFacets);
    await pool.query(bareBest);
  };
  try {
    await Promise.all([p95(() => asked(yard)), p95(bare)]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await p95(() => asked(yard)), peer: await p95(bare) };
  } finally {
    await pool.end();
    await yard.close();
  }
}

async function* growing(): AsyncIterable<Round> {
  const small = await furnished(few);
  const large = await furnished(many);
  try {
    await Promise.all([p95(() => asked(small)), p95(() => asked(large))]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await p95(() => asked(large)), peer: await p95(() => asked(small)) };
  } finally {
    await large.close();
    await small.close();
  }
}

export const searchBenches: readonly Bench[] = [
  {
    name: "search",
    unit: " ms p95",
    peer: `bare SQL that finds, counts and ranks the same ${hits} of ${many} jobs (lower is better)`,
    rounds: beside,
  },
  {
    name: "search-growth",
    unit: " ms p95",
    peer: `itself among ${few} instead of ${many} jobs, ${hits} hits in both (lower is better)`,
    rounds: growing,
  },
];
