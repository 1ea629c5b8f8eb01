// The coop as production runs it, in a process that can be told to die at a named point of the write path. Only the drill has this door.
import { z } from "zod";
import { runCoop } from "@partcommune/server/main";
import { readConfig } from "@partcommune/server/platform/config";
import { openDoors } from "@partcommune/server/platform/doors";
import { openHttp } from "@partcommune/server/platform/http";
import { failpoints, newId, realClock, realRandom, type Failpoint } from "@partcommune/server/platform/world";
import { operator } from "@partcommune/shared/platform/actor";
import { postEntry, postForDrill, sealBook, sealForDrill } from "./book.ts";
import { giveKeys, giveKeysForDrill } from "./speaking.ts";

/** Where to die, and how many times that point is passed before; or who dies there in its stead: the database, by its processes. */
export const Fuse = z.strictObject({ point: z.enum(failpoints), after: z.int().min(0), instead: z.array(z.int()).default([]) });

const beatMs = 500;
let fuse: z.output<typeof Fuse> | undefined;
process.on("message", (message) => void (fuse = Fuse.parse(message)));

function reach(point: Failpoint): void {
  if (fuse?.point !== point) return;
  const { after, instead } = fuse;
  fuse = after > 0 ? { ...fuse, after: after - 1 } : undefined;
  if (after === 0) for (const pid of instead.length > 0 ? instead : [process.pid]) killed(pid);
}

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

const config = readConfig(process.env);
const { DATABASE_URL = "", KEY_ENCRYPTION_KEY = "" } = config;
// With a database of its own production speaks https alone; servers of a drill are on this computer.
const outside = { FEDERATION_ALLOW_PRIVATE: process.env["DRILL_OUTSIDE"] === "yes" };
const { coop, url } = await runCoop({ ...config, ...outside, DATABASE_URL, KEY_ENCRYPTION_KEY }, reach);

// The clock of production beats once a minute; the drill has no such patience.
if (config.ROLES.includes("clock"))
  setInterval(() => void coop.keepTime().catch((error: unknown) => coop.app.log.error({ err: error }, "clock")), beatMs);
if (config.ROLES.includes("web")) await openDesk();
process.send?.("open");

/** The book has a door of its own here: every act of money is more than one posting, and the drill wants many. */
async function openDesk(): Promise<void> {
  const desk = await openHttp({
    log: coop.app.log,
    newId: () => newId({ random: realRandom }, realClock()),
    trustedProxies: [],
    https: false,
    perMinute: 1_000_000,
  });
  const { door } = openDoors(desk, { ...coop, actorOf: async () => operator, origin: url, now: realClock, reach });
  door.write(postEntry, postForDrill);
  door.write(sealBook, sealForDrill);
  door.write(giveKeys, giveKeysForDrill);
  await desk.listen({ host: "127.0.0.1", port: Number(process.env["DESK_PORT"]) });
}
