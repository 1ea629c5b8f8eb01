// Gives the queue back the errands of a backup, by the queue's own door, so that its tables may change between versions.
import type { Client } from "pg";
import { PgBoss } from "pg-boss";
import { connection } from "../database.ts";

const mostAtOnce = 1_000;

type Row = { readonly name: string; readonly id: string; readonly data: object; readonly start_after: Date };

/** Empties a table of errands into their queues, inside the transaction of its connection. */
export async function returnErrands(client: Client, ownerUrl: string, table: string): Promise<number> {
  const { connectionString, options } = connection(ownerUrl, "owner");
  const boss = new PgBoss({ connectionString: connectionString ?? "", options: options ?? "", max: 1, supervise: false, schedule: false });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) };
    let returned = 0;
    for (let rows = await take(client, table); rows.length > 0; rows = await take(client, table)) {
      for (const [name, errands] of Map.groupBy(rows, (row) => row.name))
        await boss.insert(
          name,
          errands.map(({ id, data, start_after: startAfter }) => ({ id, data, startAfter })),
          { db },
        );
      returned += rows.length;
    }
    return returned;
  } finally {
    await boss.stop({ graceful: false });
  }
}

async function take(client: Client, table: string): Promise<readonly Row[]> {
  const { rows } = await client.query<Row>(
    `delete from ${table} where id in (select id from ${table} order by id limit ${mostAtOnce}) returning name, id, data, start_after::text`,
  );
  return rows;
}
