// Roles in SQL: given and ended, never erased.
import type { listPeople } from "@partcommune/shared/membership/api";
import type { Stage, Status } from "@partcommune/shared/membership/rules";
import { isEmployed } from "@partcommune/shared/membership/rules/employment";
import type { Role } from "@partcommune/shared/platform/actor";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { movesAfter, placesOn } from "./branches.ts";
import { followers } from "./portfolio.ts";

/** Gives a role. False when the person has it already. */
export async function giveRole({ tx, now, id }: Scope, person: Id, role: Role, givenBy: Id | null): Promise<boolean> {
  const row = await tx
    .insertInto("membership.role_grant")
    .values({ id: id(), person, role, given_by: givenBy, at: now })
    .onConflict((conflict) => conflict.columns(["person", "role"]).where("ended_at", "is", null).doNothing())
    .executeTakeFirst();
  return row.numInsertedOrUpdatedRows === 1n;
}

/** Ends a role. True for exactly one caller. */
export async function endRole({ tx, now }: Scope, person: Id, role: Role): Promise<boolean> {
  const row = await tx
    .updateTable("membership.role_grant")
    .set({ ended_at: now })
    .where("person", "=", person)
    .where("role", "=", role)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

/** Who sits on the board, held so until the act ends: of two who end each other's seat at once, the second sees the first's work. */
export async function heldBoard({ tx }: Scope): Promise<readonly Id[]> {
  const rows = await tx
    .selectFrom("membership.role_grant")
    .select("person")
    .where("role", "=", "board")
    .where("ended_at", "is", null)
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(({ person }) => person);
}

/** Who sits on the board does so by the members' vote from now on. */
export async function nowElected({ tx }: Scope, seated: readonly Id[]): Promise<void> {
  await tx
    .updateTable("membership.role_grant")
    .set({ elected: true })
    .where("person", "in", [...seated])
    .where("role", "=", "board")
    .where("ended_at", "is", null)
    .execute();
}

/** The roles of a person that the board gave: those the members gave end with the seat. */
export async function heldByHand({ db }: Pick<View, "db">, person: Id): Promise<readonly Role[]> {
  const rows = await db
    .selectFrom("membership.role_grant")
    .select("role")
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .where("elected", "=", false)
    .orderBy("role")
    .execute();
  return rows.map(({ role }) => role as Role);
}

/** Who sits on the board because members elected them. */
export async function electedBoard({ tx }: Scope): Promise<readonly Id[]> {
  const rows = await tx
    .selectFrom("membership.role_grant")
    .select("person")
    .where("role", "=", "board")
    .where("ended_at", "is", null)
    .where("elected", "=", true)
    .orderBy("id")
    .execute();
  return rows.map(({ person }) => person);
}

/** Whether the members elected the board that sits. */
export const isElected = async (scope: Scope): Promise<boolean> => (await electedBoard(scope)).length > 0;

export async function isKnown({ tx }: Scope, person: Id): Promise<true | undefined> {
  return (await tx.selectFrom("membership.person").select("id").where("id", "=", person).executeTakeFirst()) && true;
}

/** People with their roles, one page in the order they became known. */
export async function people({ db, now }: View, { limit, after }: InputOf<typeof listPeople>): Promise<AnswerOf<typeof listPeople>> {
  const today = dayOf(now, (await bookOf(db)).zone);
  const rows = await db
    .selectFrom("membership.person")
    .leftJoin("membership.member", "membership.member.person", "membership.person.id")
    .leftJoin(placesOn(db, today).as("place"), "place.member", "membership.member.id")
    .leftJoin(followers(db).as("follower"), "follower.member", "membership.member.id")
    .leftJoin(movesAfter(db, today).as("move"), "move.member", "membership.member.id")
    .select(["membership.person.id", "membership.person.name", "email", "stage", "status", "membership.member.id as member"])
    .select([
      "leaving_at as leavingAt",
      "place.branch",
      "place.name as branchName",
      "move.branch as to",
      "move.name as toName",
      "move.from",
      "follower.name as adviser",
    ])
    .where("forgotten_at", "is", null)
    .$if(after !== undefined, (query) => query.where("membership.person.id", ">", after ?? ""))
    .orderBy("membership.person.id")
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const held = await rolesOf(
    db,
    page.map(({ id }) => id),
  );
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ id, name, email, stage, status, member, branch, branchName, adviser, to, toName, from, leavingAt }) => ({
      id,
      name,
      email,
      roles: held.filter((grant) => grant.person === id).map(({ role }) => role as Role),
      ...(stage ? { stage: stage as Stage } : {}),
      ...(stage === "leaving" && leavingAt ? { leavingAt } : {}),
      ...(member ? { member } : {}),
      employed: status !== null && isEmployed({ status: status as Status }),
      ...(branch && branchName ? { branch: { id: branch, name: branchName } } : {}),
      ...(adviser === null ? {} : { adviser }),
      ...(to && toName && from ? { move: { id: to, name: toName, from } } : {}),
    })),
    ...(last ? { next: last.id } : {}),
  };
}

async function rolesOf(db: View["db"], persons: readonly Id[]): Promise<readonly { person: string; role: string }[]> {
  if (persons.length === 0) return [];
  return db
    .selectFrom("membership.role_grant")
    .select(["person", "role"])
    .where("person", "in", persons)
    .where("ended_at", "is", null)
    .orderBy("role")
    .execute();
}
