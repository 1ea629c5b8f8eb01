// Who another server is to us, in SQL: by the treaty with it, and by whether we follow its board.
import type { Circle } from "@partcommune/federation/circle";
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

/** The circles of the servers at these origins, each in its place. */
export async function circlesOf(db: Database | Tx, origins: readonly string[]): Promise<readonly (readonly Circle[])[]> {
  const rows = await db
    .selectFrom("federation.host as host")
    .leftJoin("federation.treaty as treaty", "treaty.host", "host.id")
    .select(["host.origin", "host.state", "host.blocked_at as blocked", "treaty.state as treaty"])
    .where("host.origin", "in", [...new Set(origins)])
    .execute();
  return origins.map((origin) => circlesIn(rows.filter((row) => row.origin === origin)));
}

type Row = { readonly state: string | null; readonly blocked: string | null; readonly treaty: string | null };

/** A block wins over all else. */
function circlesIn(rows: readonly Row[]): readonly Circle[] {
  if (rows.some(({ blocked }) => blocked !== null)) return ["blocked"];
  const isFollowed = rows.some(({ state }) => state === "waiting" || state === "followed");
  const bound = rows.flatMap(({ treaty }) => byTreaty[treaty ?? ""] ?? []);
  return [...new Set<Circle>([...bound, ...(isFollowed ? ["neighbour" as const] : []), "public"])];
}
