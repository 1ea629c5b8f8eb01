// What happens in a neighbourhood, by chance and the same for the same seed: people do one of the things that wait for them, and now and then two coops do not reach each other.
import { dayMs, hourMs, later, type Instant } from "@partcommune/shared/platform/time";
import { acts, post } from "./acts.ts";
import { chanceFrom, type Chance } from "./chance.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Network } from "./network.ts";
import { waitingAt, type Verb, type Waiting } from "./store/waiting.ts";

export type Life = {
  readonly seed: string;
  /** So many things happen in a day, in all coops together and taken over many days. */
  readonly actsPerDay: number;
};

/** Something that happens at a moment. */
export type Happening = { readonly at: Instant; readonly does: () => Promise<void> | void };

const cutEveryMs = 12 * hourMs;
/** Two coops that do not reach each other find back within ten minutes. */
const cutForMs = 600_000;

/** How often each thing is done, where there is one to do: what was begun is seen through, or nothing would ever be paid. */
const wish: Readonly<Record<Verb | "post", number>> = {
  post: 4,
  change: 2,
  withdraw: 2,
  bid: 8,
  confirm: 24,
  choose: 24,
  signAsClient: 48,
  signAsMember: 48,
  cover: 48,
  start: 48,
  handIn: 48,
  answer: 48,
  dispute: 12,
  endDispute: 24,
  cancel: 2,
  askEnd: 8,
  agreeToEnd: 16,
  pay: 12,
  lose: 2,
  settle: 24,
  block: 1,
  unblock: 24,
  pause: 1,
  resume: 24,
  endTreaty: 1,
  offerTreaty: 24,
  acceptTreaty: 24,
};

/** Everything that happens between two moments, in its order. `did` hears of each thing that somebody does. */
export function lifeOf(
  all: readonly Neighbour[],
  network: Network,
  { seed, actsPerDay }: Life,
  [from, until]: readonly [Instant, Instant],
  did: (what: Verb | "post") => void,
): readonly Happening[] {
  const chance = chanceFrom(`life ${seed}`);
  const happenings: Happening[] = [];
  const everyMs = Math.round(dayMs / actsPerDay);
  let posted = 0;
  const act = async (): Promise<void> => did(await actOf(chance.some(all), chance, () => `Job ${(posted += 1)}`));
  for (let at = later(from, chance.below(everyMs)); at < until; at = later(at, everyMs / 2 + chance.below(everyMs)))
    happenings.push({ at, does: act });
  for (let at = later(from, chance.below(cutEveryMs)); at < until; at = later(at, cutEveryMs)) {
    const one = chance.some(all);
    const other = chance.some(all.filter((each) => each !== one));
    happenings.push({ at, does: () => network.cut(one.origin, other.origin) }, { at: later(at, cutForMs), does: () => network.heal() });
  }
  return happenings.filter(({ at }) => at < until).toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

/** Somebody of a coop does something. */
async function actOf(coop: Neighbour, chance: Chance, titled: () => string): Promise<Verb | "post"> {
  const { stage, members } = coop;
  const waiting = await waitingAt(
    stage.coop.db,
    stage.now(),
    members.map(({ member }) => member),
  );
  const verb = chosen(waiting, chance);
  if (verb === "post") await post(coop, titled(), chance);
  else await acts[verb](coop, chance.some(waiting.filter((each) => each.verb === verb)), chance);
  return verb;
}

/** Whom a coop has blocked it lets through again: who does not speak cannot agree. */
export async function letThrough(coop: Neighbour): Promise<void> {
  const waiting = await waitingAt(coop.stage.coop.db, coop.stage.now(), []);
  for (const each of waiting.filter(({ verb }) => verb === "unblock")) await acts.unblock(coop, each, chanceFrom("none"));
}

function chosen(waiting: readonly Waiting[], chance: Chance): Verb | "post" {
  const verbs = ["post" as const, ...new Set(waiting.map(({ verb }) => verb))];
  return chance.some(verbs.flatMap((verb) => Array.from({ length: wish[verb] }, () => verb)));
}
