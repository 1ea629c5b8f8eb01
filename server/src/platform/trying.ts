// Trying something inside an act that goes on when a rule says no: what was tried then leaves no trace.
import { sql } from "kysely";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import type { Telling } from "./facts.ts";
import { Refused } from "./refused.ts";
import type { Scope } from "./scope.ts";

/** The refusal, or undefined when it was done. A fault that is no refusal ends the act. */
export async function tried(scope: Scope, act: (scope: Scope) => Promise<void>): Promise<Refusal | undefined> {
  const { tx } = scope;
  const told: Telling[] = [];
  await sql`savepoint tried`.execute(tx);
  try {
    await act({ ...scope, emit: (telling) => void told.push(telling) });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await sql`rollback to savepoint tried`.execute(tx);
    return error.refusal;
  }
  await sql`release savepoint tried`.execute(tx);
  for (const telling of told) scope.emit(telling);
  return undefined;
}
