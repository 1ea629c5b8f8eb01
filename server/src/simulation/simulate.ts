// A neighbourhood of coops through virtual days, while the network loses, doubles and delays what they tell each other. In the end all must know the same.
import { hourMs, later } from "@partcommune/shared/platform/time";
import { laneMs } from "../platform/lanes.ts";
import { compared, type Agreement } from "./agreement.ts";
import { letThrough, lifeOf, type Life } from "./life.ts";
import { openNeighbourhood } from "./neighbourhood.ts";
import { fair, rough, type Network, type Weather } from "./network.ts";

export type Simulation = Life & {
  /** Of coops that were founded together, and whose life begins now. */
  readonly databases: readonly string[];
  readonly hours: number;
  readonly weather?: Weather;
};

export type Outcome = Agreement & {
  /** What people did, and how often. */
  readonly did: Readonly<Record<string, number>>;
  readonly calls: ReturnType<Network["counted"]>;
  readonly trace: string;
};

/** Once nothing is disturbed any more, they have so long to agree, and look for what was left lying as often as servers do. */
const healingMs = 60_000;

export async function simulate({ databases, hours, weather = rough, ...life }: Simulation): Promise<Outcome> {
  const { all, network, pace, clock, close } = await openNeighbourhood(databases, life.seed);
  const did: Record<string, number> = {};
  try {
    const until = later(clock.now, hours * hourMs);
    const happenings = lifeOf(all, network, life, [clock.now, until], (what) => void (did[what] = (did[what] ?? 0) + 1));
    network.set(weather);
    for (const { at, does } of happenings) {
      await pace.passUntil(at);
      await does();
      await pace.settle();
    }
    await pace.passUntil(until);
    for (const each of all) await letThrough(each);
    network.set(fair);
    network.heal();
    await pace.strike();
    for (let since = 0; since < healingMs; since += laneMs) {
      await pace.look();
      await pace.passUntil(later(clock.now, laneMs));
    }
    return { did, calls: network.counted(), trace: network.trace(), ...(await compared(all, clock.now)) };
  } finally {
    await close();
  }
}
