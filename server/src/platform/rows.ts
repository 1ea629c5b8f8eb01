// Many rows on their way into a table.
import { sql, type Insertable, type RawBuilder } from "kysely";
import { jsonText } from "@partcommune/shared/platform/json";
import type { DB } from "./tables.ts";

/** A row as it is inserted; what is an object is JSON in its column, or an array. */
type Row<Table extends keyof DB> = { readonly [Column in keyof Insertable<DB[Table]>]: Insertable<DB[Table]>[Column] | object };

/**
 * Inserts any number of rows in one statement, whose text does not change with their number: so it is parsed once, and no list is too long
 * for the values that a statement takes. Each column is read as its table has it; what a row does not name is null.
 */
export function insertion<Table extends keyof DB>(table: Table, rows: readonly Row<Table>[]): RawBuilder<unknown> {
  const columns = sql.join([...new Set(rows.flatMap((row) => Object.keys(row)))].map((name) => sql.ref(name)));
  const into = sql.table(table);
  return sql`insert into ${into} (${columns}) select ${columns} from jsonb_populate_recordset(null::${into}, ${jsonText(rows.map(readable))}::jsonb)`;
}

/** Bytes are written as PostgreSQL reads them. */
const readable = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]: [string, unknown]) => [name, Buffer.isBuffer(value) ? `\\x${value.toString("hex")}` : value]),
  );
