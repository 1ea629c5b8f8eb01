// Who came to a vote, in SQL: group by group as they were when it opened, and over the newest counts.
import { sql } from "kysely";
import { bandsAt, type Split, type Turnout } from "@partcommune/shared/governance/rules/participation";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** Keeps how many of each group were on the roll and came. Where somebody belonged on the day the vote opened counts. */
export async function saveTurnout({ tx }: Scope, vote: Id, opened: Instant, zone: string): Promise<void> {
  const band = sql.join(
    bandsAt(opened, zone).map(({ band: name, until }) => sql`when card.associate_at <= ${until}::timestamptz then ${name}::text`),
    sql` `,
  );
  const day = dayOf(opened, zone);
  await sql`
    insert into governance.turnout (vote, split, part, roll, came)
    select entry.vote, split, part, count(*), count(call.entry)
    from governance.roll_entry as entry
    left join governance.roll_call as call using (vote, entry)
    left join membership.member_card as card on card.person = entry.person and entry.college = 'members'
    left join membership.branch_place as place on place.member = card.id and place.from_on <= ${day}::date and coalesce(place.to_on > ${day}::date, true)
    cross join lateral (values
      ('membership', case ${band} else '' end),
      ('branch', coalesce(place.branch::text, '')),
      ('trade', coalesce(lower(card.trade), ''))) as belongs (split, part)
    where entry.vote = ${vote}::uuid group by 1, 2, 3`.execute(tx);
}

export type Counted = { readonly id: Id; readonly notice: string; readonly closedAt: Instant };

/** The newest counts. */
export async function newestCounts({ db }: Pick<View, "db">, limit: number): Promise<readonly Counted[]> {
  const rows = await db
    .selectFrom("governance.vote")
    .select(["id", "notice", "closed_at"])
    .where("state", "in", ["counted", "ended"])
    .orderBy("closed_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, notice, closed_at: closedAt }) => (closedAt === null ? [] : [{ id, notice, closedAt }]));
}

export type TurnoutIn = Turnout & { readonly vote: Id; readonly split: Split };

/** Every group of these votes: for whoever leaves out those that are too small to be told. */
export async function turnoutIn({ db }: Pick<View, "db">, votes: readonly Id[]): Promise<readonly TurnoutIn[]> {
  if (votes.length === 0) return [];
  const rows = await db
    .selectFrom("governance.turnout")
    .selectAll()
    .where("vote", "in", [...votes])
    .execute();
  return rows.map((row) => ({ ...row, split: row.split as Split }));
}

/** What branches are called, by their ids. */
export async function branchNames({ db }: Pick<View, "db">): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom("membership.branch_card").select(["id", "name"]).execute();
  return new Map(rows.map(({ id, name }) => [id ?? "", name ?? ""]));
}
