// One more server process of a test coop: `main.ts` as production runs it, on the same database and at an address of its own.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import type { Test } from "tap";
import { WebSocket } from "ws";
import { freePort } from "@partcommune/server/platform/postgres";
import { secret, type TestCoop } from "./coop.ts";

export type Process = {
  readonly address: string;
  /** Resident memory in MiB, once what nobody holds any more is gone: V8 else lets tens of MiB of it lie. */
  readonly memory: () => Promise<number>;
};

const entry = join(import.meta.dirname, "../../server/src/main.ts");

/** Starts the process and waits until it answers. It serves pages and lines; what falls due stays the test's. */
export async function openProcess(t: Test, { url, origin }: Pick<TestCoop, "url" | "origin">): Promise<Process> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const inspected = await freePort();
  const child = spawn(process.execPath, [`--inspect=127.0.0.1:${inspected}`, "--inspect-publish-uid=http", entry], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: url,
      KEY_ENCRYPTION_KEY: Buffer.from(secret).toString("base64url"),
      PUBLIC_URL: origin,
      PORT: String(port),
      ROLES: "web",
      LOG_LEVEL: "silent",
      // Every caller of a test may say where they come from, so that nobody is limited by an address all share.
      TRUSTED_PROXIES: "127.0.0.1",
    },
  });
  const ended = new Promise<void>((gone) => void child.once("exit", () => gone()));
  t.teardown(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const answers = (): Promise<boolean> =>
    fetch(`${address}/api/v1/coop`).then(
      (answer) => answer.ok,
      () => false,
    );
  for (let tries = 0; !(await answers()); tries += 1) {
    if (tries === 200 || child.exitCode !== null) throw new Error(`the process did not open (${child.exitCode})`);
    await pause(100);
  }
  return {
    address,
    memory: async () => {
      await collectGarbage(inspected);
      return Number((await promisify(execFile)("ps", ["-o", "rss=", "-p", String(child.pid)])).stdout) / 1_024;
    },
  };
}

/** Asks V8 for it, as the developer tools of a browser would. */
async function collectGarbage(port: number): Promise<void> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { readonly webSocketDebuggerUrl: string }[];
  const line = new WebSocket(target?.webSocketDebuggerUrl ?? "");
  await once(line, "open");
  line.send(JSON.stringify({ id: 1, method: "HeapProfiler.collectGarbage" }));
  await once(line, "message");
  line.close();
}
