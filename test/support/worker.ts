// One more worker of a test coop, in a process of its own: it does what is due at the given instant, and dies where it is told to.
import { fork } from "node:child_process";
import { once } from "node:events";
import { openCoop as openRealCoop, type Coop } from "@partcommune/server/app";
import * as statements from "@partcommune/server/money/actions/bank-files";
import * as files from "@partcommune/server/money/actions/payout-files";
import * as actions from "@partcommune/server/money/actions/payouts";
import { openLog } from "@partcommune/server/platform/log";
import { openVirtual } from "@partcommune/server/platform/queue/virtual";
import { seededRandom, type Failpoint, type World } from "@partcommune/server/platform/world";
import { orderPayouts, signPayout, takePayoutFile } from "@partcommune/shared/money/api";
import { importBankFile } from "@partcommune/shared/money/api/statement";
import type { Actor } from "@partcommune/shared/platform/actor";
import { instant } from "@partcommune/shared/platform/time";
import { origin, secret, type TestCoop } from "./coop.ts";

/** Lets a worker loose on a coop's database, to be killed where it passes a point. Whether it died there. */
export async function worksAndDies({ url, now }: TestCoop, point: Failpoint): Promise<boolean> {
  const child = fork(import.meta.filename, [url, now(), point], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal === "SIGKILL";
}

/** An act of a treasurer as the door would begin it, under its key. */
export type ActToDie = { readonly person: string; readonly act: keyof typeof acts; readonly input: unknown; readonly key: string };

const acts = {
  order: { endpoint: orderPayouts, action: actions.orderPayouts },
  read: { endpoint: importBankFile, action: statements.importBankFile },
  sign: { endpoint: signPayout, action: actions.signPayout },
  take: { endpoint: takePayoutFile, action: files.takePayoutFile },
};

/** Begins an act in another process, which is killed where it passes a point. Whether it died there. */
export async function actsAndDies({ url, now }: TestCoop, point: Failpoint, act: ActToDie): Promise<boolean> {
  const child = fork(import.meta.filename, [url, now(), point, JSON.stringify(act)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  return signal === "SIGKILL";
}

async function work(url: string, now: string, point: string, act: ActToDie | undefined): Promise<void> {
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
  await (act ? begun(coop, act) : coop.keepTime());
  await coop.close();
}

async function begun({ perform }: Coop, { person, act, input, key }: ActToDie): Promise<void> {
  const { endpoint, action } = acts[act];
  const actor: Actor = { kind: "person", person, session: person, roles: ["treasurer"], buysFor: [] };
  const verb = { name: `${endpoint.method} ${endpoint.path}`, ...endpoint };
  await perform(actor, verb as never, action as never, input, { key, cause: "test" });
}

if (process.argv[1] === import.meta.filename) {
  const [url = "", now = "", point = "", act] = process.argv.slice(2);
  await work(url, now, point, act === undefined ? undefined : (JSON.parse(act) as ActToDie));
}
