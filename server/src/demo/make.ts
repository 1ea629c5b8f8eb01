// Makes a demo on an empty, migrated database: marks it as one as its owner, then lets its people live eighteen months that end now.
import { later, type Instant } from "@partcommune/shared/platform/time";
import { markAsDemo, markAsTold } from "../platform/demo.ts";
import { seededRandom } from "../platform/world.ts";
import type { Cast } from "./cast.ts";
import { brussels } from "./casts/brussels.ts";
import type { Founding } from "./people.ts";
import { openStage } from "./stage.ts";
import { storyDays, tellStory, whole, type Size } from "./story.ts";

export type Making = {
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  readonly secret: Uint8Array;
  readonly now: Instant;
  readonly cast?: Cast;
  readonly size?: Size;
  readonly founding?: Founding;
};

/** Makes the demo: the same cast and day give the same one. */
export async function makeDemo({
  databaseUrl,
  ownerUrl,
  secret,
  now,
  cast = brussels,
  size = whole,
  founding = {},
}: Making): Promise<void> {
  const begins = later(now, -storyDays * 86_400_000);
  const stage = await openStage({ databaseUrl: withoutWaiting(databaseUrl), secret, begins, cast, random: seededRandom(cast.seed) });
  try {
    await tellStory(stage, now, { size, founding }, () => markAsDemo(ownerUrl));
    await markAsTold(ownerUrl);
  } finally {
    await stage.close();
  }
}

/** Whoever commits here is answered before the disk has it: thousands of acts would wait for it one after the other, and a power cut loses the last half second of a demo, no more. */
function withoutWaiting(databaseUrl: string): string {
  const address = new URL(databaseUrl);
  const options = [address.searchParams.get("options"), "-c synchronous_commit=off"].filter((each) => each !== null);
  address.searchParams.set("options", options.join(" "));
  return address.href;
}
