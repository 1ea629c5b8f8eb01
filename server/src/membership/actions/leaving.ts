// How a membership ends: notice is given and may be taken back, and what the software ends once nothing is open.
import type * as api from "@partcommune/shared/membership/api/leaving";
import { objectionToNotice, objectionToStaying, type EndingVerb } from "@partcommune/shared/membership/rules";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { leaveBranches } from "../store/branches.ts";
import { endMembership } from "../store/endings.ts";
import * as store from "../store/leaving.ts";
import { membershipOf } from "../store/members.ts";
import { unfollow } from "../store/portfolio.ts";
import { heldBoard, heldByHand, isElected } from "../store/roles.ts";
import { askingPerson } from "./asking-person.ts";
import { dropRole } from "./roles.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const about = (member: Id): readonly string[] => ["desk:members", "desk:people", "desk:portfolio", "directory", `member:${member}`];

function ownMember(scope: Scope): { readonly person: Id; readonly member: Id } {
  const { person, member } = askingPerson(scope);
  refuseUnless(member !== undefined, "members-only");
  return { person, member };
}

/** Gives notice. Whoever leaves decides nothing new for the others: the offices that the board gave them end in the same act. */
export const giveNotice: Act<typeof api.giveNotice> = async (scope) => {
  const { person, member } = ownMember(scope);
  const board = await heldBoard(scope);
  refuseIf(objectionToNotice(found(await membershipOf(scope, member)), board, await isElected(scope)));
  refuseUnless(await store.giveNotice(scope, member), "not-in-this-state", { state: "leaving" });
  for (const role of await heldByHand(viewOf(scope), person)) await dropRole(scope, person, role, person);
  scope.emit({ type: "member.leaving", subject: member, body: {}, about: about(member) });
  return {};
};

/** Takes the notice back. */
export const stay: Act<typeof api.stay> = async (scope) => {
  const { member } = ownMember(scope);
  refuseIf(objectionToStaying(found(await membershipOf(scope, member))));
  refuseUnless(await store.stay(scope, member), "not-in-this-state", { state: "left" });
  scope.emit({ type: "member.staying", subject: member, body: {}, about: about(member) });
  return {};
};

/** Ends the membership of somebody of whom nothing is open; whether that is so, those know who know of works and money. */
export async function leave(scope: Scope, member: Id): Promise<void> {
  await endedBy(scope, member, "leave");
  scope.emit({ type: "member.left", subject: member, body: {}, about: about(member) });
}

/** A membership ends: in no branch any more, and followed by nobody. */
export async function endedBy(scope: Scope, member: Id, verb: EndingVerb): Promise<void> {
  refuseUnless(await endMembership(scope, member, verb), "not-in-this-state", { state: "left" });
  await leaveBranches(scope, member, dayOf(scope.now, (await bookOf(scope.tx)).zone));
  await unfollow(scope, member);
}
