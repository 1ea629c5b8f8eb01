// Who another server is to us, in SQL: by the treaty with it, and by whether we follow its board.
import { sql } from "kysely";
import type { Circle, Footing } from "@partcommune/federation/circle";
import type { Database, Tx } from "../../platform/database.ts";

/**
 * What each state of a treaty makes of the other coop. Once our members accepted, the other may speak as a sister: its first words after
 * its signature may overtake the signature itself, and what they mean is asked again when they are worked.
 */
const byTreaty: Readonly<Record<string, Circle>> = {
  offered: "applicant",
  received: "applicant",
  accepted: "sister",
  active: "sister",
  paused: "sister",
  ended: "sister",
};

/** All that a row `host` says of the footing of its server, in words that change when it does: blocked or open, as our neighbour, and each treaty. */
export const footingWords = sql<string>`concat_ws(' ', case when host.blocked_at is null then 'open' else 'blocked' end, coalesce(host.state, 'none'),
  (select string_agg(treaty.state, ' ' order by treaty.id) from federation.treaty where treaty.host = host.id))`;

const stranger = "open none";

/** The footings of the servers at these origins, each in its place. */
export async function footingsOf(db: Database | Tx, origins: readonly string[]): Promise<readonly Footing[]> {
  const rows = await db
    .selectFrom("federation.host as host")
    .select(["host.origin", footingWords.as("words")])
    .where("host.origin", "in", [...new Set(origins)])
    .execute();
  const known = new Map(rows.map(({ origin, words }) => [origin, words]));
  return origins.map((origin) => footingIn(known.get(origin) ?? stranger));
}

/** A block wins over all else, but whom a treaty binds is owed what is under way, and only has to wait. */
function footingIn(words: string): Footing {
  const [open, state = "", ...treaties] = words.split(" ");
  const bound = treaties.flatMap((treaty) => byTreaty[treaty] ?? []);
  if (open !== "open") return { circles: bound.includes("sister") ? ["blocked", "suspended"] : ["blocked"], words };
  const isFollowed = state === "waiting" || state === "followed";
  return { circles: [...new Set<Circle>([...bound, ...(isFollowed ? ["neighbour" as const] : []), "public"])], words };
}
