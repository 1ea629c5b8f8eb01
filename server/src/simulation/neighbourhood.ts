// Coops of a simulation: each founded by the wizard, with treasurers, a client and members; their boards follow all others, and treaties bind them.
import { askNeighbour, followNeighbour } from "@partcommune/shared/federation/api";
import { guardedFetcher } from "@partcommune/federation/fetcher";
import { dayMs, hourMs, later, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Cast } from "../demo/cast.ts";
import { brussels } from "../demo/casts/brussels.ts";
import { foundHouse, newcomer, someClient, staff } from "../demo/people.ts";
import { openStage, type Stage } from "../demo/stage.ts";
import { markAsDemo } from "../platform/demo.ts";
import { seededRandom } from "../platform/world.ts";
import { openNetwork, type Network } from "./network.ts";
import { openPace, type Clock, type Pace } from "./pace.ts";
import { peopleAt, type People } from "./people.ts";
import { bound } from "./treaty.ts";
import { workedTogether } from "./worked.ts";

export type Neighbour = People & { readonly origin: string; readonly name: string; readonly stage: Stage };

/** The morning on which every life begins: a day after the founding, and two before the netting day. */
export const begins = "2026-12-31T08:00:00.000Z" as Instant;
const founded = later(begins, -dayMs);
const members = 2;

export type Neighbourhood = {
  readonly all: readonly Neighbour[];
  readonly network: Network;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
};

/** What every life of a neighbourhood begins with: coops on empty, migrated databases that know each other and are bound to each other. */
export async function foundNeighbourhood(databases: readonly string[]): Promise<void> {
  const network = openNetwork("founding", () => founded);
  for (const [at, databaseUrl] of databases.entries()) {
    const stage = await stageOf({ databaseUrl, number: at + 1, seed: "founding", now: () => founded, network });
    const house = await staff(stage, await foundHouse(stage, {}, () => markAsDemo(databaseUrl)));
    await someClient(stage, 0);
    for (let number = 0; number < members; number += 1) await newcomer(stage, house, number);
    await stage.close();
  }
  const { all, pace, close } = await openNeighbourhood(databases, "acquainted", founded);
  await acquaint(all, pace);
  for (const [at, one] of all.entries())
    for (const other of all.slice(at + 1)) {
      await bound(one, other, pace);
      await workedTogether(one, other, pace);
    }
  await close();
}

/** Opens coops that were founded together, on a network of this seed. */
export async function openNeighbourhood(databases: readonly string[], seed: string, at: Instant = begins): Promise<Neighbourhood> {
  const clock: Clock = { now: at };
  const now = (): Instant => clock.now;
  const network = openNetwork(seed, now);
  const all: Neighbour[] = [];
  for (const [place, databaseUrl] of databases.entries()) {
    const stage = await stageOf({ databaseUrl, number: place + 1, seed, now, network });
    all.push({ origin: originOf(place + 1), name: nameOf(place + 1), stage, ...(await peopleAt(stage)) });
  }
  const close = async (): Promise<void> => {
    for (const { stage } of all) await stage.close();
  };
  return { all, network, clock, pace: openPace(all, network, clock), close };
}

const nameOf = (number: number): string => `Coop ${String.fromCodePoint(64 + number)}`;
const originOf = (number: number): string => `http://coop-${number}.localhost`;
const castOf = (name: string): Cast => ({ ...brussels, seed: name, founding: { ...brussels.founding, name } });
const nobody = async (): Promise<readonly string[]> => [];

type Opening = {
  readonly databaseUrl: string;
  readonly number: number;
  readonly seed: string;
  readonly now: () => Instant;
  readonly network: Network;
};

async function stageOf({ databaseUrl, number, seed, now, network }: Opening): Promise<Stage> {
  const [origin, name] = [originOf(number), nameOf(number)];
  const surroundings = { resolve: nobody, now: () => millisecondsOf(now()), allowPrivate: true, withinMs: hourMs };
  const stage = await openStage({
    cast: castOf(name),
    databaseUrl,
    secret: Buffer.alloc(32, number),
    begins: now(),
    random: seededRandom(`${seed} ${name}`),
    inOrder: true,
    origin,
    outside: (sign) => guardedFetcher({ ...surroundings, sign, transport: network.transport(origin) }),
  });
  network.join(origin, stage.coop.app);
  return stage;
}

/** Everybody's board asks for everybody else's. */
async function acquaint(all: readonly Neighbour[], { settle }: Pace): Promise<void> {
  const asked = [];
  for (const { house, origin } of all)
    for (const other of all.filter((one) => one.origin !== origin))
      asked.push({ house, id: (await house.board.does(askNeighbour, { address: other.origin })).id });
  await settle();
  for (const { house, id } of asked) await house.board.does(followNeighbour, { neighbour: id });
  for (let round = 0; round < 3; round += 1) await settle();
}
