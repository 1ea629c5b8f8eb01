// Loads a verified backup into a database whose tables stand and are empty, through the same triggers and keys that guard a coop at work.
import { pipeline } from "node:stream/promises";
import type { Client } from "pg";
import { from } from "pg-copy-streams";
import { haltUnless } from "../halt.ts";
import { tablesOf, type Table } from "./catalog.ts";
import { counting, sameSum } from "./digest.ts";
import { readPieces, type Piece } from "./file.ts";
import { errandsPart, manifestPart, secretPart, type KeptTable, type Manifest } from "./manifest.ts";
import { copyOut } from "./snapshot.ts";

/** Where errands lie until the queue takes them: see return-errands. */
export const errandTable = "pg_temp.waiting_errand";

/** Every row of the file, then the sequences, then each table read again: it must give the very bytes that were kept. */
export async function load(client: Client, path: string, manifest: Manifest): Promise<void> {
  await client.query(
    `create temporary table waiting_errand (id uuid primary key, name text, data jsonb, start_after timestamptz) on commit drop`,
  );
  const kept = new Map(manifest.tables.map((table) => [table.name, table]));
  const pieces = readPieces(path);
  let at = await pieces.next();
  while (!at.done) {
    const { part } = at.value;
    await into(client, part, kept.get(part), async function* rest() {
      for (; !at.done && at.value.part === part; at = await pieces.next()) yield at.value.bytes;
    });
  }
  for (const { name, last } of manifest.sequences)
    if (last !== null) await client.query("select setval($1::regclass, $2::bigint)", [name, last]);
  await readAgain(client, manifest);
}

type Rows = () => AsyncGenerator<Piece["bytes"]>;

async function into(client: Client, part: string, table: KeptTable | undefined, rows: Rows): Promise<void> {
  if (part === manifestPart || part === secretPart) for await (const _ of rows()) continue;
  else if (part === errandsPart) await copyIn(client, `${errandTable} (id, name, data, start_after)`, rows);
  else if (table) await intoTable(client, table, rows);
}

const copyIn = (client: Client, target: string, rows: Rows): Promise<void> =>
  pipeline(rows, client.query(from(`copy ${target} from stdin`)));

/** Where migrations have put rows, those are left, and what is missing is added. */
async function intoTable(client: Client, { name, columns }: KeptTable, rows: Rows): Promise<void> {
  const list = columns.join(", ");
  const { rowCount } = await client.query(`select from ${name} limit 1`);
  if (rowCount === 0) return copyIn(client, `${name} (${list})`, rows);
  await client.query(`create temporary table given on commit drop as select ${list} from ${name} with no data`);
  await copyIn(client, `pg_temp.given (${list})`, rows);
  await client.query(`insert into ${name} (${list}) overriding system value select ${list} from pg_temp.given on conflict do nothing`);
  await client.query("drop table pg_temp.given");
}

async function readAgain(client: Client, manifest: Manifest): Promise<void> {
  const tables = new Map((await tablesOf(client)).map((table) => [table.name, table] as const));
  haltUnless(tables.size === manifest.tables.length, "The backup and this database have not the same tables.");
  for (const kept of manifest.tables) await compare(client, kept, tables.get(kept.name));
}

async function compare(client: Client, kept: KeptTable, table: Table | undefined): Promise<void> {
  haltUnless(table !== undefined, `This database has no table ${kept.name}.`);
  const sums = counting();
  for await (const bytes of copyOut(client, table, kept.columns)) sums.take(bytes);
  haltUnless(sameSum(kept, sums.sum()), `${kept.name} reads otherwise than it was kept; nothing was restored.`);
}
