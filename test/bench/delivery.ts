// How long a job takes to the coops that follow the board when some of them hang and some refuse, against a board that only healthy ones follow.
import { setTimeout as pause } from "node:timers/promises";
import { postJob } from "@partcommune/shared/marketplace/api";
import { gather } from "../drill/acts.ts";
import { dayIn, type Poster } from "../drill/deal.ts";
import { openYard, type Yard } from "../drill/yard.ts";
import { posterJob } from "../support/jobs.ts";
import { asAdmin } from "../support/postgres.ts";
import { followOf, openBoards, postedPerSecond, sealed, type Board } from "./boards.ts";
import type { Bench, Round } from "./run.ts";

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 7);
const healthy = 40;
const [hanging, refusing] = [5, 5];
const patienceMs = 60_000;

/** A coop, the boards that follow its own, and how long each healthy one waits for the next job. */
type Stage = { readonly yard: Yard; readonly next: () => Promise<number>; readonly close: () => Promise<void> };

async function openStage(name: string, sick: number): Promise<Stage> {
  const yard = await openYard(name, { durable: true, outside: true });
  const arrived: number[] = [];
  let isSick = false;
  const boards = await openBoards(healthy + sick, ({ type }, reply, at) => {
    if (isSick && at >= healthy + hanging) return void reply.destroy();
    if (isSick && at >= healthy) return;
    if (type === "Create") arrived.push(performance.now());
    reply.writeHead(202).end();
  });
  const { posters } = await gather(yard, { intents: [], vanished: [], stopped: () => false }, 1, 0);
  await follow(yard, boards);
  isSick = sick > 0;
  return {
    yard,
    next: async () => {
      await recover(yard);
      arrived.length = 0;
      const begun = performance.now();
      await post(posters[0]);
      while (arrived.length < healthy && performance.now() - begun < patienceMs) await pause(5);
      if (arrived.length < healthy) throw new Error(`${arrived.length} of ${healthy} healthy coops heard of the job`);
      return (arrived[healthy / 2] ?? Number.NaN) - begun;
    },
    close: async () => {
      for (const { close } of boards) close();
      await yard.close();
    },
  };
}

/** Every board follows the coop's, and has its answer. */
async function follow({ origin, url }: Yard, boards: readonly Board[]): Promise<void> {
  const followed = `${origin}/jobs`;
  await postedPerSecond(boards.map((board) => sealed(followOf(board, followed), board, `${followed}/inbox`)));
  const answered = async (): Promise<number> =>
    asAdmin(url, async (client) => {
      const { rows } = await client.query<{ sent: string }>("select count(*) as sent from federation.delivery where state = 'sent'");
      return Number(rows[0]?.sent);
    });
  while ((await answered()) < boards.length) await pause(50);
}

/** Who failed is tried again with the next job, as if it were the first: a host that is left alone would hold nobody up. */
const recover = ({ url }: Yard): Promise<unknown> =>
  asAdmin(url, async (client) => {
    await client.query("update federation.delivery set state = 'dead', done_at = now() where state = 'due'");
    await client.query("update federation.host set failures = 0, failing_since = null, probe_at = null");
  });

async function post(poster: Poster | undefined): Promise<void> {
  if (!poster) throw new Error("nobody posts");
  const dates = { startOn: dayIn(20), endOn: dayIn(25), bidsUntil: dayIn(10) };
  if (!(await poster.caller.act("job", postJob, { ...posterJob(poster.client), ...dates }))) throw new Error("no job was posted");
}

async function* besideHealthy(): AsyncIterable<Round> {
  const mixed = await openStage("delivery", hanging + refusing);
  const well = await openStage("delivery_well", 0);
  try {
    await Promise.all([mixed.next(), well.next()]);
    for (let round = 0; round < rounds; round += 1) yield { ours: await mixed.next(), peer: await well.next() };
  } finally {
    await well.close();
    await mixed.close();
  }
}

export const deliveryBenches: readonly Bench[] = [
  {
    name: "delivery",
    unit: " ms median",
    peer: `${healthy} healthy coops alone; ours has ${hanging} more that hang and ${refusing} that break off (lower is better)`,
    rounds: besideHealthy,
  },
];
