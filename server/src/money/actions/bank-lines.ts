// The bank's statement, line by line: one treasurer enters what it says, another confirms it, and only then is it booked.
import type * as api from "@partcommune/shared/money/api";
import {
  comes,
  objectionToBatch,
  objectionToBooking,
  objectionToCurrency,
  objectionToDay,
  objectionToPaidBy,
  objectionToParts,
  objectionToRepaying,
  objectionToReturn,
  objectionToSendingBack,
  objectionToSettlement,
  objectionToSettling,
} from "@partcommune/shared/money/rules/bank-line";
import { objectionToPurposePayment } from "@partcommune/shared/money/rules/purpose";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/bank-lines.ts";
import { collectionOf } from "../store/collections.ts";
import { itemFound } from "../store/matching.ts";
import { heldPurpose } from "../store/purposes.ts";
import { explain, waitingTwin } from "../store/statements.ts";
import { heldStray } from "../store/strays.ts";
import { askingPerson } from "./asking-person.ts";
import { booked, openWith, released } from "./booking.ts";
import { batchMeant, partsOf } from "./line-parts.ts";
import { objectionToLoan } from "./opening-fund.ts";
import { objectionToCost } from "./paying-costs.ts";
import { bookOpened } from "./open-book.ts";
import { objectionToRemittingPayroll } from "./paying-payroll.ts";
import { objectionToSettlingVat } from "./paying-vat.ts";
import { objectionToShareLine } from "./shares.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Meaning = InputOf<typeof api.enterBankLine>["means"];

/** Enters a line and what it means. Nothing moves yet. */
export const enterBankLine: Act<typeof api.enterBankLine> = async (scope, { bookedOn, amount, reference, means }) => {
  const { person } = askingPerson(scope);
  const { zone } = await bookOf(scope.tx);
  const objection = await objectionTo(scope, means, amount);
  refuseIf(objectionToDay(bookedOn, dayOf(scope.now, zone)) ?? objection);
  const parts = await partsOf(scope, means);
  const id = await store.saveLine(scope, { bookedOn, amount, reference, means, parts, enteredBy: person });
  refuseUnless(id !== undefined, "bank-line-known", { reference });
  const shown = await waitingTwin(scope, { bookedOn, reference, minor: comes(means) ? amount.minor : -amount.minor });
  if (shown !== undefined) await explain(scope, [{ id: shown, by: id }]);
  scope.emit({ type: "bankLine.entered", subject: id, body: { kind: means.kind }, about: ["desk:money"] });
  return { id };
};

/** Why an amount cannot mean this. What is meant must be there at all. */
export async function objectionTo(scope: Scope, means: Meaning, amount: Money): Promise<Refusal | undefined> {
  if (means.kind === "several") return objectionToEach(scope, means.parts, amount);
  if (means.kind === "clientPaid") {
    const standing = found(await collectionOf(scope, means.invoice));
    return objectionToPaidBy(amount, means.settles ?? amount, standing, standing.worth.currency);
  }
  if (means.kind === "clientOverpaid") return objectionToCurrency(amount, found(await collectionOf(scope, means.invoice)).gross.currency);
  if (means.kind === "clientRepaid") return objectionToRepaying(amount, found(await collectionOf(scope, means.invoice)));
  if (means.kind === "payoutSettled") return objectionToSettlement(amount, found(await itemFound(scope, means.item)));
  if (means.kind === "batchSettled") return objectionToBatch(amount, await batchMeant(scope, means));
  if (means.kind === "purposePaid") return objectionToPurposePayment(amount, found(await heldPurpose(scope, means.purpose)));
  if (means.kind === "payoutReturned") return objectionToReturn(amount, found(await itemFound(scope, means.item)));
  if (means.kind === "straySentBack") return objectionToSendingBack(amount, found(await heldStray(scope, means.stray)));
  if (means.kind === "endowed" || means.kind === "strayReceived") return objectionToCurrency(amount, (await bookOf(scope.tx)).currency);
  if (means.kind === "loanReceived" || means.kind === "loanRepaid") return objectionToLoan(scope, means, amount);
  if (means.kind === "vatPaid" || means.kind === "vatRefunded") return objectionToSettlingVat(scope, means.kind, amount, means.until);
  if (means.kind === "payrollRemitted") return objectionToRemittingPayroll(scope, amount, means.until);
  if ("party" in means) return objectionToCost(scope, means, amount);
  if (means.kind === "sharePaid" || means.kind === "shareRepaid") return objectionToShareLine(scope, means, amount);
  return objectionToSettling(amount, await openWith(scope, means));
}

async function objectionToEach(
  scope: Scope,
  parts: Extract<Meaning, { kind: "several" }>["parts"],
  amount: Money,
): Promise<Refusal | undefined> {
  const objection = objectionToParts(amount, parts);
  if (objection) return objection;
  for (const part of parts) {
    const of = await objectionTo(scope, part.means, part.amount);
    if (of) return of;
  }
  return undefined;
}

/** Confirms a line as another treasurer; what it means is booked in the same act. */
export const confirmBankLine: Act<typeof api.confirmBankLine> = async (scope, { line: id }) => {
  const { person } = askingPerson(scope);
  const line = await lineAt(scope, id);
  refuseIf(objectionToBooking(line, person));
  refuseUnless(await store.confirmLine(scope, id, person), "not-in-this-state", { state: "booked" }); // of fifty at once, one gets here
  await bookOpened(scope);
  await released(scope, line);
  await booked(scope, [line]);
  scope.emit({ type: "bankLine.booked", subject: id, body: { kind: line.kind }, about: ["desk:money"] });
  return {};
};

/** Discards a line that was entered in error. */
export const discardBankLine: Act<typeof api.discardBankLine> = async (scope, { line: id }) => {
  const { person } = askingPerson(scope);
  const { state, kind } = await lineAt(scope, id);
  refuseUnless(await store.discardLine(scope, id, person), "not-in-this-state", { state });
  await store.unexplain(scope, id);
  scope.emit({ type: "bankLine.discarded", subject: id, body: { kind }, about: ["desk:money"] });
  return {};
};

const lineAt = async (scope: Scope, id: Id): Promise<store.Line> => found(await store.lineToBook(scope, id));
