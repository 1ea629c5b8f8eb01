// Runs the benches named on the command line, or all: each compares us with a peer in interleaved rounds of one run, since only ratios travel.
import { alertBenches } from "./alerts.ts";
import { httpBenches } from "./http.ts";
import { importBenches } from "./import.ts";
import { ledgerBenches } from "./ledger.ts";
import { searchBenches } from "./search.ts";

/** One measured round: what we did, and what the peer did right beside it, in the bench's unit. */
export type Round = { readonly ours: number; readonly peer: number };
export type Bench = { readonly name: string; readonly unit: string; readonly peer: string; readonly rounds: () => AsyncIterable<Round> };

const benches: readonly Bench[] = [...ledgerBenches, ...httpBenches, ...searchBenches, ...alertBenches, ...importBenches];

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

async function measure({ name, unit, peer, rounds }: Bench): Promise<string> {
  const ratios: number[] = [];
  for await (const { ours, peer: theirs } of rounds()) {
    ratios.push(ours / theirs);
    console.log(`# ${name} round ${ratios.length}: ${ours.toFixed(0)}${unit}, ${peer} ${theirs.toFixed(0)}${unit}`);
  }
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${name} ratio=${median(ratios).toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)}) vs=${peer}`;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0) throw new Error(`no bench ${unknown.join(", ")}; there are ${benches.map(({ name }) => name).join(", ")}`);
for (const bench of benches.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) console.log(await measure(bench));
