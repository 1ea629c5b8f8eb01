// The queue in production: pg-boss, in the same database and the same transaction as what it tells of.
import { fromKysely, PgBoss } from "pg-boss";
import { batchesOf, mostTogether } from "../batches.ts";
import { connection } from "../database.ts";
import type { Queue } from "./port.ts";

const firstRetrySeconds = 5;
/** Twelve tries with growing pauses up to an hour, then the dead-letter queue where an operator finds it. What a worker had in hand that is silent for half a minute is another's. */
export const queueSettings = {
  retryLimit: 12,
  retryDelay: firstRetrySeconds,
  retryBackoff: true,
  retryDelayMax: 3_600,
  deadLetter: "dead",
  heartbeatSeconds: 30,
};

export async function openBoss(url: string, failed: (error: Error) => void): Promise<Queue> {
  const { connectionString, options } = connection(url, "app");
  const boss = new PgBoss({
    connectionString: connectionString ?? "",
    options: options ?? "",
    max: 4,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
  });
  boss.on("error", failed);
  await boss.start();
  const workers = new Map<string, string>();
  return {
    async enqueue(tx, errands, now) {
      const db = fromKysely(tx);
      for (const [queue, ofQueue] of Map.groupBy(errands, (errand) => errand.queue))
        for (const some of batchesOf(ofQueue, mostTogether))
          await boss.insert(
            queue,
            some.map(({ fact }) => ({ data: { fact }, startAfter: now })),
            { db },
          );
      return () => undefined;
    },
    async listen(queue, listener) {
      // A hint wakes whoever has work at once: asking anew finds what is tried again, and what no hint told of.
      const worker = await boss.work<{ fact: string }>(queue, { pollingIntervalSeconds: firstRetrySeconds, batchSize: 1 }, async (jobs) => {
        for (const job of jobs) await listener(job.data.fact);
      });
      workers.set(queue, worker);
    },
    wake(queue) {
      const worker = workers.get(queue);
      if (worker) boss.notifyWorker(worker);
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  };
}

/** The queue in an operator's hands, as the owner of its tables: nothing is worked on while it is held. */
export async function holdingQueue<Result>(ownerUrl: string, work: (boss: PgBoss) => Promise<Result>): Promise<Result> {
  const { connectionString, options } = connection(ownerUrl, "owner");
  const boss = new PgBoss({ connectionString: connectionString ?? "", options: options ?? "", max: 1, supervise: false, schedule: false });
  boss.on("error", () => undefined); // what is asked for meets it
  await boss.start();
  try {
    return await work(boss);
  } finally {
    await boss.stop({ graceful: false });
  }
}
