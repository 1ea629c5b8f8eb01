// What an operator asks of the queue: what waits, what was given up and why, and another chance for it.
import { sql } from "kysely";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../database.ts";
import { holdingQueue } from "./boss.ts";

export type Waiting = { readonly queue: string; readonly state: string; readonly errands: bigint; readonly oldest: Instant };

/** How much of each queue is not done, oldest first. */
export async function waitingErrands(db: Database): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    select name as queue, state::text, count(*) as errands, min(created_on) as oldest
    from pgboss.job where state < 'completed' group by name, state order by oldest`.execute(db);
  return rows;
}

export type Dead = {
  readonly queue: string;
  readonly fact: string;
  readonly type: string | null;
  readonly at: Instant;
  readonly because: string | null;
};

/** What was given up after its last try, the newest first, with what went wrong. */
export async function deadErrands(db: Database, most: number): Promise<readonly Dead[]> {
  const { rows } = await sql<Dead>`
    select source_name as queue, data ->> 'fact' as fact, fact.type, created_on as at, source_output ->> 'message' as because
    from pgboss.job left join platform.fact on fact.id = (data ->> 'fact')::uuid
    where name = 'dead' and state < 'completed' order by created_on desc limit ${most}`.execute(db);
  return rows;
}

/** Puts what was given up back into the queues it came from. Answers how many. */
export const retryDead = (ownerUrl: string): Promise<number> =>
  holdingQueue(ownerUrl, async (boss) => {
    let returned = 0;
    for (let moved = await boss.redrive("dead"); moved > 0; moved = await boss.redrive("dead")) returned += moved;
    return returned;
  });
