// How a very large roll is frozen and a very large roll-call closed: against the bare statements that move the same rows.
import { hash } from "node:crypto";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Client } from "pg";
import { openCoop, queues, type Coop } from "@partcommune/server/app";
import { freezeRoll } from "@partcommune/server/governance/store/roll";
import { callerOf, type Caller } from "@partcommune/server/platform/caller";
import { kyselyOn, openPool, type Database } from "@partcommune/server/platform/database";
import { openLog } from "@partcommune/server/platform/log";
import { migrate } from "@partcommune/server/platform/migrate";
import { startPostgres } from "@partcommune/server/platform/postgres";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import type { Scope } from "@partcommune/server/platform/scope";
import { nothingReached, realClock, realPause, realRandom } from "@partcommune/server/platform/world";
import { castVote, foundCoop } from "@partcommune/shared/governance/api";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { instantOf } from "@partcommune/shared/platform/time";
import { origin } from "../support/coop.ts";
import { nobodysId as newId } from "../support/example.ts";
import { atelierCommun } from "../support/founding.ts";
import { asAdmin, databaseAt } from "../support/postgres.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);
const roll = Number(process.env["BENCH_ROLL"] ?? 1_000_000);
const calls = Number(process.env["BENCH_CALLS"] ?? 100_000);
const quiet = (): void => undefined;
const secondsSince = (begun: number): number => (performance.now() - begun) / 1_000;

type Yard = { readonly url: string; readonly stop: () => Promise<void> };

/** A durable server with a migrated database of so many associates. */
async function openYard(name: string, members: number): Promise<Yard> {
  const server = await startPostgres(join(import.meta.dirname, "../../.data/bench"));
  const url = databaseAt(server.url, name);
  await asAdmin(server.url, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  });
  await migrate(url, queues);
  await asAdmin(url, async (client) => {
    await client.query(
      `insert into membership.person (id, name, email, language, created_at)
        select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, 'Voter ' || at, 'voter-' || at || '@people.example', 'en', now()
        from generate_series(1, $1) as at`,
      [members],
    );
    await client.query(
      `insert into membership.member (id, person, stage, status, trade, applied_at, associate_at)
        select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, id, 'associate', 'invoiced', 'translation', now(), now() - interval '1 year'
        from membership.person`,
    );
    await client.query("vacuum analyze");
  });
  return { url, stop: server.stop };
}

const undone = new Error("measured");

/** Seconds that the act which opens a vote takes to freeze its roll; nothing of it stays. */
async function freezing(db: Database, vote: string): Promise<number> {
  let took = Number.NaN;
  await db
    .transaction()
    .execute(async (tx) => {
      const begun = performance.now();
      const size = await freezeRoll({ tx } as unknown as Scope, vote, ["members"], instantOf(Date.now()));
      took = secondsSince(begun);
      if (size !== roll) throw new Error(`${size} of ${roll} stand on the roll`);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return took;
}

/** The same rows into a table of the same shape and keys, with nothing asked about them. */
async function inserting(client: Client, vote: string): Promise<number> {
  await client.query("begin");
  const begun = performance.now();
  await client.query(
    `insert into bare_roll select $1, gen_random_uuid(), 'members', person from membership.member_card where stage = 'associate' and associate_at <= now()`,
    [vote],
  );
  const took = secondsSince(begun);
  await client.query("rollback");
  return took;
}

async function* freezes(): AsyncIterable<Round> {
  const yard = await openYard("bench_roll", roll);
  const [db, bare] = [kyselyOn(openPool(yard.url, "app", 1, quiet)), new Client(yard.url)];
  const { vote, text } = noticeOf(3_600);
  try {
    await bare.connect();
    await bare.query("create table bare_roll (like governance.roll_entry including all)");
    await bare.query(convened, valuesOf(vote, text, "convened"));
    for (let round = 0; round < rounds; round += 1) {
      await bare.query("checkpoint");
      const ours = await freezing(db, vote);
      await bare.query("checkpoint");
      yield { ours, peer: await inserting(bare, vote) };
    }
  } finally {
    await bare.end();
    await db.destroy();
    await yard.stop();
  }
}

const seed = Buffer.alloc(32, 7);

/** A yes-or-no question to all members that closes in so many seconds. */
function noticeOf(seconds: number): { readonly vote: string; readonly text: string } {
  const at = (after: number) => instantOf(Date.now() + after * 1_000);
  const notice: Notice = {
    vote: newId(),
    kind: "resolution",
    class: "ordinary",
    reading: 1,
    method: "yesNo",
    mode: "rollCall",
    versions: {},
    titles: {},
    options: [],
    weights: { members: 1 },
    majority: { over: 1, under: 2, strict: true },
    everyCollege: false,
    quorum: { ppm: 100_000, secondPpm: 0 },
    opensAt: at(-86_400),
    closesAt: at(seconds),
    extensionDays: 7,
    contestDays: 7,
    seedHash: hash("sha256", seed, "hex"),
  };
  return { vote: notice.vote, text: JSON.stringify(notice) };
}

const convened = `insert into governance.vote (id, kind, class, method, mode, notice, notice_hash, seed, state, convened_at, opens_at, closes_at)
  select $1, notice ->> 'kind', notice ->> 'class', notice ->> 'method', notice ->> 'mode', $2, $3, $4, $5, (notice ->> 'opensAt')::timestamptz,
    (notice ->> 'opensAt')::timestamptz, (notice ->> 'closesAt')::timestamptz from (select $2::text::jsonb as notice) as told`;
const valuesOf = (vote: string, text: string, state: string) => [vote, text, hash("sha256", text, "hex"), seed, state];

/** An open vote that everybody is on the roll of, and in which all but the newest person have cast. */
async function openVote(client: Client, seconds: number): Promise<string> {
  const { vote, text } = noticeOf(seconds);
  await client.query(convened, valuesOf(vote, text, "open"));
  await client.query(
    "insert into governance.roll_entry select $1, gen_random_uuid(), 'members', person from membership.member_card where stage = 'associate'",
    [vote],
  );
  await client.query("update governance.vote set roll_size = (select count(*) from governance.roll_entry where vote = $1) where id = $1", [
    vote,
  ]);
  return vote;
}

async function allCast(client: Client, vote: string): Promise<void> {
  await client.query(
    `insert into governance.roll_call select vote, entry, case when entry::text < '9' then '"yes"'::jsonb else '"no"' end, 1, person, now()
      from governance.roll_entry where vote = $1`,
    [vote],
  );
}

/** A coop that works as in production, and its founder, who is an associate of old. */
async function founded({ url }: Yard): Promise<{ readonly coop: Coop; readonly voter: Caller }> {
  const world = { clock: realClock, random: realRandom, pause: realPause, databaseUrl: url, queue: openVirtual(), reach: nothingReached };
  const settings = { log: openLog("error"), secret: Buffer.alloc(32, 7), origin, poolSize: 12, trustedProxies: [], perMinute: 1_000_000 };
  const coop = await openCoop(world, settings);
  const voter = callerOf(coop.app, origin);
  const { text, problem } = await voter.call(foundCoop, atelierCommun);
  if (problem) throw new Error(text);
  await asAdmin(url, async (client) =>
    client.query(
      `insert into membership.member (id, person, stage, status, trade, applied_at, associate_at)
        select $1, id, 'associate', 'invoiced', 'translation', now(), now() - interval '1 year' from membership.person where email = $2`,
      [newId(), atelierCommun.founder.email],
    ),
  );
  return { coop, voter };
}

/** The longest that one of many casts in a row waited for its answer, and what the answers were. */
type Waits = { readonly most: number; readonly answers: ReadonlySet<string> };

let casts = 0;

async function casting(voter: Caller, vote: string, ended: () => boolean): Promise<Waits> {
  let most = 0;
  const answers = new Set<string>();
  while (!ended()) {
    const begun = performance.now();
    const { problem } = await voter.call(castVote, { vote, choice: "yes" }, `bench-${(casts += 1)}`);
    most = Math.max(most, performance.now() - begun);
    answers.add(problem ?? "taken");
  }
  return { most, answers };
}

/** Seconds from the close to the tally, while others cast. */
async function closing(coop: Coop, voter: Caller, votes: { readonly closes: string; readonly other: string }): Promise<number> {
  let counted = false;
  const ended = (): boolean => counted;
  const rivals = [casting(voter, votes.closes, ended), casting(voter, votes.other, ended)] as const;
  const begun = performance.now();
  await coop.keepTime();
  const took = secondsSince(begun);
  counted = true;
  const [same, other] = await Promise.all(rivals);
  const tally = await coop.db.selectFrom("governance.tally").select("vote").where("vote", "=", votes.closes).executeTakeFirst();
  if (!tally) throw new Error("the vote was not counted");
  if ([...other.answers].join() !== "taken" || [...same.answers].join() !== "vote-closed")
    throw new Error(`casts were answered ${[...other.answers].join()} and ${[...same.answers].join()}`);
  const [waited, refused] = [other, same].map(({ most }) => most.toFixed(0));
  console.log(
    `# a cast on another vote waited at most ${waited} ms, one on this vote had its refusal within ${refused} ms; at most 1000 each`,
  );
  return took;
}

/** The same rows asked for once, by a client that does nothing with them. */
async function reading(client: Client, vote: string): Promise<number> {
  const begun = performance.now();
  await client.query("select * from governance.roll_call join governance.roll_entry using (vote, entry) where vote = $1 order by entry", [
    vote,
  ]);
  return secondsSince(begun);
}

async function* closes(): AsyncIterable<Round> {
  const yard = await openYard("bench_calls", calls);
  const bare = new Client(yard.url);
  const { coop, voter } = await founded(yard);
  try {
    await bare.connect();
    const other = await openVote(bare, 86_400);
    for (let round = 0; round < rounds; round += 1) {
      const vote = await openVote(bare, 0);
      await allCast(bare, vote);
      await bare.query("vacuum analyze");
      const ours = await closing(coop, voter, { closes: vote, other });
      yield { ours, peer: await reading(bare, vote) };
    }
  } finally {
    await bare.end();
    await coop.close();
    await yard.stop();
  }
}

export const rollCallBenches: readonly Bench[] = [
  {
    name: "votes-freeze",
    unit: " s",
    peer: `the bare INSERT ... SELECT of ${roll} rows with the same keys; at most 3 (lower is better)`,
    rounds: freezes,
  },
  { name: "votes-close", unit: " s", peer: `reading the ${calls} ballots once; at most 60 s (lower is better)`, rounds: closes },
];
