// Organisations that hire and people who join: the verbs.
import type * as api from "@partcommune/shared/membership/api";
import {
  objectionToAdmission,
  objectionToConfirmation,
  objectionToDescribing,
  objectionToRefusing,
} from "@partcommune/shared/membership/rules";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { refuseUnlessVatNumber } from "../../platform/vat-numbers.ts";
import * as applications from "../store/applications.ts";
import * as members from "../store/members.ts";
import { askingPerson, deciderOf } from "./asking-person.ts";
import { placeMember } from "./branches.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Founds an organisation; its founder owns it and may give others a part in it. */
export const foundClient: Act<typeof api.foundClient> = async (scope, client) => {
  const { person } = askingPerson(scope);
  refuseUnlessVatNumber(client);
  refuseUnless(!(await members.ownsClientNamed(scope, person, client.name)), "client-already");
  const id = await members.saveClient(scope, person, client);
  scope.emit({ type: "client.founded", subject: id, body: { owner: person }, about: [`client:${id}`] });
  return { id, name: client.name };
};

/** Says what stands on an organisation's invoices from now on. */
export const describeClient: Act<typeof api.describeClient> = async (scope, description) => {
  const { client } = description;
  const { person } = askingPerson(scope);
  refuseIf(objectionToDescribing(scope.actor, client));
  refuseUnlessVatNumber(description);
  await members.describe(scope, description);
  scope.emit({ type: "client.described", subject: client, body: { by: person }, about: [`client:${client}`] });
  return {};
};

/** Applies for membership; the board decides. */
export const applyAsMember: Act<typeof api.applyAsMember> = async (scope, application) => {
  return { id: await applyFor(scope, askingPerson(scope).person, application) };
};

/** The application of a person. */
export async function applyFor(scope: Scope, person: Id, application: InputOf<typeof api.applyAsMember>): Promise<Id> {
  const id = await members.saveApplication(scope, person, application);
  refuseUnless(id !== undefined, "member-already");
  scope.emit({ type: "member.applied", subject: id, body: { person }, about: ["desk:members"] });
  return id;
}

/** Admits an applicant to the trial: from the next request on they may bid. */
export const admitMember: Act<typeof api.admitMember> = async (scope, { member, branch }) => {
  await letIn(scope, member, branch);
  return {};
};

/** The one way in: by the board, by a list that is brought in, or by a vote of the members. */
export async function letIn(scope: Scope, member: Id, branch?: Id): Promise<void> {
  const by = deciderOf(scope);
  refuseIf(objectionToAdmission(found(await members.membershipOf(scope, member)), by));
  refuseUnless(await members.admit(scope, member), "not-in-this-state", { state: "trial" });
  await placeMember(scope, member, branch);
  scope.emit({ type: "member.admitted", subject: member, body: { by }, about: ["desk:members", `member:${member}`] });
}

/** Says no to an applicant, and why. */
export const refuseApplicant: Act<typeof api.refuseApplicant> = async (scope, { member, because }) => {
  const by = deciderOf(scope);
  refuseIf(objectionToRefusing(found(await members.membershipOf(scope, member)), by));
  refuseUnless(await applications.refuse(scope, member, because), "not-in-this-state", { state: "refused" });
  scope.emit({ type: "member.refused", subject: member, body: { by }, about: ["desk:members", `member:${member}`] });
  return {};
};

/** Shows the members what an applicant says of themselves, or no longer. */
export async function showWords(scope: Scope, member: Id, words: string | null): Promise<void> {
  await applications.saveWords(scope, member, words);
  scope.emit({ type: "member.presented", subject: member, body: { shown: words !== null }, about: [`member:${member}`] });
}

/** Ends a trial with a membership. */
export const confirmMember: Act<typeof api.confirmMember> = async (scope, { member }) => {
  const by = deciderOf(scope);
  refuseIf(objectionToConfirmation(found(await members.membershipOf(scope, member)), by));
  refuseUnless(await members.confirm(scope, member), "not-in-this-state", { state: "member" });
  scope.emit({ type: "member.confirmed", subject: member, body: { by }, about: ["desk:members", `member:${member}`] });
  return {};
};

/** A share of this member is paid: the first makes them an associate, who votes. At any other stage nothing changes. */
export async function shareWasPaid(scope: Scope, member: Id): Promise<void> {
  if (!(await members.associate(scope, member))) return;
  scope.emit({ type: "member.associated", subject: member, body: {}, about: ["desk:members", `member:${member}`] });
}
