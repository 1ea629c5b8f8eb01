// Who is leaving, in SQL, and since when.
import { sql } from "kysely";
import { stagesBefore, type Stage } from "@partcommune/shared/membership/rules";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

/** Keeps that a member leaves, and what they were. True for exactly one caller. */
export async function giveNotice({ tx, now }: Scope, member: Id): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((eb) => ({ stage: "leaving", stage_before: eb.ref("stage"), leaving_at: now, version: eb("version", "+", 1n) }))
    .where("id", "=", member)
    .where("stage", "in", [...stagesBefore("giveNotice")])
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Makes a member what they were again. True for exactly one caller. */
export async function stay({ tx }: Scope, member: Id): Promise<boolean> {
  const row = await tx
    .updateTable("membership.member")
    .set((eb) => ({ stage: sql<string>`stage_before`, stage_before: null, leaving_at: null, version: eb("version", "+", 1n) }))
    .where("id", "=", member)
    .where("stage", "=", "leaving")
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Everybody who is leaving, whoever gave notice first on top. */
export async function leavers({ db }: Pick<View, "db">): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.member")
    .select("id")
    .where("stage", "=", "leaving")
    .orderBy("leaving_at")
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** When those of these members who are leaving gave notice. */
export async function leavingSince({ db }: Pick<View, "db">, members: readonly Id[]): Promise<ReadonlyMap<Id, Instant>> {
  if (members.length === 0) return new Map();
  const rows = await db
    .selectFrom("membership.member")
    .select(["id", "leaving_at"])
    .where("id", "in", [...members])
    .where("stage", "=", "leaving")
    .execute();
  return new Map(rows.flatMap(({ id, leaving_at: at }) => (at === null ? [] : [[id, at] as const])));
}

type Leaving = { readonly person: Id; readonly stage: Stage; readonly leavingAt: Instant | null; readonly leftAt: Instant | null };

/** Where a membership stands on its way out. */
export async function leavingOf({ db }: Pick<View, "db">, member: Id): Promise<Leaving | undefined> {
  const row = await db
    .selectFrom("membership.member")
    .select(["person", "stage", "leaving_at as leavingAt", "left_at as leftAt"])
    .where("id", "=", member)
    .executeTakeFirst();
  return row?.person ? { ...row, person: row.person, stage: row.stage as Stage } : undefined;
}

/** How many employments of each of these members the social office was not told the last day of, or that last until after today. */
export async function employmentsRunning({ db, now }: View, members: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
  if (members.length === 0) return new Map();
  const today = dayOf(now, (await bookOf(db)).zone);
  const rows = await db
    .selectFrom("membership.employment")
    .select(({ fn }) => ["member", fn.countAll<bigint>().as("count")])
    .where("member", "in", [...members])
    .where("mistaken", "=", false)
    .where((eb) => eb.or([eb("until_on", "is", null), eb("until_on", ">", today)]))
    .groupBy("member")
    .execute();
  return new Map(rows.map(({ member, count }) => [member, Number(count)]));
}
