// What happens in a neighbourhood, by chance and the same for the same seed: jobs are posted, changed and withdrawn, and now and then two coops do not reach each other.
import { changeJob, postJob, withdrawJob } from "@partcommune/shared/marketplace/api";
import { dayMs, hourMs, later, type Instant } from "@partcommune/shared/platform/time";
import { seededRandom } from "../platform/world.ts";
import type { Neighbour } from "./neighbourhood.ts";
import type { Network } from "./network.ts";

/** Something that happens at a moment. */
export type Happening = { readonly at: Instant; readonly does: () => Promise<void> | void };

const actEveryMs = hourMs;
const cutEveryMs = 12 * hourMs;
/** Two coops that do not reach each other find back within ten minutes. */
const cutForMs = 600_000;

type Posted = { readonly coop: Neighbour; readonly id: string; version: number; readonly name: string };

/** Everything that happens between two moments, in its order. */
export function lifeOf(
  all: readonly Neighbour[],
  network: Network,
  seed: string,
  [from, until]: readonly [Instant, Instant],
): readonly Happening[] {
  const random = seededRandom(`life ${seed}`);
  const chance = (below: number): number => Buffer.from(random(6)).readUIntBE(0, 6) % below;
  const some = <Each>(list: readonly Each[]): Each => {
    const one = list[chance(list.length)];
    if (one === undefined) throw new RangeError("nothing to choose from");
    return one;
  };
  const happenings: Happening[] = [];
  const act = actOf(some, chance, all);
  for (let at = later(from, chance(actEveryMs)); at < until; at = later(at, actEveryMs / 2 + chance(actEveryMs)))
    happenings.push({ at, does: act });
  for (let at = later(from, chance(cutEveryMs)); at < until; at = later(at, cutEveryMs)) {
    const one = some(all);
    const other = some(all.filter((each) => each !== one));
    happenings.push({ at, does: () => network.cut(one.origin, other.origin) }, { at: later(at, cutForMs), does: () => network.heal() });
  }
  return happenings.filter(({ at }) => at < until).toSorted((one, other) => (one.at < other.at ? -1 : 1));
}

/** One act of somebody who posts jobs. */
function actOf(
  some: <Each>(list: readonly Each[]) => Each,
  chance: (below: number) => number,
  all: readonly Neighbour[],
): () => Promise<void> {
  const open: Posted[] = [];
  let posted = 0;

  async function post(): Promise<void> {
    const coop = some(all);
    const name = `Job ${(posted += 1)}`;
    const now = coop.stage.now();
    const { id } = await coop.owner.does(postJob, { client: coop.client, ...termsOf(name, now), bidsUntil: dayIn(60, now) });
    open.push({ coop, id, version: 1, name });
  }

  async function change(job: Posted): Promise<void> {
    const { id, coop, version, name } = job;
    job.version += 1;
    await coop.owner.does(changeJob, { job: id, version, ...termsOf(`${name}, version ${job.version}`, coop.stage.now()) });
  }

  async function withdraw(job: Posted): Promise<void> {
    open.splice(open.indexOf(job), 1);
    await job.coop.owner.does(withdrawJob, { job: job.id });
  }

  return async () => {
    const doing = chance(10);
    if (open.length < 3 || doing < 4) await post();
    else await (doing < 7 ? change : withdraw)(some(open));
  };
}

const dayIn = (days: number, now: Instant): string => later(now, days * dayMs).slice(0, 10);

/** A job that outlives every simulation. */
function termsOf(title: string, now: Instant) {
  const where = { language: "en" as const, trade: "graphic design", place: { town: "Bruxelles", country: "BE" } };
  const price = { amount: "2000.00", currency: "EUR" };
  return { title, text: "Three sizes.", ...where, startOn: dayIn(70, now), endOn: dayIn(80, now), price };
}
