// Who follows which members, in SQL.
import type { listAdvisers } from "@partcommune/shared/membership/api/portfolio";
import { trialNoticeDays } from "@partcommune/shared/membership/rules/portfolio";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { Role } from "@partcommune/shared/platform/actor";
import type { Alert, Followed } from "@partcommune/shared/platform/alert";
import { dayAfter, dayOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { placesOn } from "./branches.ts";

/** Who follows a member now, held until the act ends: of two handovers at once the second sees the first. */
export async function followerHeld({ tx }: Scope, member: Id): Promise<Id | undefined> {
  await tx.selectFrom("membership.member").select("id").where("id", "=", member).forUpdate().execute();
  const [adviser] = await followersOf({ db: tx }, member);
  return adviser;
}

/** The roles a person holds. */
export async function rolesHeld({ tx }: Scope, person: Id): Promise<readonly Role[]> {
  const rows = await tx
    .selectFrom("membership.role_grant")
    .select("role")
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .execute();
  return rows.map(({ role }) => role as Role);
}

/** Who is followed by whom now. */
export const followers = (db: Database | Tx) =>
  db
    .selectFrom("membership.portfolio")
    .innerJoin("membership.person", "membership.person.id", "membership.portfolio.adviser")
    .select(["membership.portfolio.member", "membership.person.name"])
    .where("to_at", "is", null);

/** Who follows a member now: one, or nobody. */
export async function followersOf({ db }: Pick<View, "db">, member: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.portfolio")
    .select("adviser")
    .where("member", "=", member)
    .where("to_at", "is", null)
    .execute();
  return rows.map(({ adviser }) => adviser);
}

export type Handover = { readonly member: Id; readonly adviser: Id; readonly note: string | undefined; readonly by: Id };

/** Ends who followed a member and begins who follows. */
export async function follow(scope: Scope, { member, adviser, note, by }: Handover): Promise<void> {
  const { tx, now, id } = scope;
  await unfollow(scope, member);
  await tx
    .insertInto("membership.portfolio")
    .values({ id: id(), member, adviser, note: note ?? null, named_by: by, from_at: now })
    .execute();
}

/** Ends who followed a member. */
export async function unfollow({ tx, now }: Scope, member: Id): Promise<void> {
  await tx.updateTable("membership.portfolio").set({ to_at: now }).where("member", "=", member).where("to_at", "is", null).execute();
}

/** Ends the following of everybody whom this adviser follows; the members. */
export async function leavePortfolio({ tx, now }: Scope, adviser: Id): Promise<readonly Id[]> {
  const rows = await tx
    .updateTable("membership.portfolio")
    .set({ to_at: now })
    .where("adviser", "=", adviser)
    .where("to_at", "is", null)
    .returning("member")
    .execute();
  return rows.map(({ member }) => member);
}

/** The advisers by name. */
export async function advisers({ db }: View): Promise<AnswerOf<typeof listAdvisers>> {
  const items = await db
    .selectFrom("membership.role_grant as role")
    .innerJoin("membership.person as person", "person.id", "role.person")
    .select(["person.id", "person.name"])
    .where("role.role", "=", "adviser")
    .where("role.ended_at", "is", null)
    .orderBy("person.name")
    .orderBy("person.id")
    .limit(200)
    .execute();
  return { items };
}

export type OwnMember = Followed & {
  readonly name: string;
  readonly trade: string;
  readonly stage: Stage;
  readonly branch: string;
  readonly from: Instant;
  readonly note?: string;
};

/** The members whom the asking adviser follows, by name. */
export async function portfolioOf({ db, actor, now }: View): Promise<readonly OwnMember[]> {
  const { zone } = await bookOf(db);
  const rows = await db
    .selectFrom("membership.portfolio as portfolio")
    .innerJoin("membership.member as member", "member.id", "portfolio.member")
    .innerJoin("membership.person as person", "person.id", "member.person")
    .leftJoin(placesOn(db, dayOf(now, zone)).as("place"), "place.member", "member.id")
    .select(["member.id as member", "person.name", "member.trade", "member.stage", "member.admitted_at as admittedAt"])
    .select(["place.name as branch", "portfolio.from_at as from", "portfolio.note"])
    .where("portfolio.adviser", "=", actor.kind === "person" ? actor.person : null)
    .where("portfolio.to_at", "is", null)
    .where("member.stage", "not in", ["applicant", "refused", "left"])
    .orderBy("person.name")
    .orderBy("member.id")
    .limit(500)
    .execute();
  return rows.map(({ stage, branch, note, admittedAt, from, ...row }) => ({
    ...row,
    from,
    stage: stage as Stage,
    branch: branch ?? "",
    admittedAt: admittedAt ?? from,
    ...(note === null ? {} : { note }),
  }));
}

/** Members whose trial ends within two weeks, or should have ended. How long one is follows from the rule of the day of their admission, or of the founding for whoever was brought in from before. */
export async function trialAlerts({ db, now, bylaw }: View, members: readonly OwnMember[]): Promise<readonly Alert<"trialEnds">[]> {
  const { zone } = await bookOf(db);
  const horizon = dayAfter(dayOf(now, zone), trialNoticeDays);
  const { founded_at: founded } = await db.selectFrom("platform.coop").select("founded_at").executeTakeFirstOrThrow();
  const onTrial = members.filter(({ stage }) => stage === "trial");
  const ends = await Promise.all(
    onTrial.map(async ({ member, admittedAt }) => {
      const { value: months } = await bylaw("member.trialMonths", admittedAt > founded ? admittedAt : founded);
      return { member, kind: "trialEnds" as const, on: monthsAfter(dayOf(admittedAt, zone), months) };
    }),
  );
  return ends.filter(({ on }) => on <= horizon);
}
