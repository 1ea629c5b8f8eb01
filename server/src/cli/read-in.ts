// Reading a list in: it is rehearsed whole, and then comes in whole or, where it was asked for, without its bad lines.
import { basename } from "node:path";
import { operator } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import * as bring from "../platform/imports/bring.ts";
import type { Importable, ImportKind } from "../platform/imports/kind.ts";
import { Halt } from "../platform/halt.ts";
import type { Perform } from "../platform/perform.ts";
import { newId, realClock, realRandom } from "../platform/world.ts";
import { kindOf } from "./import-kinds.ts";
import { faultsOfRefusal, faultsOfRow, type LineFault } from "./line-faults.ts";
import { readRows, type ReadRow } from "./rows.ts";

const rowsAtOnce = 200;
const mostShown = 100;
const tellEvery = 1_000;

export type Wishes = { readonly dryRun?: boolean; readonly skipBad?: boolean; readonly invite?: boolean };

/** What came of a list. Without a `run` nothing stays of it. */
export type ReadIn = bring.Counts & {
  readonly rows: number;
  readonly bad: number;
  readonly dryRun: boolean;
  readonly run?: Id;
  /** The first faults, and how many there are. */
  readonly shown: readonly LineFault[];
  readonly faults: number;
};

type Good = Extract<ReadRow, { readonly cells: unknown }>;
type List = {
  readonly kind: Importable;
  readonly path: string;
  readonly run: Id;
  readonly invite: boolean;
  readonly write: Perform;
  readonly told: (line: string) => void;
};

/** Reads a list in. Every line is tried before the first one stays. */
export async function readIn(
  write: Perform,
  name: ImportKind,
  path: string,
  { dryRun = false, skipBad = false, invite = false }: Wishes,
  told: (line: string) => void,
): Promise<ReadIn> {
  const run = newId({ random: realRandom }, realClock());
  const list: List = { kind: kindOf(name), path, run, invite, write, told };
  const noted = notes();
  const { bad, ...looked } = await look(list, noted.note);
  const found = { ...looked, ...noted.all(), bad: bad.size, dryRun };
  if (dryRun) return found;
  if (bad.size > 0 && !skipBad) return { ...found, brought: 0 };
  return { ...found, ...(await bringAll(list, bad)), run };
}

/** Notes faults: the first of them whole, the rest by number. */
function notes() {
  const shown: LineFault[] = [];
  let faults = 0;
  return {
    note(fault: LineFault): void {
      faults += 1;
      if (shown.length < mostShown) shown.push(fault);
    },
    all: () => ({ shown, faults }),
  };
}

type Looked = bring.Counts & { readonly rows: number; readonly bad: ReadonlySet<number> };

/** Tries every row and writes none; what is wrong is noted line by line. */
async function look(list: List, note: (fault: LineFault) => void): Promise<Looked> {
  const bad = new Set<number>();
  const noteBad = (fault: LineFault): void => {
    bad.add(fault.line);
    note(fault);
  };
  const sum = { rows: 0, brought: 0, known: 0 };
  for await (const batch of batches(list, "looked at")) {
    const { brought, known } = await rehearsed(list, goodOf(list.kind, batch, noteBad), noteBad);
    sum.rows += batch.length;
    sum.brought += brought;
    sum.known += known;
  }
  return { ...sum, bad };
}

function goodOf(kind: Importable, batch: readonly ReadRow[], note: (fault: LineFault) => void): readonly Good[] {
  return batch.flatMap((row) => {
    const faults = faultsOfRow(kind, row);
    faults.forEach(note);
    return faults.length === 0 && "cells" in row ? [row] : [];
  });
}

async function rehearsed(list: List, rows: readonly Good[], note: (fault: LineFault) => void): Promise<bring.Counts> {
  const tried: unknown = await perform(list, bring.rehearse(list.kind), rows, "look").catch((error: unknown) => error);
  if (!(tried instanceof bring.Rehearsed)) throw tried;
  const { refused, ...counts } = tried.outcome as bring.Rehearsal;
  for (const at of refused) faultsOfRefusal(list.kind, rows.find(({ line }) => line === at.line)?.cells ?? {}, at).forEach(note);
  return counts;
}

/** Brings in every row but the bad ones, many an act. */
async function bringAll(list: List, bad: ReadonlySet<number>): Promise<bring.Counts> {
  const { kind, run, path, write } = list;
  const begun = { run, kind: kind.kind, file: basename(path) };
  await write(operator, bring.begin, bring.beginRun, begun, { key: `cli:${run}:begin`, cause: run });
  const sum = { brought: 0, known: 0 };
  for await (const batch of batches(list, "brought")) {
    const good = batch.flatMap((row) => ("cells" in row && !bad.has(row.line) ? [row] : []));
    const { answer } = await perform(list, bring.bringIn(kind), good, "bring").catch(stoppedAt(run));
    const { brought, known } = JSON.parse(answer) as bring.Counts;
    sum.brought += brought;
    sum.known += known;
  }
  await write(operator, bring.end, bring.endRun, { run, ...sum }, { key: `cli:${run}:end`, cause: run });
  return sum;
}

/** What a line could not come in for, though its rehearsal had gone well: something changed in between. */
const stoppedAt = (run: Id) => (error: unknown) => {
  if (!(error instanceof bring.LineRefused)) throw error;
  const { line, refusal } = error.at;
  throw new Halt(
    `Line ${line} was refused on its way in (${refusal.type}). What came before it stays; npm run coop -- import undo ${run} takes it back.`,
  );
};

const perform = ({ kind, run, invite, write }: List, act: ReturnType<typeof bring.bringIn>, rows: readonly Good[], step: string) =>
  write(
    operator,
    { name: `import ${kind.kind}`, input: bring.rowsOf(kind), answer: bring.Counts, status: 201 },
    act,
    { run, invite, rows: rows.map(({ line, cells }) => ({ line, row: cells })) },
    { key: `cli:${run}:${step}:${rows[0]?.line ?? 0}`, cause: run },
  );

async function* batches({ path, kind, told }: List, does: string): AsyncGenerator<readonly ReadRow[]> {
  const all = Object.keys(kind.row.shape);
  const needed = all.filter((name) => !kind.row.shape[name]?.safeParse(undefined).success);
  let batch: ReadRow[] = [];
  let rows = 0;
  for await (const row of readRows(path, { all, needed })) {
    batch.push(row);
    rows += 1;
    if (rows % tellEvery === 0) told(`${does} ${rows} rows`);
    if (batch.length < rowsAtOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
