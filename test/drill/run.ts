// npm run drill: what takes too long for every run. Without a name all parts run, one after the other; each says in one line what it saw.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { buildWebIfStale } from "@partcommune/server/platform/assets";
import { dayMs } from "@partcommune/shared/platform/time";
import { failpoints } from "@partcommune/server/platform/world";
import { conformance } from "./conformance.ts";
import { drill, type Kill, type Outcome } from "./drill.ts";
import { keepAndComeBack } from "./keeping.ts";
import { payAgrees } from "./pay.ts";
import { payThroughKills } from "./payouts.ts";
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

function report(outcome: Outcome): string {
  for (const [what, lines] of Object.entries({
    lost: outcome.lost,
    doubled: outcome.doubled,
    wrong: outcome.wrong,
    unexpected: outcome.unexpected,
  }))
    for (const line of lines.slice(0, 10)) tell(`${what}: ${line}`);
  const { done, refused, retried, lost, doubled, wrong, entries, unexpected } = outcome;
  return `${outcome.kills} kills, ${done} acts acknowledged, ${refused} refused, ${retried} repeated, ${entries} entries: ${lost.length} lost, ${doubled.length} doubled, ${wrong.length} wrong, ${unexpected.length} unexpected`;
}

/** Whether a part saw what it had to. */
type Part = () => Promise<boolean>;

/** The line a part ends with, and the seconds it took. */
async function timed<Seen>(work: Promise<Seen>, says: (seen: Seen) => string): Promise<Seen> {
  const begun = performance.now();
  const seen = await work;
  console.log(`${says(seen)}, ${((performance.now() - begun) / 1_000).toFixed(0)} s`);
  return seen;
}

/** A test of `npm test` in a size too long for every run: the same file, told how many by its environment. */
const inFull =
  (file: string, size: Readonly<Record<string, string>>): Part =>
  async () =>
    spawnSync(process.execPath, ["test/run.ts", file], {
      cwd: join(import.meta.dirname, "../.."),
      env: { ...process.env, LANE_PATIENCE_MS: String(dayMs), TAP_TIMEOUT: String(dayMs / 1_000), ...size },
      stdio: "inherit",
    }).status === 0;

const parts: Readonly<Record<string, Part>> = {
  /** The demo's years under three rules, and a replay of the first that must say to the cent what the others come to. */
  "what-if": async () => {
    const { wrong } = await timed(
      yearsAgree(tell),
      (agreed) =>
        `what-if: the demo's ${agreed.invoices} invoices told under three rules, ${agreed.accounts} accounts that move: ${agreed.wrong.length} otherwise than replayed`,
    );
    for (const line of wrong) tell(`wrong: ${line}`);
    return wrong.length === 0;
  },
  /** The coop and its database are killed by turns while callers work: nothing acknowledged may be lost or doubled. */
  safe: async () => {
    await buildWebIfStale();
    return sound(
      await timed(drill({ name: "safe", durable: true, callers, kills, between: 150 }, tell), (seen) => `drill: ${report(seen)}`),
    );
  },
  /** A database that acknowledges before it wrote must be found out, or the figures of the part before mean nothing. */
  teeth: async () => {
    const deaths = Array.from({ length: 6 }, (_, at): Kill => ({
      database: databaseDeaths[at % databaseDeaths.length] ?? "immediate stop",
    }));
    await buildWebIfStale();
    const { lost } = await timed(
      drill({ name: "teeth", durable: false, callers, kills: deaths, between: 300 }, tell),
      (seen) =>
        `teeth: synchronous_commit=off, ${seen.kills} kills of the database, ${seen.done} acts acknowledged: ${seen.lost.length} losses were seen`,
    );
    return lost.length > 0;
  },
  /** Every step from the client's payment to the member's account is cut off at each of its points: nobody may be paid twice, or not at all. */
  payouts: async () => {
    await buildWebIfStale();
    const { wrong } = await timed(
      payThroughKills(tell),
      (seen) =>
        `payouts: ${seen.payables} members paid through ${seen.kills} kills, ${seen.retried} acts repeated: ${seen.wrong.length} wrong`,
    );
    for (const line of wrong) tell(`wrong: ${line}`);
    return wrong.length === 0;
  },
  /** What is estimated of pay against what the model says when it is asked directly. */
  pay: async () => {
    const { wrong } = await timed(
      payAgrees(200),
      (seen) =>
        `pay: ${seen.cases} costs of a month estimated, ${seen.unsaid.length} without an answer of the model: ${seen.wrong.length} otherwise than by the model`,
    );
    for (const line of wrong) tell(`wrong: ${line}`);
    return wrong.length === 0;
  },
  kept: async () => {
    const { wrong, cut, killed } = await timed(
      keepAndComeBack(18),
      (seen) =>
        `kept: ${seen.cut} backups cut off left nothing under their name, ${seen.whole} were faster and whole, the last came back after ${seen.killed} killed restores: ${seen.wrong.length} wrong`,
    );
    for (const line of wrong) tell(`wrong: ${line}`);
    return cut > 0 && killed > 0 && wrong.length === 0;
  },
  supply: async () => {
    const grew = await timed(
      Promise.resolve().then(plantsThatGrew),
      (each) => `supply: ${planted} faults planted, ${each.length} not stopped by the install`,
    );
    for (const line of grew) tell(line);
    return grew.length === 0;
  },
  /** What a suite of other people's says of our actors; where it cannot be had, nothing is known. */
  conformance: async () => {
    const seen = await timed(conformance(), (found) =>
      "why" in found
        ? `conformance was not asked for: ${found.why}`
        : `conformance of ${found.actors} actors: ${Object.entries(found.counts)
            .map(([outcome, count]) => `${count} ${outcome}`)
            .join(", ")}`,
    );
    if ("why" in seen) return true;
    for (const line of seen.failed) tell(`failed: ${line}`);
    return seen.failed.length === 0 && (seen.counts["passed"] ?? 0) > 0;
  },
  /** Each hostile text in each place of a page. */
  texts: inFull("test/platform/keeping-texts-texts.test.ts", { TURNS: "2" }),
  /** A book of a million entries, each seal reckoned again. */
  sealed: inFull("test/money/verifying-a-large-book.test.ts", { ENTRIES: process.env["ENTRIES"] ?? "1000000" }),
  lines: inFull("test/platform/bearing-many-lines.test.ts", { LINES: "5000" }),
  /** A hundred virtual fortnights, or those from a seed on, and two years, of five coops. */
  fortnights: inFull("test/federation/simulating.test.ts", { COOPS: "5", HOURS: "336", ACTS: "12", SEEDS: process.env["SEEDS"] ?? "100" }),
  years: inFull("test/federation/simulating.test.ts", { COOPS: "5", HOURS: "8760", ACTS: "6", SEEDS: "2" }),
  /** A year of the guarantee in a coop of four hundred, five times. */
  "guarantee-year": inFull("test/stories/guarantee-year.test.ts", {
    MEMBERS: "400",
    CLIENTS: "300",
    ENGAGEMENTS: "6000",
    DAYS: "365",
    YEARS: process.env["YEARS"] ?? "1,2,3,4,5",
  }),
  /** Very many members: read in, called to a vote, written to in one morning, and some thousands of them paid in one day. */
  seats: inFull("test/stories/seats.test.ts", { SEATS: process.env["SEATS"] ?? "100000", PAID: process.env["PAID"] ?? "2000" }),
  /** A book year of a coop of a hundred and twenty. */
  year: inFull("test/stories/year.test.ts", {
    MEMBERS: "120",
    CLIENTS: "100",
    ENGAGEMENTS: "2000",
    RHYTHM: "daily",
    HOUSE: process.env["HOUSE"] ?? "FR",
    YEARS: process.env["YEARS"] ?? "1",
  }),
  casting: inFull("test/governance/casting.test.ts", { VOTERS: "200", CASTS: "50" }),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) throw new Error(`no part ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (await part()) continue;
  console.log(`${name}: did not see what it had to`);
  process.exitCode = 1;
}
