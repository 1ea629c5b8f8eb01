// The lanes of a test run, as who runs them sees them: processes that tell one file after another. One that dies is replaced, and its file has failed.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

const root = join(import.meta.dirname, "../..");

/** How long a file may take before its lane is killed: longer than a test may take before it is told so itself. */
const killedAfter = Number(process.env["LANE_PATIENCE_MS"] ?? 330_000);

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
      const heard = await listenTo((child ??= spawnLane(environment)), file);
      if (!heard.whole) child = undefined;
      return heard;
    },
    ended: async () => child === undefined || letEnd(child),
  };
}

function spawnLane(environment: NodeJS.ProcessEnv): Child {
  const [first, file] = [join(root, "test/support/before-tap.ts"), join(root, "test/lane.ts")];
  const child = spawn(process.execPath, ["--no-warnings", "--import", first, file], {
    cwd: root,
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  return Object.assign(child, { lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() });
}

async function listenTo(child: Child, file: string): Promise<Told> {
  const late = setTimeout(() => child.kill("SIGKILL"), killedAfter);
  child.stdin.write(`${file}\n`);
  const said: string[] = [];
  let line = await child.lines.next();
  for (; !line.done && line.value !== `${told}${file}`; line = await child.lines.next()) said.push(line.value);
  clearTimeout(late);
  return { said, whole: !line.done };
}

async function letEnd(child: Child): Promise<boolean> {
  const gone = new Promise<boolean>((end) => void child.once("exit", (_, signal) => end(signal === null)));
  const late = setTimeout(() => child.kill("SIGKILL"), 30_000);
  child.stdin.end();
  for (let line = await child.lines.next(); !line.done; line = await child.lines.next());
  return gone.finally(() => clearTimeout(late));
}
