// Closing the book: one treasurer proposes a month with what the bank says of its last day, another confirms, and nothing is dated into it any more.
import type * as api from "@partcommune/shared/money/api";
import { endsYear, legsOfYearClosed, objectionToClosing } from "@partcommune/shared/money/rules/closing";
import { objectionToConfirming } from "@partcommune/shared/money/rules/two-people";
import { legsOfRevalued } from "@partcommune/shared/money/rules/foreign";
import { legsOfCorrection } from "@partcommune/shared/money/rules/legs";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import * as store from "../store/closing.ts";
import { houseOf } from "../store/house.ts";
import { closeUntil, post, takeClosing } from "../store/ledger.ts";
import { confirmProposed, discardProposed } from "../store/two-people.ts";
import { askingPerson } from "./asking-person.ts";
import { bankName } from "./line-entry.ts";
import { rateFor } from "./rates.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Proposes to close a month. Nothing is closed yet. */
export const proposeClosing: Act<typeof api.proposeClosing> = async (scope, { until, bank }) => {
  const { person: proposedBy } = askingPerson(scope);
  await refuseUnlessReady(scope, until, bank);
  const id = await store.saveClosing(scope, { until, bank, proposedBy });
  refuseUnless(id !== undefined, "closing-proposed-already");
  scope.emit({ type: "closing.proposed", subject: id, body: { until }, about: ["desk:money"] });
  return { id };
};

async function refuseUnlessReady(scope: Scope, until: Day, bank: Money): Promise<void> {
  const { zone } = await houseOf(scope.tx);
  refuseIf(objectionToClosing(found(await store.openMonth(scope.tx, bankName)), until, bank, dayOf(scope.now, zone)));
}

/** Discards a proposal that nobody confirmed. */
export const discardClosing: Act<typeof api.discardClosing> = async (scope, { closing: id }) => {
  const { person } = askingPerson(scope);
  const { state, until } = found(await store.closingAt(scope, id));
  refuseUnless(await discardProposed(scope, "money.closing", id, person), "not-in-this-state", { state });
  scope.emit({ type: "closing.discarded", subject: id, body: { until }, about: ["desk:money"] });
  return {};
};

/** Closes a month as another treasurer: what it lacks is asked once more while nobody dates anything into it. */
export const confirmClosing: Act<typeof api.confirmClosing> = async (scope, { closing: id }) => {
  const { person } = askingPerson(scope);
  const closing = found(await store.closingAt(scope, id));
  const { until, bank } = closing;
  refuseIf(objectionToConfirming(closing, person));
  await takeClosing(scope);
  await refuseUnlessReady(scope, until, bank);
  refuseUnless(await confirmProposed(scope, "money.closing", id, person), "not-in-this-state", { state: "confirmed" });
  if (endsYear(until)) await closeYear(scope, until, bank.currency);
  await closeUntil(scope, until);
  scope.emit({ type: "book.closed", subject: id, body: { until }, about: ["desk:money"] });
  return {};
};

/** What is owed in foreign money is valued, and what the year's costs come to is borne, on its last day. */
async function closeYear(scope: Scope, until: Day, currency: string): Promise<void> {
  await revalue(scope, until, currency);
  const results = await store.resultsUntil(scope.tx, until);
  const legs = legsOfYearClosed(results, await store.runningPot(scope.tx, currency));
  if (legs.length > 0) await post(scope, [{ kind: "year.closed", key: `year:${until.slice(0, 4)}:closed`, on: until, legs, bylaws: [] }]);
}

/** What clients owe in foreign money is worth what the last rate of the year says; the next year begins with it as it was booked, so that what the bank credits then is reckoned from there. */
async function revalue(scope: Scope, until: Day, home: string): Promise<void> {
  for (const held of await store.heldForeign(scope.tx, until, home)) {
    const { currency } = held.held;
    const legs = legsOfRevalued(held, await rateFor({ db: scope.tx }, currency, until));
    if (legs.length === 0) continue;
    const key = `fx:${currency}:${until}:revalued`;
    const entry = { kind: "fx.revalued", bylaws: [] } as const;
    await post(scope, [
      { ...entry, key, on: until, legs },
      { ...entry, key: `${key}:back`, on: dayAfter(until), legs: legsOfCorrection(legs), reverses: key },
    ]);
  }
}
