// Tables that the coop writes, as a spreadsheet reads them.
import { parse } from "csv-parse/sync";

/** The rows of a table, each by the names of its columns. */
export const rowsOf = (csv = ""): readonly Readonly<Record<string, string>>[] => parse(csv, { bom: true, columns: true });
