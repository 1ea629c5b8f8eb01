// What notices say of gatherings, in SQL.
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

export async function titleOf({ db }: Pick<View, "db">, gathering: Id): Promise<string> {
  return (await db.selectFrom("community.gathering").select("title").where("id", "=", gathering).executeTakeFirstOrThrow()).title;
}
