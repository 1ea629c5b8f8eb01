// The lines of a statement that adds up: booked where a checked reference says what they mean, else kept on an account for money that nobody has explained.
import type * as api from "@partcommune/shared/money/api/statement";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { objectionToDirection } from "@partcommune/shared/money/rules/bank-line";
import { legsOfBankUnmatched } from "@partcommune/shared/money/rules/legs";
import { aimOf, meaningOf, type Matched } from "@partcommune/shared/money/rules/matching";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { saveFileLine, saveLine } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import { namedBy, typedByMeaning, typedByReference, type Typed } from "../store/matching.ts";
import * as store from "../store/statements.ts";
import { askingPerson } from "./asking-person.ts";
import { objectionTo } from "./bank-lines.ts";
import { booked } from "./booking.ts";
import { bankName } from "./line-entry.ts";

export type Worked = { readonly booked: number; readonly waiting: number };

/** Works every line of a statement that nothing has been done with, in the order of their days. */
export async function worked(scope: Scope, statement: Id): Promise<Worked> {
  const counts = { booked: 0, waiting: 0 };
  for (const line of await store.linesToWork(scope, statement)) counts[await workedOne(scope, line)] += 1;
  return counts;
}

async function workedOne(scope: Scope, line: store.LineToWork): Promise<keyof Worked> {
  const named = await namedBy(scope, line);
  const aim = aimOf(line, named);
  const typed = (await typedByReference(scope, line)) ?? ("left" in aim ? undefined : await typedByMeaning(scope, line, aim));
  if (typed) return typedBefore(scope, line, typed);
  const meaning = meaningOf(line, line.currency, named);
  if ("left" in meaning) await suspended(scope, line);
  else await bookedByReference(scope, line, meaning);
  return "left" in meaning ? "waiting" : "booked";
}

/** Somebody typed it before the file came: it is the same line, and moves money once. */
async function typedBefore(scope: Scope, line: store.LineToWork, { id, state }: Typed): Promise<keyof Worked> {
  if (state !== "booked") await suspended(scope, line);
  await store.explain(scope, line.id, id);
  return state === "booked" ? "booked" : "waiting";
}

/** The bank is the second witness of what a checked reference says. */
async function bookedByReference(scope: Scope, line: store.LineToWork, meaning: Matched): Promise<void> {
  const amount = amountOf(line);
  const { person } = askingPerson(scope);
  const own = found(
    await saveFileLine(scope, {
      bookedOn: line.bookedOn,
      amount,
      reference: bankIdOf(line.id),
      means: meaning,
      enteredBy: person,
    }),
  );
  await store.explain(scope, line.id, own.id);
  await booked(scope, own);
  scope.emit({ type: "bankLine.booked", subject: own.id, body: { kind: meaning.kind }, about: ["desk:money"] });
}

/** What nobody has explained is on the account all the same. */
async function suspended(scope: Scope, { id, bookedOn: on, minor, currency }: store.LineToWork): Promise<void> {
  const legs = legsOfBankUnmatched(bankName, { minor, currency });
  await post(scope, [{ kind: "bank.unmatched", key: `statement-line:${id}:unmatched`, on, legs, bylaws: [], cites: {} }]);
  await store.suspend(scope, id);
}

const amountOf = ({ minor, currency }: store.LineToWork): Money => ({ minor: minor < 0n ? -minor : minor, currency });

/** A waiting line gets its meaning from a person; another confirms it as any line that was typed. */
export const explainLine: Action<InputOf<typeof api.explainLine>, AnswerOf<typeof api.explainLine>> = async (
  scope,
  { waiting: id, means },
) => {
  const { person } = askingPerson(scope);
  const line = await store.waitingLine(scope, id);
  if (!line) refuseUnless(!found((await store.lineStands(scope, id)) || undefined), "not-in-this-state", { state: "booked" });
  const held = found(line);
  const amount = amountOf(held);
  refuseIf(objectionToDirection(means.kind, held.minor > 0n) ?? (await objectionTo(scope, means, amount)));
  const own = found(await saveLine(scope, { bookedOn: held.bookedOn, amount, reference: bankIdOf(id), means, enteredBy: person }));
  await store.explain(scope, id, own);
  scope.emit({ type: "bankLine.entered", subject: own, body: { kind: means.kind }, about: ["desk:money"] });
  return { id: own };
};
