// What of the money between the coop and members is still open, in SQL, before they have left.
import { sql } from "kysely";
import type { Standing } from "@partcommune/shared/membership/rules/leaving";
import { statesBefore } from "@partcommune/shared/platform/table";
import { expenseTable } from "@partcommune/shared/money/rules/expense";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { isBudget } from "./accounts.ts";
import { isLeftOfAdvance } from "./advances.ts";
import { factsOfPayable } from "./payables.ts";

export type MoneyOpen = Pick<Standing, "payables" | "budget" | "advances" | "expenses">;

type Sums = { readonly id: Id; readonly budget: bigint; readonly advances: bigint; readonly expenses: number };

/** Of each of these members, what they are owed and not paid, what is on their budgets, and what they owe or wait for. */
export async function moneyOpen(view: View, members: readonly Id[]): Promise<ReadonlyMap<Id, MoneyOpen>> {
  const { currency } = await bookOf(view.db);
  const money = (minor: bigint): Money => ({ minor, currency });
  const owed = await unpaid(view, members);
  const { rows } = await sql<Sums>`
    select each.id,
      (select coalesce(-sum(balance), 0)::bigint from ledger.account_balance where owner_id = each.id::text and ${isBudget}) as budget,
      (select coalesce(sum(${isLeftOfAdvance}), 0)::bigint from money.advance where member = each.id) as advances,
      (select count(*)::int from money.expense where member = each.id and state = any (${waitingExpenses}::text[])) as expenses
    from unnest(${[...members]}::uuid[]) as each(id)`.execute(view.db);
  return new Map(
    rows.map(({ id, budget, advances, expenses }) => [
      id,
      { payables: money(owed.get(id) ?? 0n), budget: money(budget), advances: money(advances), expenses },
    ]),
  );
}

/** What is covered is owed like the rest; what is not waits for money. */
const waitingExpenses = [...statesBefore(expenseTable, "cover")];

/** What the bank has not booked of what members are owed. */
async function unpaid({ db, now }: View, members: readonly Id[]): Promise<ReadonlyMap<Id, bigint>> {
  const rows = await factsOfPayable(db, now)
    .where("payable.member", "=", sql<Id>`any (${[...members]}::uuid[])`)
    .where("item.settled_on", "is", null)
    .execute();
  const owed = new Map<Id, bigint>();
  for (const { member, owed_minor: minor } of rows) owed.set(member, (owed.get(member) ?? 0n) + minor);
  return owed;
}
