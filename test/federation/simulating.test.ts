// A neighbourhood of coops through virtual days of a bad network: in the end all know the same jobs, and nobody knows one twice.
import { test } from "tap";
import { simulate } from "@partcommune/server/simulation/simulate";
import { freshDatabase } from "../support/database.ts";

const coops = Number(process.env["COOPS"] ?? 2);
const hours = Number(process.env["HOURS"] ?? 48);
const seeds = Number(process.env["SEEDS"] ?? 3);

for (let seed = 1; seed <= seeds; seed += 1)
  test(`${coops} coops, ${hours} hours, seed ${seed}`, { timeout: 3_600_000 }, async (t) => {
    const databases = await Promise.all(Array.from({ length: coops }, freshDatabase));
    t.teardown(async () => Promise.all(databases.map(async ({ drop }) => drop())));
    const { happened, jobs, calls, wrong } = await simulate({ databases: databases.map(({ url }) => url), seed: String(seed), hours });
    t.comment(`${happened} things happened, ${jobs} jobs open in the end; calls: ${JSON.stringify(calls)}`);
    t.ok(calls.lost > 0 && calls.doubled > 0 && calls.late > 0, "the network was bad");
    t.ok(jobs > 0, "there is something to agree on");
    t.same(wrong, [], "all know the same");
  });
