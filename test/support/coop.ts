// A coop for a test: the real app on a real database, with a clock that the test moves and chance from a seed.
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import type { Test } from "tap";
import { checks, openCoop as openRealCoop, type Coop, type CoopSettings } from "@partcommune/server/app";
import { failing } from "@partcommune/server/platform/checks";
import { openLog } from "@partcommune/server/platform/log";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { nothingReached, type Mail, type World } from "@partcommune/server/platform/world";
import { pathWith, paramsOf, type AskedOf, type Endpoint, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { instant, later, type Instant } from "@partcommune/shared/platform/time";
import { freshDatabase } from "./database.ts";

type Response = Awaited<ReturnType<Coop["app"]["inject"]>>;

export const origin = "http://localhost:4100";

/** Bytes that are the same in every run of a seed. */
export function seededRandom(seed: string): (bytes: number) => Uint8Array {
  let count = 0;
  return (bytes) => {
    count += 1;
    return createHash("sha512").update(`${seed}:${count}`).digest().subarray(0, bytes);
  };
}

/** Somebody with a browser of their own: keeps the cookie they were given. */
export type Caller = {
  readonly call: <E extends Endpoint>(endpoint: E, input: AskedOf<E>, key?: string) => Promise<Answered<ToldOf<E>>>;
  /** A request as raw as a stranger would make it. */
  readonly raw: (request: {
    method: Endpoint["method"];
    url: string;
    headers?: Record<string, string>;
    payload?: string;
  }) => Promise<Response>;
};

export type Answered<Body> = {
  readonly status: number;
  readonly body: Body;
  readonly problem: string | undefined;
  readonly headers: Response["headers"];
  readonly text: string;
};

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
    secret: Buffer.alloc(32, 7),
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
    someone: () => someone(coop, settings.origin ?? origin),
  };
}

let calls = 0;

function someone(coop: Coop, from: string): Caller {
  let cookie: string | undefined;
  const raw: Caller["raw"] = async ({ method, url, headers = {}, payload }) => {
    const answer = await coop.app.inject({
      method,
      url,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const given = answer.cookies.find(({ name }) => name.endsWith("session"));
    if (given) cookie = `${given.name}=${given.value}`;
    return answer;
  };
  return {
    raw,
    call: async (endpoint, input, key = `test-${(calls += 1)}`) => {
      const params = new Set(paramsOf(endpoint.path));
      const values = input as Record<string, unknown>;
      const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !params.has(name)));
      const path = pathWith(endpoint.path, values);
      const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
      const answer =
        endpoint.method === "GET"
          ? await raw({ method: "GET", url: query.size > 0 ? `${path}?${query.toString()}` : path })
          : await raw({
              method: endpoint.method,
              url: path,
              headers: { "content-type": "application/json", "idempotency-key": key, origin: from },
              payload: JSON.stringify(rest),
            });
      const body = answer.body === "" ? undefined : (JSON.parse(answer.body) as { title?: string });
      return {
        status: answer.statusCode,
        body: body as never,
        problem: answer.statusCode >= 400 ? body?.title : undefined,
        headers: answer.headers,
        text: answer.body,
      };
    },
  };
}
