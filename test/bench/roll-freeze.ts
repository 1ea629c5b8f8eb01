// How long the roll of a million members takes to freeze, against the bare statement that moves the same rows.
import { performance } from "node:perf_hooks";
import { Client } from "pg";
import { freezeRoll } from "@partcommune/server/governance/store/roll";
import { kyselyOn, openPool, type Database } from "@partcommune/server/platform/database";
import type { Scope } from "@partcommune/server/platform/scope";
import { instantOf } from "@partcommune/shared/platform/time";
import { openYard, savedVote } from "./electorate.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);
const roll = Number(process.env["BENCH_ROLL"] ?? 1_000_000);
const secondsSince = (begun: number): number => (performance.now() - begun) / 1_000;

const undone = new Error("measured");

/** Seconds that the act which opens a vote takes to freeze its roll; nothing of it stays. */
async function freezing(db: Database, vote: string): Promise<number> {
  let took = Number.NaN;
  await db
    .transaction()
    .execute(async (tx) => {
      const begun = performance.now();
      const size = await freezeRoll({ tx } as unknown as Scope, { vote, colleges: ["members"], associateBy: instantOf(Date.now()) });
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
  const [db, bare] = [kyselyOn(openPool(yard.url, "app", 1, () => undefined)), new Client(yard.url)];
  try {
    await bare.connect();
    await bare.query("create table bare_roll (like governance.roll_entry including all)");
    const vote = await savedVote(bare, "convened", 3_600);
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

export const freezeBenches: readonly Bench[] = [
  {
    name: "votes-freeze",
    unit: " s",
    peer: `the bare INSERT ... SELECT of ${roll} rows with the same keys; at most 3 (lower is better)`,
    rounds: freezes,
  },
];
