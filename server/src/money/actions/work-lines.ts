// The lines of a statement that adds up: booked where a checked reference says what they mean, else kept on an account for money that nobody has explained.
import type * as api from "@partcommune/shared/money/api/statement";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { objectionToDirection } from "@partcommune/shared/money/rules/bank-line";
import { legsOfBankUnmatched } from "@partcommune/shared/money/rules/legs";
import {
  aimOf,
  inTurns,
  meaningOf,
  subjectsIn,
  typedAs,
  type Matched,
  type MatchedEach,
  type Named,
  type Typed,
} from "@partcommune/shared/money/rules/matching";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { batchesOf, mostTogether } from "../../platform/batches.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { saveFileLines, saveLine } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import { namedBy, typedLike, type Aimed } from "../store/matching.ts";
import * as store from "../store/statements.ts";
import { askingPerson } from "./asking-person.ts";
import { objectionTo } from "./bank-lines.ts";
import { booked } from "./booking.ts";
import { bankName } from "./line-entry.ts";
import { partsOf } from "./line-parts.ts";

export type Worked = { readonly booked: number; readonly waiting: number };

/** Keeps what became of lines: with those that are new, or of those that stand. */
type Keep<Line> = (scope: Scope, lines: readonly (Line & store.Became)[]) => Promise<void>;

/** Works lines that nothing has been done with, in their order. */
export async function worked<Line extends store.LineToWork>(scope: Scope, all: readonly Line[], keep: Keep<Line>): Promise<Worked> {
  let waiting = 0;
  for (const lines of batchesOf(all, mostTogether)) {
    const named = await namedBy(scope, lines);
    for (const [at, turn] of inTurns(lines, ({ id }) => subjectsIn(found(named.get(id)))).entries()) {
      // What the turn before it did decides what is open for the next.
      const became = await workedTogether(scope, turn, at === 0 ? named : await namedBy(scope, turn));
      waiting += became.filter(({ suspended }) => suspended).length;
      await keep(scope, became);
    }
  }
  return { booked: all.length - waiting, waiting };
}

/** Lines of which no two speak of the same. */
async function workedTogether<Line extends store.LineToWork>(
  scope: Scope,
  lines: readonly Line[],
  named: ReadonlyMap<Id, Named>,
): Promise<readonly (Line & store.Became)[]> {
  const aimed = lines.map((line) => ({ line, aim: aimOf(line, found(named.get(line.id))) }));
  const twins = twinsOf(aimed, await typedLike(scope, aimed));
  const meant = lines.flatMap((line) => {
    const meaning = meaningOf(line, line.currency, found(named.get(line.id)));
    return twins.has(line.id) || "left" in meaning ? [] : [{ line, meaning }];
  });
  const own = await bookedByReference(scope, meant);
  const became = lines.map((line) => {
    const twin = twins.get(line.id);
    const by = twin?.id ?? own.get(line.id);
    return { ...line, by, suspended: by === undefined || (twin !== undefined && twin.state !== "booked") };
  });
  await suspend(
    scope,
    became.filter((line) => line.suspended),
  );
  return became;
}

/** Those that somebody typed before the file came, each once: they are the same lines, and move money once. */
function twinsOf(aimed: readonly Aimed[], typed: readonly Typed[]): ReadonlyMap<Id, Typed> {
  const twins = new Map<Id, Typed>();
  const taken = new Set<Id>();
  for (const { line, aim } of aimed) {
    const twin = typedAs(
      line,
      amountOf(line),
      aim,
      typed.filter(({ id }) => !taken.has(id)),
    );
    if (!twin) continue;
    twins.set(line.id, twin);
    taken.add(twin.id);
  }
  return twins;
}

/** The bank is the second witness of what a checked reference says. Which line of ours explains each. */
async function bookedByReference(
  scope: Scope,
  meant: readonly { readonly line: store.LineToWork; readonly meaning: Matched | MatchedEach }[],
): Promise<ReadonlyMap<Id, Id>> {
  const { person } = askingPerson(scope);
  const lines = [];
  for (const { line, meaning } of meant) {
    const means = meaning.kind === "several" ? { ...meaning, parts: [...meaning.parts] } : meaning;
    const { bookedOn, id } = line;
    lines.push({ bookedOn, amount: amountOf(line), reference: bankIdOf(id), means, parts: await partsOf(scope, means), enteredBy: person });
  }
  const own = await saveFileLines(scope, lines);
  await booked(scope, own);
  for (const { id, kind } of own) scope.emit({ type: "bankLine.booked", subject: id, body: { kind }, about: ["desk:money"] });
  return new Map(meant.map(({ line }, at) => [line.id, found(own[at]).id]));
}

/** What nobody has explained is on the account all the same. */
async function suspend(scope: Scope, lines: readonly store.LineToWork[]): Promise<void> {
  await post(
    scope,
    lines.map(({ id, bookedOn: on, minor, currency }) => {
      const legs = legsOfBankUnmatched(bankName, { minor, currency });
      return { kind: "bank.unmatched", key: `statement-line:${id}:unmatched`, on, legs, bylaws: [], cites: {} };
    }),
  );
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
  refuseIf(objectionToDirection(means, held.minor > 0n) ?? (await objectionTo(scope, means, amount)));
  const parts = await partsOf(scope, means);
  const own = found(await saveLine(scope, { bookedOn: held.bookedOn, amount, reference: bankIdOf(id), means, parts, enteredBy: person }));
  await store.explain(scope, [{ id, by: own }]);
  scope.emit({ type: "bankLine.entered", subject: own, body: { kind: means.kind }, about: ["desk:money"] });
  return { id: own };
};
