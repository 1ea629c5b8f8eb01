// Payroll in SQL: what is to be reckoned, what a member's month came to, what the payroll office said of it, and what the social offices are owed.
import { sql } from "kysely";
import { employed } from "@partcommune/shared/membership/rules/employment";
import type { Status } from "@partcommune/shared/membership/rules";
import { payrollEmployee, payrollEmployer } from "@partcommune/shared/money/rules/accounts";
import { costOf, type MonthOfPay, type OfficeLine, type Pay, type PayrollOpen } from "@partcommune/shared/money/rules/payroll";
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

/** What earlier months cost otherwise than they were estimated, and which of the office's figures say so. */
export type Carried = { readonly figures: readonly Id[]; readonly cost: Money; readonly net: Money };

/** What of a member's months is to be settled with this payable. */
export async function carriedTo({ db }: Pick<Asking, "db">, member: Id, payable: Id, currency: string): Promise<Carried> {
  const rows = await db
    .selectFrom("money.payroll_figure")
    .select(["id", "net_off_minor as net"])
    .select(costOff.as("cost"))
    .where("member", "=", member)
    .where((eb) => eb.or([eb("taken_by", "is", null), eb("taken_by", "=", payable)]))
    .where(sql<boolean>`(${costOff} <> 0 or net_off_minor <> 0)`)
    .orderBy("month")
    .execute();
  const money = (minor: bigint): Money => ({ minor, currency });
  return {
    figures: rows.map(({ id }) => id),
    cost: sum(zero(currency), ...rows.map(({ cost }) => money(cost))),
    net: sum(zero(currency), ...rows.map(({ net }) => money(net))),
  };
}

/** Binds figures to the payable they are settled with. False where another has one of them by now. */
export async function takeFigures({ tx }: Pick<Scope, "tx">, figures: readonly Id[], payable: Id): Promise<boolean> {
  if (figures.length === 0) return true;
  await tx
    .updateTable("money.payroll_figure")
    .set({ taken_by: payable })
    .where("id", "in", figures)
    .where("taken_by", "is", null)
    .execute();
  const rows = await tx
    .selectFrom("money.payroll_figure")
    .select("id")
    .where("id", "in", figures)
    .where("taken_by", "=", payable)
    .execute();
  return rows.length === figures.length;
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
export type MonthWaiting = MonthOfPay & { readonly works: readonly Waiting[] };

/**
 * What was estimated of a member's month, and what of their work waits for the office by its end; that is held. What the office decided is of
 * the month it decided: where it was paid in this one and nothing waits, the office may still say otherwise.
 */
export async function monthOfPay(scope: Scope, member: Id, month: Day): Promise<MonthWaiting> {
  const { tx, now } = scope;
  const { zone, currency } = await bookOf(tx);
  const [, last] = daysOf(month);
  const works = await waitingBy({ db: tx, now }, member, last, zone);
  const waiting = works.length === 0 ? undefined : sum(zero(currency), ...works.map(({ left }) => left));
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
