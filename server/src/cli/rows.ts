// Reading a list row by row, never the whole of it: CSV as spreadsheets write it, or one JSON object a line.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { CsvError, parse } from "csv-parse";

/** A row with the line it begins on, or what keeps it from being one. */
export type ReadRow = { readonly line: number } & ({ readonly cells: Readonly<Record<string, unknown>> } | { readonly unreadable: string });

/** What a list must and may name. */
export type Columns = { readonly all: readonly string[]; readonly needed: readonly string[] };

const longestRow = 200_000;
const longestShown = 60;
const unlikeUtf8 = "text in UTF-8; this file is written in another way, save it again as UTF-8";

export const readRows = (path: string, columns: Columns): AsyncGenerator<ReadRow> =>
  /\.(jsonl|ndjson)$/i.test(path) ? readJsonLines(path) : readCsv(path, columns);

async function* readJsonLines(path: string): AsyncGenerator<ReadRow> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Infinity })) {
    line += 1;
    const bare = line === 1 ? text.replace(/^\ufeff/, "") : text;
    if (bare.trim() !== "") yield { line, ...objectIn(bare) };
  }
}

function objectIn(text: string): { readonly cells: Readonly<Record<string, unknown>> } | { readonly unreadable: string } {
  if (text.length > longestRow) return { unreadable: `a row of at most ${longestRow} signs` };
  if (text.includes("\ufffd")) return { unreadable: unlikeUtf8 };
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { cells: value as Readonly<Record<string, unknown>> };
  } catch {
    // Told below like any other line that holds no object.
  }
  return { unreadable: "one JSON object" };
}

/** Spreadsheets of half of Europe part cells by semicolons: the heading says which it is. */
async function separatorOf(path: string): Promise<"," | ";"> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const [heading = ""] = buffer.toString("utf8", 0, bytesRead).split(/\r?\n/, 1);
    return heading.split(";").length > heading.split(",").length ? ";" : ",";
  } finally {
    await file.close();
  }
}

type Parsed = { readonly raw: string; readonly record: readonly string[]; readonly info: { readonly lines: number } };

async function* readCsv(path: string, columns: Columns): AsyncGenerator<ReadRow> {
  const delimiter = await separatorOf(path);
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    raw: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  });
  const input = createReadStream(path).on("error", (error) => parser.destroy(error));
  let heading: readonly string[] | undefined;
  try {
    for await (const { raw, record, info } of input.pipe(parser) as AsyncIterable<Parsed>) {
      // A row is told by the line it begins on; the parser tells where it ends.
      const line = info.lines - (raw.trim().match(/\n/g)?.length ?? 0);
      if (heading) {
        yield { line, ...cellsIn(heading, record) };
        continue;
      }
      const unreadable = faultOfHeading(record, columns);
      if (unreadable !== undefined) return yield { line, unreadable };
      heading = record;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield { line: Number(error["lines"] ?? 1), unreadable: `CSV: ${error.message}` };
  }
}

function faultOfHeading(heading: readonly string[], { all, needed }: Columns): string | undefined {
  const unknown = heading.filter((name, at) => !all.includes(name) || heading.indexOf(name) !== at);
  const missing = needed.filter((name) => !heading.includes(name));
  const [first] = unknown;
  if (first !== undefined) return `a heading of ${all.join(", ")}, each once; "${first.slice(0, longestShown)}" is not asked for`;
  return missing.length > 0 ? `a heading that names ${missing.join(", ")} as well` : undefined;
}

function cellsIn(
  heading: readonly string[],
  record: readonly string[],
): { readonly cells: Readonly<Record<string, string>> } | { readonly unreadable: string } {
  if (record.length !== heading.length)
    return { unreadable: `${heading.length} cells, as many as the heading has; these are ${record.length}` };
  if (record.some((cell) => cell.includes("\ufffd"))) return { unreadable: unlikeUtf8 };
  return { cells: Object.fromEntries(heading.flatMap((name, at) => (record[at] ? [[name, record[at]]] : []))) };
}
