// Questions that must find nothing: asked every night, and at the end of every test that touched a database.
import { sql, type RawBuilder } from "kysely";
import { jsonText } from "@partcommune/shared/platform/json";
import type { Instant } from "@partcommune/shared/platform/time";
import { inSnapshot, type Database, type Tx } from "./database.ts";

/** A named query whose every row is a fault. `says` tells an operator what a row would mean. */
export type Check = {
  readonly name: string;
  readonly says: string;
  readonly rows: (db: Database | Tx, now: Instant) => Promise<readonly unknown[]>;
};

/** A check that is one question in SQL. */
export const sqlCheck = (name: string, says: string, query: (now: Instant) => RawBuilder<unknown>): Check => ({
  name,
  says,
  rows: async (db, now) => (await query(now).execute(db)).rows,
});

export type Asked = { readonly name: string; readonly says: string; readonly rows: readonly unknown[] };

/** What each check answers, in the order they are declared: one after another, since a snapshot is one connection. */
export async function askEach(checks: readonly Check[], db: Database | Tx, now: Instant): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (const { name, says, rows } of checks) asked.push({ name, says, rows: await rows(db, now) });
  return asked;
}

/** Asks them all as one moment shows the coop, and keeps what they said for those who do not sit at the terminal. */
export async function askAndKeep(checks: readonly Check[], db: Database, now: Instant): Promise<readonly Asked[]> {
  const asked = await inSnapshot(db, (tx) => askEach(checks, tx, now));
  const found = asked.flatMap(({ name, says, rows }) => (rows.length > 0 ? [{ name, says, rows: rows.length }] : []));
  await sql`insert into platform.checking (at, asked, found) values (${now}::timestamptz, ${asked.length}, ${JSON.stringify(found)}::jsonb)
    on conflict (at) do nothing`.execute(db);
  return asked;
}

export type Checked = {
  readonly at: Instant;
  readonly asked: number;
  readonly found: { name: string; says: string; rows: number }[];
};

/** What they said the last time; undefined before there was one. */
export async function lastChecked(db: Database | Tx): Promise<Checked | undefined> {
  const { rows } = await sql<Checked>`select at, asked, found from platform.checking order by at desc limit 1`.execute(db);
  return rows[0];
}

const mostRows = 20;

/** What an operator reads of checks: a line each, and the rows of those that found something. */
export const linesOf = (asked: readonly Asked[]): readonly string[] =>
  asked.flatMap(({ name, says, rows }) =>
    rows.length === 0
      ? [`ok     ${name}`]
      : [
          `FOUND  ${name}: ${says} (${rows.length})`,
          ...rows.slice(0, mostRows).map((row) => `       ${jsonText(row)}`),
          ...(rows.length > mostRows ? [`       and ${rows.length - mostRows} more`] : []),
        ],
  );

/** The checks that found something. */
export const failing = async (checks: readonly Check[], db: Database | Tx, now: Instant): Promise<readonly Asked[]> =>
  (await askEach(checks, db, now)).filter(({ rows }) => rows.length > 0);

export const checks: readonly Check[] = [
  {
    name: "facts-of-the-future",
    says: "A fact is dated after now: a clock went wrong.",
    rows: async (db, now) => (await sql`select id from platform.fact where at > ${now}::timestamptz`.execute(db)).rows,
  },
  sqlCheck(
    "log-nodes",
    "A node of a transparency log is not the hash of what is under it, or is missing, so what is proved with it would not verify.",
    () => sql`
      select log, 0::smallint as level, index from platform.log_leaf left join (select * from platform.log_node where level = 0) node using (log, index)
      where node.hash is distinct from sha256('\\x00'::bytea || leaf)
      union all
      select above.log, above.level, above.index from platform.log_node above
      left join platform.log_node l on l.log = above.log and l.level = above.level - 1 and l.index = above.index * 2
      left join platform.log_node r on r.log = above.log and r.level = above.level - 1 and r.index = above.index * 2 + 1
      where above.level > 0 and above.hash is distinct from sha256('\\x01'::bytea || l.hash || r.hash)`,
  ),
];
