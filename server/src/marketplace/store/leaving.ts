// Agreed works that run, in SQL, before their members have left.
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import type { Id } from "@partcommune/shared/platform/id";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { View } from "../../platform/scope.ts";

/** How many agreed works of each of these members are not over; a quote that waits for signatures is one. */
export async function worksRunning({ db }: Pick<View, "db">, members: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  if (members.length === 0) return new Map();
  const rows = await db
    .selectFrom("marketplace.engagement_part as part")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "part.engagement")
    .select(({ fn }) => ["part.member", fn.countAll<bigint>().as("count")])
    .where("part.member", "in", [...members])
    .where("engagement.state", "in", statesBefore(engagementTable, "chooseBudget"))
    .groupBy("part.member")
    .execute();
  return new Map(rows.map(({ member, count }) => [member, Number(count)]));
}
