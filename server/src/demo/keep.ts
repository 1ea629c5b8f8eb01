// Keeps a demo in a database of its own: made when there is none, made anew when the day has changed, and gone without a trace.
import { dayOf } from "@partcommune/shared/platform/calendar";
import { later, type Instant } from "@partcommune/shared/platform/time";
import { clearDatabase, foundedAt } from "../platform/demo.ts";
import { migrate } from "../platform/migrate.ts";
import { queues } from "../app.ts";
import type { Cast } from "./cast.ts";
import { makeDemo } from "./make.ts";
import { storyDays, type Size } from "./story.ts";

export type Keeping = {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly secret: Uint8Array;
  readonly now: Instant;
  readonly cast?: Cast;
};

/** When the demo of a database was made; undefined where there is none, or one that was stopped before it was whole. */
export async function demoMadeAt(ownerUrl: string): Promise<Instant | undefined> {
  const founded = await foundedAt(ownerUrl);
  return founded?.demo && founded.told ? later(founded.at, storyDays * 86_400_000) : undefined;
}

/** Removes a demo with everything it holds. A coop that is none is not touched: that is a fault of whoever asked. */
export async function removeDemo(ownerUrl: string): Promise<void> {
  const founded = await foundedAt(ownerUrl);
  if (founded && !founded.demo) throw new Error("The coop in this database is not a demo. Nothing was removed.");
  await clearDatabase(ownerUrl);
}

/** Makes sure that the demo of today stands. */
export async function keepDemo(keeping: Keeping, size?: Size): Promise<void> {
  const made = await demoMadeAt(keeping.ownerUrl);
  if (made && dayOf(made, "UTC") === dayOf(keeping.now, "UTC")) return;
  await removeDemo(keeping.ownerUrl);
  await migrate(keeping.ownerUrl, queues);
  await makeDemo({ ...keeping, ...(size ? { size } : {}) });
}
