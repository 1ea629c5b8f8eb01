// What a database holds that a backup carries: tables in an order in which they can be loaded, their columns, the order of their rows, and sequences.
import type { Client } from "pg";
import { haltUnless } from "../halt.ts";

export type Table = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly divisions: readonly string[];
  /** The primary key as an ORDER BY that is the same whatever the database's language is. */
  readonly order: readonly string[];
  readonly refersTo: readonly string[];
};

export type Sequence = { readonly name: string; readonly last: string | null };

// The queue's schema is made by its library, and public holds the migrator's own notes.
const ours = "nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'pgboss')";

/** All tables of our schemas, each after those it refers to. */
export async function tablesOf(client: Client): Promise<readonly Table[]> {
  // A transaction id means nothing in another database, so a column that has one by default is given a new one there.
  const { rows } = await client.query<Table>(`
    select nspname || '.' || relname as name,
      array(select quote_ident(attname) from pg_attribute where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = ''
        and not (atttypid = 'xid8'::regtype and atthasdef) order by attnum) as columns,
      array(select relname::text from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = t.oid order by relname) as divisions,
      array(select quote_ident(attname) || case when attcollation = 0 then '' else ' collate "C"' end
        from pg_index, unnest(indkey) with ordinality k (attnum, n) join pg_attribute using (attnum)
        where indrelid = t.oid and indisprimary and attrelid = t.oid order by n) as "order",
      array(select distinct n.nspname || '.' || r.relname from pg_constraint join pg_class r on r.oid = confrelid join pg_namespace n on n.oid = r.relnamespace
        where conrelid = t.oid and contype = 'f' and confrelid <> t.oid and conparentid = 0) as "refersTo"
    from pg_class t join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and not relispartition and ${ours} order by 1`);
  for (const { name, order } of rows) haltUnless(order.length > 0, `${name} has no primary key, so its rows have no order to be kept in.`);
  return inOrder(rows);
}

/** Each table after those it refers to. */
function inOrder(tables: readonly Table[]): readonly Table[] {
  const placed = new Set<string>();
  const sorted: Table[] = [];
  while (sorted.length < tables.length) {
    const ready = tables.filter(({ name, refersTo }) => !placed.has(name) && refersTo.every((other) => placed.has(other)));
    haltUnless(ready.length > 0, "Some tables refer to each other in a circle, so none of them can be loaded first.");
    for (const table of ready) placed.add(table.name);
    sorted.push(...ready);
  }
  return sorted;
}

/** The rows of a table as COPY writes them, in the order of the primary key. */
export const rowsText = ({ name, order }: Table, columns: readonly string[]): string =>
  `copy (select ${columns.join(", ")} from ${name} order by ${order.join(", ")}) to stdout`;

/** How far each sequence has counted; never less than what any row of this snapshot was given. */
export async function sequencesOf(client: Client): Promise<readonly Sequence[]> {
  const { rows } = await client.query<Sequence>(`
    select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name, last_value::text as last
    from pg_sequences join pg_namespace on nspname = schemaname where ${ours} order by 1`);
  return rows;
}
