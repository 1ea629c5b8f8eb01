// What is wrong with a line of a list, said so that it can be mended: where, what stood there, and what is asked.
import { z } from "zod";
import { problems } from "@partcommune/shared/problems";
import { sentence, type Fault, type Refusal } from "@partcommune/shared/platform/refusal";
import type { RefusedLine } from "../platform/imports/bring.ts";
import type { Importable } from "../platform/imports/kind.ts";
import type { ReadRow } from "./rows.ts";

/** One fault of one line. `was` is absent where nothing stood. */
export type LineFault = { readonly line: number; readonly column?: string; readonly was?: string; readonly asked: string };

type Cells = Readonly<Record<string, unknown>>;
const longestShown = 60;

/** Whether a row has the shape that its kind asks for, and its faults else. */
export function faultsOfRow(kind: Importable, row: ReadRow): readonly LineFault[] {
  const { line } = row;
  if ("unreadable" in row) return [{ line, asked: row.unreadable }];
  const outcome = kind.row.safeParse(row.cells);
  return outcome.success ? [] : outcome.error.issues.flatMap((issue) => faultsOfIssue(kind, row.cells, line, issue));
}

function faultsOfIssue(kind: Importable, cells: Cells, line: number, issue: z.core.$ZodIssue): readonly LineFault[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((column) => ({ line, column, asked: "nothing of this name" }));
  const column = columnIn(kind, issue.path);
  const missing = column !== undefined && cells[column] === undefined && issue.code === "invalid_type";
  return [at(line, column, cells, missing ? "something; nothing stands here" : issue.message)];
}

/** The column nearest to a fault: rules speak of `/price/amount`, the list has `price`. */
const columnIn = (kind: Importable, path: readonly PropertyKey[]): string | undefined =>
  path.map(String).findLast((step) => Object.hasOwn(kind.row.shape, step));

function at(line: number, column: string | undefined, cells: Cells, asked: string): LineFault {
  if (column === undefined) return { line, asked };
  const value = cells[column];
  if (value === undefined) return { line, column, asked };
  const was = typeof value === "string" ? value : JSON.stringify(value);
  return { line, column, was: was.length > longestShown ? `${was.slice(0, longestShown)}…` : was, asked };
}

/** A rule's no to a row, as a fault of its line. */
export function faultsOfRefusal(kind: Importable, cells: Cells, { line, refusal, faults }: RefusedLine): readonly LineFault[] {
  const stepsOf = ({ pointer }: Fault): readonly string[] => pointer.split("/").slice(1);
  if (faults.length > 0) return faults.map((fault) => at(line, columnIn(kind, stepsOf(fault)), cells, fault.says));
  return [at(line, kind.columnOf[refusal.type], cells, refusalInWords({ refusal }))];
}

/** A rule's no as a sentence for a terminal. */
export const refusalInWords = ({ refusal }: { readonly refusal: Refusal }): string =>
  sentence(problems[refusal.type]?.says ?? refusal.type, refusal.facts);

/** A fault as one line: file, line, column, what was there, what is asked. */
export const inWords = (file: string, { line, column, was, asked }: LineFault): string =>
  visible(`${file}:${line}: ${column === undefined ? "" : `${column}${was === undefined ? "" : ` "${was}"`}: `}${asked}`);

/** Text of a list with a mark for each sign that a terminal would obey. */
export const visible = (text: string): string => text.replaceAll(/\p{C}/gu, "·");
