// One more worker of a test coop, in a process of its own: it does what is due at the given instant, and dies where it is told to.
import { fork } from "node:child_process";
import { once } from "node:events";
import { openCoop as openRealCoop } from "@partcommune/server/app";
import { openLog } from "@partcommune/server/platform/log";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { seededRandom, type Failpoint, type World } from "@partcommune/server/platform/world";
import { instant } from "@partcommune/shared/platform/time";
import { origin, secret, type TestCoop } from "./coop.ts";

/** Lets a worker loose on a coop's database, to be killed where it passes a point. Whether it died there. */
export async function worksAndDies({ url, now }: TestCoop, point: Failpoint): Promise<boolean> {
  const child = fork(import.meta.filename, [url, now(), point], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal === "SIGKILL";
}

async function work(url: string, now: string, point: string): Promise<void> {
  const world: World = {
    clock: () => instant(now),
    random: seededRandom(`${process.pid}`),
    pause: async () => undefined,
    databaseUrl: url,
    queue: openVirtual(),
    mail: async () => undefined,
    reach: (passed) => void (passed === point && process.kill(process.pid, "SIGKILL")),
  };
  const settings = { log: openLog("silent"), secret, origin, poolSize: 2, trustedProxies: [], perMinute: 1_000 };
  const coop = await openRealCoop(world, settings);
  await coop.keepTime();
  await coop.close();
}

if (process.argv[1] === import.meta.filename) {
  const [url = "", now = "", point = ""] = process.argv.slice(2);
  await work(url, now, point);
}
