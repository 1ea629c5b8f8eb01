// The lanes of a test run, as who runs them sees them: processes that tell one file after another. One that dies is replaced, and its file has failed.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { reporting, watchSilence } from "./silence.ts";

const root = join(import.meta.dirname, "../..");

/** How long a file may take before its lane is killed: longer than a test may take before it is told so itself. */
const killedAfter = Number(process.env["LANE_PATIENCE_MS"] ?? 450_000);

/** What stands before the name of a file when all of it was told. */
export const told = "# told ";

/** What a file said, and whether it was told to its end. */
export type Told = { readonly said: readonly string[]; readonly whole: boolean };

export type Lane = {
  readonly tell: (file: string) => Promise<Told>;
  /** Lets it end by itself; whether it did: what a file left open keeps its process alive. */
  readonly ended: () => Promise<boolean>;
};

type Child = ChildProcessByStdio<Writable, Readable, null> & { readonly lines: AsyncIterator<string> };

/** Opens a lane; its process starts with the first file. */
export function openLane(environment: NodeJS.ProcessEnv): Lane {
  let child: Child | undefined;
  return {
    tell: async (file) => {
      const heard = await listenTo((child ??= spawnLane(environment)), file, environment["TEST_POSTGRES_URL"]);
      // In a process where time ran out tap takes no further test: the next file gets one of its own.
      if (heard.said.some((line) => /^\s*not ok \d+ - timeout!/.test(line))) child.kill("SIGKILL");
      else if (heard.whole) return heard;
      child = undefined;
      return heard;
    },
    ended: async () => child === undefined || letEnd(child),
  };
}

function spawnLane(environment: NodeJS.ProcessEnv): Child {
  const [first, file] = [join(root, "test/support/before-tap.ts"), join(root, "test/lane.ts")];
  const child = spawn(process.execPath, ["--no-warnings", ...reporting, "--import", first, file], {
    cwd: root,
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  return Object.assign(child, { lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() });
}

async function listenTo(child: Child, file: string, database: string | undefined): Promise<Told> {
  const late = setTimeout(() => child.kill("SIGKILL"), killedAfter);
  child.stdin.write(`${file}\n`);
  const said: string[] = [];
  const silence = watchSilence(child, file, said, database);
  let line = await child.lines.next();
  for (; !line.done && line.value !== `${told}${file}`; line = await child.lines.next()) {
    said.push(line.value);
    silence.spoke();
  }
  clearTimeout(late);
  silence.ended();
  return { said, whole: !line.done };
}

async function letEnd(child: Child): Promise<boolean> {
  const gone = new Promise<boolean>((end) => void child.once("exit", (_, signal) => end(signal === null)));
  const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
  child.stdin.end();
  for (let line = await child.lines.next(); !line.done; line = await child.lines.next());
  return gone.finally(() => clearTimeout(late));
}
