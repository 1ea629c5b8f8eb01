// How soon an estimate of pay that is known is told, against the barest read of the same server.
import { setTimeout as pause } from "node:timers/promises";
import { foundCoop } from "@partcommune/shared/governance/api";
import { openCaller } from "../drill/callers.ts";
import { openYard } from "../drill/yard.ts";
import { atelierCommun, lille } from "../support/founding.ts";
import { p95, read } from "./readers.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const seconds = 3;

async function* known(): AsyncIterable<Round> {
  const yard = await openYard("pay", { durable: true });
  try {
    await openCaller(yard.origin, { intents: [], vanished: [], stopped: () => false }, "founder").act("found", foundCoop, {
      ...atelierCommun,
      ...lille,
    });
    const [estimate, coop] = [`${yard.origin}/api/v1/pay-estimates?amount=1830.00&status=employee`, `${yard.origin}/api/v1/coop`];
    while (!(await read(estimate)).includes('"1367.96"')) await pause(100);
    await Promise.all([p95(estimate, seconds), p95(coop, seconds)]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await p95(estimate, seconds), peer: await p95(coop, seconds) };
  } finally {
    await yard.close();
  }
}

export const payBenches: readonly Bench[] = [
  { name: "pay", unit: " ms p95", peer: "reading the coop's card over HTTP, 16 callers (lower is better)", rounds: known },
];
