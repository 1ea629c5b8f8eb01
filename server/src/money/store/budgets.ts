// The budgets of members in SQL: what they are called, what is on each, and what of that is held.
import { sql } from "kysely";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { folded, type Named } from "@partcommune/shared/money/rules/budget";
import type { Id } from "@partcommune/shared/platform/id";
import { zero, type Money } from "@partcommune/shared/platform/money";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { closeAccount } from "./accounts.ts";
import { balancesUnder } from "./ledger.ts";
import { isOwed } from "./payables.ts";

/** One change of a member's budgets, or of what leads to them, at a time, until the transaction ends. */
export async function takeBudgetTurn({ tx }: Pick<Scope, "tx">, member: Id): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`money:budget:${member}`}, 0))`.execute(tx);
}

/** The open budgets of a member beside the first, oldest first. */
export const openBudgetsOf = async ({ db }: Pick<View, "db">, member: Id): Promise<readonly Named[]> =>
  db
    .selectFrom("money.budget")
    .select(["id", "name"])
    .where("member", "=", member)
    .where("closed_at", "is", null)
    .orderBy("opened_at")
    .orderBy("id")
    .execute();

/** Saves a new budget; its id. */
export async function saveBudget({ tx, now, id: newId }: Scope, member: Id, name: string): Promise<Id> {
  const id = newId();
  await tx
    .insertInto("money.budget")
    .values({ id, member, name, folded: folded(name), opened_at: now })
    .execute();
  return id;
}

/** Gives an open budget another name. */
export async function nameBudget({ tx }: Scope, id: Id, name: string): Promise<void> {
  await tx
    .updateTable("money.budget")
    .set({ name, folded: folded(name) })
    .where("id", "=", id)
    .execute();
}

/** Closes an open budget, and its account with it where anything was ever posted to that. */
export async function endBudget({ tx, now }: Scope, member: Id, id: Id): Promise<void> {
  await tx.updateTable("money.budget").set({ closed_at: now }).where("id", "=", id).execute();
  const { code } = budgetOfMember(member, id);
  const { rows } = await sql<{ id: bigint }>`select account_id as id from ledger.account where code = ${code}`.execute(tx);
  for (const account of rows) await closeAccount({ tx, now }, account.id);
}

/** Whether nothing is on a budget, nothing of it held, and nothing that went into it is on its way to the member's bank. */
export async function isEmpty({ tx }: Pick<Scope, "tx">, member: Id, id: Id): Promise<boolean> {
  const { code } = budgetOfMember(member, id);
  const { rows } = await sql`
    select 1 from ledger.account_balance where code = ${code} and (balance <> 0 or held <> 0)
    union all
    select 1 from money.payable join money.earning using (invoice, member)
    where earning.member = ${member} and earning.into_budget = ${id} and ${isOwed} > 0
      and not exists (select from money.payout_item item where item.payable = payable.id and item.settled_on is not null)
    union all
    select 1 from money.expense where member = ${member} and into_budget = ${id} and state in ('waiting', 'covered')
    limit 1`.execute(tx);
  return rows.length === 0;
}

export type HeldOf = { readonly invoice: string; readonly amount: Money };

/** A budget as its member reads it; the first has neither id nor name. */
export type BudgetStanding = Partial<Named> & { readonly balance: Money; readonly available: Money; readonly held: readonly HeldOf[] };

/** The open budgets of a member with what is on each, the first on top. */
export async function budgetsOf(view: View, member: Id): Promise<readonly BudgetStanding[]> {
  const { currency } = await bookOf(view.db);
  const open = await openBudgetsOf(view, member);
  const balances = await balancesUnder(view, budgetOfMember(member).code);
  const held = await heldOf(view, member);
  return [undefined, ...open].map((budget) => {
    const { code } = budgetOfMember(member, budget?.id);
    const standing = balances.find(({ account }) => account.code === code);
    return {
      ...budget,
      // The book's debit is positive; what a member is owed is a credit.
      balance: standing ? { minor: -standing.balance.minor, currency } : zero(currency),
      available: standing?.available ?? zero(currency),
      held: held.flatMap((each) => (each.code === code ? [{ invoice: each.invoice, amount: { minor: each.minor, currency } }] : [])),
    };
  });
}

/** What is held of a member's budgets because clients have not paid yet, by account and invoice. */
async function heldOf({ db }: View, member: Id): Promise<readonly { code: string; invoice: string; minor: bigint }[]> {
  const { rows } = await sql<{ code: string; invoice: string; minor: bigint }>`
    select account.code, document.number as invoice, sum(hold.amount)::bigint as minor
    from money.earning join money.document on document.id = earning.invoice
    join ledger.account on account.code = ${budgetOfMember(member).code}::text || coalesce(':' || earning.into_budget, '')
    join ledger.hold using (account_id)
    where earning.member = ${member} and hold.kind = 'uncollected' and hold.key like 'invoice:' || document.id || ':uncollected:%'
      and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)
    group by account.code, document.number, document.issued_at order by document.issued_at, document.number`.execute(db);
  return rows;
}
