// The one way to read: parse, a read-only transaction, one query that sees only what the actor may see.
import { sql } from "kysely";
import type { z } from "zod";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Endpoint } from "@partcommune/shared/platform/endpoint";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { parsed } from "./parse.ts";
import type { Lend, Query } from "./scope.ts";
import type { World } from "./world.ts";

export type Ask = <Input extends z.ZodObject, Answer>(
  actor: Actor,
  endpoint: Pick<Endpoint<Input>, "input">,
  query: Query<z.output<Input>, Answer>,
  input: unknown,
) => Promise<Answer>;

type Asking = { readonly world: World; readonly db: Database; readonly keys: Keys; readonly lend: Lend };

export function asking({ world, db, keys, lend }: Asking): Ask {
  return async (actor, endpoint, query, rawInput) => {
    const input = parsed(endpoint.input, rawInput);
    return db.transaction().execute(async (tx) => {
      await sql`set transaction read only; set local statement_timeout = 10000`.execute(tx);
      return query({ db: tx, actor, now: world.clock(), keys, ...lend(tx) }, input);
    });
  };
}
