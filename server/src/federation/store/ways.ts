// Where something of ours is on its way, for whoever may read the thing, in SQL.
import type { Instant } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";

/** How far an activity has come: with its last try, and how many there were. */
export type Way = {
  readonly activity: string;
  readonly state: "due" | "sent" | "refused" | "dead";
  readonly tries: number;
  readonly at: Instant;
};

const states: readonly Way["state"][] = ["due", "sent", "refused", "dead"];

/** How far each of these has come; of one that goes to several inboxes, the one that came least far. */
export async function waysOf({ db }: Pick<View, "db">, activities: readonly string[]): Promise<ReadonlyMap<string, Way>> {
  if (activities.length === 0) return new Map();
  const rows = await db
    .selectFrom("federation.delivery")
    .select(["activity", "state", "tries", "at", "done_at"])
    .where("activity", "in", activities)
    .execute();
  const ways = rows.flatMap(({ activity, tries, at, done_at: done, state: text }) => {
    const state = states.find((each) => each === text);
    return state ? [{ activity, state, tries, at: done ?? at }] : [];
  });
  const farLast = ways.toSorted((one, other) => Number(other.state === "sent") - Number(one.state === "sent"));
  return new Map(farLast.map((way) => [way.activity, way]));
}
