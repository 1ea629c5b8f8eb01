// Whom governance tells, in SQL.
import { sql } from "kysely";
import type { College } from "@partcommune/shared/governance/rules/words";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Id } from "@partcommune/shared/platform/id";
import type { PageOfPeople } from "../../platform/notices/telling.ts";
import type { View } from "../../platform/scope.ts";
import { leftOutOf } from "./lots.ts";
import { peopleOf } from "./roll.ts";

export async function titleOf({ db }: Pick<View, "db">, proposal: Id): Promise<string> {
  return (await db.selectFrom("governance.proposal").select("title").where("id", "=", proposal).executeTakeFirstOrThrow()).title;
}

/** The person whom a proposal would let in; undefined where it is about anything else. */
export async function applicantOf({ db }: Pick<View, "db">, proposal: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom("governance.proposal as proposal")
    .innerJoin("membership.member_card as card", (join) => join.on(sql<boolean>`card.id = (proposal.payload ->> 'member')::uuid`))
    .select("card.person")
    .where("proposal.id", "=", proposal)
    .where("proposal.kind", "=", "admission")
    .executeTakeFirst();
  return row?.person ?? undefined;
}

/** Whoever wrote a proposal; nobody where the clock called it. */
export async function authorOf({ db }: Pick<View, "db">, proposal: Id): Promise<readonly Id[]> {
  const row = await db
    .selectFrom("governance.proposal as proposal")
    .innerJoin("membership.member_card as card", "card.id", "proposal.author")
    .select("card.person")
    .where("proposal.id", "=", proposal)
    .executeTakeFirst();
  return row?.person ? [row.person] : [];
}

/** Whoever wrote the proposals a vote is about. */
export async function authorsOf({ db }: Pick<View, "db">, vote: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.proposal as proposal")
    .innerJoin("membership.member_card as card", "card.id", "proposal.author")
    .select("card.person")
    .where("proposal.vote", "=", vote)
    .execute();
  return rows.flatMap(({ person }) => person ?? []);
}

/** Whether a proposal is about who sits on the board. */
export async function isOfBoard({ db }: Pick<View, "db">, proposal: Id): Promise<boolean> {
  const { kind } = await db.selectFrom("governance.proposal").select("kind").where("id", "=", proposal).executeTakeFirstOrThrow();
  return kind === "election" || kind === "recall";
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

/** The board, but for those who withheld a seed for this panel. */
export async function boardFor({ db }: Pick<View, "db">, panel: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.role_grant")
    .select("person")
    .where("role", "=", "board")
    .where("ended_at", "is", null)
    .execute();
  const leftOut = await leftOutOf({ db }, panel);
  return rows.flatMap(({ person }) => (leftOut.includes(person) ? [] : [person]));
}

/** The people of a college in the order of their ids, a page of them. */
export async function collegePage(
  { db }: Pick<View, "db">,
  college: College,
  now: Instant,
  { after, limit }: PageOfPeople,
): Promise<readonly Id[]> {
  const { rows } = await sql<{ person: Id }>`
    select distinct person from (${peopleOf[college](now)}) as people
    where person is not null and (${after ?? null}::uuid is null or person > ${after ?? null}::uuid) order by person limit ${limit}`.execute(
    db,
  );
  return rows.map(({ person }) => person);
}
