// Expenses in SQL: what members spent for their work, and how far each is.
import { sql } from "kysely";
import type { ExpenseKind, ExpenseState } from "@partcommune/shared/money/rules/expense";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money, Ppm } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";

export type NewExpense = {
  readonly id: Id;
  readonly member: Id;
  readonly into: Id | null;
  readonly kind: ExpenseKind;
  readonly about: string;
  readonly spentOn: Day;
  readonly amount: Money;
  readonly vat: Money;
  readonly rate: Ppm;
  /** Kilometres or days, and where their rate is from. */
  readonly units?: { readonly count: number; readonly source: string };
};

/** Keeps what a member handed in. */
export async function saveExpense({ tx, now }: Pick<Scope, "tx" | "now">, expense: NewExpense): Promise<void> {
  const { into, spentOn, amount, vat, rate, units, ...row } = expense;
  await tx
    .insertInto("money.expense")
    .values({
      ...row,
      into_budget: into,
      spent_on: spentOn,
      amount_minor: amount.minor,
      vat_minor: vat.minor,
      vat_rate: rate,
      currency: amount.currency,
      units: units?.count ?? null,
      rate_source: units?.source ?? null,
      state: "waiting",
      handed_in_at: now,
    })
    .execute();
}

export type Expense = {
  readonly id: Id;
  readonly member: Id;
  readonly into: Id | undefined;
  readonly amount: Money;
  readonly vat: Money;
  readonly state: ExpenseState;
};

const expenses = ({ tx }: Pick<Scope, "tx">) =>
  tx.selectFrom("money.expense").select(["id", "member", "into_budget", "amount_minor", "vat_minor", "currency", "state"]);

type Row = Awaited<ReturnType<ReturnType<typeof expenses>["executeTakeFirstOrThrow"]>>;

const expenseFrom = ({ id, member, into_budget: into, amount_minor: amount, vat_minor: vat, currency, state }: Row): Expense => ({
  id,
  member,
  into: into ?? undefined,
  amount: { minor: amount, currency },
  vat: { minor: vat, currency },
  state: state as ExpenseState,
});

export async function expenseAt(scope: Pick<Scope, "tx">, id: Id): Promise<Expense | undefined> {
  const row = await expenses(scope).where("id", "=", id).executeTakeFirst();
  return row && expenseFrom(row);
}

/** What of a member's waits for money, the oldest first. */
export async function waitingOf(scope: Pick<Scope, "tx">, member: Id): Promise<readonly Expense[]> {
  const rows = await expenses(scope)
    .where("member", "=", member)
    .where("state", "=", "waiting")
    .orderBy("handed_in_at")
    .orderBy("id")
    .execute();
  return rows.map(expenseFrom);
}

/** Moves an expense on. True for exactly one caller. */
export async function moveExpense({ tx }: Pick<Scope, "tx">, id: Id, from: ExpenseState, to: ExpenseState): Promise<boolean> {
  const row = await tx.updateTable("money.expense").set({ state: to }).where("id", "=", id).where("state", "=", from).executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Keeps why it was refused. True for exactly one caller. */
export async function refuseExpense(
  { tx }: Pick<Scope, "tx">,
  id: Id,
  from: ExpenseState,
  { because, person }: { readonly because: string; readonly person: Id },
): Promise<boolean> {
  const row = await tx
    .updateTable("money.expense")
    .set({ state: "refused", because, refused_by: person })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** What is owed for an expense is owed no more. False when it is ordered. */
export async function dropPayable({ tx }: Pick<Scope, "tx">, expense: Id): Promise<boolean> {
  const held = await tx.selectFrom("money.payable").select("id").where("source", "=", expense).forUpdate().executeTakeFirst();
  if (!held) return true;
  const dropped = await tx
    .updateTable("money.payable as payable")
    .set((eb) => ({ credited_minor: eb.ref("amount_minor") }))
    .where("id", "=", held.id)
    .where(sql<boolean>`not exists (select from money.payout_item item where item.payable = payable.id and item.live)`)
    .executeTakeFirst();
  return dropped.numUpdatedRows === 1n;
}
