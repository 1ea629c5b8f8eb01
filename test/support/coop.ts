// A coop for a test: the real app on a real database, with a clock that the test moves and chance from a seed.
import { inspect } from "node:util";
import type { Test } from "tap";
import { checks, openCoop as openRealCoop, type Coop, type CoopSettings } from "@partcommune/server/app";
import { callerOf, type Answered, type Caller } from "@partcommune/server/platform/caller";
import { failing } from "@partcommune/server/platform/checks";
import { openLog } from "@partcommune/server/platform/log";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { nothingReached, seededRandom, type Mail, type World } from "@partcommune/server/platform/world";
import { instant, later, type Instant } from "@partcommune/shared/platform/time";
import { freshDatabase } from "./database.ts";

export { seededRandom };
export type { Answered, Caller };

export const origin = "http://localhost:4100";

/** The coop's one secret; another process with the same one knows the same sessions. */
export const secret = Buffer.alloc(32, 7);

export type TestCoop = Coop & {
  /** The address of its database, as the owner of the tables. */
  readonly url: string;
  readonly mails: Mail[];
  readonly origin: string;
  readonly now: () => Instant;
  readonly wait: (ms: number) => void;
  /** Hands all facts to their listeners. */
  readonly settle: () => Promise<void>;
  readonly someone: () => Caller;
};

export type Wishes = {
  readonly seed?: string;
  readonly now?: string;
  readonly settings?: Partial<CoopSettings>;
  readonly world?: Partial<World>;
};

/** Opens a coop on a fresh database; when the test ends, every domain's checks must find nothing. */
export async function openCoop(
  t: Test,
  { seed = "partcommune", now: start = "2026-12-01T09:00:00Z", settings = {}, world: wished = {} }: Wishes = {},
): Promise<TestCoop> {
  const database = await freshDatabase();
  const queue = openVirtual();
  const mails: Mail[] = [];
  let now = instant(start);
  const world: World = {
    clock: () => now,
    random: seededRandom(seed),
    pause: (ms) => new Promise((ready) => void setTimeout(ready, ms)),
    databaseUrl: database.url,
    queue,
    mail: async (mail) => void mails.push(mail),
    reach: nothingReached,
    ...wished,
  };
  const coop = await openRealCoop(world, {
    log: openLog("silent"),
    secret,
    origin,
    poolSize: 12,
    trustedProxies: [],
    perMinute: 1_000_000,
    ...settings,
  });
  await coop.listen();
  t.teardown(async () => {
    const found = await failing(checks, coop.db, now);
    await coop.close();
    await database.drop();
    if (found.length > 0) throw new Error(`the checks found something: ${inspect(found, { depth: 6 })}`);
  });
  return {
    ...coop,
    url: database.url,
    mails,
    origin: settings.origin ?? origin,
    now: () => now,
    wait: (ms) => void (now = later(now, ms)),
    settle: queue.settle,
    someone: () => callerOf(coop.app, settings.origin ?? origin),
  };
}
