// Organisations that hire and people who join: the verbs.
import type * as api from "@partcommune/shared/membership/api";
import { objectionToAdmission } from "@partcommune/shared/membership/rules";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as members from "../store/members.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Founds an organisation; its founder owns it and may give others a part in it. */
export const foundClient: Act<typeof api.foundClient> = async (scope, client) => {
  const { person } = askingPerson(scope);
  refuseUnless(!(await members.ownsClientNamed(scope, person, client.name)), "client-already");
  const id = await members.saveClient(scope, person, client);
  scope.emit({ type: "client.founded", subject: id, body: { owner: person }, about: [`client:${id}`] });
  return { id, name: client.name };
};

/** Applies for membership; the board decides. */
export const applyAsMember: Act<typeof api.applyAsMember> = async (scope, application) => {
  const { person } = askingPerson(scope);
  const id = await members.saveApplication(scope, person, application);
  refuseUnless(id !== undefined, "member-already");
  scope.emit({ type: "member.applied", subject: id, body: { person }, about: ["desk:members"] });
  return { id };
};

/** Admits an applicant to the trial: from the next request on they may bid. */
export const admitMember: Act<typeof api.admitMember> = async (scope, { member }) => {
  const { person } = askingPerson(scope);
  refuseIf(objectionToAdmission(found(await members.membershipOf(scope, member)), person));
  refuseUnless(await members.admit(scope, member), "not-in-this-state", { state: "trial" });
  scope.emit({ type: "member.admitted", subject: member, body: { by: person }, about: ["desk:members", `member:${member}`] });
  return {};
};
