// A budget below zero: one treasurer proposes which pot bears it and why, another confirms, and in that act it is booked as a correction.
import type * as api from "@partcommune/shared/money/api";
import { bearerOf, legsOfBorne, objectionToBearing } from "@partcommune/shared/money/rules/overdraft";
import { objectionToConfirming } from "@partcommune/shared/money/rules/two-people";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { memberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/corrections.ts";
import { post } from "../store/ledger.ts";
import { holdFigures } from "../store/payroll.ts";
import { discardProposed } from "../store/two-people.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Proposes which pot bears a budget below zero. Nothing moves yet. */
export const proposeCorrection: Act<typeof api.proposeCorrection> = async (scope, { member, amount, bearer, reason }) => {
  const { person: proposedBy } = askingPerson(scope);
  found(await memberCard(viewOf(scope), member));
  refuseIf(objectionToBearing(amount, await store.overdrawnBy({ db: scope.tx }, member)));
  const id = await store.saveCorrection(scope, { member, amount, bearer, reason, proposedBy });
  refuseUnless(id !== undefined, "correction-proposed-already");
  scope.emit({ type: "correction.proposed", subject: id, body: { member }, about: ["desk:money"] });
  return { id };
};

/** Discards a correction that nobody confirmed. */
export const discardCorrection: Act<typeof api.discardCorrection> = async (scope, { correction: id }) => {
  const { person } = askingPerson(scope);
  const { state, member } = found(await store.heldCorrection(scope, id));
  refuseUnless(await discardProposed(scope, "money.correction", id, person), "not-in-this-state", { state });
  scope.emit({ type: "correction.discarded", subject: id, body: { member }, about: ["desk:money"] });
  return {};
};

/** Confirms a correction as another treasurer: the pot bears it, as far as its floor lets it. */
export const confirmCorrection: Act<typeof api.confirmCorrection> = async (scope, { correction: id }) => {
  const { person } = askingPerson(scope);
  const correction = found(await store.heldCorrection(scope, id));
  refuseIf(objectionToConfirming(correction, person));
  const { member, amount, bearer } = correction;
  await holdFigures(scope, member);
  await postBorne(scope, id, correction);
  // The entry holds the budget from here on, so what stood there before it is known for sure.
  const overdrawn = await store.overdrawnBy({ db: scope.tx }, member, amount);
  refuseIf(objectionToBearing(amount, overdrawn));
  await store.confirmCorrection(scope, id, person, overdrawn);
  await store.bearFigures(scope, member, amount);
  const body = { member, minor: String(amount.minor), currency: amount.currency, bearer };
  scope.emit({ type: "correction.booked", subject: id, body, about: [`member:${member}`, "desk:money", "fund"] });
  return {};
};

async function postBorne(scope: Scope, id: Id, { member, amount, bearer, digest }: store.Proposed): Promise<void> {
  const { zone } = await bookOf(scope.tx);
  await post(scope, [
    {
      kind: "correction",
      key: `correction:${id}:booked`,
      on: dayOf(scope.now, zone),
      legs: legsOfBorne(bearer, member, amount),
      bylaws: [],
      cites: { bearer: bearerOf(bearer), words: digest.toString("hex") },
    },
  ]);
}
