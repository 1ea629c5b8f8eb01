// What notices and letters say of gatherings, in SQL, and to whom.
import { placed } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { PageOfPeople } from "../../platform/notices/telling.ts";
import type { View } from "../../platform/scope.ts";

export async function titleOf({ db }: Pick<View, "db">, gathering: Id): Promise<string> {
  return (await db.selectFrom("community.gathering").select("title").where("id", "=", gathering).executeTakeFirstOrThrow()).title;
}

export type Convocation = {
  readonly title: string;
  readonly from: Instant;
  readonly zone: string;
  readonly place: string | null;
  readonly link: string | null;
};

export async function convocationOf({ db }: Pick<View, "db">, gathering: Id): Promise<Convocation> {
  return db
    .selectFrom("community.gathering")
    .select(["title", "from_at as from", "zone", "place", "link"])
    .where("id", "=", gathering)
    .executeTakeFirstOrThrow();
}

/** Members by the order of their ids, some at a time. */
export async function membersPage({ db }: Pick<View, "db">, { after, limit }: PageOfPeople): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.member_card")
    .select("person")
    .where("stage", "in", [...placed])
    .$if(after !== undefined, (query) => query.where("person", ">", after ?? null))
    .orderBy("person")
    .limit(limit)
    .execute();
  return rows.flatMap(({ person }) => person ?? []);
}

/** Who signs the minutes of an assembly. */
export async function signersToTell({ db }: Pick<View, "db">, gathering: Id): Promise<readonly Id[]> {
  const chairs = db.selectFrom("community.assembly").select("chair as person").where("gathering", "=", gathering);
  const rows = await chairs.union(db.selectFrom("community.teller").select("person").where("gathering", "=", gathering)).execute();
  return rows.map(({ person }) => person);
}
