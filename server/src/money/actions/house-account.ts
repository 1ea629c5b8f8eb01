// Saying from which account the coop pays: one treasurer proposes, another confirms.
import type * as api from "@partcommune/shared/money/api";
import { houseAccountTable, objectionToHouseAccount } from "@partcommune/shared/money/rules/house-account";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { readIban } from "../../platform/iban.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/house-account.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const about = ["desk:money"];

/** Proposes an account. Nothing is paid from it yet. */
export const proposeHouseAccount: Act<typeof api.proposeHouseAccount> = async (scope, { iban, bic, holder }) => {
  const { person } = askingPerson(scope);
  const id = await store.saveHouseAccount(scope, { iban: readIban(iban), bic, holder, by: person });
  refuseUnless(id !== undefined, "house-account-proposed");
  scope.emit({ type: "houseAccount.proposed", subject: id, body: {}, about });
  return { id };
};

/** Confirms it as another: what is taken to the bank from now on is paid from it. */
export const confirmHouseAccount: Act<typeof api.confirmHouseAccount> = async (scope, { account: id }) => {
  const { person } = askingPerson(scope);
  refuseIf(objectionToHouseAccount(found(await store.heldHouseAccount(scope, id)), person));
  await store.confirmAccount(scope, id, person);
  scope.emit({ type: "houseAccount.confirmed", subject: id, body: {}, about });
  return {};
};

export const discardHouseAccount: Act<typeof api.discardHouseAccount> = async (scope, { account: id }) => {
  const { person } = askingPerson(scope);
  const { state } = found(await store.heldHouseAccount(scope, id));
  refuseIf(objectionToVerb(houseAccountTable, state, "discard"));
  await store.discardAccount(scope, id, person);
  scope.emit({ type: "houseAccount.discarded", subject: id, body: {}, about });
  return {};
};
