// How every promise of a year was kept, and which were made.
import { sql } from "kysely";
import { workingDaysBetween, type Calendar } from "@partcommune/shared/platform/calendar";
import type { Day } from "@partcommune/shared/platform/time";
import type { Town } from "../town/town.ts";

export type Kept = {
  readonly due: number;
  readonly onTime: number;
  readonly ahead: number;
  readonly queued: number;
  /** In working days from the first minute in the queue to the bank's booking. */
  readonly longestWait: number;
  readonly wrong: readonly string[];
};

type Row = { id: string; due_on: Day; queued_on: Day | null; settled_on: Day | null; ahead: boolean };

/** Every guaranteed payable whose day has come by then. */
export async function promisesKept(town: Town, today: Day, calendar: Calendar): Promise<Kept> {
  const { rows } = await sql<Row>`
    select payable.id, payable.due_on, (queued_at at time zone 'Europe/Brussels')::date as queued_on, item.settled_on, ahead_at is not null as ahead
    from money.payable
    left join mutual.queued on queued.payable = payable.id
    left join money.payout_item item on item.payable = payable.id and item.live
    where payable.due_on is not null and payable.due_on < ${today}::date`.execute(town.coop.db);
  const waits = rows.flatMap(({ queued_on: from, settled_on: until }) =>
    from === null ? [] : [workingDaysBetween(from, until ?? today, calendar)],
  );
  const late = rows.filter(({ due_on, settled_on, queued_on }) => queued_on === null && (settled_on === null || settled_on > due_on));
  return {
    due: rows.length,
    onTime: rows.filter(({ due_on, settled_on }) => settled_on !== null && settled_on <= due_on).length,
    ahead: rows.filter(({ ahead }) => ahead).length,
    queued: waits.length,
    longestWait: Math.max(0, ...waits),
    wrong: [
      ...late.map(({ id, due_on, settled_on }) => `${id} was due on ${due_on}, booked ${settled_on ?? "never"}, and never queued`),
      ...(await overtaken(town)),
    ],
  };
}

/** Nobody was paid ahead while somebody before them in the line, by due day, approval and id, stood in the queue. */
async function overtaken({ coop }: Town): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string; by: string }>`
    select waited.id, later.id as by from money.payable waited
    join mutual.queued on queued.payable = waited.id
    join money.payable later on later.fronted_at >= queued_at and later.fronted_at < waited.fronted_at
    where (waited.due_on, waited.opened_at, waited.id) < (later.due_on, later.opened_at, later.id)`.execute(coop.db);
  return rows.map(({ id, by }) => `${id} stood in the queue and was overtaken by ${by}`);
}

export type Promised = {
  readonly engagements: number;
  readonly promised: number;
  readonly turnover: bigint;
  readonly promisedTurnover: bigint;
  /** By rule, how many it said no to. */
  readonly refused: ReadonlyMap<string, number>;
};

export async function promisesMade({ coop }: Town): Promise<Promised> {
  const rows = await coop.db
    .selectFrom("mutual.promise as promise")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "promise.engagement")
    .select(["promise.guaranteed", "promise.lacking", "engagement.amount_minor"])
    .execute();
  const kept = rows.filter(({ guaranteed }) => guaranteed);
  const turnover = (of: typeof rows): bigint => of.reduce((so, { amount_minor: minor }) => so + minor, 0n);
  const refused = new Map<string, number>();
  for (const rule of rows.flatMap(({ lacking }) => lacking)) refused.set(rule, (refused.get(rule) ?? 0) + 1);
  return { engagements: rows.length, promised: kept.length, turnover: turnover(rows), promisedTurnover: turnover(kept), refused };
}
