// How long a large election takes to count: against reading the same papers once, since no count can do with less.
import { countStv } from "@partcommune/shared/governance/rules/counting/stv";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);
const many = Number(process.env["BENCH_BALLOTS"] ?? 1_000_000);
const seats = 9;
const candidates = Array.from({ length: 20 }, (_, at) => `candidate-${String(at).padStart(2, "0")}`);

/** Rankings of all candidates, each shuffled by itself with some liked more than others; the same ones at every run. */
function papers(): readonly (readonly string[])[] {
  let state = 20_261_127;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: many }, () => {
    const ranking = [...candidates];
    for (let place = 0; place < ranking.length - 1; place += 1) {
      const other = place + Math.min(below(ranking.length - place), below(ranking.length - place));
      [ranking[place], ranking[other]] = [ranking[other] ?? "", ranking[place] ?? ""];
    }
    return ranking;
  });
}

/** CPU seconds, of all threads, that something takes. */
function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

/** Every place of every paper looked up once by name. */
function readOnce(rankings: readonly (readonly string[])[]): void {
  const numbers = new Map(candidates.map((key, at) => [key, at]));
  const seen = candidates.map(() => 0);
  for (const ranking of rankings)
    for (const key of ranking) {
      const at = numbers.get(key) ?? 0;
      seen[at] = (seen[at] ?? 0) + 1;
    }
  if (seen[0] !== many) throw new Error(`read ${seen[0]} of ${many} papers`);
}

async function* elections(): AsyncIterable<Round> {
  const rankings = papers();
  for (let round = 0; round < rounds; round += 1) {
    const ours = cpuOf(() => {
      const { elected } = countStv(rankings, { candidates, seats, lot: candidates });
      if (elected.length !== seats) throw new Error(`elected ${elected.length} instead of ${seats}`);
    });
    yield { ours, peer: cpuOf(() => readOnce(rankings)) };
  }
}

export const voteBenches: readonly Bench[] = [{ name: "votes-stv", unit: " CPU-s", peer: "reading the papers once", rounds: elections }];
