// Hand-ins by the names they have between two coops, and the milestones that both count alike, in SQL.
import { sql } from "kysely";
import type { Side } from "@partcommune/shared/marketplace/rules/engagement";
import type { MilestoneState } from "@partcommune/shared/marketplace/rules/milestone";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** Keeps by which activity a hand-in crosses. */
export async function saveHandInElsewhere({ tx }: Scope, handIn: Id, activity: string): Promise<void> {
  await tx.insertInto("marketplace.hand_in_elsewhere").values({ hand_in: handIn, activity }).execute();
}

/** Keeps the same for what was handed in last for a milestone. */
export async function nameHandIn(scope: Scope, milestone: Id, activity: string): Promise<void> {
  const { id } = await lastOf({ db: scope.tx }, milestone).executeTakeFirstOrThrow();
  await saveHandInElsewhere(scope, id, activity);
}

const lastOf = ({ db }: Pick<View, "db">, milestone: Id) =>
  db
    .selectFrom("marketplace.hand_in as handIn")
    .leftJoin("marketplace.hand_in_elsewhere as crossed", "crossed.hand_in", "handIn.id")
    .innerJoin("marketplace.milestone as milestone", "milestone.id", "handIn.milestone")
    .select(["handIn.id", "handIn.at", "handIn.text", "crossed.activity", "milestone.engagement", "milestone.number", "milestone.minutes"])
    .where("handIn.milestone", "=", milestone)
    .orderBy("handIn.at", "desc")
    .orderBy("handIn.id", "desc")
    .limit(1);

export type HandedIn = {
  readonly id: Id;
  readonly at: Instant;
  readonly text: string;
  readonly activity: string;
  readonly engagement: Id;
  readonly number: number;
  readonly minutes: number | undefined;
};

/** What was handed in last for a milestone, where it crossed. */
export async function lastHandIn(view: Pick<View, "db">, milestone: Id): Promise<HandedIn | undefined> {
  const row = await lastOf(view, milestone).executeTakeFirst();
  return row?.activity ? { ...row, activity: row.activity, minutes: row.minutes ?? undefined } : undefined;
}

/** The milestone for which an activity handed in work, and whether that was the last. */
export async function milestoneOfHandIn(
  view: Pick<View, "db">,
  activity: string,
): Promise<{ readonly id: Id; readonly engagement: Id; readonly state: MilestoneState; readonly isLast: boolean } | undefined> {
  const row = await view.db
    .selectFrom("marketplace.hand_in_elsewhere as crossed")
    .innerJoin("marketplace.hand_in as handIn", "handIn.id", "crossed.hand_in")
    .innerJoin("marketplace.milestone as milestone", "milestone.id", "handIn.milestone")
    .select(["milestone.id", "milestone.engagement", "milestone.state"])
    .where("crossed.activity", "=", activity)
    .executeTakeFirst();
  return row && { ...row, state: row.state as MilestoneState, isLast: (await lastHandIn(view, row.id))?.activity === activity };
}

/** Whether what an activity handed in is here, or came and was turned away. */
export async function hasCome({ db }: Pick<View, "db">, milestone: Id, activity: string): Promise<boolean> {
  const { rows } = await sql<{ come: boolean }>`
    select exists (select from marketplace.hand_in_elsewhere where activity = ${activity})
      or exists (select from platform.fact where subject = ${milestone} and type = 'milestone.turnedAway' and body ->> 'activity' = ${activity}) as come`.execute(
    db,
  );
  return rows[0]?.come === true;
}

/** A milestone by its number, which is the same at both coops; with whose dispute is open, and how often each side opened or ended one. */
export const milestoneNumbered = ({ db }: Pick<View, "db">, engagement: Id, number: number) =>
  db
    .selectFrom("marketplace.milestone")
    .select(["id", "state", "disputed_by as disputedBy", "client_words as client", "member_words as member"])
    .where("engagement", "=", engagement)
    .where("number", "=", number)
    .executeTakeFirst();

/** Keeps which word about a dispute was the last that a side said. */
export async function saveWord({ tx }: Pick<Scope, "tx">, milestone: Id, side: Side, word: number): Promise<void> {
  await tx
    .updateTable("marketplace.milestone")
    .set(side === "client" ? { client_words: word } : { member_words: word })
    .where("id", "=", milestone)
    .execute();
}

/** The disputes of an engagement that are open, and who opened each. */
export async function openDisputes({ db }: Pick<View, "db">, engagement: Id): Promise<readonly { readonly id: Id; readonly by: Side }[]> {
  const rows = await db
    .selectFrom("marketplace.milestone")
    .select(["id", "disputed_by"])
    .where("engagement", "=", engagement)
    .where("state", "=", "disputed")
    .orderBy("number")
    .execute();
  return rows.map(({ id, disputed_by: by }) => ({ id, by: by as Side }));
}

/** What is told of a milestone's dispute. */
export const disputeTold = ({ db }: Pick<View, "db">, milestone: Id) =>
  db
    .selectFrom("marketplace.milestone")
    .select(["engagement", "number", "dispute_reason as reason"])
    .where("id", "=", milestone)
    .executeTakeFirst();

/** What was asked for last. */
export async function lastChanges({ db }: Pick<View, "db">, milestone: Id): Promise<readonly string[]> {
  const row = await db
    .selectFrom("marketplace.change_request")
    .select("points")
    .where("milestone", "=", milestone)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.points ?? [];
}
