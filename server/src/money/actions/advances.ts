// The verbs of an advance: a member asks for it, and two treasurers give up what is never repaid.
import type * as api from "@partcommune/shared/money/api";
import { pot } from "@partcommune/shared/money/rules/accounts";
import {
  advanceHoldKey,
  advanceTable,
  legsOfAdvanceLost,
  monthsToLoss,
  objectionToAdvance,
  objectionToAdvanceLoss,
  talkCounts,
} from "@partcommune/shared/money/rules/advance";
import { dayAfter, dayOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Day } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope, type View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { advanceFacts, nextDue } from "../store/advance-facts.ts";
import { advanceLossAt, advanceToLose, type AdvanceToLose } from "../store/advance-page.ts";
import * as store from "../store/advances.ts";
import { placeHold } from "../store/holds.ts";
import { post } from "../store/ledger.ts";
import { openPayable } from "../store/payables.ts";
import { confirmProposed, discardProposed } from "../store/two-people.ts";
import { askingPerson } from "./asking-person.ts";
import { bookOpened } from "./open-book.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Asks for an advance. What is secured is asked of whoever promises, once nobody else changes what this member owes. */
export async function askAdvance(
  scope: Scope,
  { amount }: InputOf<typeof api.askAdvance>,
  securedOf: (view: View, member: Id) => Promise<Money>,
): Promise<AnswerOf<typeof api.askAdvance>> {
  const { member } = askingPerson(scope);
  refuseUnless(member !== undefined, "members-only");
  await bookOpened(scope);
  await store.takeAdvanceTurn(scope, member);
  const view = viewOf(scope);
  const { facts, bylaws } = await advanceFacts(view, member, await securedOf(view, member));
  const { stage } = found(await memberCard(view, member));
  refuseIf(objectionToAdvance(amount, facts, stage === "leaving", await nextDue(view, member)));
  const id = scope.id();
  await store.saveAdvance(scope, { id, member, amount, bylaws });
  await placeHold(scope, { account: pot("advances"), money: amount, kind: "advance", key: advanceHoldKey(id, amount) });
  await openPayable(scope, { about: "advance", source: id, member, amount });
  const body = { member, minor: String(amount.minor), currency: amount.currency };
  scope.emit({ type: "advance.asked", subject: id, body, about: [`member:${member}`, "desk:money"] });
  return { id };
}

/** What speaks against giving an advance up today. */
async function objectionNow(scope: Scope, { state, lastIncome }: AdvanceToLose, talkedOn: Day, since?: Day) {
  const today = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  return (
    objectionToVerb(advanceTable, state as "asked", "lose") ??
    objectionToAdvanceLoss(monthsAfter(lastIncome, monthsToLoss), today, talkedOn, dayAfter(since ?? today, -talkCounts))
  );
}

/** Proposes to give up what is left of an advance. Nothing moves yet. */
export const proposeAdvanceLoss: Act<typeof api.proposeAdvanceLoss> = async (scope, { advance, talkedOn }) => {
  const { person } = askingPerson(scope);
  refuseIf(await objectionNow(scope, found(await advanceToLose(viewOf(scope), advance)), talkedOn));
  const id = await store.saveAdvanceLoss(scope, { advance, talkedOn, proposedBy: person });
  refuseUnless(id !== undefined, "advance-loss-proposed-already");
  scope.emit({ type: "advance.lossProposed", subject: id, body: { advance }, about: ["desk:money"] });
  return { id };
};

/** Confirms as another treasurer: the pot bears whatever is left by then. */
export const confirmAdvanceLoss: Act<typeof api.confirmAdvanceLoss> = async (scope, { advanceLoss: id }) => {
  const { person } = askingPerson(scope);
  const { zone } = await bookOf(scope.tx);
  const { advance, state, proposedBy, proposedAt, talkedOn } = found(await advanceLossAt(viewOf(scope), id));
  refuseUnless(state === "proposed", "not-in-this-state", { state });
  refuseUnless(proposedBy !== person, "second-person-needed");
  const { member } = found(await advanceToLose(viewOf(scope), advance));
  await store.takeAdvanceTurn(scope, member);
  const standing = found(await advanceToLose(viewOf(scope), advance));
  refuseIf(await objectionNow(scope, standing, talkedOn, dayOf(proposedAt, zone)));
  refuseUnless(await confirmProposed(scope, "money.advance_loss", id, person), "not-in-this-state", { state: "confirmed" }); // of fifty at once, one gets here
  await loseAdvance(scope, advance, standing);
  return {};
};

async function loseAdvance(scope: Scope, advance: Id, { member, left }: AdvanceToLose): Promise<void> {
  await store.noteLost(scope, advance, left);
  await post(scope, [
    {
      kind: "advance.lost",
      key: `advance:${advance}:lost`,
      on: dayOf(scope.now, (await bookOf(scope.tx)).zone),
      legs: legsOfAdvanceLost(member, left),
      bylaws: [],
      ends: [{ key: advanceHoldKey(advance, left), outcome: "posted", posted: left }],
    },
  ]);
  const body = { member, minor: String(left.minor), currency: left.currency };
  scope.emit({ type: "advance.lost", subject: advance, body, about: [`member:${member}`, "desk:money"] });
}

/** Discards a proposal that nobody confirmed. */
export const discardAdvanceLoss: Act<typeof api.discardAdvanceLoss> = async (scope, { advanceLoss: id }) => {
  const { person } = askingPerson(scope);
  const { state, advance } = found(await advanceLossAt(viewOf(scope), id));
  refuseUnless(await discardProposed(scope, "money.advance_loss", id, person), "not-in-this-state", { state });
  scope.emit({ type: "advance.lossDiscarded", subject: id, body: { advance }, about: ["desk:money"] });
  return {};
};
