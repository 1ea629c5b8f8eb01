// Payroll in SQL: what is to be reckoned, what a member's month came to, what the payroll office said of it, and what the social offices are owed.
import { sql } from "kysely";
import { employed } from "@partcommune/shared/membership/rules/employment";
import type { Status } from "@partcommune/shared/membership/rules";
import { payrollEmployee, payrollEmployer } from "@partcommune/shared/money/rules/accounts";
import {
  bearsEarlier,
  costOf,
  type Carried as Earlier,
  type MonthOfPay,
  type OfficeLine,
  type Pay,
  type PayrollOpen,
} from "@partcommune/shared/money/rules/payroll";
import { dayAfter, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { balanceAt } from "./ledger.ts";
import { costOff, couldLeave, factsOfPayable, isPay, isReckoned } from "./payables.ts";

type Asking = { readonly db: Database | Tx; readonly now: View["now"] };

/** What of whoever is employed nobody has reckoned yet, or not since something of it was credited or used. */
const unreckoned = ({ db, now }: Asking) =>
  factsOfPayable(db, now)
    .select(["owed.status", couldLeave.as("ready")])
    .where(isPay)
    .where("item.id", "is", null)
    .where(sql<boolean>`not ${isReckoned}`);

export type ToReckon = {
  readonly payable: Id;
  readonly member: Id;
  readonly status: Status;
  readonly left: Money;
  /** It could be paid, were it known what of it is in hand. */
  readonly ready: boolean;
  /** What was reckoned of it before. */
  readonly before: Id | null;
};

const mostAtOnce = 500;

/** Which payables wait to be reckoned; the one, where one is asked for. */
export async function toReckon(asking: Asking, payable?: Id): Promise<readonly ToReckon[]> {
  const rows = await unreckoned(asking)
    .$if(payable !== undefined, (query) => query.where("payable.id", "=", payable ?? ""))
    .limit(mostAtOnce)
    .execute();
  return rows.map(({ id, member, status, currency, amount_minor: minor, ready, pay: before }) => ({
    payable: id,
    member,
    status: status as Status,
    left: { minor, currency },
    ready,
    before,
  }));
}

/** Holds a payable until the act ends: what is credited, used or ordered of it meanwhile waits. */
export async function holdPayable({ tx }: Pick<Scope, "tx">, payable: Id): Promise<void> {
  await tx.selectFrom("money.payable").select("id").where("id", "=", payable).forUpdate().execute();
}

/** Which of the office's figures say what earlier months cost otherwise. */
export type Carried = Earlier & { readonly figures: readonly Id[] };

/** What of a member's months is to be settled with this payable; without one, with whichever comes next. */
export const carriedTo = async ({ db }: Pick<Asking, "db">, member: Id, payable: Id | null, currency: string): Promise<Carried> =>
  (await carriedBy({ db }, [member], payable, currency)).get(member) ?? { figures: [], cost: zero(currency), net: zero(currency) };

/** The same of several members. */
export async function carriedBy(
  { db }: Pick<Asking, "db">,
  members: readonly Id[],
  payable: Id | null,
  currency: string,
): Promise<ReadonlyMap<Id, Carried>> {
  const rows = await db
    .selectFrom("money.payroll_figure")
    .select(["id", "member", "net_off_minor as net"])
    .select(costOff.as("cost"))
    .where("member", "=", sql<Id>`any (${[...members]}::uuid[])`)
    .where((eb) => eb.or([eb("taken_by", "is", null), eb("taken_by", "=", payable)]))
    .where(sql<boolean>`(${costOff} <> 0 or net_off_minor <> 0)`)
    .orderBy("month")
    .execute();
  const money = (minor: bigint): Money => ({ minor, currency });
  return new Map(
    [...Map.groupBy(rows, ({ member }) => member)].map(([member, of]) => [
      member,
      {
        figures: of.map(({ id }) => id),
        cost: sum(zero(currency), ...of.map(({ cost }) => money(cost))),
        net: sum(zero(currency), ...of.map(({ net }) => money(net))),
      },
    ]),
  );
}

/** Holds a member's figures of the payroll office until the transaction ends, so that no pay is reckoned with them meanwhile. */
export async function holdFigures({ tx }: Pick<Scope, "tx">, member: Id): Promise<void> {
  await tx.selectFrom("money.payroll_figure").select("id").where("member", "=", member).orderBy("month").forUpdate().execute();
}

/** Binds figures to the payable they are settled with. False where another has one of them by now, or a pot bears more of them. */
export async function takeFigures({ tx }: Pick<Scope, "tx">, { figures, cost }: Omit<Carried, "net">, payable: Id): Promise<boolean> {
  if (figures.length === 0) return true;
  await tx
    .updateTable("money.payroll_figure")
    .set({ taken_by: payable })
    .where("id", "in", figures)
    .where("taken_by", "is", null)
    .execute();
  const rows = await tx
    .selectFrom("money.payroll_figure")
    .select(costOff.as("cost"))
    .where("id", "in", figures)
    .where("taken_by", "=", payable)
    .execute();
  return rows.length === figures.length && rows.reduce((so, row) => so + row.cost, 0n) === cost.minor;
}

/** One file of the office at a time. */
export const takeTurn = ({ tx }: Pick<Scope, "tx">): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtext('money:payroll'))`.execute(tx);

/** Whether somebody employed has this number. */
export async function isEmployedHere({ tx }: Pick<Scope, "tx">, member: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("membership.member_card")
    .select("id")
    .where("id", "=", member)
    .where("status", "in", employed)
    .executeTakeFirst();
  return row !== undefined;
}

export type Figures = Pay & { readonly gross: Money };

/** What the office said of a member's month before. */
export async function figuresOf({ tx }: Pick<Scope, "tx">, member: Id, month: Day): Promise<Figures | undefined> {
  const row = await tx
    .selectFrom("money.payroll_figure")
    .selectAll()
    .where("member", "=", member)
    .where("month", "=", month)
    .executeTakeFirst();
  return row && figuresFrom(row);
}

type FigureRow = {
  readonly currency: string;
  readonly gross_minor: bigint;
  readonly net_minor: bigint;
  readonly employee_minor: bigint;
  readonly employer_minor: bigint;
};

/** The figures of a row. */
export function figuresFrom({
  currency,
  gross_minor: gross,
  net_minor: net,
  employee_minor: employee,
  employer_minor: employer,
}: FigureRow): Figures {
  const money = (minor: bigint): Money => ({ minor, currency });
  return { gross: money(gross), net: money(net), employee: money(employee), employer: money(employer) };
}

/** Keeps what the office said of a month, and what of it was estimated otherwise. */
export async function saveFigures(
  { tx, now, id }: Scope,
  { member, gross, ...says }: OfficeLine,
  month: Day,
  off: Pay,
  by: Id,
): Promise<void> {
  await tx
    .insertInto("money.payroll_figure")
    .values({
      id: id(),
      member,
      month,
      currency: gross.currency,
      gross_minor: gross.minor,
      net_minor: says.net.minor,
      employee_minor: says.employee.minor,
      employer_minor: says.employer.minor,
      net_off_minor: off.net.minor,
      employee_off_minor: off.employee.minor,
      employer_off_minor: off.employer.minor,
      read_by: by,
      read_at: now,
    })
    .execute();
}

/** The first and the last day of a month. */
export const daysOf = (month: Day): readonly [Day, Day] => [month, dayAfter(monthsAfter(month, 1), -1)];

export type Waiting = { readonly payable: Id; readonly left: Money };
/** What of it is pay, and what of earlier months goes with it. */
export type Costing = Waiting & { readonly cost: Money; readonly along: Money; readonly carried?: Carried };
export type MonthWaiting = MonthOfPay & { readonly works: readonly Costing[] };

/**
 * What was estimated of a member's month, and what of their work waits for the office by its end; that is held. What the office decided is of
 * the month it decided: where it was paid in this one and nothing waits, the office may still say otherwise. `told`: the net that it says.
 */
export async function monthOfPay(scope: Scope, member: Id, month: Day, told: Money): Promise<MonthWaiting> {
  const { tx, now } = scope;
  const { zone, currency } = await bookOf(tx);
  const [, last] = daysOf(month);
  const works = costing(await waitingBy({ db: tx, now }, member, last, zone), await carriedTo({ db: tx }, member, null, currency), told);
  const waiting = works.length === 0 ? undefined : sum(zero(currency), ...works.map(({ cost }) => cost));
  const paid = await paidIn(scope, member, month);
  return { estimated: paid.estimated ?? (waiting ? undefined : paid.decided), waiting, works };
}

/** What a member was paid in a month: by an estimate, and as the office had decided. */
async function paidIn({ tx }: Pick<Scope, "tx">, member: Id, month: Day): Promise<{ readonly estimated?: Pay; readonly decided?: Pay }> {
  const { zone, currency } = await bookOf(tx);
  const [first, last] = daysOf(month);
  const rows = await tx
    .selectFrom("money.pay")
    .select(sql<boolean>`decided_month is not null`.as("decided"))
    .select((eb) => [eb.fn.sum<string>("net_minor").as("net"), eb.fn.sum<string>("employee_minor").as("employee")])
    .select((eb) => eb.fn.sum<string>("employer_minor").as("employer"))
    .where("member", "=", member)
    .where(sql<boolean>`(posted_at at time zone ${zone})::date between ${first}::date and ${last}::date`)
    .groupBy("decided")
    .execute();
  const money = (minor: string): Money => ({ minor: BigInt(minor), currency });
  return Object.fromEntries(
    rows.map(({ decided, net, employee, employer }) => [
      decided ? "decided" : "estimated",
      { net: money(net), employee: money(employee), employer: money(employer) },
    ]),
  );
}

/** What of a member's works is pay, once what earlier months cost otherwise is settled with one of them. */
export function costing(works: readonly Waiting[], carried: Carried, told?: Money): readonly Costing[] {
  const bearing = bearsEarlier(
    works.map(({ left }) => left),
    carried,
    told,
  );
  return works.map((work, at) =>
    at === bearing
      ? { ...work, cost: { ...work.left, minor: work.left.minor - carried.cost.minor }, along: carried.net, carried }
      : { ...work, cost: work.left, along: zero(work.left.currency) },
  );
}

/** What could be paid, were it known what of it is in hand. */
export const waits = (until: Day, zone: string) =>
  sql<boolean>`(${couldLeave} and (payable.opened_at at time zone ${zone})::date <= ${until}::date)`;

async function waitingBy(asking: Asking, member: Id, until: Day, zone: string): Promise<readonly Waiting[]> {
  const rows = await unreckoned(asking)
    .where("payable.member", "=", member)
    .where(waits(until, zone))
    .orderBy("payable.id")
    .forUpdate("payable")
    .execute();
  return rows.map(({ id, currency, amount_minor: minor }) => ({ payable: id, left: { minor, currency } }));
}

/** What both sides owe the social offices for all until a day, and was never paid. */
export async function contributionsOpen(reading: Pick<Asking, "db">, until: Day): Promise<PayrollOpen> {
  const { currency } = await bookOf(reading.db);
  const owed = async (account: typeof payrollEmployee): Promise<Money> => {
    const { minor } = await balanceAt(reading, account, until, currency, "payroll.remitted");
    return { minor: -minor, currency };
  };
  return { until, employee: await owed(payrollEmployee), employer: await owed(payrollEmployer) };
}

/** What figures differ by in all. */
export const differs = (off: Pay): boolean => off.net.minor !== 0n || off.employee.minor !== 0n || costOf(off).minor !== 0n;
