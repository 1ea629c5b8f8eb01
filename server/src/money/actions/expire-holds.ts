// What was set aside and not used in time is free again.
import type { Scope } from "../../platform/scope.ts";
import { viewOf } from "../../platform/scope.ts";
import * as store from "../store/holds.ts";

const mostAtOnce = 500;

/** Ends every hold that has run out; answers how many. A rival that ended one first leaves nothing to do. */
export async function expireHolds(scope: Scope): Promise<number> {
  let expired = 0;
  for (const key of await store.expiredHolds(viewOf(scope), mostAtOnce)) {
    const done = await store.releaseHold(scope, key, "expired");
    if (done) expired += 1;
  }
  return expired;
}
