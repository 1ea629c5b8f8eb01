// A month of a member's money in SQL: each entry that moved their budgets, with what of it went through payroll and the papers it stands on.
import { sql } from "kysely";
import type { readPay } from "@partcommune/shared/money/api/pay";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { seesAllMoney } from "@partcommune/shared/money/rules/rights";
import { readsOwn } from "@partcommune/shared/platform/actor";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

type Pay = AnswerOf<typeof readPay>;
type Line = Pay["lines"][number];

/** What moved a member's money in a month. */
export async function payOf(view: View, { member, month }: InputOf<typeof readPay>): Promise<Pay> {
  const { actor } = view;
  const isOwn = readsOwn(actor, member);
  found(isOwn || (seesAllMoney(actor) && (await memberCard(view, member)) !== undefined) || undefined);
  const { currency, zone } = await bookOf(view.db);
  const months = await monthsOf(view, member);
  const shown = month ?? months[0] ?? dayOf(view.now, zone).slice(0, 7);
  const lines = await linesOf(view, member, shown, currency);
  const opening = await heldBefore(view, member, shown, currency);
  const moved = lines.map(({ amount }) => amount);
  const payrolled = lines.flatMap(({ payroll }) => payroll ?? []);
  return {
    month: shown,
    months: [...months],
    opening,
    came: sum(zero(currency), ...moved.filter(({ minor }) => minor > 0n)),
    left: sum(zero(currency), ...moved.filter(({ minor }) => minor < 0n)),
    closing: sum(opening, ...moved),
    ...(payrolled.length === 0 ? {} : { payroll: together(payrolled, currency) }),
    lines: [...lines],
  };
}

type Parts = NonNullable<Pay["payroll"]>;

function together(all: readonly Parts[], currency: string): Parts {
  const of = (part: keyof Parts): Money => sum(zero(currency), ...all.map((each) => each[part]));
  return { net: of("net"), employee: of("employee"), employer: of("employer") };
}

const firstOf = (month: string): Day => `${month}-01` as Day;
const budgets = (member: Id) => sql`select account_id from ledger.account where code like ${`${budgetOfMember(member).code}%`}`;

async function monthsOf({ db }: View, member: Id): Promise<readonly string[]> {
  const { rows } = await sql<{ month: string }>`
    select distinct to_char(value_on, 'YYYY-MM') as month from ledger.entry
    where entry_id in (select entry_id from ledger.leg where account_id in (${budgets(member)})) order by month desc`.execute(db);
  return rows.map(({ month }) => month);
}

async function heldBefore({ db }: View, member: Id, month: string, currency: string): Promise<Money> {
  const { rows } = await sql<{ minor: bigint }>`
    select coalesce(-sum(amount), 0)::bigint as minor from ledger.leg join ledger.entry using (entry_id)
    where account_id in (${budgets(member)}) and value_on < ${firstOf(month)}::date`.execute(db);
  return { minor: rows[0]?.minor ?? 0n, currency };
}

type Row = Pick<Line, "entry" | "on" | "kind"> & {
  readonly amount: bigint;
  readonly about: string | null;
  readonly invoice: string | null;
  readonly paper: Id | null;
  readonly number: string | null;
  readonly employee: bigint;
  readonly employer: bigint;
  readonly model: string | null;
};

async function linesOf({ db }: View, member: Id, month: string, currency: string): Promise<readonly Line[]> {
  const { rows } = await sql<Row>`
    select uid as entry, value_on as "on", entry.kind, moved.amount, document.about, document.number as invoice,
      paper.id as paper, paper.number, employee, employer, pay.model
    from (
      select entry_id, -sum(amount)::bigint as amount from ledger.leg where account_id in (${budgets(member)}) group by entry_id
    ) moved join ledger.entry using (entry_id) cross join lateral (
      select coalesce(-sum(amount) filter (where code = 'payroll:employee'), 0)::bigint as employee,
        coalesce(-sum(amount) filter (where code = 'payroll:employer'), 0)::bigint as employer
      from ledger.leg join ledger.account using (account_id) where leg.entry_id = moved.entry_id
    ) offices
    left join money.document on document.id = entry.document_id
    left join money.payout_item as item on entry.kind in ('member.billed', 'payroll.estimated') and item.member = ${member}::uuid and entry.key = 'payout-item:' || item.id || ':ordered'
    left join money.draw on entry.kind in ('advance.repaid', 'vat.billed') and draw.payable in (select id from money.payable where payable.member = ${member}::uuid)
      and entry.key in ('draw:' || draw.id || ':repaid', 'draw:' || draw.id || ':billed')
    left join money.self_billed as paper on paper.item = item.id or paper.draw = draw.id
    left join money.pay on pay.payable = item.payable and pay.posted_at is not null and entry.kind = 'payroll.estimated'
    where value_on >= ${firstOf(month)}::date and value_on < ${firstOf(month)}::date + interval '1 month' and moved.amount <> 0
    order by value_on, entry_id`.execute(db);
  return rows.map((row) => lineOf(row, (minor) => ({ minor, currency })));
}

const throughPayroll: readonly string[] = ["payroll.estimated", "payroll.corrected"];

/** What left a budget through payroll and is not for the offices is in the hand, whether it leaves with this pay or another. */
function lineOf({ entry, on, kind, amount, about, invoice, paper, number, ...row }: Row, money: (minor: bigint) => Money): Line {
  return {
    entry,
    on,
    kind,
    amount: money(amount),
    ...(about === null ? {} : { about }),
    ...(invoice === null ? {} : { invoice }),
    ...(paper === null || number === null ? {} : { paper: { id: paper, number } }),
    ...(throughPayroll.includes(kind) ? { payroll: payrollOf(amount, row, money) } : {}),
  };
}

const payrollOf = (
  amount: bigint,
  { employee, employer, model }: Pick<Row, "employee" | "employer" | "model">,
  money: (minor: bigint) => Money,
) => ({
  net: money(-amount - employee - employer),
  employee: money(employee),
  employer: money(employer),
  ...(model === null ? {} : { model }),
});
