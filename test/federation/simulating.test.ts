// A neighbourhood of coops through virtual days of a bad network: in the end all know the same jobs, and nobody knows one twice.
import { test } from "tap";
import { inTurns } from "@partcommune/server/platform/together";
import { simulate, type Outcome } from "@partcommune/server/simulation/simulate";
import { freshDatabase } from "../support/database.ts";

const coops = Number(process.env["COOPS"] ?? 2);
const hours = Number(process.env["HOURS"] ?? 48);
const seeds = Array.from({ length: Number(process.env["SEEDS"] ?? 3) }, (_, at) => at + 1);

const fates = ["arrives", "lost", "unanswered", "doubled", "late", "cut"] as const;
/** Two at once: while one waits for the database the other reckons, and no two runs of a seed have the machine to themselves alike. */
const inTurn = inTurns(2);

async function told(seed: number): Promise<Outcome> {
  const databases = await Promise.all(Array.from({ length: coops }, freshDatabase));
  try {
    return await simulate({ databases: databases.map(({ url }) => url), seed: String(seed), hours });
  } finally {
    await Promise.all(databases.map(async ({ drop }) => drop()));
  }
}

test(`${coops} coops, ${hours} hours, ${seeds.length} seeds`, { timeout: 36_000_000 }, async (t) => {
  const met = new Set<string>();
  const outcomes = await Promise.all(
    [1, ...seeds].map(async (seed) => {
      const outcome = await inTurn(() => told(seed));
      const { happened, jobs, calls, wrong } = outcome;
      t.comment(`seed ${seed}: ${happened} things happened, ${jobs} jobs open in the end; calls: ${JSON.stringify(calls)}`);
      for (const fate of fates) if (calls[fate] > 0) met.add(fate);
      t.ok(jobs > 0, `there is something to agree on after seed ${seed}`);
      t.same(wrong, [], `all know the same after seed ${seed}`);
      return outcome;
    }),
  );
  t.equal(JSON.stringify(outcomes[0]), JSON.stringify(outcomes[1]), "the same seed makes the same run, call by call");
  t.same(met, new Set(fates), "the network was bad in every way");
});
