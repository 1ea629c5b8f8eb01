// Files that a spreadsheet opens: nothing in them is reckoned there.
import { stringify } from "csv-stringify/sync";

export type Cell = string | number | bigint | null;

/** A cell that begins like a formula is text. The library would make text of an amount below zero too, and a column of amounts would no longer sum up. */
const plain = (cell: Cell): Cell =>
  typeof cell === "string" && /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell) && !/^-\d+(\.\d+)?$/.test(cell) ? `'${cell}` : cell;

const written = (rows: readonly (readonly Cell[])[], columns?: readonly string[]): string =>
  stringify(
    rows.map((row) => row.map(plain)),
    columns ? { header: true, columns: [...columns], bom: true } : {},
  );

/** A file of these rows. */
export const csvText = (columns: readonly string[], rows: readonly (readonly Cell[])[]): string => written(rows, columns);

/** The same, page by page. */
export async function* csvPages(columns: readonly string[], pages: AsyncIterable<readonly (readonly Cell[])[]>): AsyncGenerator<string> {
  yield csvText(columns, []);
  for await (const rows of pages) yield written(rows);
}
