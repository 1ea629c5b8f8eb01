// `npm run coop` as an operator runs it: a process, what it printed, and how it ended.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { realClock } from "@partcommune/server/platform/world";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import type { TestCoop } from "./coop.ts";

const entry = join(import.meta.dirname, "../../server/src/cli.ts");

export type Said = { readonly code: number | null; readonly out: string; readonly error: string };

/** Runs a verb of the coop on a database. */
export const coop = (url: string, ...words: readonly string[]): Promise<Said> => coopIn({ DATABASE_URL: url }, ...words);

/** The same beside a coop at work, whose clock is then no earlier than the machine's: what a terminal writes is dated by that one. */
export async function coopBeside(at: TestCoop, ...words: readonly string[]): Promise<Said> {
  const said = await coop(at.url, ...words);
  at.wait(Math.max(0, millisecondsOf(realClock()) - millisecondsOf(at.now())));
  return said;
}

/** Runs a verb of the coop in an environment. */
export const coopIn = (environment: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Said> =>
  startCoop(environment, ...words).said;

/** Starts a verb, for who wants to disturb it. */
export function startCoop(
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
): { readonly kill: () => boolean; readonly said: Promise<Said> } {
  const child = spawn(process.execPath, [entry, ...words], { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  let [out, error] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (error += text));
  const said = new Promise<Said>((ended) => void child.once("close", (code) => ended({ code, out, error })));
  return { kill: () => child.kill("SIGKILL"), said };
}
