// How long a roll-call of a hundred thousand takes from the close to the rule that it changes, and what those wait who cast meanwhile, against reading the same ballots once.
import { performance } from "node:perf_hooks";
import { Client } from "pg";
import { openCoop, type Coop } from "@partcommune/server/app";
import { callerOf, type Caller } from "@partcommune/server/platform/caller";
import { openLog } from "@partcommune/server/platform/log";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { nothingReached, realClock, realPause, realRandom } from "@partcommune/server/platform/world";
import { castVote, foundCoop } from "@partcommune/shared/governance/api";
import { origin, secret } from "../support/coop.ts";
import { nobodysId as newId } from "../support/example.ts";
import { atelierCommun } from "../support/founding.ts";
import { asAdmin } from "../support/postgres.ts";
import { openYard, savedVote, type Asked, type Yard } from "./electorate.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);
const calls = Number(process.env["BENCH_CALLS"] ?? 100_000);
/** A rule for each round: two versions of one rule never begin on the same day. */
const changed = [
  "advance.budgetShare",
  "advance.repaymentShare",
  "concentration.client",
  "guarantee.holdShare",
  "surplus.budgetShare",
] as const;
const secondsSince = (begun: number): number => (performance.now() - begun) / 1_000;

/** An open vote that everybody is on the roll of, and in which all but the newest person have cast. */
async function openVote(client: Client, seconds: number, asked?: Asked): Promise<string> {
  const vote = await savedVote(client, "open", seconds, asked);
  await client.query(
    "insert into governance.roll_entry select $1, gen_random_uuid(), 'members', person from membership.member_card where stage = 'associate'",
    [vote],
  );
  await client.query(
    "insert into governance.college_size select $1, 'members', count(*), count(*) from governance.roll_entry where vote = $1",
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
  const settings = { log: openLog("error"), secret, origin, poolSize: 12, trustedProxies: [], perMinute: 1_000_000 };
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

type Closed = { readonly ours: number; readonly beside: string };

/** Seconds from the close to the rule that is changed, and what those waited who cast meanwhile. */
async function closing(coop: Coop, voter: Caller, votes: { readonly closes: string; readonly other: string }): Promise<Closed> {
  let counted = false;
  const ended = (): boolean => counted;
  const rivals = [casting(voter, votes.closes, ended), casting(voter, votes.other, ended)] as const;
  const begun = performance.now();
  for (let step = 0; step < 4 && (await stateOf(coop, votes.closes)) !== "done"; step += 1) await coop.keepTime();
  const took = secondsSince(begun);
  counted = true;
  const [same, other] = await Promise.all(rivals);
  if ((await stateOf(coop, votes.closes)) !== "done") throw new Error("the vote was not carried out");
  if ([...other.answers].join() !== "taken" || [...same.answers].join() !== "vote-closed")
    throw new Error(`casts were answered ${[...other.answers].join()} and ${[...same.answers].join()}`);
  const [waited, refused] = [other, same].map(({ most }) => most.toFixed(0));
  return {
    ours: took,
    beside: `a cast on another vote waited at most ${waited} ms, one on this vote had its refusal within ${refused} ms; at most 1000 each`,
  };
}

/** How far what a vote decides is carried out. */
const stateOf = async ({ db }: Coop, vote: string): Promise<string | undefined> =>
  (await db.selectFrom("governance.enactment").select("state").where("vote", "=", vote).executeTakeFirst())?.state;

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
      const asked = { proposal: newId(), change: { key: changed[round % changed.length] ?? changed[0], base: 1, value: 400_000 } };
      const vote = await openVote(bare, 0, asked);
      await allCast(bare, vote);
      await bare.query("vacuum analyze");
      const closed = await closing(coop, voter, { closes: vote, other });
      yield { ...closed, peer: await reading(bare, vote) };
    }
  } finally {
    await bare.end();
    await coop.close();
    await yard.stop();
  }
}

export const closeBenches: readonly Bench[] = [
  { name: "votes-close", unit: " s", peer: `reading the ${calls} ballots once; at most 60 s (lower is better)`, rounds: closes },
];
