// People, their sessions and their roles in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { Me } from "@partcommune/shared/membership/api";
import { placed, type Stage } from "@partcommune/shared/membership/rules";
import { hasRunOut, sessionMs } from "@partcommune/shared/membership/rules/session";
import { leftVisitor, visitor, type Actor, type Buying, type Person, type Role } from "@partcommune/shared/platform/actor";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import { later, type Day, type Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { placesOn } from "./branches.ts";
import { followers } from "./portfolio.ts";

export type NewPerson = { readonly name: string; readonly email: string; readonly language: Language; readonly confirmed: boolean };

/** Saves a person. One address is one person: the second of two at once is refused. */
export async function savePerson({ tx, now, id }: Scope, { name, email, language, confirmed }: NewPerson): Promise<Id> {
  const person = id();
  const row = await tx
    .insertInto("membership.person")
    .values({ id: person, name, email, language, created_at: now, ...(confirmed ? { email_confirmed_at: now } : {}) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  refuseUnless(row.numInsertedOrUpdatedRows === 1n, "address-taken");
  return person;
}

/** How somebody came in. A founder is let in by founding. */
export type OpenedBy = "founding" | "code" | "passkey" | "password" | "demo";

/** Opens a session for the cookie that the door is about to hand out, in place of the one this browser had. */
export async function openSession(scope: Scope, person: Id, by: OpenedBy): Promise<void> {
  const { tx, now, id, knock, actor } = scope;
  if (actor.kind === "person") await endSession(scope, actor.session);
  const expires_at = later(now, sessionMs);
  // In a demo everybody is taken at their word for as long as the session lasts.
  const proof = by === "passkey" ? { proved_at: now } : by === "demo" ? { proved_at: expires_at } : {};
  await tx
    .insertInto("membership.session")
    .values({ id: id(), person, token_hash: knock, opened_at: now, opened_by: by, used_at: now, expires_at, ...proof })
    .execute();
}

/** How this session was opened. */
export async function openedBy({ tx }: Scope, session: Id): Promise<OpenedBy> {
  const row = await tx.selectFrom("membership.session").select("opened_by").where("id", "=", session).executeTakeFirstOrThrow();
  return row.opened_by as OpenedBy;
}

/** Notes that the person of this session has just proved by passkey that it is they. */
export async function noteProof({ tx, now }: Scope, session: Id): Promise<void> {
  await tx.updateTable("membership.session").set({ proved_at: now }).where("id", "=", session).where("ended_at", "is", null).execute();
}

/** The person behind a session cookie with the roles they hold now; read at every request, so that a lost role is lost at once. */
export async function actorOf(db: Database | Tx, now: Instant, tokenHash: Buffer): Promise<Actor & { readonly usedAt?: Instant }> {
  const found = await db
    .selectFrom("membership.session as session")
    .leftJoin("membership.member as member", "member.person", "session.person")
    .select(["session.id as session", "session.person", "session.proved_at as provedAt", "member.id as member", "member.stage"])
    .select(["session.used_at as usedAt", "session.expires_at as expiresAt"])
    .select(
      sql<Role[]>`array(select role from membership.role_grant held where held.person = session.person and held.ended_at is null)`.as(
        "roles",
      ),
    )
    .select(
      sql<
        Buying[]
      >`array(select jsonb_build_object('client', client, 'role', role) from membership.buyer where buyer.person = session.person)`.as(
        "buysFor",
      ),
    )
    .where("session.token_hash", "=", tokenHash)
    .where("session.ended_at", "is", null)
    .executeTakeFirst();
  if (!found) return visitor;
  const { session, person, provedAt, usedAt, expiresAt, roles, buysFor } = found;
  if (hasRunOut({ usedAt, expiresAt }, roles, now)) return leftVisitor;
  return { kind: "person", person, session, ...(provedAt ? { provedAt } : {}), roles, ...membershipFrom(found), buysFor, usedAt };
}

/** The membership that somebody has, or had. An application is none. */
function membershipFrom({
  member,
  stage,
}: {
  readonly member: Id | null;
  readonly stage: string | null;
}): Pick<Person, "member" | "formerMember"> {
  if (member === null) return {};
  if (stage === "left") return { formerMember: member };
  return placed.some((each) => each === stage) ? { member } : {};
}

async function rolesOf(db: Database | Tx, person: Id): Promise<readonly Role[]> {
  const held = await db
    .selectFrom("membership.role_grant")
    .select("role")
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .execute();
  return held.map(({ role }) => role as Role);
}

/** The sessions in which a person is signed in: neither ended nor run out. */
export async function lastingSessions({ db, now }: Pick<View, "db" | "now">, person: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("membership.session")
    .select(["id", "used_at as usedAt", "expires_at as expiresAt"])
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .execute();
  const roles = await rolesOf(db, person);
  return rows.filter((session) => !hasRunOut(session, roles, now)).map(({ id }) => id);
}

/** Notes that a session is in use, unless another request has just done so. */
export async function noteUse(db: Database, session: Id, noted: Instant, now: Instant): Promise<void> {
  await db.updateTable("membership.session").set({ used_at: now }).where("id", "=", session).where("used_at", "=", noted).execute();
}

/** The person behind an address. */
export async function personByEmail(db: Database | Tx, email: string): Promise<{ readonly id: Id; readonly name: string } | undefined> {
  return db.selectFrom("membership.person").select(["id", "name"]).where("email", "=", email).executeTakeFirst();
}

/** Waits for others who are about to make a person of this address. */
export async function standInLine({ tx }: Scope, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`person\n${email}`}, 0))`.execute(tx);
}

/** Notes that a letter to this address reached its person. */
export async function confirmEmail({ tx, now }: Scope, person: Id): Promise<void> {
  await tx
    .updateTable("membership.person")
    .set({ email_confirmed_at: now })
    .where("id", "=", person)
    .where("email_confirmed_at", "is", null)
    .execute();
}

export async function endSession({ tx, now }: Scope, session: Id): Promise<void> {
  await tx.updateTable("membership.session").set({ ended_at: now }).where("id", "=", session).where("ended_at", "is", null).execute();
}

/** Ends every session of a person, but for one if it is named. */
export async function endSessions({ tx, now }: Scope, person: Id, but?: Id): Promise<void> {
  await tx
    .updateTable("membership.session")
    .set({ ended_at: now })
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .$if(but !== undefined, (query) => query.where("id", "<>", but ?? ""))
    .execute();
}

/** What a signed-in person is here. */
export async function meOf(db: Database | Tx, { person, roles }: Person, today: Day): Promise<z.output<typeof Me>> {
  const row = await db
    .selectFrom("membership.person")
    .leftJoin("membership.member", "membership.member.person", "membership.person.id")
    .leftJoin(placesOn(db, today).as("place"), "place.member", "membership.member.id")
    .leftJoin(followers(db).as("follower"), "follower.member", "membership.member.id")
    .select(["membership.person.name", "email", "stage", "membership.member.id as member", "place.branch", "place.name as branchName"])
    .select("follower.name as adviser")
    .select(({ selectFrom, fn }) =>
      selectFrom("membership.passkey").select(fn.countAll<bigint>().as("count")).where("person", "=", person).as("passkeys"),
    )
    .select(({ selectFrom }) => selectFrom("membership.password").select("set_at").where("person", "=", person).as("passwordSetAt"))
    .where("membership.person.id", "=", person)
    .executeTakeFirstOrThrow();
  const buysFor = await db
    .selectFrom("membership.buyer")
    .innerJoin("membership.client", "membership.client.id", "membership.buyer.client")
    .select(["client", "name", "role"])
    .where("person", "=", person)
    .orderBy("membership.buyer.at")
    .execute();
  const { name, email, stage, member, passkeys, passwordSetAt, branch, branchName, adviser } = row;
  return {
    id: person,
    name,
    email,
    roles: [...roles],
    ...(stage ? { stage: stage as Stage } : {}),
    ...(member === null ? {} : { member }),
    ...(branch && branchName ? { branch: { id: branch, name: branchName } } : {}),
    ...(adviser === null ? {} : { adviser }),
    buysFor: buysFor.map((each) => ({ ...each, role: each.role as Buying["role"] })),
    passkeys: Number(passkeys),
    password: passwordSetAt !== null,
  };
}

/** Who asks; nobody for a visitor. */
export const me = async ({ db, actor, now }: View): Promise<{ person?: z.output<typeof Me> }> =>
  actor.kind === "person" ? { person: await meOf(db, actor, dayOf(now, (await bookOf(db)).zone)) } : {};

/** Who is signed in; of a visitor, whether they were until they stayed away for long. */
export const session = async (view: View): Promise<{ person?: z.output<typeof Me>; left?: true }> =>
  view.actor.kind === "visitor" && view.actor.left ? { left: true } : me(view);
