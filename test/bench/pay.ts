// How soon an estimate of pay that is known is told, against the barest read of the same server; and how long anybody else waits while a new one is reckoned.
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { foundCoop } from "@partcommune/shared/governance/api";
import { openCaller } from "../drill/callers.ts";
import { openYard, type Yard } from "../drill/yard.ts";
import { atelierCommun, lille } from "../support/founding.ts";
import { p95, read } from "./readers.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const seconds = 3;

/** A coop of Lille, where a model is kept. */
async function openHouse(): Promise<Yard> {
  const yard = await openYard("pay", { durable: true });
  const founder = openCaller(yard.origin, { intents: [], vanished: [], stopped: () => false }, "founder");
  await founder.act("found", foundCoop, { ...atelierCommun, ...lille });
  return yard;
}

const estimateOf = ({ origin }: Yard, amount: string): string => `${origin}/api/v1/pay-estimates?amount=${amount}&status=employee`;
const cardOf = ({ origin }: Yard): string => `${origin}/api/v1/coop`;

async function* known(): AsyncIterable<Round> {
  const yard = await openHouse();
  try {
    const [estimate, coop] = [estimateOf(yard, "1830.00"), cardOf(yard)];
    while (!(await read(estimate)).includes('"1367.96"')) await pause(100);
    await Promise.all([p95(estimate, seconds), p95(coop, seconds)]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await p95(estimate, seconds), peer: await p95(coop, seconds) };
  } finally {
    await yard.close();
  }
}

/** Each round asks for an amount that nobody has asked for, and reads the coop's card over and over until it is there. */
async function* fresh(): AsyncIterable<Round> {
  const yard = await openHouse();
  try {
    // The first reads the model itself in, once in the life of a process.
    const first = await meanwhile(yard, "2000.17");
    const beside = `the first of the process was known after ${first.peer.toFixed(0)} ms, and nobody waited for more than ${first.ours.toFixed(0)} ms`;
    for (let round = 1; round <= rounds; round += 1) yield { ...(await meanwhile(yard, `${2_000 + round}.17`)), beside };
  } finally {
    await yard.close();
  }
}

/** The longest that a read of the card took until this amount was known, and how long that was. */
async function meanwhile(yard: Yard, amount: string): Promise<Round> {
  const begun = performance.now();
  let longest = 0;
  while (!(await read(estimateOf(yard, amount))).includes('"known"')) {
    const asked = performance.now();
    await read(cardOf(yard));
    longest = Math.max(longest, performance.now() - asked);
  }
  return { ours: longest, peer: performance.now() - begun };
}

export const payBenches: readonly Bench[] = [
  { name: "pay", unit: " ms p95", peer: "reading the coop's card over HTTP, 16 callers (lower is better)", rounds: known },
  {
    name: "pay-fresh",
    unit: " ms",
    peer: "reckoning one new amount in its thread; ours is the longest anybody else waited",
    rounds: fresh,
  },
];
