// Who may do what: the board gives roles and ends them, and never leaves the coop without a board.
import type * as api from "@partcommune/shared/membership/api";
import { objectionToRole, objectionToRoleEnding } from "@partcommune/shared/membership/rules";
import type { Role } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { leavePortfolio } from "../store/portfolio.ts";
import * as roles from "../store/roles.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** The board as it is once no rival can change it. Whoever lost their seat since the door has no say any more. */
async function boardOf(scope: Scope, giver: Id): Promise<readonly Id[]> {
  const board = await roles.heldBoard(scope);
  refuseUnless(board.includes(giver), "role-needed", { roles: ["board"] });
  return board;
}

/** Gives a role; the person has it from their next request on. */
export const giveRole: Act<typeof api.giveRole> = async (scope, { person, role }) => {
  const { person: by } = askingPerson(scope);
  refuseIf(objectionToRole(by, person, role, await roles.isElected(scope)));
  await boardOf(scope, by);
  found(await roles.isKnown(scope, person));
  refuseUnless(await roles.giveRole(scope, person, role, by), "role-held", { role });
  scope.emit({ type: "role.given", subject: person, body: { role, by }, about: ["desk:people"] });
  return {};
};

/** Ends a role; it is gone at the person's next request. */
export const endRole: Act<typeof api.endRole> = async (scope, { person, role }) => {
  const { person: by } = askingPerson(scope);
  refuseIf(objectionToRoleEnding(role, person, await boardOf(scope, by), await roles.isElected(scope)));
  found(await roles.isKnown(scope, person));
  refuseUnless(await dropRole(scope, person, role, by), "role-not-held", { role });
  return {};
};

/** Ends a role by the word of the board, or of whoever held it and leaves. False where they did not hold it. */
export async function dropRole(scope: Scope, person: Id, role: Role, by: Id): Promise<boolean> {
  if (!(await roles.endRole(scope, person, role))) return false;
  scope.emit({ type: "role.ended", subject: person, body: { role, by }, about: ["desk:people"] });
  if (role === "adviser") await leaveMembers(scope, person);
  return true;
}

/** Whoever is no adviser any more follows nobody: their members are the board's to give to another. */
async function leaveMembers(scope: Scope, adviser: Id): Promise<void> {
  for (const member of await leavePortfolio(scope, adviser))
    scope.emit({ type: "adviser.left", subject: member, body: { adviser }, about: ["desk:people", "desk:portfolio"] });
}
