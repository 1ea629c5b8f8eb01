// The verbs of a member's budgets: opened, renamed, and closed once nothing is on them and nothing leads to them.
import type * as api from "@partcommune/shared/money/api";
import { objectionToClosing, objectionToName, objectionToOpening, type Named } from "@partcommune/shared/money/rules/budget";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/budgets.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** The member who acts, and their open budgets, which nobody else changes meanwhile. */
async function own(scope: Scope): Promise<{ readonly member: Id; readonly open: readonly Named[] }> {
  const { member } = askingPerson(scope);
  refuseUnless(member !== undefined, "members-only");
  await store.takeBudgetTurn(scope, member);
  return { member, open: await store.openBudgetsOf(viewOf(scope), member) };
}

const about = (member: Id): readonly string[] => [`member:${member}`];

/** Opens a further budget. */
export const openBudget: Act<typeof api.openBudget> = async (scope, { name }) => {
  const { member, open } = await own(scope);
  refuseIf(objectionToOpening(open, name));
  const id = await store.saveBudget(scope, member, name);
  scope.emit({ type: "budget.opened", subject: id, body: { member }, about: about(member) });
  return { id };
};

/** Gives a budget another name. */
export const renameBudget: Act<typeof api.renameBudget> = async (scope, { budget, name }) => {
  const { member, open } = await own(scope);
  found(open.find(({ id }) => id === budget));
  refuseIf(objectionToName(open, name, budget));
  await store.nameBudget(scope, budget, name);
  scope.emit({ type: "budget.renamed", subject: budget, body: { member }, about: about(member) });
  return {};
};

/** Closes a budget. The works that lead to it are asked of whoever knows works, once nobody can choose it any more. */
export async function closeBudget(scope: Scope, budget: Id, worksInto: (member: Id) => Promise<readonly string[]>): Promise<void> {
  const { member, open } = await own(scope);
  found(open.find(({ id }) => id === budget));
  refuseIf(objectionToClosing({ works: await worksInto(member), empty: await store.isEmpty(scope, member, budget) }));
  await store.endBudget(scope, member, budget);
  scope.emit({ type: "budget.closed", subject: budget, body: { member }, about: about(member) });
}

/** A budget that the member who acts may choose, by its id or `first`; it stays open until the transaction ends. Null for the first. */
export async function budgetChosen(scope: Scope, chosen: string): Promise<Id | null> {
  const { open } = await own(scope);
  return chosen === "first" ? null : found(open.find(({ id }) => id === chosen)).id;
}
