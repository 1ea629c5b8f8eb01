// On what footing other servers are with us, remembered: whoever speaks does so often. What is remembered is never the last word (ADR 23).
import type { Footing, Footings } from "@partcommune/federation/circle";
import type { Database } from "../../platform/database.ts";
import { together } from "../../platform/together.ts";
import { footingsOf } from "../store/circles.ts";
import { forgettingOldest } from "./remembering.ts";

const mostAtOnce = 64;

/** Opens the memory of a process. Many who ask at once go to the database together. */
export function openFootings(db: Database): Footings {
  const seen = new Map<string, Footing>();
  const ask = together(mostAtOnce, (origins: readonly string[]) => footingsOf(db, origins));
  return {
    last: (origin) => seen.get(origin),
    now: async (origin) => {
      const footing = await ask(origin);
      seen.delete(origin);
      forgettingOldest(seen.set(origin, footing));
      return footing;
    },
  };
}
