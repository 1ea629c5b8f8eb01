// A neighbourhood of coops through virtual days, while the network loses, doubles and delays what they tell each other. In the end all must know the same.
import { hourMs, instant, later, type Instant } from "@partcommune/shared/platform/time";
import { laneMs } from "../platform/lanes.ts";
import { compared, type Agreement } from "./agreement.ts";
import { lifeOf } from "./life.ts";
import { acquaint, openNeighbour, settleAll, type Neighbour } from "./neighbourhood.ts";
import { fair, openNetwork, rough, type Network } from "./network.ts";
import { nextDue } from "./store.ts";

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
const never = instant("9999-12-31T00:00:00.000Z");

export async function simulate({ databases, seed, hours }: Simulation): Promise<Outcome> {
  let now: Instant = begins;
  const network = openNetwork(seed, () => now);
  const all: Neighbour[] = [];
  for (const [at, databaseUrl] of databases.entries())
    all.push(await openNeighbour({ databaseUrl, number: at + 1, seed, begins, now: () => now, network }));

  async function goTo(at: Instant): Promise<void> {
    now = at > now ? at : later(now, 1);
    for (const { stage } of all) stage.goTo(now);
    await network.bringLate();
    await settleAll(all);
  }

  /** Lets time pass, stopping wherever something is due by itself. */
  async function passUntil(end: Instant): Promise<void> {
    for (let due = await dueNext(all, network, now); due < end; due = await dueNext(all, network, now)) await goTo(due);
    await goTo(end);
  }

  try {
    await acquaint(all);
    const until = later(begins, hours * hourMs);
    const life = lifeOf(all, network, seed, [now, until]);
    network.set(rough);
    for (const { at, does } of life) {
      await passUntil(at);
      await does();
      await settleAll(all);
    }
    await passUntil(until);
    network.set(fair);
    network.heal();
    await passUntil(later(now, healingMs));
    return { happened: life.length, calls: network.counted(), trace: network.trace(), ...(await compared(all, now)) };
  } finally {
    for (const { stage } of all) await stage.close();
  }
}

/** When anything next happens by itself: as soon as a server would look at what was left lying, so that what cannot be done yet does not stop the clock. */
async function dueNext(all: readonly Neighbour[], network: Network, now: Instant): Promise<Instant> {
  const dues = [network.nextLate()];
  for (const { stage } of all) dues.push(await nextDue(stage.coop.db));
  const soonest = later(now, laneMs);
  const [first = never] = dues.filter((each) => each !== undefined).toSorted();
  return first < soonest ? soonest : first;
}
