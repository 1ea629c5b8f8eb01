// Invitations to bid: the verbs.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToNaming } from "@partcommune/shared/marketplace/rules/choosing";
import { objectionToDecliningInvitation, objectionToInviting } from "@partcommune/shared/marketplace/rules/invitation";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import * as store from "../store/invitations.ts";
import { actingMember } from "./acting-member.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Invites a member who shows a page in the directory. */
export const inviteMember: Act<typeof api.inviteMember> = async (scope, { job: id, handle }) => {
  const job = found(await store.jobToInviteTo(scope, id));
  refuseIf(objectionToInviting(job, scope.actor, scope.now) ?? objectionToNaming(job));
  const member = found(await store.memberAt(scope, handle));
  const invitation = await store.saveInvitation(scope, id, member);
  refuseUnless(invitation !== undefined, "invited-already");
  scope.emit({ type: "invitation.sent", subject: invitation, body: { job: id }, about: [`job:${id}`] });
  return { id: invitation };
};

/** Declines an invitation. */
export const declineInvitation: Act<typeof api.declineInvitation> = async (scope, { invitation: id }) => {
  const { job, state } = found(await store.ownInvitation(scope, id, actingMember(scope).member));
  refuseIf(objectionToDecliningInvitation(state));
  refuseUnless(await declined(scope, { id, job }), "not-in-this-state", { state });
  return {};
};

/** Whether it was declined by this. */
async function declined(scope: Scope, { id, job }: { readonly id: Id; readonly job: Id }): Promise<boolean> {
  if (!(await store.declineInvitation(scope, id))) return false;
  scope.emit({ type: "invitation.declined", subject: id, body: { job }, about: [`job:${job}`] });
  return true;
}

/** Whoever leaves bids no more: who invited them hears it, and may ask others. */
export async function declineAll(scope: Scope, member: Id): Promise<void> {
  for (const invitation of await store.openInvitationsOf(viewOf(scope), member)) await declined(scope, invitation);
}
