// What must be true in the end: each two coops show the same jobs and hold the same of what they share, and no coop's own checks find anything.
import { searchJobs } from "@partcommune/shared/marketplace/api/search";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { checks } from "../checks.ts";
import { failing } from "../platform/checks.ts";
import { inSnapshot } from "../platform/database.ts";
import type { Neighbour } from "./neighbourhood.ts";
import { leftAt, refusedAt, sharedWith } from "./store/shared.ts";

export type Agreement = {
  /** Jobs that stand open, over all coops. */
  readonly jobs: number;
  /** Of everything that two coops share, how much there is of each kind. */
  readonly shared: Readonly<Record<string, number>>;
  /** What was heard and not taken, by its reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Where two do not say the same, and what the checks of each found. */
  readonly wrong: readonly string[];
};

export async function compared(all: readonly Neighbour[], now: Instant): Promise<Agreement> {
  const [wrong, shared, refused]: [string[], Record<string, number>, Record<string, number>] = [[], {}, {}];
  let jobs = 0;
  for (const host of all) {
    const own = await shownAt(host, undefined);
    jobs += own.length;
    for (const other of all.filter((each) => each !== host)) wrong.push(...differing(own, await shownAt(other, host.name), [host, other]));
    const found = await inSnapshot(host.stage.coop.db, (tx) => failing(checks, tx, now));
    for (const { name } of found) wrong.push(`${host.name}: ${name}`);
    for (const line of await leftAt(host.stage.coop.db)) wrong.push(`${host.name}: ${line}`);
    add(refused, await refusedAt(host.stage.coop.db));
  }
  for (const [at, one] of all.entries())
    for (const other of all.slice(at + 1)) {
      const here = await heldBy(one, other);
      add(shared, counted(here.map((line) => line.split(" ", 1)[0] ?? "")));
      wrong.push(...differing(here, await heldBy(other, one), [one, other]));
    }
  return { jobs, shared, refused, wrong };
}

const heldBy = ({ stage, origin }: Neighbour, other: Neighbour): Promise<readonly string[]> =>
  sharedWith(stage.coop.db, { ours: origin, theirs: other.origin });

/** What one has and the other has not, or not as often. */
function differing(ones: readonly string[], others: readonly string[], [one, other]: readonly [Neighbour, Neighbour]): readonly string[] {
  const [here, there] = [counted(ones), counted(others)];
  return [...new Set([...ones, ...others])].flatMap((line) => {
    const [had, has] = [here[line] ?? 0, there[line] ?? 0];
    return had === has ? [] : [`${line}: ${had} at ${one.name}, ${has} at ${other.name}`];
  });
}

function counted(lines: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}

function add(to: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) to[name] = (to[name] ?? 0) + count;
}

/** The titles of the jobs that a visitor of a coop finds of another; of its own without one. */
async function shownAt({ stage }: Neighbour, of: string | undefined): Promise<readonly string[]> {
  const visitor = stage.stranger("a visitor");
  const titles: string[] = [];
  let after: string | undefined;
  do {
    const page: ToldOf<typeof searchJobs> = await visitor.does(searchJobs, { limit: 200, ...(after === undefined ? {} : { after }) });
    titles.push(...page.items.filter(({ elsewhere }) => elsewhere?.coop === of).map(({ title }) => title));
    after = page.next;
  } while (after !== undefined);
  return titles;
}
