// What a file is waiting for that has said nothing for long: what it said last, what its process does, and what the database does.
import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { asAdmin } from "./postgres.ts";

const folder = join(import.meta.dirname, "../../.cache/test");

/** Far longer than any file takes from one line to the next, and shorter than a test may take. */
const silentAfter = 120_000;

/** Lets a process write down its stacks and handles when it is asked from outside, even while it goes round in circles. */
export const reporting = ["--report-on-signal", "--report-exclude-env", "--report-exclude-network", `--report-dir=${folder}`];

/** Watches a file: `spoke` when it says a line, `ended` at its end. */
export function watchSilence(child: ChildProcess, file: string, said: readonly string[], url: string | undefined) {
  const waits = setTimeout(() => void tellSilence(child, file, said, url), silentAfter);
  return { spoke: () => void waits.refresh(), ended: () => clearTimeout(waits) };
}

async function tellSilence(child: ChildProcess, file: string, said: readonly string[], url: string | undefined): Promise<void> {
  child.kill("SIGUSR2");
  const database = url === undefined ? [] : await doings(url).catch((error: unknown) => String(error));
  const place = join(folder, `silent-${file.replaceAll("/", "-")}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(place, JSON.stringify({ file, process: child.pid, said: said.slice(-20), database }, undefined, 2));
  process.stdout.write(
    `# ${file} says nothing for ${silentAfter / 1_000} s: see ${place}, and the report of process ${child.pid} beside it\n`,
  );
}

/** Every connection that is in the middle of something, and whom it waits for. */
const doings = (url: string): Promise<readonly unknown[]> =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<Record<string, unknown>>(
      `select pid, datname, backend_type, state, wait_event_type, wait_event, pg_blocking_pids(pid) as waits_for, now() - query_start as since, query
         from pg_stat_activity where datname is not null and state <> 'idle' and pid <> pg_backend_pid()`,
    );
    return rows;
  });
