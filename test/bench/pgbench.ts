// pgbench as a yardstick: PostgreSQL's own bench program, against the server that the coop itself would use.
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const folders = [
  ...(process.env["PATH"] ?? "").split(delimiter),
  ...[18, 17, 16, 15].map((version) => `/usr/lib/postgresql/${version}/bin`),
];

/** The program to compare with is not on this machine; the message says how to get it. */
export class NoPeer extends Error {}

/** Where pgbench is. */
export const pgbenchProgram = (): string => postgresProgram("pgbench");

/** Where a program of PostgreSQL's own is. */
export function postgresProgram(name: "pgbench" | "psql"): string {
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!found)
    throw new NoPeer(`${name} is missing; \`apt-get install postgresql\` (Debian) or \`brew install postgresql\` (macOS) brings it.`);
  return found;
}

/** Runs pgbench on a database; `role` is taken on every connection. */
export async function pgbench(url: string, flags: readonly string[], role?: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const env = { ...process.env, PGPASSWORD: decodeURIComponent(password), ...(role ? { PGOPTIONS: `-c role=${role}` } : {}) };
  const { stdout } = await run(pgbenchProgram(), ["-h", hostname, "-p", port, "-U", username, ...flags, pathname.slice(1)], {
    env,
    maxBuffer: 1 << 24,
  });
  return stdout;
}

/** Transactions a second in pgbench's answer. A failed transaction makes the figure worthless. */
export function tps(answer: string): number {
  const found = /^tps = ([\d.]+)/m.exec(answer);
  const failed = /number of failed transactions: (\d+)/.exec(answer);
  if (!found || (failed && failed[1] !== "0")) throw new Error(`pgbench said: ${answer}`);
  return Number(found[1]);
}
