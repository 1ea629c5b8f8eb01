// Whom governance tells, in SQL.
import type { Id } from "@partcommune/shared/platform/id";
import type { View } from "../../platform/scope.ts";

export async function titleOf({ db }: Pick<View, "db">, proposal: Id): Promise<string> {
  return (await db.selectFrom("governance.proposal").select("title").where("id", "=", proposal).executeTakeFirstOrThrow()).title;
}

/** The people whose names stand behind a proposal. */
export async function sponsorsToTell({ db }: Pick<View, "db">, proposal: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.sponsorship as sponsorship")
    .innerJoin("membership.member_card as card", "card.id", "sponsorship.member")
    .select("card.person")
    .where("proposal", "=", proposal)
    .execute();
  return rows.flatMap(({ person }) => person ?? []);
}
