// Runs the benches named on the command line, or all: each compares us with a peer in interleaved rounds of one run, since only ratios travel.
import { buildWebIfStale } from "@partcommune/server/platform/assets";
import { alertBenches } from "./alerts.ts";
import { bankBenches } from "./bank.ts";
import { importBenches } from "./import.ts";
import { inboxBenches } from "./inbox.ts";
import { ledgerBenches } from "./ledger.ts";
import { listBenches } from "./lists.ts";
import { payBenches } from "./pay.ts";
import { NoPeer } from "./pgbench.ts";
import { deliveryBenches } from "./delivery.ts";
import { closeBenches } from "./roll-close.ts";
import { freezeBenches } from "./roll-freeze.ts";
import { searchBenches } from "./search.ts";
import { startBenches } from "./starts.ts";
import { voteBenches } from "./votes.ts";

/** One measured round: what we did, and what the peer did right beside it, in the bench's unit; `beside`: what else was seen meanwhile. */
export type Round = { readonly ours: number; readonly peer: number; readonly beside?: string };
export type Bench = { readonly name: string; readonly unit: string; readonly peer: string; readonly rounds: () => AsyncIterable<Round> };

const benches: readonly Bench[] = [
  ...ledgerBenches,
  ...listBenches,
  ...startBenches,
  ...searchBenches,
  ...alertBenches,
  ...importBenches,
  ...voteBenches,
  ...closeBenches,
  ...freezeBenches,
  ...inboxBenches,
  ...deliveryBenches,
  ...payBenches,
  ...bankBenches,
];

const shown = (value: number): string => value.toFixed(value < 100 ? 1 : 0);

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

async function measure({ name, unit, peer, rounds }: Bench): Promise<string> {
  const measured: Round[] = [];
  const tell = (when: string, { ours, peer: theirs, beside }: Round): void =>
    console.log(`# ${name} ${when}: ${shown(ours)}${unit}, ${peer} ${shown(theirs)}${unit}${beside ? `; ${beside}` : ""}`);
  for await (const round of rounds()) tell(`round ${measured.push(round)}`, round);
  tell("median", { ours: median(measured.map(({ ours }) => ours)), peer: median(measured.map(({ peer: theirs }) => theirs)) });
  const ratios = measured.map(({ ours, peer: theirs }) => ours / theirs);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  return `${name} ratio=${median(ratios).toFixed(2)} (${least.toFixed(2)}-${most.toFixed(2)}) vs=${peer}`;
}

/** A bench that this machine has no peer for says so in a sentence and fails; the others go on. */
async function report(bench: Bench): Promise<void> {
  try {
    console.log(await measure(bench));
  } catch (error) {
    if (!(error instanceof NoPeer)) throw error;
    console.log(`${bench.name} was not measured: ${error.message}`);
    process.exitCode = 1;
  }
}

/** Whether a bench is meant by its name, or by that of its family: `votes` means each that begins with `votes-`. */
const meant = (bench: Bench, name: string): boolean => bench.name === name || bench.name.startsWith(`${name}-`);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches.some((bench) => meant(bench, name)));
if (unknown.length > 0) throw new Error(`no bench ${unknown.join(", ")}; there are ${benches.map(({ name }) => name).join(", ")}`);
// Some measure the coop itself, which serves its pages too.
await buildWebIfStale();
for (const bench of benches.filter((each) => wanted.length === 0 || wanted.some((name) => meant(each, name)))) await report(bench);
