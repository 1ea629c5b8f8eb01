// The one way to read: parse, and on connections that cannot write, one query that sees only what the actor may see.
import type { z } from "zod";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Endpoint } from "@partcommune/shared/platform/endpoint";
import type { Database } from "./database.ts";
import type { Keys } from "./keys.ts";
import { withOwnCursor, withSignedCursor } from "./list.ts";
import { parsed } from "./parse.ts";
import type { Lend, Query } from "./scope.ts";
import type { World } from "./world.ts";

export type Ask = <Input extends z.ZodObject, Answer>(
  actor: Actor,
  endpoint: Pick<Endpoint<Input>, "input" | "path">,
  query: Query<z.output<Input>, Answer>,
  input: unknown,
) => Promise<Answer>;

type Asking = { readonly world: World; readonly db: Database; readonly keys: Keys; readonly origin: string; readonly lend: Lend };

/** Builds the only reader; its database is one of connections opened as `asker`. */
export function asking({ world, db, keys, origin, lend }: Asking): Ask {
  return async (actor, { input, path }, query, rawInput) => {
    const asked = withOwnCursor(keys, path, parsed(input, rawInput));
    return withSignedCursor(keys, path, await query({ db, actor, now: world.clock(), keys, origin, ...lend(db) }, asked));
  };
}
