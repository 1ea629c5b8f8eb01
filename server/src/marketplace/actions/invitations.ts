// Invitations to bid: the verbs.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToNaming } from "@partcommune/shared/marketplace/rules/choosing";
import { objectionToDecliningInvitation, objectionToInviting } from "@partcommune/shared/marketplace/rules/invitation";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
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
  const invitation = found(await store.ownInvitation(scope, id, actingMember(scope).member));
  refuseIf(objectionToDecliningInvitation(invitation.state));
  refuseUnless(await store.declineInvitation(scope, id), "not-in-this-state", { state: invitation.state });
  scope.emit({ type: "invitation.declined", subject: id, body: { job: invitation.job }, about: [`job:${invitation.job}`] });
  return {};
};
