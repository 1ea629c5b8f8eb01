// The process of one sister: it does what its starter asks for over the line between them, and ends when that line does.
import { keepDemo } from "../demo/keep.ts";
import { runCoop, type Running } from "../main.ts";
import { configFaults, readConfig } from "../platform/config.ts";
import { realClock } from "../platform/world.ts";
import { followBoards } from "./following.ts";
import { casts, originOf } from "./places.ts";
import type { Answer, Standing, Task } from "./process.ts";

let running: Running | undefined;

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

async function carryOut(task: Task): Promise<void> {
  if (task.do === "follow") return running && followBoards(running, task.others);
  if (task.do === "open") return void (running = await runCoop(configOf(task)));
  const { databaseUrl, secret, coop, size } = task;
  const keeping = { databaseUrl, ownerUrl: databaseUrl, secret: Buffer.from(secret, "base64url"), now: realClock(), cast: casts[coop] };
  return keepDemo(keeping, size);
}

let ending = false;

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  await running?.stop().catch(() => undefined);
  process.exit(0);
}

const say = (answer: Answer): void => void (process.connected && process.send?.(answer));

process.on("message", (task: Task) => {
  void carryOut(task).then(
    () => say({}),
    (error: unknown) => say({ fault: configFaults(error) }),
  );
});
process.once("disconnect", () => void end());
process.once("SIGTERM", () => void end());
// A terminal tells its whole group, and the starter too: she waits for the starter's word.
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => undefined);
