// How long a newcomer waits: from a fresh clone to the first page, beside the bare install of another fresh clone.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "@partcommune/server/platform/postgres";
import type { Bench, Round } from "./run.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);
const store = process.env["BENCH_STORE"] === "cold" ? "cold" : "warm";
const patienceMs = 300_000;

/** A newcomer's shell: the machine's own Node and no database; with a cold store, no package is on the machine yet. */
function shell(folder: string): NodeJS.ProcessEnv {
  const PATH = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  const empty = {
    npm_config_cache: join(folder, "npm"),
    pnpm_config_store_dir: join(folder, "store"),
    pnpm_config_cache_dir: join(folder, "cache"),
  };
  const { DATABASE_URL: _, ...machine } = process.env;
  return { ...machine, PATH: PATH.join(delimiter), ...(store === "cold" ? empty : {}) };
}

/** Seconds that something takes with a fresh clone, which is gone afterwards. */
async function withClone(work: (clone: string, env: NodeJS.ProcessEnv) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "partcommune-start-"));
  chmodSync(folder, 0o755); // a database that root starts runs as nobody
  const begun = performance.now();
  try {
    await run("git", ["clone", "--quiet", root, join(folder, "clone")]);
    return ((await work(join(folder, "clone"), shell(folder))) - begun) / 1_000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function installed(clone: string, env: NodeJS.ProcessEnv): Promise<number> {
  await run("npm", ["run", "-s", "setup"], { cwd: clone, env, maxBuffer: 1 << 24 });
  return performance.now();
}

async function opened(clone: string, env: NodeJS.ProcessEnv): Promise<number> {
  const port = await freePort();
  const child = spawn("npm", ["start"], {
    cwd: clone,
    env: { ...env, PORT: String(port) },
    stdio: ["ignore", "ignore", "inherit"],
    detached: true, // a group of its own, which is told to end as one: npm hands a signal to its shell and no further
  });
  try {
    return await firstPage(`http://localhost:${port}/`, child);
  } finally {
    if (signalled(child, "SIGTERM")) while (signalled(child, 0)) await pause(50);
  }
}

/** Whether anybody of the child's group was there to hear it. */
function signalled({ pid }: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return pid !== undefined && process.kill(-pid, signal);
  } catch {
    return false;
  }
}

async function firstPage(url: string, child: ChildProcess): Promise<number> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === 200 && (await answer.text()).includes("<html")) return performance.now();
    await pause(20);
  }
  throw new Error("npm start showed no page");
}

async function* starts(): AsyncIterable<Round> {
  for (let round = 0; round < rounds; round += 1) yield { ours: await withClone(opened), peer: await withClone(installed) };
}

const peer = `clone and bare install, package store ${store} (lower is better)`;
export const startBenches: readonly Bench[] = [{ name: "start", unit: " s", peer, rounds: starts }];
