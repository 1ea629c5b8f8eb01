// One connection in one transaction, seen both as the client that COPY needs and as the database that queries need.
import { to } from "pg-copy-streams";
import type { Client } from "pg";
import { kyselyOnClient, openClient, type As, type Database } from "../database.ts";
import { rowsText, type Table } from "./catalog.ts";

export type Held = { readonly client: Client; readonly db: Database };

/** How values are written, so that two databases write the same value alike. */
const asText = "set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex'; set extra_float_digits = 3";

/** Runs the work between `begin` and a commit; whatever fails takes all of it back. */
export async function inOneTransaction<Result>(url: string, as: As, begin: string, work: (held: Held) => Promise<Result>): Promise<Result> {
  const client = openClient(url, as);
  client.on("error", () => undefined); // the query under way meets it
  await client.connect();
  try {
    await client.query(asText);
    await client.query(begin);
    const result = await kyselyOnClient(client)
      .connection()
      .execute((db) => work({ client, db }));
    await client.query("commit");
    return result;
  } finally {
    await client.end();
  }
}

export const readingSnapshot = "begin isolation level repeatable read, read only";

/** The rows of a table on their way out. */
export const copyOut = (client: Client, table: Table, columns: readonly string[]): AsyncIterable<Buffer> =>
  client.query(to(rowsText(table, columns)));
