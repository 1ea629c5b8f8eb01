// The process of one sister: it does what its starter asks for over the line between them, and ends when that line does.
import { keepDemo } from "../demo/keep.ts";
import type { Stage } from "../demo/stage.ts";
import type { Size } from "../demo/story.ts";
import { runCoop, type Running } from "../main.ts";
import { configFaults, readConfig } from "../platform/config.ts";
import { realClock } from "../platform/world.ts";
import { followBoards } from "./following.ts";
import { casts, originOf } from "./places.ts";
import { foundIn, goneTo, openPlayed, rested } from "./story/played.ts";
import type { Answer, Standing, Task } from "./process.ts";

let running: Running | undefined;
let played: Stage | undefined;

/** The demo of one country, with no word of another process' environment; loopback may be called, and nothing else. */
const configOf = ({ coop, port, databaseUrl, secret }: Standing) => ({
  ...readConfig({
    PUBLIC_URL: originOf({ coop, port }),
    PORT: String(port),
    FEDERATION_ALLOW_PRIVATE: "true",
    LOG_LEVEL: process.env["LOG_LEVEL"] ?? "warn",
    NODE_ENV: process.env["NODE_ENV"],
    POOL_SIZE: "6",
  }),
  DATABASE_URL: databaseUrl,
  KEY_ENCRYPTION_KEY: secret,
});

async function carryOut(task: Task): Promise<Answer> {
  if (task.do === "make") await keepToday(task);
  else if (task.do === "open") running = await runCoop(configOf(task));
  else if (task.do === "follow" && running) await followBoards(running, task.others);
  else if (task.do === "play") played = await openPlayed(task, task.begins);
  else if (task.do === "goTo" && played) await goneTo(played, task.at);
  else if (task.do === "rest" && played) return { busy: await rested(played) };
  else if (task.do === "check" && played) return { found: await foundIn(played) };
  return {};
}

async function keepToday({ databaseUrl, secret, coop, size }: Standing & { readonly size: Size }): Promise<void> {
  const keeping = { databaseUrl, ownerUrl: databaseUrl, secret: Buffer.from(secret, "base64url"), now: realClock(), cast: casts[coop] };
  await keepDemo(keeping, size);
}

let ending = false;

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await running?.stop().catch(() => undefined);
  await played?.close().catch(() => undefined);
  process.exit(0);
}

// Whoever asked may be gone by now: then nobody waits for the answer, and the line's end ends this process.
const say = (answer: Answer): void => void (process.connected && process.send?.(answer, undefined, undefined, () => undefined));

process.on("message", (task: Task) => {
  void carryOut(task).then(say, (error: unknown) => say({ fault: configFaults(error) }));
});
process.once("disconnect", () => void end());
process.once("SIGTERM", () => void end());
// A terminal tells its whole group, and the starter too: she waits for the starter's word.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
