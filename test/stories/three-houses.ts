// Three coops of a story on one calendar, bound by treaties: in each somebody buys, somebody works, and two treasurers keep the money.
import type { Test } from "tap";
import { casts } from "@partcommune/server/sisters/places";
import { foundCoop } from "@partcommune/shared/governance/api";
import { admitMember, applyAsMember, confirmMember, foundClient } from "@partcommune/shared/membership/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { reviewCountry } from "@partcommune/shared/platform/api";
import { isDraft } from "@partcommune/shared/platform/packs";
import { instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { told } from "../support/told.ts";
import { paidTo } from "../support/paid-to.ts";
import { organisation, signedUp, withRole } from "../support/people.ts";
import { bound, laFilature, openSister, settled } from "../support/sisters.ts";
import { openStorm, type Storm } from "../support/storm.ts";
import { ibans } from "../support/treasury.ts";

type Cast = {
  readonly address: string;
  readonly founding: AskedOf<typeof foundCoop>;
  readonly buyer: string;
  readonly organisation: AskedOf<typeof foundClient>;
  readonly worker: string;
  readonly iban: string;
  readonly treasurers: readonly [string, string];
};

const { leads, founding: werkhof } = casts.berlin;
const [berliner] = leads.clients;

const cast = {
  brussels: {
    address: "brussels",
    founding: atelierCommun,
    buyer: "Carla",
    organisation,
    worker: "Hugo",
    iban: ibans[0],
    treasurers: ["Tess", "Tom"],
  },
  lille: {
    address: "lille",
    founding: { ...atelierCommun, ...laFilature },
    buyer: "Claude",
    organisation: { name: "Marché des Moulins", country: "FR", street: "Rue de la Vignette 5", postcode: "59000", town: "Lille" },
    worker: "Anna",
    iban: ibans[1],
    treasurers: ["Tara", "Theo"],
  },
  berlin: {
    address: "berlin",
    founding: werkhof,
    buyer: berliner?.buyer ?? "",
    organisation: {
      name: berliner?.organisation ?? "",
      country: "DE",
      street: berliner?.street ?? "",
      postcode: berliner?.postcode ?? "",
      town: berliner?.town ?? "",
    },
    worker: leads.members[0]?.name ?? "",
    iban: ibans[2],
    treasurers: [leads.treasurers[0], leads.members[2]?.name ?? ""],
  },
} as const satisfies Readonly<Record<string, Cast>>;

export type House = {
  readonly name: string;
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly buyer: Caller;
  readonly client: string;
  readonly worker: Caller;
  readonly member: string;
  readonly tess: Caller;
  readonly tom: Caller;
  /** What its ids are called in the story. */
  readonly names: Record<string, string>;
};

/** How the tale is told: with nothing in its way, or with every message doubled and reordered. */
export type Weather = "fair" | "storm";

export type Three = {
  readonly brussels: House;
  readonly lille: House;
  readonly berlin: House;
  readonly all: readonly House[];
  readonly storm: Storm;
  /** What was said arrives, as often and as late as the weather has it. */
  readonly arrived: () => Promise<void>;
  /** The calendar goes on everywhere, and what falls due is done. */
  readonly goTo: (at: string) => Promise<void>;
};

const minuteMs = 60_000;

/** Founds the three, on the morning of 14 December, and binds them; Lille settles with Brussels on the 5th, with Berlin on the 6th. */
export async function openThree(t: Test, weather: Weather): Promise<Three> {
  const storm = openStorm();
  const opening = { now: "2026-12-14T09:00:00Z", ...(weather === "storm" ? { travels: storm.travels } : {}) };
  const open = async (of: Cast): Promise<House> => peopled(await openSister(t, of.address, false, opening), of);
  const [brussels, lille, berlin] = await Promise.all([open(cast.brussels), open(cast.lille), open(cast.berlin)]);
  const all = [brussels, lille, berlin];
  await bound(brussels.coop, lille.coop);
  await bound(berlin.coop, lille.coop, { countries: ["DE", "FR"], nettingDay: 6 });
  for (const house of all) await nameSisters(house, all);
  const arrived = (): Promise<void> => arriving(all, storm, weather);
  const goTo = async (at: string): Promise<void> => {
    for (const { coop } of all) coop.wait(millisecondsOf(instant(at)) - millisecondsOf(coop.now()));
    for (const { coop } of all) await coop.keepTime();
    await arrived();
  };
  return { brussels, lille, berlin, all, storm, arrived, goTo };
}

async function peopled(coop: TestCoop, of: Cast): Promise<House> {
  const board = coop.someone();
  await told(board, foundCoop, of.founding);
  // Where a country's rules are a draft, somebody is named who looked them through.
  if (isDraft(of.founding)) await told(proving(coop, board), reviewCountry, { reviewer: "Ada Buch", reviewedOn: coop.now().slice(0, 10) });
  const buyer = await signedUp(coop, of.buyer);
  const { id: client } = await told(buyer, foundClient, of.organisation);
  const worker = proving(coop, await signedUp(coop, of.worker));
  const { id: member } = await told(worker, applyAsMember, { status: "invoiced", trade: "graphic design" });
  await told(board, admitMember, { member });
  await told(board, confirmMember, { member });
  await paidTo(worker, member, of.iban);
  const [tess, tom] = [
    await withRole(coop, board, of.treasurers[0], "treasurer"),
    await withRole(coop, board, of.treasurers[1], "treasurer"),
  ];
  const names = { [client]: of.organisation.name, [member]: of.worker };
  return { name: of.founding.name, coop, board, buyer, client, worker, member, tess: proving(coop, tess), tom: proving(coop, tom), names };
}

/** In each book a sister is called by the id of her host there. */
async function nameSisters({ coop, names }: House, all: readonly House[]): Promise<void> {
  for (const { id, origin } of await coop.db.selectFrom("federation.host").select(["id", "origin"]).execute())
    names[id] = all.find((each) => each.coop.origin === origin)?.name ?? origin;
}

async function arriving(all: readonly House[], { bringLate }: Storm, weather: Weather): Promise<void> {
  const coops = all.map(({ coop }) => coop);
  for (let round = 0; round < (weather === "fair" ? 1 : 3); round += 1) {
    await settled(...coops);
    await bringLate();
    await settled(...coops);
    for (const coop of coops) coop.wait(minuteMs);
  }
}
