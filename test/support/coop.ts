// A coop for a test: the real app on a real database, with a clock that the test moves and chance from a seed.
import { inspect } from "node:util";
import type { InjectOptions } from "fastify";
import type { Test } from "tap";
import { openCoop as openRealCoop, type Coop, type CoopSettings } from "@partcommune/server/app";
import { checks } from "@partcommune/server/checks";
import { callerOf, type Answered, type Caller } from "@partcommune/server/platform/caller";
import { failing } from "@partcommune/server/platform/checks";
import { inSnapshot } from "@partcommune/server/platform/database";
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
  /** Time passes, and everybody who is signed in has looked in meanwhile. */
  readonly wait: (ms: number) => void;
  /** Time passes, and nobody looks in. */
  readonly sleep: (ms: number) => void;
  /** Hands all facts to their listeners, and lets the lanes they woke come to rest. */
  readonly settle: () => Promise<void>;
  /** Somebody new; `from` says at which address they knock. */
  readonly someone: (from?: () => string) => Caller;
  /** Its process ends in the midst of whatever it does: what was not committed is gone, and nobody answers at its doors. */
  readonly die: () => Promise<void>;
  /** Another process opens on the same database. */
  readonly comeBack: () => Promise<void>;
};

export type Wishes = {
  readonly seed?: string;
  readonly now?: string;
  readonly settings?: Partial<CoopSettings>;
  readonly world?: Partial<World>;
};

/** Opens a coop on a fresh database; when the test ends, every domain's checks must find nothing. */
export async function openCoop(
  t: Pick<Test, "teardown">,
  { seed = "partcommune", now: start = "2026-12-01T09:00:00Z", settings = {}, world: wished = {} }: Wishes = {},
): Promise<TestCoop> {
  const database = await freshDatabase();
  const queue = openVirtual();
  const mails: Mail[] = [];
  let now = instant(start);
  let waited = false;
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
  const openAgain = async (): Promise<Coop> => {
    const opened = await openRealCoop(world, {
      log: openLog(process.env["LOUD"] ? "error" : "silent"),
      secret,
      origin,
      poolSize: 12,
      trustedProxies: [],
      perMinute: 1_000_000,
      ...settings,
    });
    await opened.listen();
    return opened;
  };
  const coop = { ...(await openAgain()) };
  const lookedIn = async (): Promise<void> => {
    if (!waited) return;
    waited = false;
    await coop.db.updateTable("membership.session").set({ used_at: now }).where("ended_at", "is", null).execute();
  };
  const doors: Pick<Coop["app"], "inject"> = {
    inject: (async (asked: InjectOptions) => (await lookedIn(), coop.app.inject(asked))) as Coop["app"]["inject"],
  };
  t.teardown(async () => {
    // One connection asks them all: a new one would read the catalogue again for each.
    const found = await inSnapshot(coop.db, (tx) => failing(checks, tx, now));
    await coop.close();
    await database.drop();
    if (found.length > 0) throw new Error(`the checks found something: ${inspect(found, { depth: 6 })}`);
  });
  return Object.assign(coop, {
    url: database.url,
    mails,
    origin: settings.origin ?? origin,
    now: () => now,
    wait: (ms: number) => void ((now = later(now, ms)), (waited = true)),
    sleep: (ms: number) => void (now = later(now, ms)),
    settle: async () => {
      do {
        await queue.settle();
        await coop.lanes.idle();
      } while (!queue.isEmpty());
    },
    someone: (from?: () => string) => callerOf(doors, settings.origin ?? origin, from),
    die: async () => {
      coop.app.server.closeAllConnections();
      await database.cutOff();
      await coop.close();
    },
    comeBack: async () => void Object.assign(coop, await openAgain()),
  } satisfies Omit<TestCoop, keyof Coop>);
}
