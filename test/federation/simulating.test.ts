// A neighbourhood of coops through virtual days of a bad network: in the end all know the same jobs, and nobody knows one twice.
import { test } from "tap";
import { simulate, type Outcome } from "@partcommune/server/simulation/simulate";
import { freshDatabase } from "../support/database.ts";

const coops = Number(process.env["COOPS"] ?? 2);
const hours = Number(process.env["HOURS"] ?? 48);
const seeds = Number(process.env["SEEDS"] ?? 3);

const fates = ["arrives", "lost", "unanswered", "doubled", "late", "cut"] as const;
const met = new Set<string>();

async function told(seed: number): Promise<Outcome> {
  const databases = await Promise.all(Array.from({ length: coops }, freshDatabase));
  try {
    return await simulate({ databases: databases.map(({ url }) => url), seed: String(seed), hours });
  } finally {
    await Promise.all(databases.map(async ({ drop }) => drop()));
  }
}

for (let seed = 1; seed <= seeds; seed += 1)
  test(`${coops} coops, ${hours} hours, seed ${seed}`, { timeout: 3_600_000 }, async (t) => {
    // The first is told twice at once, so that each has the machine to itself at other moments than the other.
    const [outcome, ...again] = await Promise.all((seed === 1 ? [seed, seed] : [seed]).map(told));
    if (!outcome) throw new Error("no simulation came to an end");
    const { happened, jobs, calls, wrong } = outcome;
    t.comment(`${happened} things happened, ${jobs} jobs open in the end; calls: ${JSON.stringify(calls)}`);
    for (const each of again) t.equal(JSON.stringify(each), JSON.stringify(outcome), "the same seed makes the same run");
    for (const fate of fates) if (calls[fate] > 0) met.add(fate);
    t.ok(jobs > 0, "there is something to agree on");
    t.same(wrong, [], "all know the same");
  });

test("the network was bad in every way", async (t) => t.same(met, new Set(fates)));
