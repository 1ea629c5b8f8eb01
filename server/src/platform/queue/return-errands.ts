// Gives the queue back the errands of a backup, by the queue's own door, so that its tables may change between versions.
import type { Client } from "pg";
import { holdingQueue } from "./boss.ts";

const mostAtOnce = 1_000;

type Row = { readonly name: string; readonly id: string; readonly data: object; readonly startAfter: string };

/** Empties a table of errands into their queues, inside the transaction of its connection. Answers how many there were. */
export async function returnErrands(client: Client, ownerUrl: string, table: string): Promise<number> {
  const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) };
  return holdingQueue(ownerUrl, async (boss) => {
    let returned = 0;
    for (let rows = await take(client, table); rows.length > 0; rows = await take(client, table)) {
      for (const [name, errands] of Map.groupBy(rows, (row) => row.name))
        await boss.insert(
          name,
          errands.map(({ id, data, startAfter }) => ({ id, data, startAfter })),
          { db },
        );
      returned += rows.length;
    }
    return returned;
  });
}

async function take(client: Client, table: string): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(
    `delete from ${table} where id in (select id from ${table} order by id limit ${mostAtOnce})
     returning name, id, data, to_char(start_after, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startAfter"`,
  );
  return rows;
}
