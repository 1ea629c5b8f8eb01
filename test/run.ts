// Runs the tests: each file a process of its own, one PostgreSQL for all, then the closing line `N passed, N failed`.
import { spawn } from "node:child_process";
import { createWriteStream, globSync, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildWebIfStale } from "@partcommune/server/platform/assets";
import { chromiumEnvironment } from "./support/chromium.ts";
import { forgetTestPostgres, makeTemplate, startTestPostgres } from "./support/postgres.ts";

const root = join(import.meta.dirname, "..");
const cache = join(root, ".cache/test");

type Outcome = { readonly passed: number; readonly failed: number };

/** Tests wait for browsers, clocks and the database half of their time: three at once keep two cores busy. */
const atOnce = 3;

/** The longest stand at the front, so that none of them is left alone at the end. */
const isLong = (file: string): boolean => /^test\/(stories|web)\//.test(file);

function allFiles(): string[] {
  const files = globSync("test/*/*.test.ts", { cwd: root }).toSorted();
  return [...files.filter(isLong), ...files.filter((file) => !isLong(file))];
}

/** A file says what it asserts as TAP; its last lines count it. One that ends without counting has failed. */
async function runFile(file: string, environment: NodeJS.ProcessEnv, whole: WriteStream): Promise<Outcome> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--no-warnings", file], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 300_000,
    killSignal: "SIGKILL",
  });
  const ended = new Promise<number>((end) => void child.once("close", (code) => end(code ?? 1)));
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) said.push(line);
  const total = said.map((line) => /^# \{ total: \d+(?:, pass: (\d+))?(?:, fail: (\d+))?/.exec(line)).findLast(Boolean);
  const [passed, failed] = [Number(total?.[1] ?? 0), Number(total?.[2] ?? 0)];
  const well = (await ended) === 0 && failed === 0 && passed > 0;
  const title = `${well ? "ok" : "not ok"} - ${file} # time=${Math.round(performance.now() - start)}ms`;
  whole.write([`# Subtest: ${file}`, ...said, title, ""].join("\n"));
  console.log([...(well ? [] : failures(said)), title].join("\n"));
  return { passed, failed: well ? 0 : Math.max(failed, 1) };
}

/** The assertions that failed, each with all it says of itself. */
function failures(said: readonly string[]): readonly string[] {
  let failing = false;
  return said.filter((line) => (failing = /^\s*not ok /.test(line) || (failing && !/^\s*(ok|# Subtest|1\.\.)/.test(line))));
}

/** Runs the given files, or all, and counts their assertions. */
async function runFiles(given: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  mkdirSync(cache, { recursive: true });
  const whole = createWriteStream(join(cache, "last.tap"));
  const waiting = given.length > 0 ? [...given] : allFiles();
  const outcomes: Outcome[] = [];
  const lane = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) outcomes.push(await runFile(file, environment, whole));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  whole.end();
  return outcomes.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }));
}

const given = process.argv.slice(2);
const postgres = await startTestPostgres();
try {
  const [template, browser] = await Promise.all([makeTemplate(postgres.url), chromiumEnvironment(), buildWebIfStale()]);
  const places = { TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATE: template, NODE_COMPILE_CACHE: join(cache, "code") };
  const { passed, failed } = await runFiles(given, {
    ...process.env,
    ...browser,
    ...places,
    TAP_TIMEOUT: "300",
    ...(given.length > 0 ? { PICTURES: "yes" } : {}),
  });
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
} finally {
  if (!postgres.reused) await postgres.stop();
  // Whoever runs one file after another finds the template still there.
  if (!postgres.reused && given.length === 0) await forgetTestPostgres();
}
