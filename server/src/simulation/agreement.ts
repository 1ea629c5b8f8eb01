// What must be true in the end: every coop shows exactly what each other one shows of itself, and its own checks find nothing.
import { searchJobs } from "@partcommune/shared/marketplace/api/search";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { checks } from "../app.ts";
import { failing } from "../platform/checks.ts";
import { inSnapshot } from "../platform/database.ts";
import type { Neighbour } from "./neighbourhood.ts";

export type Agreement = {
  /** Jobs that stand open, over all coops. */
  readonly jobs: number;
  /** What one coop shows of another's jobs and should not, or does not and should; and what the checks of each found. */
  readonly wrong: readonly string[];
};

export async function compared(all: readonly Neighbour[], now: Instant): Promise<Agreement> {
  const wrong: string[] = [];
  let jobs = 0;
  for (const host of all) {
    const own = await shownAt(host, undefined);
    jobs += own.length;
    for (const other of all.filter((each) => each !== host)) {
      const there = await shownAt(other, host.name);
      for (const title of own.filter((each) => !there.includes(each))) wrong.push(`${other.name} does not know "${title}" of ${host.name}`);
      for (const title of there.filter((each, at) => !own.includes(each) || there.indexOf(each) !== at))
        wrong.push(`${other.name} shows "${title}", which ${host.name} does not`);
    }
    const found = await inSnapshot(host.stage.coop.db, (tx) => failing(checks, tx, now));
    for (const { name } of found) wrong.push(`${host.name}: ${name}`);
  }
  return { jobs, wrong };
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
