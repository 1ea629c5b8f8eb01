// A neighbourhood of coops through virtual days, while the network loses, doubles and delays what they tell each other. In the end all must know the same.
import { hourMs, instant, later, type Instant } from "@partcommune/shared/platform/time";
import { compared, type Agreement } from "./agreement.ts";
import { lifeOf } from "./life.ts";
import { acquaint, openNeighbour, type Neighbour } from "./neighbourhood.ts";
import { fair, openNetwork, rough, type Network } from "./network.ts";
import { openPace, type Clock } from "./pace.ts";

export type Simulation = {
  /** An empty, migrated database for each coop. */
  readonly databases: readonly string[];
  readonly seed: string;
  readonly hours: number;
};

export type Outcome = Agreement & { readonly happened: number; readonly calls: ReturnType<Network["counted"]>; readonly trace: string };

const begins = instant("2026-12-01T08:00:00.000Z");
/** Once nothing is disturbed any more, they have so long to agree. */
const healingMs = 60_000;

export async function simulate({ databases, seed, hours }: Simulation): Promise<Outcome> {
  const clock: Clock = { now: begins };
  const now = (): Instant => clock.now;
  const network = openNetwork(seed, now);
  const all: Neighbour[] = [];
  for (const [at, databaseUrl] of databases.entries())
    all.push(await openNeighbour({ databaseUrl, number: at + 1, seed, begins, now, network }));
  const pace = openPace(all, network, clock);
  try {
    await acquaint(all, pace);
    const until = later(begins, hours * hourMs);
    const life = lifeOf(all, network, seed, [now(), until]);
    network.set(rough);
    for (const { at, does } of life) {
      await pace.passUntil(at);
      await does();
      await pace.settle();
    }
    await pace.passUntil(until);
    network.set(fair);
    network.heal();
    await pace.passUntil(later(now(), healingMs));
    return { happened: life.length, calls: network.counted(), trace: network.trace(), ...(await compared(all, now())) };
  } finally {
    for (const { stage } of all) await stage.close();
  }
}
