// npm run drill: kills the coop and its database while callers work; nothing acknowledged may be lost or doubled. Then the drill shows its teeth.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { buildWebIfStale } from "@partcommune/server/platform/assets";
import { failpoints } from "@partcommune/server/platform/world";
import { drill, type Kill, type Outcome } from "./drill.ts";
import { keepAndComeBack } from "./keeping.ts";
import { planted, plantsThatGrew } from "./supply.ts";
import { yearsAgree } from "./what-if.ts";
import { databaseDeaths } from "./yard.ts";

const rounds = Number(process.env["DRILL_ROUNDS"] ?? 2);
const callers = { posters: 4, bidders: 6, bookers: 8 };
const tell = (line: string): void => console.log(`# ${line}`);

/** Every point of the write path, and every way to take the database down, by turns. */
const kills: readonly Kill[] = Array.from({ length: rounds }).flatMap((_, round) =>
  failpoints.flatMap((server, at): readonly Kill[] => [
    { server, after: (round * 7 + at * 3) % 8 },
    ...(at % 2 === 0 ? [] : [{ database: databaseDeaths[(round + at) % databaseDeaths.length] ?? "immediate stop" } as const]),
  ]),
);

const sound = ({ lost, doubled, wrong, unexpected }: Outcome): boolean =>
  [lost, doubled, wrong, unexpected].every(({ length }) => length === 0);

function report(outcome: Outcome, seconds: number): string {
  for (const [what, lines] of Object.entries({
    lost: outcome.lost,
    doubled: outcome.doubled,
    wrong: outcome.wrong,
    unexpected: outcome.unexpected,
  }))
    for (const line of lines.slice(0, 10)) tell(`${what}: ${line}`);
  const { done, refused, retried, lost, doubled, wrong, entries, unexpected } = outcome;
  return `${outcome.kills} kills, ${done} acts acknowledged, ${refused} refused, ${retried} repeated, ${entries} entries: ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong, ${unexpected.length} unexpected, ${seconds.toFixed(0)} s`;
}

let begun = performance.now();
const agreed = await yearsAgree(tell);
for (const line of agreed.wrong) tell(`wrong: ${line}`);
console.log(
  `what-if: the demo's ${agreed.invoices} invoices told under three rules, ${agreed.accounts} accounts that move: ${agreed.wrong.length} otherwise than replayed, ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
);
if (process.argv.includes("what-if")) process.exit(agreed.wrong.length === 0 ? 0 : 1);

await buildWebIfStale();
begun = performance.now();
const safe = await drill({ name: "safe", durable: true, callers, kills, between: 150 }, tell);
console.log(`drill: ${report(safe, (performance.now() - begun) / 1_000)}`);

// A database that acknowledges before it wrote must be found out, or the figures above mean nothing.
const deaths = Array.from({ length: 6 }, (_, at): Kill => ({ database: databaseDeaths[at % databaseDeaths.length] ?? "immediate stop" }));
begun = performance.now();
const teeth = await drill({ name: "teeth", durable: false, callers, kills: deaths, between: 300 }, tell);
console.log(
  `teeth: synchronous_commit=off, ${teeth.kills} kills of the database, ${teeth.done} acts acknowledged: ${teeth.lost.length} losses were seen, ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
);

begun = performance.now();
const kept = await keepAndComeBack(18);
for (const line of kept.wrong) tell(`wrong: ${line}`);
console.log(
  `kept: ${kept.cut} backups cut off left nothing under their name, ${kept.whole} were faster and whole, the last came back after ${kept.killed} killed restores: ${kept.wrong.length} wrong, ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
);

begun = performance.now();
const grew = plantsThatGrew();
for (const line of grew) tell(line);
console.log(
  `supply: ${planted} faults planted, ${grew.length} not stopped by the install, ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
);

/** A test of `npm test` in a size too long for every run: the same file, told how many by its environment. */
const inFull = (file: string, size: Readonly<Record<string, string>>): boolean =>
  spawnSync(process.execPath, ["test/run.ts", file], {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...process.env, ...size },
    stdio: "inherit",
  }).status === 0;

const full = [
  inFull("test/platform/bearing-many-lines.test.ts", { LINES: "5000" }),
  inFull("test/governance/casting.test.ts", { VOTERS: "200", CASTS: "50" }),
];
const cameBack = kept.cut > 0 && kept.killed > 0 && kept.wrong.length === 0;
if (agreed.wrong.length > 0 || full.includes(false) || grew.length > 0 || !sound(safe) || teeth.lost.length === 0 || !cameBack)
  process.exitCode = 1;
