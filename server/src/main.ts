// Runs one coop in production: everything comes from the environment, and a signal ends it within ten seconds.
import { createTransport } from "nodemailer";
import { guardedFetcher } from "@partcommune/federation/fetcher";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { openCoop, type Coop } from "./app.ts";
import { configFaults, readConfig, type Config } from "./platform/config.ts";
import { laneMs } from "./platform/lanes.ts";
import { openLog } from "./platform/log.ts";
import { openPages } from "./platform/pages.ts";
import { openBoss } from "./platform/queue/boss.ts";
import { nothingReached, realClock, realPause, realRandom, realResolve, realSend, type Mail, type World } from "./platform/world.ts";

export type Running = { readonly url: string; readonly coop: Coop; readonly stop: () => Promise<void> };

/** What a coop needs beyond the defaults: a database that is migrated, and the secret that seals what is kept. */
export type Prepared = Config & { readonly DATABASE_URL: string; readonly KEY_ENCRYPTION_KEY: string };

const minuteMs = 60_000;
const callsPerMinute = 600;

/** Starts the roles of this process and returns the address people open. `reach` is for the kill drill, which dies there. */
export async function runCoop(config: Prepared, reach: World["reach"] = nothingReached): Promise<Running> {
  const log = openLog(config.LOG_LEVEL);
  const origin = config.PUBLIC_URL ? new URL(config.PUBLIC_URL).origin : `http://localhost:${config.PORT}`;
  const queue = await openBoss(config.DATABASE_URL, (error) => log.error({ err: error }, "queue"));
  const mail = mailer(config);
  const world: World = {
    clock: realClock,
    random: realRandom,
    pause: realPause,
    databaseUrl: config.DATABASE_URL,
    queue,
    reach,
    ...(isKnownOutside(origin, config) ? { outside: outsideOf(config) } : {}),
    push: { services: config.PUSH_SERVICES, send: realSend },
    ...(mail ? { mail } : {}),
  };
  const secret = Buffer.from(config.KEY_ENCRYPTION_KEY, "base64url");
  const coop = await openCoop(world, {
    log,
    secret,
    origin,
    poolSize: config.POOL_SIZE,
    trustedProxies: config.TRUSTED_PROXIES,
    perMinute: callsPerMinute,
  });
  if (config.ROLES.includes("work")) await coop.listen();
  const beats = [
    ...(config.ROLES.includes("clock") ? [beat(coop, minuteMs, coop.keepTime)] : []),
    ...(config.ROLES.includes("work") ? [beat(coop, laneMs, () => coop.lanes.wakeDue())] : []),
  ];
  if (config.ROLES.includes("web")) {
    await openPages(coop.app, { origin, random: realRandom });
    await coop.app.listen({ host: config.HOST, port: config.PORT });
  }
  return {
    url: origin,
    coop,
    stop: async () => {
      beats.forEach(clearInterval);
      await coop.close();
    },
  };
}

/** Other servers know us by https alone, unless coops of one machine try each other out. */
const isKnownOutside = (origin: string, { FEDERATION_ALLOW_PRIVATE: allowed }: Config): boolean => origin.startsWith("https:") || allowed;

const outsideOf =
  ({ FEDERATION_ALLOW_PRIVATE: allowPrivate }: Config): NonNullable<World["outside"]> =>
  (sign) =>
    guardedFetcher({ resolve: realResolve, now: () => millisecondsOf(realClock()), allowPrivate, sign });

function beat(coop: Coop, everyMs: number, act: () => Promise<unknown>): NodeJS.Timeout {
  return setInterval(() => void act().catch((error: unknown) => coop.app.log.error({ err: error }, "clock")), everyMs);
}

function mailer({ MAIL_URL, MAIL_FROM }: Config): ((mail: Mail) => Promise<void>) | undefined {
  if (!MAIL_URL) return undefined;
  const transport = createTransport(MAIL_URL);
  return async (mail) =>
    void (await transport.sendMail({ from: MAIL_FROM, ...mail, ...(mail.headers ? { headers: { ...mail.headers } } : {}) }));
}

/** Ends the process cleanly on the first signal, a closed terminal's too; whoever sends a second one means it. Returns what ends it likewise. */
export function stopOnSignal(stop: () => Promise<void>): () => void {
  const end = (): void =>
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, end);
  return end;
}

if (process.argv[1] === import.meta.filename) {
  try {
    const config = readConfig(process.env);
    const { DATABASE_URL, KEY_ENCRYPTION_KEY } = config;
    if (!DATABASE_URL || !KEY_ENCRYPTION_KEY) throw new Error("DATABASE_URL and KEY_ENCRYPTION_KEY are needed; npm start brings its own");
    stopOnSignal((await runCoop({ ...config, DATABASE_URL, KEY_ENCRYPTION_KEY })).stop);
  } catch (error) {
    process.stderr.write(`${configFaults(error)}\n`);
    process.exitCode = 2;
  }
}
