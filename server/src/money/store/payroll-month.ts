// A month of payroll, as the desk and the payroll office see it, in SQL.
import { sql } from "kysely";
import type { readPayroll } from "@partcommune/shared/money/api";
import { dayOf, monthOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { payColumns } from "./pay.ts";
import { factsOfPayable, isPay, isReckoned } from "./payables.ts";
import { carriedBy, contributionsOpen, costing, daysOf, figuresFrom, waits } from "./payroll.ts";

type Month = AnswerOf<typeof readPayroll>;

/** A month of those who are employed; without one, the one that goes on. */
export async function payrollMonth(view: View, { month: wanted }: InputOf<typeof readPayroll>): Promise<Month> {
  const { db, now } = view;
  const { zone } = await bookOf(db);
  const today = dayOf(now, zone);
  const month = monthOf(wanted ?? today);
  const [, last] = daysOf(month);
  const next = monthsAfter(month, 1);
  return {
    month,
    before: monthsAfter(month, -1),
    ...(next <= today ? { next } : {}),
    works: await worksOf(view, month, zone),
    figures: await figuresIn(view, month),
    open: await contributionsOpen(view, last),
  };
}

/** What was paid in a month, what the office decided of it, and what waits for the office by its end, member by member. */
async function worksOf({ db, now }: View, month: Day, zone: string): Promise<Month["works"]> {
  const [first, last] = daysOf(month);
  const rows = await factsOfPayable(db, now)
    .innerJoin("money.document as document", "document.id", "payable.invoice")
    .select(["owed.name", "document.number", "document.engagement", ...payColumns])
    .select(
      sql<string | null>`(
        select reference from membership.employment_card declared where declared.member = payable.member and from_on <= ${last}::date
        order by from_on desc limit 1)`.as("reference"),
    )
    .select(sql<boolean>`coalesce(pay.posted_at is not null or (pay.decided_month is not null and ${isReckoned}), false)`.as("said"))
    .select(sql<Day>`coalesce((document.frozen::jsonb ->> 'deliveredOn')::date, document.issued_on)`.as("deliveredOn"))
    .where(isPay)
    .where(
      sql<boolean>`((pay.decided_month is null and (pay.posted_at at time zone ${zone})::date between ${first}::date and ${last}::date)
        or (pay.decided_month = ${first}::date and ${isReckoned})
        or (item.id is null and not ${isReckoned} and ${waits(last, zone)}))`,
    )
    .orderBy("owed.name")
    .orderBy("payable.id")
    .execute();
  const costs = await costsOf(db, rows);
  return rows.map(({ currency, reference, said, ...row }) => {
    const money = (minor: bigint): Money => ({ minor, currency });
    // What was reckoned before and fits no more says nothing.
    const model = said ? row.model : null;
    const { cost_minor: cost, net_minor: net, employee_minor: employee, employer_minor: employer } = row;
    return {
      payable: row.id,
      member: row.member,
      name: row.name ?? "",
      ...(reference === null ? {} : { reference }),
      invoice: row.number,
      engagement: row.engagement,
      deliveredOn: row.deliveredOn,
      cost: money(said && cost !== null ? cost : (costs.get(row.id) ?? row.amount_minor)),
      ...(net === null || employee === null || employer === null || model === null
        ? {}
        : { net: money(net), employee: money(employee), employer: money(employer), model }),
    };
  });
}

type Work = { readonly id: Id; readonly member: Id; readonly currency: string; readonly amount_minor: bigint; readonly said: boolean };

/** What of each work that waits is pay, less what an earlier month of its member cost more. */
async function costsOf(db: View["db"], works: readonly Work[]): Promise<ReadonlyMap<Id, bigint>> {
  const waiting = works.filter(({ said }) => !said);
  const [first] = waiting;
  if (!first) return new Map();
  const byMember = Map.groupBy(waiting, ({ member }) => member);
  const carried = await carriedBy({ db }, [...byMember.keys()], null, first.currency);
  return new Map(
    [...byMember].flatMap(([member, of]) => {
      const earlier = carried.get(member);
      const lefts = of.map(({ id, currency, amount_minor: minor }) => ({ payable: id, left: { minor, currency } }));
      return earlier ? costing(lefts, earlier).map(({ payable, cost }) => [payable, cost.minor] as const) : [];
    }),
  );
}

async function figuresIn({ db }: View, month: Day): Promise<Month["figures"]> {
  const rows = await db
    .selectFrom("money.payroll_figure as figure")
    .innerJoin("membership.member_card as card", "card.id", "figure.member")
    .selectAll("figure")
    .select("card.name")
    .where("figure.month", "=", month)
    .orderBy("card.name")
    .execute();
  return rows.map((row) => ({ member: row.member, name: row.name ?? "", ...figuresFrom(row), readAt: row.read_at }));
}
