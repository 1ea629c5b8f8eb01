// The story of three coops: they find each other, see each other's jobs, and come to treaties that the members of both voted.
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { listSisters, readSister } from "@partcommune/shared/federation/api/sisters";
import { proposeTreaty, redraftTreaty, wishTreaty } from "@partcommune/shared/federation/api/treaties";
import { postJob, searchJobs } from "@partcommune/shared/marketplace/api";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { carried, decided, type Question } from "./deciding.ts";
import { clientOf, daysFrom, jobFor, unless } from "./expecting.ts";
import { pairsOf, type House, type Houses } from "./house.ts";
import { setOff } from "./settling.ts";
import { agreed, done } from "./working.ts";

/** A step of the story: what happens, and what one reads afterwards. */
export type Step = { readonly title: string; readonly does: (houses: Houses) => Promise<readonly string[]> };

type Treaty = NonNullable<ToldOf<typeof readSister>["treaty"]>;

const othersOf = ({ all }: Houses, house: House): readonly House[] => all.filter((each) => each !== house);

async function acquainted(houses: Houses): Promise<readonly string[]> {
  for (const house of houses.all)
    for (const { origin } of othersOf(houses, house)) await house.board.asks(askNeighbour, { address: origin });
  await houses.settled();
  for (const { name, board } of houses.all)
    for (const { id: neighbour, state, origin, why } of (await board.asks(listNeighbours, {})).items) {
      unless(state === "found", `${name} found nobody at ${origin}: ${state}, ${why}`);
      await board.asks(followNeighbour, { neighbour });
    }
  await houses.settled();
  return Promise.all(
    houses.all.map(async ({ name, visitor }) => {
      const followed = (await visitor.asks(listNeighbours, {})).items.filter(({ state }) => state === "followed");
      unless(followed.length === houses.all.length - 1, `${name} follows ${followed.length} boards`);
      return `${name} follows ${followed.map(({ name: other }) => other).join(" and ")}`;
    }),
  );
}

async function posted(houses: Houses): Promise<readonly string[]> {
  for (const { name, buyer } of houses.all)
    await buyer.asks(
      postJob,
      jobFor(await clientOf(buyer), `A poster for a client of ${name}`, "2000.00", daysFrom(houses.now(), [80, 100, 120])),
    );
  await houses.settled();
  const found = await Promise.all(houses.all.map(({ visitor }) => visitor.asks(searchJobs, { order: "newest" })));
  const titles = found.map(({ items }) =>
    items
      .map(({ title }) => title)
      .toSorted()
      .join("; "),
  );
  unless(new Set(titles).size === 1 && found[0]?.items.length === houses.all.length, `not the same jobs everywhere: ${titles.join(" | ")}`);
  return found.map(({ items }, at) => {
    const elsewhere = items.filter((each) => each.elsewhere).map((each) => each.elsewhere?.coop);
    return `${houses.all[at]?.name} shows ${items.length} jobs: its own, and those at ${elsewhere.join(" and ")}`;
  });
}

/** The other coop as this one knows it. */
async function knownAs(house: House, other: House): Promise<ToldOf<typeof readSister>> {
  const { items } = await house.visitor.asks(listSisters, {});
  const known = items.find(({ origin }) => origin === other.origin);
  if (!known) throw new Error(`${house.name} does not know ${other.name}`);
  return house.board.asks(readSister, { host: known.host });
}

const worded = (other: House) => ({
  title: `A treaty with ${other.name}`,
  text: "Their jobs for our members, ours for theirs, each fund by its own rules.",
  language: "en" as const,
});

async function offered(houses: Houses): Promise<readonly string[]> {
  const questions: Question[] = [];
  for (const [from, to] of pairsOf(houses)) {
    const { host, begin } = await knownAs(from, to);
    const asked: AskedOf<typeof proposeTreaty> = {
      ...worded(to),
      host,
      act: "make",
      terms: { ...begin.terms, countries: ["BE", "DE", "FR"] },
    };
    questions.push(await carried(from, { ...asked, mandate: begin.mandate }));
  }
  const told = await decided(houses, questions);
  for (const pair of pairsOf(houses)) await agree(pair, ["offered", "received"]);
  return [...told, "Three offers have arrived; nothing was accepted by itself."];
}

/** Both hold the same text, and each is where it should be. */
async function agree([from, to]: readonly [House, House], states: readonly [Treaty["state"], Treaty["state"]]): Promise<Treaty> {
  const [ours, theirs] = [(await knownAs(from, to)).treaty, (await knownAs(to, from)).treaty];
  const between = `between ${from.name} and ${to.name}`;
  unless(ours?.state === states[0] && theirs?.state === states[1], `the treaty ${between} is ${ours?.state} and ${theirs?.state}`);
  unless(ours?.hash === theirs?.hash, `the texts ${between} differ`);
  return ours as Treaty;
}

async function haggled(houses: Houses): Promise<readonly string[]> {
  const [first] = pairsOf(houses);
  if (!first) return [];
  const [from, to] = first;
  const there = await knownAs(to, from);
  const share = there.treaty?.terms.hostSharePpm ?? 0;
  const terms = { ...(there.treaty as Treaty).terms, hostSharePpm: share - 10_000 };
  await to.board.asks(wishTreaty, { host: there.host, terms });
  await houses.settled();
  const { draft } = await from.board.asks(redraftTreaty, { host: (await knownAs(from, to)).host, terms });
  await houses.settled();
  const { hash, terms: now } = await agree(first, ["offered", "received"]);
  unless(now.hostSharePpm === terms.hostSharePpm, "the redraft did not arrive");
  return [
    `${to.board.name} would rather have ${percent(terms.hostSharePpm)} of the fee stay with the client's coop than ${percent(share)}`,
    `${from.board.name} lays that on the table, as far as the members let her go: draft ${draft}, SHA-256 ${hash.slice(0, 12)}… at both`,
  ];
}

const percent = (ppm: number): string => `${ppm / 10_000} %`;

async function begun(houses: Houses): Promise<readonly string[]> {
  const questions: Question[] = [];
  for (const [from, to] of pairsOf(houses)) {
    const { host, treaty } = await knownAs(to, from);
    questions.push(await carried(to, { ...worded(from), host, act: "make", ...(treaty ? { hash: treaty.hash } : {}) }));
  }
  const told = await decided(houses, questions);
  const treaties = await Promise.all(pairsOf(houses).map((pair) => agree(pair, ["active", "active"])));
  return [...told, ...pairsOf(houses).map(([from, to], at) => inForce(from, to, treaties[at] as Treaty))];
}

const inForce = (from: House, to: House, { terms, iri = "" }: Treaty): string =>
  `In force: ${from.name} and ${to.name}, ${percent(terms.hostSharePpm)} of the fee to the client's coop, at most ${terms.exposure
    .map(({ amount, currency }) => `${amount} ${currency}`)
    .join(", ")} owed, until ${terms.expiresAt.slice(0, 10)} (${iri})`;

async function summed(houses: Houses): Promise<readonly string[]> {
  const lists = await Promise.all(houses.all.map(({ visitor }) => visitor.asks(listSisters, {})));
  return lists.map(({ items }, at) => {
    const sisters = items.filter(({ mode }) => mode === "sister");
    unless(sisters.length === houses.all.length - 1, `${houses.all[at]?.name} has ${sisters.length} sisters`);
    return `${houses.all[at]?.name}: ${sisters.length} sisters, on ${houses.now().slice(0, 10)}`;
  });
}

export const tale: readonly Step[] = [
  { title: "An officer of each coop pastes the addresses of the two others, and follows their boards.", does: acquainted },
  { title: "A client of each coop posts a job; it stands in the search of all three.", does: posted },
  { title: "Members vote to offer treaties: Brussels to Lille and Berlin, Lille to Berlin.", does: offered },
  { title: "Lille says what it would rather have, and Brussels' officer answers within what was voted.", does: haggled },
  { title: "The others' members vote on what lies on the table; both coops sign.", does: begun },
  { title: "Who is whose sister.", does: summed },
  { title: "Members bid on jobs of other coops; each client chooses, and both sides sign.", does: agreed },
  { title: "The work is handed in and approved. Each coop books its own part, and each other's word is checked to the cent.", does: done },
  { title: "What the coops owe each other is set off and paid, and the members are paid.", does: setOff },
];
