// How many activities of other coops an inbox takes a second, each signed and durably kept before it is answered, against Fedify.
import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { foundCoop } from "@partcommune/shared/governance/api";
import { openCaller } from "../drill/callers.ts";
import { openYard, type Yard } from "../drill/yard.ts";
import { atelierCommun } from "../support/founding.ts";
import { asAdmin } from "../support/postgres.ts";
import { noteOf, openBoards, postedPerSecond, sealed, type Board } from "./boards.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const each = Number(process.env["BENCH_NOTES"] ?? 1_500);
// Of one coop an inbox takes only so many at once.
const boards = 30;

/** A coop that follows these boards. */
export async function followerOf(yard: Yard, followed: readonly Board[]): Promise<void> {
  await openCaller(yard.origin, { intents: [], vanished: [], stopped: () => false }, "founder").act("found", foundCoop, atelierCommun);
  await asAdmin(yard.url, async (client) => {
    for (const { origin, actor } of followed)
      await client.query(
        `insert into federation.host (id, origin, name, actor, board, jobs, currencies, state, at) values ($1, $2, $2, $3, $4, $5, '{EUR}', 'followed', now())`,
        [randomUUID(), origin, `${origin}/actor`, actor, `${origin}/open`],
      );
  });
}

async function openFedify(url: string): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const child = fork(join(import.meta.dirname, "inbox-fedify.ts"), { execArgv: [], env: { ...process.env, DATABASE_URL: url } });
  const gone = once(child, "exit");
  const [origin] = (await Promise.race([once(child, "message"), gone])) as unknown[];
  if (typeof origin !== "string") throw new Error("Fedify did not open");
  return { origin, close: async () => void (child.kill(), await gone) };
}

/** How many rows both sides hold. */
const kept = (url: string): Promise<readonly [ours: number, fedifys: number]> =>
  asAdmin(url, async (client) => {
    const { rows } = await client.query<{ ours: string; fedifys: string }>(
      "select (select count(*) from federation.inbox_event) as ours, (select count(*) from fedify_inbox) as fedifys",
    );
    return [Number(rows[0]?.ours), Number(rows[0]?.fedifys)];
  });

/** Waits until our lanes worked off what came in, so that nothing of ours runs beside the other; how many seconds that took. */
async function workedOff(url: string): Promise<number> {
  const begun = performance.now();
  const isDone = (): Promise<boolean> =>
    asAdmin(url, async (client) => (await client.query("select from federation.inbox_event where state = 'new' limit 1")).rowCount === 0);
  while (!(await isDone())) await pause(50);
  return (performance.now() - begun) / 1_000;
}

async function* besideFedify(): AsyncIterable<Round> {
  const yard = await openYard("inbox", { durable: true, outside: true });
  const senders = await openBoards(boards);
  const fedify = await openFedify(yard.url);
  try {
    await followerOf(yard, senders);
    const notes = (count: number) =>
      Array.from({ length: count }, (_, at) => senders[at % boards] as Board).map((by) => [noteOf(by), by] as const);
    const round = async (count: number): Promise<Round> => {
      const told = notes(count);
      const to = ({ origin }: { origin: string }) => told.map(([note, by]) => sealed(note, by, `${origin}/jobs/inbox`));
      const ours = await postedPerSecond(to(yard));
      const beside = `worked off ${(await workedOff(yard.url)).toFixed(1)} s later`;
      return { ours, peer: await postedPerSecond(to(fedify)), beside };
    };
    await round(2 * boards);
    for (let at = 0; at < rounds; at += 1) yield await round(each);
    const wanted = 2 * boards + rounds * each;
    const counts = await kept(yard.url);
    if (counts.some((count) => count !== wanted)) throw new Error(`of ${wanted} notes ${counts.join(" and ")} were kept`);
  } finally {
    await fedify.close();
    for (const { close } of senders) close();
    await yard.close();
  }
}

export const inboxBenches: readonly Bench[] = [
  {
    name: "inbox",
    unit: "/s",
    peer: "Fedify 2.3.6 with the same signed activities, a row of PostgreSQL each, 16 callers",
    rounds: besideFedify,
  },
];
