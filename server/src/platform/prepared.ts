// What a connection is asked again it has parsed already: each statement is sent under a name of its own (ADR 22).
import type { PostgresPool, PostgresPoolClient } from "kysely";
import type { Pool, PoolClient, QueryResult } from "pg";

// A list has a text for each length it comes in: what would fill a connection's memory is sent without a name.
const mostNames = 1_000;
const longestText = 10_000;

/** The same pool, with statements that are remembered by each of its connections. */
export function preparing(pool: Pool): PostgresPool {
  const known = new WeakMap<PoolClient, PostgresPoolClient>();
  const connect = async (): Promise<PostgresPoolClient> => {
    const client = await pool.connect();
    const before = known.get(client);
    if (before) return before;
    const prepared = preparingClient(client);
    known.set(client, prepared);
    return prepared;
  };
  return { connect, end: () => pool.end(), options: pool.options };
}

function preparingClient(client: PoolClient): PostgresPoolClient {
  const names = new Map<string, string>();

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined || names.size >= mostNames || text.length > longestText) return known;
    const name = `s${names.size}`;
    names.set(text, name);
    return name;
  }

  // What has no values may be several statements in one, which cannot be prepared. Cursors are not used here.
  const query = async (text: string, values: readonly unknown[]): Promise<QueryResult> => {
    const name = values.length > 0 ? nameOf(text) : undefined;
    return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) });
  };
  return { query: query as unknown as PostgresPoolClient["query"], release: () => client.release() };
}
