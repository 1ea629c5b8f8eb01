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

/** The circles of the server at this origin. */
export async function circlesOf(db: Database | Tx, origin: string): Promise<readonly Circle[]> {
  const rows = await db
    .selectFrom("federation.host as host")
    .leftJoin("federation.treaty as treaty", "treaty.host", "host.id")
    .select(["host.state", "treaty.state as treaty"])
    .where("host.origin", "=", origin)
    .execute();
  const isFollowed = rows.some(({ state }) => state === "waiting" || state === "followed");
  const bound = rows.flatMap(({ treaty }) => byTreaty[treaty ?? ""] ?? []);
  return [...new Set<Circle>([...bound, ...(isFollowed ? ["neighbour" as const] : []), "public"])];
}
