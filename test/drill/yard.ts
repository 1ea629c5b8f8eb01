// The drill's yard: a durable database and the coop's process, both of which can be killed and brought back at the same address.
import { fork, type ChildProcess } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { join } from "node:path";
import { queues } from "@partcommune/server/app";
import { migrate } from "@partcommune/server/platform/migrate";
import { freePort, startPostgres, type Postgres } from "@partcommune/server/platform/postgres";
import type { Failpoint } from "@partcommune/server/platform/world";
import { openPostOffice, type PostOffice } from "../support/post-office.ts";
import { asAdmin, databaseAt } from "../support/postgres.ts";

const root = join(import.meta.dirname, "../..");

/** Ways to take the database down without a goodbye. */
export const databaseDeaths = ["immediate stop", "kill -9 of a backend", "kill -9 of every process"] as const;
export type DatabaseDeath = (typeof databaseDeaths)[number];

export type Yard = {
  readonly url: string;
  /** Where people knock, and where the drill posts entries. */
  readonly origin: string;
  readonly desk: string;
  readonly postOffice: PostOffice;
  /** Lets the coop die when it next passes this point so many times, and brings it back. */
  readonly killServer: (point: Failpoint, after: number) => Promise<void>;
  /** The same of the worker, where the yard is apart. */
  readonly killWorker: (point: Failpoint) => Promise<void>;
  readonly killDatabase: (how: DatabaseDeath) => Promise<void>;
  /** Lets every process of the database die when the coop next passes this point, and brings it back. */
  readonly killDatabaseAt: (point: Failpoint) => Promise<void>;
  /** Throws when the coop died without being told to. */
  readonly assertAlive: () => void;
  /** Lines of the coop's log that nobody expected. */
  readonly unexpected: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** How a yard is made. Without `durable` the database acknowledges before it wrote: the drill must then find losses. `outside`: it speaks with other servers of this computer. `apart`: who answers people neither listens nor keeps time; a worker does, in a process of its own. */
type Wishes = { readonly durable: boolean; readonly outside?: boolean; readonly apart?: boolean };

/** Opens a yard with a fresh database. */
export async function openYard(name: string, { durable, outside = false, apart = false }: Wishes): Promise<Yard> {
  const folder = join(root, ".data/drill");
  let postgres = await startPostgres(folder);
  const database = `drill_${name}_${process.pid}`;
  const url = databaseAt(postgres.url, database);
  await asAdmin(postgres.url, async (client) => {
    await client.query(`create database ${database}`);
    if (!durable) await client.query(`alter database ${database} set synchronous_commit = off`);
  });
  await migrate(url, queues);
  const [port, deskPort] = [await freePort(), await freePort()];
  const postOffice = await openPostOffice();
  const log = join(root, `.cache/${database}.log`);
  mkdirSync(join(root, ".cache"), { recursive: true });
  const ports = { PORT: String(port), DESK_PORT: String(deskPort) };
  const everyone = { DATABASE_URL: url, ...ports, MAIL_URL: postOffice.url, DRILL_OUTSIDE: outside ? "yes" : "" };
  const start = () => startServer(log, { ...everyone, ...(apart ? { ROLES: "web" } : {}) });
  const startWorker = () => startServer(log, { ...everyone, ROLES: "work,clock" });
  let server = await start();
  let worker = apart ? await startWorker() : server;
  const processes = () => new Set([server, worker]);
  return {
    url,
    origin: `http://localhost:${port}`,
    desk: `http://127.0.0.1:${deskPort}`,
    postOffice,
    async killServer(point, after) {
      const gone = ended(server);
      server.send({ point, after });
      await gone;
      server = await start();
      if (!apart) worker = server;
    },
    async killWorker(point) {
      if (!apart) throw new Error("this yard has no worker of its own");
      const gone = ended(worker);
      worker.send({ point, after: 0 });
      await gone;
      worker = await startWorker();
    },
    async killDatabase(how) {
      postgres = await killPostgres(postgres, how, folder);
    },
    async killDatabaseAt(point) {
      const { first, others } = await processesOf(postgres.url);
      server.send({ point, after: 0, instead: [first, ...others] });
      postgres = await back(postgres, [first, ...others], folder);
    },
    assertAlive() {
      for (const { exitCode, signalCode } of processes())
        if (exitCode !== null || signalCode !== null) throw new Error(`the coop died by itself: see ${log}`);
    },
    unexpected: () =>
      readFileSync(log, "utf8")
        .split("\n")
        .filter((line) => line.includes('"unexpected"')),
    async close() {
      for (const each of processes()) {
        const gone = ended(each);
        if (each.kill("SIGKILL")) await gone;
      }
      await postOffice.close();
      await asAdmin(postgres.url, async (client) => client.query(`drop database ${database} with (force)`));
      if (!postgres.reused) await postgres.stop();
    },
  };
}

const ended = (child: ChildProcess): Promise<void> => new Promise((gone) => void child.once("exit", () => gone()));

/** The coop's own process, once it is open. */
async function startServer(log: string, environment: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const out = openSync(log, "a");
  const child = fork(join(import.meta.dirname, "server.ts"), {
    stdio: ["ignore", out, out, "ipc"],
    env: {
      ...process.env,
      ...environment,
      MAIL_FROM: "coop@partcommune.example",
      KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64url"),
      LOG_LEVEL: "error",
      TRUSTED_PROXIES: "127.0.0.1,::1",
    },
  });
  await new Promise<void>((open, failed) => {
    child.once("message", () => open());
    child.once("exit", (code) => failed(new Error(`the coop did not open (${code}): see ${log}`)));
  });
  return child;
}

/** Kills the database and has it back at the same address, recovered. */
async function killPostgres(running: Postgres, how: DatabaseDeath, folder: string): Promise<Postgres> {
  const { first, others } = await processesOf(running.url);
  if (how === "kill -9 of a backend") {
    // The postmaster ends all others by itself, and recovers.
    process.kill(others[0] ?? first, "SIGKILL");
    await pause(200);
    await answering(running.url);
    return running;
  }
  process.kill(first, how === "immediate stop" ? "SIGQUIT" : "SIGKILL");
  if (how === "kill -9 of every process") for (const other of others) killed(other);
  return back(running, [first, ...others], folder);
}

/** Waits until these are gone, and starts the database again where it was. */
async function back(running: Postgres, pids: readonly number[], folder: string): Promise<Postgres> {
  await allGone(pids);
  const again = await startPostgres(folder, { port: Number(new URL(running.url).port) });
  await answering(again.url);
  return { ...again, reused: running.reused };
}

/** The postmaster, and the backends that serve clients, the coop's first. */
async function processesOf(url: string): Promise<{ readonly first: number; readonly others: readonly number[] }> {
  return asAdmin(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>(
      "select pid from pg_stat_activity where pid <> pg_backend_pid() order by datname is not null desc, pid desc",
    );
    const { rows: said } = await client.query<{ file: string }>("select pg_read_file('postmaster.pid') as file");
    return { first: Number(said[0]?.file.split("\n")[0]), others: rows.map(({ pid }) => pid) };
  });
}

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself.
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(isAlive)) await pause(20);
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await asAdmin(url, async (client) => void (await client.query("select 1")));
    } catch (error) {
      if (tries === 600) throw error;
      await pause(50);
    }
  }
}
