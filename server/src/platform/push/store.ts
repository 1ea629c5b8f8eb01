// Devices that notices are pushed to, in SQL.
import { sql } from "kysely";
import type { readPush, subscribePush } from "@partcommune/shared/platform/api/push";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { NoticeKind } from "@partcommune/shared/platform/rules/notices";
import { mostFailures } from "@partcommune/shared/platform/rules/push";
import type { Person } from "@partcommune/shared/platform/actor";
import type { Database } from "../database.ts";
import type { Keys } from "../keys.ts";
import { refuseUnless } from "../refused.ts";
import type { Scope, View } from "../scope.ts";

export type Device = {
  readonly id: Id;
  readonly person: Id;
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
  readonly language: Language;
};

const purposeOf = (device: Id): string => `push:${device}`;

/** A person's devices whose session lasts: whoever signed out, or was signed out, hears nothing more. */
export async function devicesOf(
  view: Pick<View, "db" | "now" | "sessionsOf">,
  { person, session }: Pick<Person, "person"> & { readonly session?: Id },
) {
  const rows = await view.db
    .selectFrom("platform.push_device")
    .select(["id", "session", "at"])
    .where("person", "=", person)
    .orderBy("at")
    .execute();
  const lasting = new Set(rows.length === 0 ? [] : await view.sessionsOf(person, view.now));
  return rows
    .filter((row) => lasting.has(row.session))
    .map(({ id, at, session: of }) => ({ id, at, here: of === session })) satisfies AnswerOf<typeof readPush>["devices"];
}

/** What a person sees of their devices, and what a browser needs to become one. */
export async function pushCard(view: View): Promise<AnswerOf<typeof readPush>> {
  const { actor, keys } = view;
  refuseUnless(actor.kind === "person", "sign-in-first");
  return { key: keys.signing("push").publicKey, devices: await devicesOf(view, actor) };
}

/** Lets one device of a person be added after the other, and forgets what this browser was before. Returns how many others they have. */
export async function makeRoom(scope: Scope, { person, session }: Person, endpoint: string): Promise<number> {
  const { tx } = scope;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`push\n${person}`}, 0))`.execute(tx);
  // The endpoint is a secret of the browser: whoever brings it holds the device, whoever had it before.
  await tx
    .deleteFrom("platform.push_device")
    .where(({ or, eb }) => or([eb("endpoint", "=", endpoint), eb("session", "=", session)]))
    .execute();
  return (await withoutEnded(scope, person)).length;
}

/** Forgets a person's devices whose session is over, and returns the others. */
export async function withoutEnded(scope: Scope, person: Id): Promise<readonly Id[]> {
  const lasting = await scope.sessionsOf(person, scope.now);
  await scope.tx
    .deleteFrom("platform.push_device")
    .where("person", "=", person)
    .where(sql<boolean>`session <> all(${lasting}::uuid[])`)
    .execute();
  const left = await scope.tx.selectFrom("platform.push_device").select("id").where("person", "=", person).orderBy("at").execute();
  return left.map(({ id }) => id);
}

export async function saveDevice(scope: Scope, { person, session }: Person, device: InputOf<typeof subscribePush>): Promise<Id> {
  const { endpoint, p256dh, auth, language } = device;
  const id = scope.id();
  const keys = scope.keys.seal(purposeOf(id), JSON.stringify({ p256dh, auth }), scope.random(12));
  await scope.tx.insertInto("platform.push_device").values({ id, person, session, endpoint, keys, language, at: scope.now }).execute();
  return id;
}

/** Ends a device of this person. False when it is nobody's, or another's. */
export async function endOwnDevice({ tx }: Scope, person: Id, device: Id): Promise<boolean> {
  const gone = await tx.deleteFrom("platform.push_device").where("id", "=", device).where("person", "=", person).executeTakeFirst();
  return gone.numDeletedRows === 1n;
}

/** A device, with what seals a message for it. */
export async function deviceById(db: Database, keys: Keys, device: Id): Promise<Device | undefined> {
  const row = await db.selectFrom("platform.push_device").selectAll().where("id", "=", device).executeTakeFirst();
  if (!row) return undefined;
  const { id, person, endpoint, language } = row;
  return { id, person, endpoint, language: language as Language, keys: JSON.parse(keys.open(purposeOf(id), row.keys)) as Device["keys"] };
}

export async function endDevice(db: Database, device: Id): Promise<void> {
  await db.deleteFrom("platform.push_device").where("id", "=", device).execute();
}

/** What arrived ends a row of failures. */
export async function noteArrival(db: Database, device: Id): Promise<void> {
  await db.updateTable("platform.push_device").set({ failures: 0 }).where("id", "=", device).where("failures", ">", 0).execute();
}

/** Counts a failure; the last of so many in a row ends the device. */
export async function noteFailure(db: Database, device: Id): Promise<void> {
  const last = mostFailures - 1;
  const counted = await db
    .updateTable("platform.push_device")
    .set((column) => ({ failures: column("failures", "+", 1) }))
    .where("id", "=", device)
    .where("failures", "<", last)
    .executeTakeFirst();
  if (counted.numUpdatedRows === 0n) await endDevice(db, device);
}

/** Whose notices are to be pushed now, each with the newest of them. */
export async function pushDue({ db, now }: View): Promise<readonly { readonly person: Id; readonly newest: bigint }[]> {
  const rows = await db
    .selectFrom("platform.notice")
    .select(({ fn }) => ["person", fn.max("no").as("newest")])
    .where("push_at", "<=", now)
    .groupBy("person")
    .limit(500)
    .execute();
  return rows.map(({ person, newest }) => ({ person, newest: newest ?? 0n }));
}

/** Takes what is to be pushed now: each kind once, however many there are. */
export async function takeDue({ tx, now }: Scope, person: Id): Promise<readonly NoticeKind[]> {
  const rows = await tx
    .updateTable("platform.notice")
    .set({ push_at: null })
    .where("person", "=", person)
    .where("push_at", "<=", now)
    .returning("kind")
    .execute();
  return [...new Set(rows.map(({ kind }) => kind as NoticeKind))].toSorted();
}
