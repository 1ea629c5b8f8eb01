// One coop of a story as its teller sees it: a process that is asked to let time pass, and people at its doors.
import type { Instant } from "@partcommune/shared/platform/time";
import { nameOf } from "../../demo/cast.ts";
import { casts, originOf, type Place } from "../places.ts";
import type { Sister, Standing } from "../process.ts";
import { personAt, visitorAt, type Person } from "./person.ts";

export type House = {
  readonly name: string;
  readonly origin: string;
  readonly zone: string;
  readonly sister: Sister;
  readonly visitor: Person;
  readonly board: Person;
  /** Two, because one alone moves no money. */
  readonly treasurers: readonly [Person, Person];
  /** Those who vote. */
  readonly associates: readonly Person[];
  /** Somebody who buys for an organisation. */
  readonly buyer: Person;
};

/** All of them on one clock. */
export type Houses = {
  readonly all: readonly House[];
  readonly now: () => Instant;
  /** The clock goes on everywhere, and what is on its way arrives. */
  readonly goTo: (at: Instant) => Promise<void>;
  /** Everybody walks in once more, as after every long while. */
  readonly comeBack: () => Promise<void>;
  /** What was said meanwhile arrives everywhere, however often it has to go to and fro. */
  readonly settled: () => Promise<void>;
};

/** Each coop with each other, once. */
export const pairsOf = ({ all }: Pick<Houses, "all">): readonly (readonly [House, House])[] =>
  all.flatMap((one, at) => all.slice(at + 1).map((other) => [one, other] as const));

/** Founds a coop in a process of its own, and meets its people. */
export async function openHouse(place: Place, standing: Omit<Standing, "coop" | "port">, begins: Instant, sister: Sister): Promise<House> {
  const [cast, origin] = [casts[place.coop], originOf(place)];
  await sister.ask({ do: "play", begins, coop: place.coop, port: place.port, ...standing });
  const meet = (name: string): Promise<Person> => personAt(origin, name);
  const members = [...cast.leads.members.map(({ name }) => name), ...[0, 1, 2].map((number) => nameOf(cast, number))];
  return {
    name: cast.founding.name,
    origin,
    zone: cast.founding.zone,
    sister,
    visitor: visitorAt(origin),
    board: await meet(cast.leads.founder),
    treasurers: [await meet(cast.leads.treasurers[0]), await meet(cast.leads.treasurers[1])],
    associates: await Promise.all(members.map(meet)),
    buyer: await meet(cast.leads.clients[0]?.buyer ?? ""),
  };
}

export function together(all: readonly House[], begins: Instant): Houses {
  let now = begins;
  const settled = async (): Promise<void> => {
    // What one sends while another was looked at shows in the next round.
    for (let quiet = 0; quiet < 2; quiet += 1) {
      const told = await Promise.all(all.map(({ sister }) => sister.ask({ do: "rest" })));
      if (told.some(({ busy }) => busy)) quiet = -1;
    }
  };
  return {
    all,
    now: () => now,
    settled,
    comeBack: async () => {
      for (const { board, treasurers, buyer, associates } of all)
        await Promise.all([board, buyer, ...treasurers, ...associates].map(({ comesBack }) => comesBack()));
    },
    goTo: async (at) => {
      now = at;
      await Promise.all(all.map(({ sister }) => sister.ask({ do: "goTo", at })));
      await settled();
    },
  };
}
