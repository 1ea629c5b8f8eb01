// Bringing a list in: many rows an act, each by its domain's verbs; first as a rehearsal of which nothing stays, then in earnest.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import type { Fault, Refusal } from "@partcommune/shared/platform/refusal";
import type { Id } from "@partcommune/shared/platform/id";
import { Refused } from "../refused.ts";
import type { Action, Scope } from "../scope.ts";
import { bookOf } from "../store.ts";
import { importKinds, type Importable } from "./kind.ts";
import * as store from "./store.ts";

export const rowsOf = (kind: Importable) =>
  z.strictObject({ run: IdText, invite: z.boolean(), rows: z.array(z.strictObject({ line: z.int(), row: kind.row })) });
type Batch = z.output<ReturnType<typeof rowsOf>>;

export const Counts = z.object({ brought: z.int(), known: z.int() });
export type Counts = z.output<typeof Counts>;

export const begin = {
  name: "import begin",
  input: z.strictObject({ run: IdText, kind: z.enum(importKinds), file: z.string() }),
  answer: Nothing,
  status: 201,
};
export const end = { name: "import end", input: z.strictObject({ run: IdText }).extend(Counts.shape), answer: Nothing, status: 200 };

/** A line that was refused, by whom and why. */
export type RefusedLine = { readonly line: number; readonly refusal: Refusal; readonly faults: readonly Fault[] };

/** Ends an act of which nothing may stay, and carries what it would have come to. */
export class Rehearsed<Outcome> extends Error {
  readonly outcome: Outcome;
  constructor(outcome: Outcome) {
    super("a rehearsal");
    this.outcome = outcome;
  }
}

/** A line that was refused after its rehearsal had gone well: something changed in between. */
export class LineRefused extends Error {
  readonly at: RefusedLine;
  constructor(at: RefusedLine) {
    super(`line ${at.line}: ${at.refusal.type}`);
    this.at = at;
  }
}

/** A run begins: what it brings is known by its id from now on. */
export const beginRun: Action<z.output<typeof begin.input>, Record<string, never>> = async (scope, { run, kind, file }) => {
  await store.saveRun(scope, run, kind, file);
  scope.emit({ type: "import.begun", subject: run, body: { kind, file }, about: [] });
  return {};
};

export const endRun: Action<z.output<typeof end.input>, Record<string, never>> = async (scope, { run, brought, known }) => {
  await store.endRun(scope, run);
  scope.emit({ type: "import.ended", subject: run, body: { brought, known }, about: [] });
  return {};
};

/** Tries every row and leaves nothing: it ends by telling what was counted and which lines were refused. */
export const rehearse =
  (kind: Importable): Action<Batch, Counts> =>
  async (scope, batch) => {
    const refused: RefusedLine[] = [];
    const { lines, known } = await broughtLines(scope, kind, batch, (at) => void refused.push(at));
    throw new Rehearsed({ brought: lines.filter(({ brought }) => brought).length, known, refused });
  };
export type Rehearsal = Counts & { readonly refused: readonly RefusedLine[] };

/** Brings every row in, or none of this act's. */
export const bringIn =
  (kind: Importable): Action<Batch, Counts> =>
  async (scope, batch) => {
    const { lines, known } = await broughtLines(scope, kind, batch, (at) => {
      throw new LineRefused(at);
    });
    await store.saveLines(scope, batch.run, kind.kind, lines);
    const brought = lines.filter((line) => line.brought).length;
    return { brought, known: known + lines.length - brought };
  };

type Told = { readonly lines: readonly store.Line[]; readonly known: number };

async function broughtLines(scope: Scope, kind: Importable, { rows, invite }: Batch, no: (at: RefusedLine) => void): Promise<Told> {
  await bookOf(scope.tx); // there is no coop to bring anything to before its founding
  const keys = rows.map(({ row }) => kind.keyOf(row));
  const known = new Set(await store.knownKeys(scope, kind.kind, keys));
  const lines: store.Line[] = [];
  let again = 0;
  for (const [at, { line, row }] of rows.entries()) {
    const key = keys[at] ?? "";
    if (known.has(key)) {
      again += 1;
      continue;
    }
    known.add(key);
    const told = await kind.bring(scope, row, { invite }).catch(refusedAt(line));
    if ("refusal" in told) no(told);
    else lines.push({ key, line, ...told });
  }
  return { lines, known: again };
}

const refusedAt =
  (line: number) =>
  (error: unknown): RefusedLine => {
    if (!(error instanceof Refused)) throw error;
    return { line, refusal: error.refusal, faults: error.faults };
  };

/** Refuses a row for what stands in one of its columns. */
export function faultAt(column: string, says: string): Refused {
  return new Refused({ type: "not-as-asked", facts: {} }, [{ pointer: `/${column}`, says }]);
}

/** What a key of an earlier list stands for. */
export const subjectOfKey = (scope: Scope, kind: Importable["kind"], key: string): Promise<Id | undefined> =>
  store.subjectOfKey(scope, kind, key);
