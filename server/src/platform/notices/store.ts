// Notices in SQL.
import { sql } from "kysely";
import type { listNotices, readBell, readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { mailAt } from "@partcommune/shared/platform/morning";
import { noticeKinds, rhythmAtFirst, type NoticeKind, type NoticePlace, type Rhythm } from "@partcommune/shared/platform/rules/notices";
import type { Instant } from "@partcommune/shared/platform/time";
import { personActing } from "../acting.ts";
import type { Database, Tx } from "../database.ts";
import { cursorOf, placeAfter } from "../list.ts";
import type { Scope, View } from "../scope.ts";
import { bookOf } from "../store.ts";

export type Choices = AnswerOf<typeof readNoticeChoices>;

/** What is told, and where it leads; the values fill its sentence. */
export type Notice = {
  readonly kind: NoticeKind;
  readonly place: NoticePlace;
  readonly subject: Id;
  readonly values: Readonly<Record<string, string>>;
};

export async function saveNotice({ tx, now, id }: Scope, person: Id, { kind, place, subject, values }: Notice): Promise<void> {
  const { zone, quiet, mail, push } = await choicesOf(tx, person);
  const leaves = mailAt(now, mail[kind], zone, quiet) ?? null;
  const pushed = mailAt(now, push[kind] ? "atOnce" : "never", zone, quiet) ?? null;
  // Where no device hears, nothing waits for one.
  const push_at = sql<Instant | null>`case when exists (select from platform.push_device where person = ${person}) then ${pushed}::timestamptz end`;
  await tx
    .insertInto("platform.notice")
    .values({ id: id(), person, kind, place, subject, params: JSON.stringify(values), at: now, mail_at: leaves, push_at })
    .execute();
}

/** Every kind: a device hears only when its person asked for it. */
const pushedAtFirst = Object.fromEntries(noticeKinds.map((kind) => [kind, true])) as Record<NoticeKind, boolean>;

/** What a person chose; what everybody has until they choose. */
export async function choicesOf(db: Database | Tx, person: Id): Promise<Choices> {
  const row = await db.selectFrom("platform.notice_choice").selectAll().where("person", "=", person).executeTakeFirst();
  const mail = { ...rhythmAtFirst, ...(row?.mail as Partial<Record<NoticeKind, Rhythm>> | undefined) };
  const push = { ...pushedAtFirst, ...(row?.push as Partial<Record<NoticeKind, boolean>> | undefined) };
  if (!row) return { zone: (await bookOf(db)).zone, quiet: { from: "21:00", to: "07:00" }, mail, push };
  const { zone, quiet_from: from, quiet_to: to } = row;
  return { zone, mail, push, ...(from === null || to === null ? {} : { quiet: { from, to } }) };
}

export async function saveChoices({ tx }: Scope, person: Id, { zone, quiet, mail, push }: Choices): Promise<void> {
  const row = {
    zone,
    quiet_from: quiet?.from ?? null,
    quiet_to: quiet?.to ?? null,
    mail: JSON.stringify(mail),
    push: JSON.stringify(push),
  };
  await tx
    .insertInto("platform.notice_choice")
    .values({ person, ...row })
    .onConflict((conflict) => conflict.column("person").doUpdateSet(row))
    .execute();
}

/** Switches all mail of notices off, what waits to leave included. */
export async function endMail(scope: Scope, person: Id): Promise<void> {
  const never = Object.fromEntries(noticeKinds.map((kind) => [kind, "never"])) as Choices["mail"];
  await saveChoices(scope, person, { ...(await choicesOf(scope.tx, person)), mail: never });
  await scope.tx
    .updateTable("platform.notice")
    .set({ mail_at: null })
    .where("person", "=", person)
    .where("mail_at", "is not", null)
    .execute();
}

/** One's own notices, newest first. */
export async function noticesOf({ db, actor }: View, { limit, after }: InputOf<typeof listNotices>): Promise<AnswerOf<typeof listNotices>> {
  const [before] = placeAfter(after, 1);
  const rows = await db
    .selectFrom("platform.notice")
    .selectAll()
    .where("person", "=", personActing(actor))
    .$if(before !== undefined, (query) =>
      query.where("no", "<", ({ selectFrom }) =>
        selectFrom("platform.notice")
          .select("no")
          .where("id", "=", before ?? ""),
      ),
    )
    .orderBy("no", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(({ id, kind, place, subject, params, at, read_at }) => ({
    id,
    kind: kind as NoticeKind,
    place: place as NoticePlace,
    subject,
    values: params as Record<string, string>,
    at,
    read: read_at !== null,
  }));
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last ? { next: cursorOf(last.id) } : {}) };
}

const mostCounted = 99;

export async function bell({ db, actor }: View): Promise<AnswerOf<typeof readBell>> {
  const unread = db.selectFrom("platform.notice").select("id").where("person", "=", personActing(actor)).where("read_at", "is", null);
  return { count: (await unread.limit(mostCounted).execute()).length };
}

/** Notes one's own notices as read up to one of them; what was read need not come by mail or be pushed any more. */
export async function readUpTo({ tx, now }: Scope, person: Id, upTo: Id): Promise<boolean> {
  const read = await tx
    .updateTable("platform.notice")
    .set({ read_at: now, mail_at: null, push_at: null })
    .where("person", "=", person)
    .where("read_at", "is", null)
    .where("no", "<=", ({ selectFrom }) => selectFrom("platform.notice").select("no").where("id", "=", upTo).where("person", "=", person))
    .executeTakeFirst();
  return read.numUpdatedRows > 0n;
}

/** Notes as read what a person was told of a thread they have just read. */
export async function readAbout({ tx, now }: Scope, person: Id, kind: NoticeKind, subject: Id): Promise<boolean> {
  const read = await tx
    .updateTable("platform.notice")
    .set({ read_at: now, mail_at: null, push_at: null })
    .where("person", "=", person)
    .where("kind", "=", kind)
    .where("subject", "=", subject)
    .where("read_at", "is", null)
    .executeTakeFirst();
  return read.numUpdatedRows > 0n;
}

/** So many are written to in one act, and in one minute: on a morning for which all members have a notice, whatever else is due is done in between. */
const mailedTogether = 200;
const mailedAMinute = 5_000;

/** Whose notices are to leave by mail now, together with others, and the newest of all of them. */
export async function mailDue({ db, now }: View): Promise<readonly { readonly people: readonly Id[]; readonly newest: bigint }[]> {
  const { rows } = await sql<{ people: readonly Id[]; newest: bigint }>`
    select array_agg(person order by person) as people, max(newest) as newest from (
      select person, newest, (row_number() over (order by person) - 1) / ${mailedTogether} as part
      from (select person, max(no) as newest from platform.notice where mail_at <= ${now}::timestamptz group by person limit ${mailedAMinute}) as waiting
    ) as parted group by part order by part`.execute(db);
  return rows;
}

/** A notice, and whose it is. */
export type Due = Notice & { readonly person: Id };

/** Takes what is to leave by mail now, oldest first: it leaves once. */
export async function takeDue({ tx, now }: Scope, people: readonly Id[]): Promise<readonly Due[]> {
  const rows = await tx
    .updateTable("platform.notice")
    .set({ mail_at: null })
    .where(sql<boolean>`person = any(${people}::uuid[])`)
    .where("mail_at", "<=", now)
    .returning(["no", "person", "kind", "place", "subject", "params"])
    .execute();
  return rows
    .toSorted((one, other) => (one.no < other.no ? -1 : 1))
    .map(({ person, kind, place, subject, params }) => ({
      person,
      kind: kind as NoticeKind,
      place: place as NoticePlace,
      subject,
      values: params as Record<string, string>,
    }));
}
