// The second person of a change of account: a treasurer who has asked its member confirms it, or says no.
import type * as api from "@partcommune/shared/money/api";
import { ibanChangeTable, objectionToIbanChange } from "@partcommune/shared/money/rules/iban";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/iban-changes.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Confirms a change. Its 48 hours run on as they began. */
export const confirmIbanChange: Act<typeof api.confirmIbanChange> = async (scope, { change: id }) => {
  const { person } = askingPerson(scope);
  const change = found(await store.heldChange(scope, id));
  refuseIf(objectionToIbanChange(change, person));
  await store.saveConfirmation(scope, id, person);
  scope.emit({ type: "iban.confirmed", subject: change.member, body: { iban: id }, about: [`member:${change.member}`, "desk:money"] });
  return {};
};

/** Says no: the account before it goes on counting. What is confirmed is its member's alone to take back. */
export const discardIbanChange: Act<typeof api.discardIbanChange> = async (scope, { change: id }) => {
  const { member, state } = found(await store.heldChange(scope, id));
  refuseIf(objectionToVerb(treasurers, state, "discard"));
  await store.endChange(scope, id);
  scope.emit({ type: "iban.discarded", subject: member, body: { iban: id }, about: [`member:${member}`, "desk:money"] });
  return {};
};

const treasurers = ibanChangeTable.filter(({ who }) => who === "treasurer");
