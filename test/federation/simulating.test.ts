// A neighbourhood of coops through virtual days of a bad network: in the end each two hold the same of what they share, and nobody holds anything twice.
import { test } from "tap";
import { acts } from "@partcommune/server/simulation/acts";
import { inTurns } from "@partcommune/server/platform/together";
import { foundNeighbourhood } from "@partcommune/server/simulation/neighbourhood";
import { treacherous } from "@partcommune/server/simulation/network";
import { simulate, type Outcome, type Simulation } from "@partcommune/server/simulation/simulate";
import { copyOf, freshDatabase } from "../support/database.ts";

const coops = Number(process.env["COOPS"] ?? 2);
const hours = Number(process.env["HOURS"] ?? 48);
const actsPerDay = Number(process.env["ACTS"] ?? 24);
const first = Number(process.env["FIRST"] ?? 1);
const seeds = Array.from({ length: Number(process.env["SEEDS"] ?? 3) }, (_, at) => String(first + at));

/** In so many days everything happens that people do. */
const manyDays = 100;
const fates = ["arrives", "lost", "unanswered", "doubled", "late"] as const;
/** Without these no two coops have worked for each other, or settled anything. */
const shared = ["bid", "work", "claim", "round"] as const;
/** Two at once: while one waits for the database the other reckons, and no two runs of a seed have the machine to themselves alike. */
const inTurn = inTurns(2);

test(`${coops} coops, ${hours} hours, ${actsPerDay} acts a day, ${seeds.length} seeds`, { timeout: 360_000_000 }, async (t) => {
  const founded = await Promise.all(Array.from({ length: coops }, freshDatabase));
  t.teardown(() => Promise.all(founded.map(({ drop }) => drop())));
  await foundNeighbourhood(founded.map(({ url }) => url));

  async function told(
    simulation: Omit<Simulation, "databases" | "actsPerDay"> & Partial<Pick<Simulation, "actsPerDay">>,
  ): Promise<Outcome> {
    const databases = await Promise.all(founded.map(({ url }) => copyOf(url)));
    try {
      return await simulate({ databases: databases.map(({ url }) => url), actsPerDay, ...simulation });
    } finally {
      await Promise.all(databases.map(({ drop }) => drop()));
    }
  }

  const met = new Set<string>();
  const did = new Map<string, number>();
  // However little a long run does each day, in these hours enough has to happen.
  const busy = { actsPerDay: 24 };
  const twins = Promise.all(["twins", "twins"].map((seed) => inTurn(() => told({ seed, hours: 10, ...busy }))));
  const lie = inTurn(() => told({ seed: "a lie", hours: 12, weather: treacherous, ...busy }));
  const telling = seeds.map(async (seed) => {
    const outcome = await inTurn(() => told({ seed, hours }));
    t.comment(`seed ${seed}: ${JSON.stringify({ ...outcome, wrong: outcome.wrong.length })}`);
    for (const counts of [outcome.calls, outcome.shared]) for (const [kind, count] of Object.entries(counts)) if (count > 0) met.add(kind);
    for (const [act, count] of Object.entries(outcome.did)) did.set(act, (did.get(act) ?? 0) + count);
    t.same(outcome.wrong, [], `all hold the same after seed ${seed}`);
  });
  const [one, other] = await twins;
  t.equal(JSON.stringify(one), JSON.stringify(other), "the same seed makes the same run, call by call");
  await Promise.all(telling);
  for (const kind of [...fates, ...shared]) t.ok(met.has(kind), `there was something ${kind}`);
  const days = (hours / 24) * seeds.length;
  t.comment(`acts on each of ${days} days: ${[...did].map(([act, count]) => `${act} ${(count / days).toFixed(2)}`).join(", ")}`);
  if (days >= manyDays) for (const act of Object.keys(acts)) t.ok(did.has(act), `somebody did ${act}`);
  t.not((await lie).wrong.length, 0, "an answer without an effect is found out");
});
