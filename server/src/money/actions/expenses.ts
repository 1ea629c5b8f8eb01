// The verbs of an expense: handed in with what proves it, set aside for as soon as there is enough, refused or taken back while it is not ordered.
import type * as api from "@partcommune/shared/money/api";
import { budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import {
  allowed,
  expenseHoldKey,
  expenseTable,
  objectionToReceipt,
  objectionToSpentOn,
  ownPart,
} from "@partcommune/shared/money/rules/expense";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Day } from "@partcommune/shared/platform/time";
import { sendFiles } from "../../platform/files/store.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { returnDraws, saveDraw, usable, type Usable } from "../store/draws.ts";
import * as store from "../store/expenses.ts";
import { placeHold, releaseHold } from "../store/holds.ts";
import { houseOf } from "../store/house.ts";
import { openPayable } from "../store/payables.ts";
import { askingPerson } from "./asking-person.ts";
import { budgetChosen } from "./budgets.ts";
import { bookOpened } from "./open-book.ts";
import { freedBy, heldLess } from "./using.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Hands in what a receipt shows. */
export const handInReceipt: Act<typeof api.handInReceipt> = async (scope, { budget, files = [], rate, amount, vat, about, spentOn }) => {
  const { member, currency, person } = await handingIn(scope, spentOn);
  refuseIf(objectionToReceipt({ amount, rate, vat }, currency, files.length));
  const id = scope.id();
  await sendFiles(scope, person, { subjectKind: "member", subject: member }, id, files);
  return handedIn(scope, { id, member, into: await budgetChosen(scope, budget), kind: "receipt", about, spentOn, amount, vat, rate });
};

/** Hands in kilometres or days away, at the rate of that day. */
export const handInAllowance: Act<typeof api.handInAllowance> = async (scope, { budget, kind, units, about, spentOn }) => {
  const { member, currency, country } = await handingIn(scope, spentOn);
  const of = allowed(kind, country, spentOn, units, currency);
  refuseUnless(of !== undefined && of.amount.minor > 0n, "allowance-unknown", { country });
  const { amount, row } = of;
  const counted = { count: Number(units), source: row.source };
  const plain = { vat: zero(currency), rate: 0n, units: counted };
  return handedIn(scope, { id: scope.id(), member, into: await budgetChosen(scope, budget), kind, about, spentOn, amount, ...plain });
};

async function handingIn(scope: Scope, spentOn: Day) {
  const { member, person } = askingPerson(scope);
  refuseUnless(member !== undefined, "members-only");
  await bookOpened(scope);
  const { currency, country, zone } = await houseOf(scope.tx);
  refuseIf(objectionToSpentOn(spentOn, dayOf(scope.now, zone)));
  return { member, person, currency, country };
}

async function handedIn(scope: Scope, expense: store.NewExpense): Promise<{ readonly id: Id }> {
  const { id, member, kind } = expense;
  await store.saveExpense(scope, expense);
  scope.emit({ type: "expense.handedIn", subject: id, body: { ...bodyOf(expense), kind }, about: topicsOf(expense) });
  await coverWaiting(scope, member);
  return { id };
}

const bodyOf = ({ member, amount }: { readonly member: Id; readonly amount: Money }) => ({
  member,
  minor: String(amount.minor),
  currency: amount.currency,
});
const topicsOf = ({ member }: { readonly member: Id }): readonly string[] => [`member:${member}`, "desk:money"];

/** Sets aside for whatever of a member's waits and is covered by now, the oldest first; a small one does not wait for a large one of another budget. */
export async function coverWaiting(scope: Scope, member: Id): Promise<void> {
  let credits = await usable(scope, { member });
  const stuck = new Set<Id | undefined>();
  for (const expense of await store.waitingOf(scope, member)) {
    const own = ownPart(expense);
    const those = credits.filter(({ into }) => into === expense.into);
    const there = sum(zero(own.currency), ...those.map(({ left }) => left));
    if (stuck.has(expense.into) || there.minor < own.minor) stuck.add(expense.into);
    else {
      await cover(scope, expense, those);
      credits = await usable(scope, { member });
    }
  }
}

async function cover(scope: Scope, expense: store.Expense, credits: readonly Usable[]): Promise<void> {
  const { id, member, into, amount } = expense;
  const own = ownPart(expense);
  if (!(await store.moveExpense(scope, id, "waiting", "covered"))) return;
  let rest = own;
  for (const credit of credits) {
    const part = rest.minor < credit.left.minor ? rest : credit.left;
    if (part.minor > 0n) await use(scope, credit, id, part);
    rest = minus(rest, part);
  }
  await placeHold(scope, { account: budgetOfMember(member, into), money: own, kind: "expense", key: expenseHoldKey(id) });
  await openPayable(scope, { about: "expense", source: id, member, amount });
  scope.emit({ type: "expense.covered", subject: id, body: bodyOf(expense), about: topicsOf(expense) });
}

/** Uses part of one credit: what was held of it until the client pays is held for the expense. */
async function use(scope: Scope, credit: Usable, expense: Id, amount: Money): Promise<void> {
  const freed = freedBy(credit, amount);
  const { ends, holds } = heldLess(credit, freed);
  for (const { key } of ends) await releaseHold(scope, key, "voided");
  for (const hold of holds) await placeHold(scope, hold, credit.engagement);
  await saveDraw(scope, { payable: credit.payable, about: "expense", source: expense, amount, freed, vat: zero(amount.currency) });
}

/** Ends an expense that is not ordered: what was set aside for it is the member's again. */
async function ended(scope: Scope, expense: store.Expense): Promise<void> {
  const { id, member, state } = expense;
  if (state !== "covered") return;
  await usable(scope, { member }); // held, as whatever uses it holds it
  refuseUnless(await store.dropPayable(scope, id), "expense-ordered");
  await releaseHold(scope, expenseHoldKey(id), "voided");
  await returnDraws(scope, id);
  await coverWaiting(scope, member);
}

/** Takes one's own expense back. */
export const withdrawExpense: Act<typeof api.withdrawExpense> = async (scope, { expense: id }) => {
  const { member } = askingPerson(scope);
  const expense = await store.expenseAt(scope, id);
  const own = found(expense?.member === member ? expense : undefined);
  refuseIf(objectionToVerb(expenseTable, own.state, "withdraw"));
  refuseUnless(await store.moveExpense(scope, id, own.state, "withdrawn"), "not-in-this-state", { state: "withdrawn" });
  await ended(scope, own);
  scope.emit({ type: "expense.withdrawn", subject: id, body: { member: own.member }, about: topicsOf(own) });
  return {};
};

/** Refuses an expense with the reason. */
export const refuseExpense: Act<typeof api.refuseExpense> = async (scope, { expense: id, because }) => {
  const { person } = askingPerson(scope);
  const expense = found(await store.expenseAt(scope, id));
  refuseIf(objectionToVerb(expenseTable, expense.state, "refuse"));
  refuseUnless(await store.refuseExpense(scope, id, expense.state, { because, person }), "not-in-this-state", { state: "refused" });
  await ended(scope, expense);
  scope.emit({ type: "expense.refused", subject: id, body: { member: expense.member }, about: topicsOf(expense) });
  return {};
};
