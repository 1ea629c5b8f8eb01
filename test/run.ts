// Runs the tests: a few lanes that each tell one file after another, one PostgreSQL for all, then the closing line `N passed, N failed`.
import { createWriteStream, globSync, mkdirSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import { buildWebIfStale } from "@partcommune/server/platform/assets";
import { chromiumEnvironment } from "./support/chromium.ts";
import { openLane, type Lane } from "./support/lane.ts";
import { forgetTestPostgres, makeTemplate, startTestPostgres } from "./support/postgres.ts";

const root = join(import.meta.dirname, "..");
const cache = join(root, ".cache/test");

type Outcome = { readonly passed: number; readonly failed: number };

/** Tests wait for browsers, clocks and the database half of their time: three at once keep two cores busy. */
const atOnce = 3;

/** The longest stand at the front, so that none of them is left alone at the end: those that tell a whole story, open a browser, or start and kill servers. */
const isLong = (file: string): boolean => /^test\/(stories|web|platform)\//.test(file);

function allFiles(): string[] {
  const files = globSync("test/*/*.test.ts", { cwd: root }).toSorted();
  return [...files.filter(isLong), ...files.filter((file) => !isLong(file))];
}

/** A file says what it asserts as TAP. One that dies before its end, or asserts nothing, has failed. */
async function runFile(lane: Lane, file: string, whole: WriteStream): Promise<Outcome> {
  const start = performance.now();
  const told = await lane.tell(file);
  const [passed, failed] = [assertionsOf(told.said, "ok"), assertionsOf(told.said, "not ok")];
  const well = told.whole && passed > 0 && !told.said.some((line) => /^\s*not ok /.test(line));
  const title = `${well ? "ok" : "not ok"} - ${file} # time=${Math.round(performance.now() - start)}ms`;
  whole.write([`# Subtest: ${file}`, ...told.said, title, ""].join("\n"));
  console.log([...(given.length > 0 ? remarks(told.said) : []), ...(well ? [] : failures(told.said)), title].join("\n"));
  return { passed, failed: well ? 0 : Math.max(failed, 1) };
}

/** How many assertions ended so. A test that holds others says how long they took, and is none itself. */
const assertionsOf = (said: readonly string[], how: "ok" | "not ok"): number =>
  said.filter((line) => new RegExp(`^\\s*${how} \\d+(?!.* # (time=|SKIP|TODO))`).test(line)).length;

/** The assertions that failed, each with all it says of itself. */
function failures(said: readonly string[]): readonly string[] {
  let failing = false;
  return said.filter((line) => (failing = /^\s*not ok /.test(line) || (failing && !/^\s*(ok|# Subtest|1\.\.)/.test(line))));
}

/** What a file says beside its assertions: of a whole year it is what one wants to read. */
const remarks = (said: readonly string[]): readonly string[] => said.filter((line) => /^\s*# (?!Subtest)/.test(line));

/** Runs the given files, or all, and counts their assertions. */
async function runFiles(given: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  mkdirSync(cache, { recursive: true });
  const whole = createWriteStream(join(cache, "last.tap"));
  const waiting = given.length > 0 ? [...given] : allFiles();
  const outcomes: Outcome[] = [];
  const runLane = async (): Promise<void> => {
    const lane = openLane(environment);
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) outcomes.push(await runFile(lane, file, whole));
    if (await lane.ended()) return;
    console.log("not ok - a file left something open that kept its process alive");
    outcomes.push({ passed: 0, failed: 1 });
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, runLane));
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
    TAP_TIMEOUT: process.env["TAP_TIMEOUT"] ?? "420",
    ...(given.length > 0 ? { PICTURES: "yes" } : {}),
  });
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
} finally {
  if (!postgres.reused) await postgres.stop();
  // Whoever runs one file after another finds the template still there.
  if (!postgres.reused && given.length === 0) await forgetTestPostgres();
}
