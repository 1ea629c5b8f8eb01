// Coops of a simulation: each founded by the wizard, with an organisation that posts jobs and a board that follows all others.
import { foundCoop } from "@partcommune/shared/governance/api";
import { foundClient } from "@partcommune/shared/membership/api";
import { askNeighbour, followNeighbour } from "@partcommune/shared/federation/api";
import { guardedFetcher } from "@partcommune/federation/fetcher";
import { hourMs, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { addressOf } from "../demo/cast.ts";
import { brussels } from "../demo/casts/brussels.ts";
import { openStage, type Actress, type Stage } from "../demo/stage.ts";
import { seededRandom } from "../platform/world.ts";
import type { Network } from "./network.ts";
import type { Pace } from "./pace.ts";

export type Neighbour = {
  readonly origin: string;
  readonly name: string;
  readonly stage: Stage;
  readonly board: Actress;
  readonly owner: Actress;
  readonly client: string;
};

export type Opening = {
  readonly databaseUrl: string;
  readonly number: number;
  readonly seed: string;
  readonly begins: Instant;
  readonly now: () => Instant;
  readonly network: Network;
};

const nobody = async (): Promise<readonly string[]> => [];

/** Founds one coop at an address of its own, on an empty database. */
export async function openNeighbour({ databaseUrl, number, seed, begins, now, network }: Opening): Promise<Neighbour> {
  const origin = `http://coop-${number}.localhost`;
  const letter = String.fromCodePoint(64 + number);
  const name = `Coop ${letter}`;
  const transport = network.transport(origin);
  const stage = await openStage({
    cast: brussels,
    databaseUrl,
    secret: Buffer.alloc(32, number),
    begins,
    random: seededRandom(`${seed} ${name}`),
    inOrder: true,
    origin,
    outside: (sign) =>
      guardedFetcher({ resolve: nobody, now: () => millisecondsOf(now()), allowPrivate: true, sign, transport, withinMs: hourMs }),
  });
  network.join(origin, stage.coop.app);
  const founderName = `Founder ${letter}`;
  const founder = { name: founderName, email: addressOf(founderName) };
  const board = stage.stranger(founder.name);
  await board.does(foundCoop, { ...brussels.founding, name, founder });
  const owner = await stage.known(`Owner ${letter}`);
  const address = { country: "BE", street: "Rue du Port 1", postcode: "1000", town: "Bruxelles" };
  const { id: client } = await owner.does(foundClient, { name: `Client ${letter}`, ...address });
  return { origin, name, stage, board, owner, client };
}

/** Everybody's board asks for everybody else's. */
export async function acquaint(all: readonly Neighbour[], { settle }: Pace): Promise<void> {
  const asked = [];
  for (const each of all)
    for (const other of all.filter((one) => one !== each))
      asked.push({ board: each.board, id: (await each.board.does(askNeighbour, { address: other.origin })).id });
  await settle();
  for (const { board, id } of asked) await board.does(followNeighbour, { neighbour: id });
  for (let round = 0; round < 3; round += 1) await settle();
}
