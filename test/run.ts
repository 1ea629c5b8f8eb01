// Runs the tests: one PostgreSQL and one browser for all files, then the closing line `N passed, N failed`.
import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { buildWebIfStale } from "@partcommune/server/platform/assets";
import { chromiumEnvironment } from "./support/chromium.ts";
import { makeTemplate, startTestPostgres } from "./support/postgres.ts";

const root = join(import.meta.dirname, "..");
const cache = join(root, ".cache/test");

type Outcome = { passed: number; failed: number };

/** Tests wait for browsers, clocks and the database half of their time: three at once keep two cores busy. */
const atOnce = 3;

/** Runs tap over the given files, or all, and counts assertions as it says them. */
async function runTap(files: readonly string[], environment: NodeJS.ProcessEnv): Promise<Outcome> {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("tap/package.json");
  const { bin } = require(manifest) as { bin: { tap: string } | string };
  const tap = join(dirname(manifest), typeof bin === "string" ? bin : bin.tap);
  const child = spawn(process.execPath, [tap, "run", "--reporter=tap", `--jobs=${atOnce}`, ...files], {
    cwd: root,
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  mkdirSync(cache, { recursive: true });
  const whole = createWriteStream(join(cache, "last.tap"));
  const outcome = { passed: 0, failed: 0 };
  let failing = false;
  for await (const line of createInterface({ input: child.stdout })) {
    whole.write(`${line}\n`);
    if (/^(ok|not ok) /.test(line)) process.stdout.write(`${line.replace(/ \{$/, "")}\n`);
    failing = /^\s+not ok /.test(line) || (failing && !/^\s*(ok|# Subtest|1\.\.)/.test(line));
    if (failing) process.stdout.write(`${line}\n`);
    const total = /^# \{ total: (\d+)(?:, pass: (\d+))?(?:, fail: (\d+))?/.exec(line);
    if (total) [outcome.passed, outcome.failed] = [Number(total[2] ?? 0), Number(total[3] ?? 0)];
  }
  const code = await new Promise<number>((ended) =>
    child.exitCode === null ? child.once("exit", (exit) => ended(exit ?? 1)) : ended(child.exitCode),
  );
  whole.end();
  return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
}

const postgres = await startTestPostgres();
try {
  const [template, browser] = await Promise.all([makeTemplate(postgres.url), chromiumEnvironment(), buildWebIfStale()]);
  const environment = { ...process.env, ...browser, TEST_POSTGRES_URL: postgres.url, TEST_TEMPLATE: template };
  const { passed, failed } = await runTap(process.argv.slice(2), environment);
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
} finally {
  if (!postgres.reused) await postgres.stop();
}
