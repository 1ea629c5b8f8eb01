// The one way to read: parse, a read-only transaction, one query that sees only what the actor may see.
import { sql } from "kysely";
import type { z } from "zod";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Endpoint } from "@partcommune/shared/platform/endpoint";
import type { Database, Tx } from "./database.ts";
import type { Keys } from "./keys.ts";
import { withOwnCursor, withSignedCursor } from "./list.ts";
import { parsed } from "./parse.ts";
import type { BylawAt, Query } from "./scope.ts";
import type { World } from "./world.ts";

export type Ask = <Input extends z.ZodObject, Answer>(
  actor: Actor,
  endpoint: Pick<Endpoint<Input>, "input" | "path">,
  query: Query<z.output<Input>, Answer>,
  input: unknown,
) => Promise<Answer>;

type Asking = { readonly world: World; readonly db: Database; readonly keys: Keys; readonly bylawIn: (db: Database | Tx) => BylawAt };

export function asking({ world, db, keys, bylawIn }: Asking): Ask {
  return async (actor, endpoint, query, rawInput) => {
    const input = withOwnCursor(keys, endpoint.path, parsed(endpoint.input, rawInput));
    const answer = await db.transaction().execute(async (tx) => {
      await sql`set transaction read only; set local statement_timeout = 10000`.execute(tx);
      return query({ db: tx, actor, now: world.clock(), bylaw: bylawIn(tx), keys }, input);
    });
    return withSignedCursor(keys, endpoint.path, answer);
  };
}
