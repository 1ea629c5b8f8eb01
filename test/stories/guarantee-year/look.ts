// What an outsider sees of a year each evening, held against what the year itself knows; and at its end how every promise was kept.
import { sql } from "kysely";
import { readFund } from "@partcommune/shared/mutual/api";
import { workingDaysBetween, type Calendar } from "@partcommune/shared/platform/calendar";
import { amountText } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Bank } from "./bank.ts";
import { told } from "./telling.ts";
import type { Town } from "./town.ts";
import type { Underway } from "./work.ts";

const text = (minor: bigint): string => amountText({ minor, currency: "EUR" });

export type Evening = {
  readonly exposure: bigint;
  readonly queued: number;
  readonly guaranteePot: bigint;
  readonly wrong: readonly string[];
};

const minorOf = (amount: string): bigint => BigInt(amount.replace(".", ""));

export type Looking = {
  readonly town: Town;
  readonly bank: Bank;
  readonly all: readonly Underway[];
  /** Pots that have reached their floor. Where the founders began with less, that is what the wizard told them. */
  readonly filled: Set<string>;
};

/** The fund page as anybody reads it: what it shows as exposed and in the bank is so, and no pot stands below its floor with nobody told. */
export async function evening({ town: { coop }, bank, all, filled }: Looking, day: Day): Promise<Evening> {
  const { guarantee, queue, pots, warnings, coverage } = await told(coop.someone(), readFund, {});
  const exposed = all.reduce((so, each) => (each.ahead && !each.collected && !each.lost ? so + (each.budget ?? 0n) : so), 0n);
  const isBelow = ({ available, held }: (typeof pots)[number]): boolean => minorOf(available.amount) + minorOf(held.amount) < 0n;
  for (const each of pots) if (!isBelow(each)) filled.add(each.pot);
  const warned = new Set(warnings.flatMap(({ pot, endedOn }) => (pot === undefined || endedOn !== undefined ? [] : [pot])));
  const untold = pots.filter((each) => isBelow(each) && filled.has(each.pot) && !warned.has(each.pot));
  const wrong = [
    ...(guarantee.exposure.amount === text(exposed)
      ? []
      : [`${day}: ${guarantee.exposure.amount} is shown as exposed, ${text(exposed)} is`]),
    ...(coverage.bank.amount === text(bank.balance())
      ? []
      : [`${day}: the book has ${coverage.bank.amount}, the bank ${text(bank.balance())}`]),
    ...untold.map(({ pot }) => `${day}: the pot ${pot} is below its floor, and nobody is told`),
  ];
  const pot = pots.find((each) => each.pot === "guarantee");
  return { exposure: exposed, queued: queue.count, guaranteePot: minorOf(pot?.available.amount ?? "0.00"), wrong };
}

/** After the clock has struck: whoever is due to be paid ahead is, or stands in the queue, and then an alert stands. */
export async function clockKept({ coop }: Town, day: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ forgotten: number; queued: number; alerts: number }>`
    select count(*) filter (where payable.queued_for is null)::int as forgotten, count(payable.queued_for)::int as queued,
      (select count(*) from mutual.alert where ended_at is null)::int as alerts
    from money.payable join money.collection using (invoice)
    where front_on <= ${day}::date and fronted_at is null and payable.credited_minor + payable.lost_minor < payable.amount_minor
      and paid_minor + collection.credited_minor + collection.lost_minor < gross_minor
      and not exists (select from money.payout_item where payout_item.payable = payable.id and live)`.execute(coop.db);
  const [{ forgotten, queued, alerts } = { forgotten: 0, queued: 0, alerts: 0 }] = rows;
  return [
    ...(forgotten > 0 ? [`${day}: ${forgotten} are due to be paid ahead, and neither paid nor queued`] : []),
    ...(queued > 0 === alerts > 0 ? [] : [`${day}: ${queued} stand in the queue under ${alerts} alerts`]),
  ];
}

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
