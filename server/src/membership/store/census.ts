// How many belong to the coop, in SQL.
import { placed } from "@partcommune/shared/membership/rules";
import type { View } from "../../platform/scope.ts";

/** Members of ours, those on trial too; people of other coops are counted there. */
export async function countMembers({ db }: Pick<View, "db">): Promise<number> {
  const { count } = await db
    .selectFrom("membership.member")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("stage", "in", [...placed])
    .where("host", "is", null)
    .executeTakeFirstOrThrow();
  return Number(count);
}
