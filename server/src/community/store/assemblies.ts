// Assemblies in SQL: called with an agenda, led, attended, closed.
import { sql } from "kysely";
import { assemblyTable, forgottenMs, type AssemblyHeld, type AssemblyVerb, type Way } from "@partcommune/shared/community/rules/assembly";
import type { GatheringState } from "@partcommune/shared/community/rules/gathering";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb } from "@partcommune/shared/platform/table";
import { later, type Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type Held = AssemblyHeld & { readonly id: Id; readonly tellers: readonly Id[] };

/** An assembly, held until the act ends. */
export async function heldAssembly({ tx }: Scope, id: Id): Promise<Held | undefined> {
  const row = await tx
    .selectFrom("community.gathering as gathering")
    .innerJoin("community.assembly as assembly", "assembly.gathering", "gathering.id")
    .select(["gathering.id", "state", "from_at", "called_by", "chair"])
    .where("gathering.id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  const tellers = await tx.selectFrom("community.teller").select("person").where("gathering", "=", id).orderBy("place").execute();
  return (
    row && {
      id: row.id,
      state: row.state as GatheringState,
      from: row.from_at,
      calledBy: row.called_by,
      chair: row.chair,
      tellers: tellers.map(({ person }) => person),
    }
  );
}

export async function saveAssembly({ tx }: Scope, gathering: Id, chair: Id): Promise<void> {
  await tx.insertInto("community.assembly").values({ gathering, chair }).execute();
}

/** Moves an assembly on. True for exactly one of several at once. */
export async function moveAssembly({ tx, now }: Scope, id: Id, from: GatheringState, verb: AssemblyVerb): Promise<boolean> {
  const moved = await tx
    .updateTable("community.gathering")
    .set((eb) => ({ state: afterVerb(assemblyTable, from, verb), version: eb("version", "+", 1n), changed_at: now }))
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Keeps when it was opened, or closed. */
export async function saveHour({ tx, now }: Scope, id: Id, hour: "opened_at" | "closed_at"): Promise<void> {
  await tx
    .updateTable("community.assembly")
    .set({ [hour]: now })
    .where("gathering", "=", id)
    .execute();
}

export async function saveChair({ tx }: Scope, id: Id, chair: Id): Promise<void> {
  await tx.updateTable("community.assembly").set({ chair }).where("gathering", "=", id).execute();
}

export type Draw = { readonly seed: Uint8Array; readonly pool: readonly Id[]; readonly tellers: readonly Id[] };

export async function saveDraw({ tx }: Scope, id: Id, { seed, pool, tellers }: Draw): Promise<void> {
  await tx
    .updateTable("community.assembly")
    .set({ seed: Buffer.from(seed), pool: [...pool] })
    .where("gathering", "=", id)
    .execute();
  await tx
    .insertInto("community.teller")
    .values(tellers.map((person, at) => ({ gathering: id, place: at + 1, person })))
    .execute();
}

/** Who is there now, in the order of their ids. */
export async function presentIn({ db }: Pick<View, "db">, gathering: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("community.attendance")
    .select("person")
    .where("gathering", "=", gathering)
    .where("until_at", "is", null)
    .orderBy("person")
    .execute();
  return rows.map(({ person }) => person);
}

/** Notes that somebody has left. False when they were not there. */
export async function endAttendance({ tx, now }: Scope, gathering: Id, person: Id): Promise<boolean> {
  const ended = await tx
    .updateTable("community.attendance")
    .set({ until_at: now })
    .where("gathering", "=", gathering)
    .where("person", "=", person)
    .where("until_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** Notes that somebody is there; who was there in another way is there in this one from now on. */
export async function saveAttendance(scope: Scope, gathering: Id, person: Id, way: Way, by: Id): Promise<void> {
  await endAttendance(scope, gathering, person);
  const { tx, now, id } = scope;
  await tx.insertInto("community.attendance").values({ id: id(), gathering, person, way, from_at: now, noted_by: by }).execute();
}

/** At its end everybody leaves. */
export async function endAttendances({ tx, now }: Scope, gathering: Id): Promise<void> {
  await tx
    .updateTable("community.attendance")
    .set({ until_at: now })
    .where("gathering", "=", gathering)
    .where("until_at", "is", null)
    .execute();
}

export type Forgotten = { readonly id: Id; readonly state: GatheringState; readonly at: Instant };

/** Assemblies that nobody opened, or nobody closed, long after their planned end. */
export async function assembliesForgotten({ db, now }: View): Promise<readonly Forgotten[]> {
  const rows = await db
    .selectFrom("community.gathering")
    .select(["id", "state", "until_at"])
    .where("kind", "=", "assembly")
    .where("state", "in", ["called", "open"])
    .where("until_at", "<=", later(now, -forgottenMs))
    .orderBy("id")
    .limit(100)
    .execute();
  return rows.map(({ id, state, until_at: at }) => ({ id, state: state as GatheringState, at }));
}

/** The stage of a person's membership. */
export async function stageOfPerson({ db }: Pick<View, "db">, person: Id): Promise<Stage | undefined> {
  const card = await db.selectFrom("membership.member_card").select("stage").where("person", "=", person).executeTakeFirst();
  return (card?.stage as Stage | null | undefined) ?? undefined;
}

/** Members whose name holds these letters, for whoever chairs the assembly; for others there is none. */
export async function membersNamed(
  { db, actor }: View,
  gathering: Id,
  named: string,
): Promise<readonly { readonly person: Id; readonly name: string }[] | undefined> {
  const chair = await db.selectFrom("community.assembly").select("chair").where("gathering", "=", gathering).executeTakeFirst();
  if (!chair || actor.kind !== "person" || chair.chair !== actor.person) return undefined;
  const rows = await db
    .selectFrom("membership.member_card")
    .select(["person", "name"])
    .where("stage", "in", ["trial", "member", "associate"])
    .where(sql<boolean>`position(lower(${named}) in lower(name)) > 0`)
    .orderBy("name")
    .orderBy("person")
    .limit(20)
    .execute();
  return rows.map(({ person, name }) => ({ person: person ?? "", name: name ?? "" }));
}
