// Threads in SQL.
import type { listMessages } from "@partcommune/shared/platform/api/messages";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { changeUntil, type Message } from "@partcommune/shared/platform/rules/messages";
import { isBetweenFew, type Subject, type SubjectKind } from "@partcommune/shared/platform/subject";
import { isBefore } from "@partcommune/shared/platform/time";
import type { Selectable } from "kysely";
import { filesSentWith } from "../files/store.ts";
import { cursorOf, placeAfter } from "../list.ts";
import type { Scope, View } from "../scope.ts";
import type { DB } from "../tables.ts";
import { htmlOf } from "../text.ts";

type Page = AnswerOf<typeof listMessages>;
type Row = Selectable<DB["platform.message"]>;

/** A page of a thread for a person who may see it. */
export async function threadPage(
  view: View,
  person: Id,
  { limit, after, ...on }: InputOf<typeof listMessages>,
): Promise<Omit<Page, "mayWrite">> {
  const [before] = placeAfter(after, 1);
  const rows = await messagesOn(view, on)
    .selectAll()
    .$if(before !== undefined, (query) =>
      query.where("no", "<", ({ selectFrom }) =>
        selectFrom("platform.message")
          .select("no")
          .where("id", "=", before ?? ""),
      ),
    )
    .orderBy("no", "desc")
    .limit(limit + 1)
    .execute();
  const marks = isBetweenFew(on.subjectKind) ? await readMarks(view, on, person) : [];
  const shown = rows.slice(0, limit);
  const names = await view.people([...new Set([...shown.map(({ author }) => author), ...marks.map((mark) => mark.person)])]);
  const files = await filesSentWith(
    view,
    shown.map(({ id }) => id),
  );
  const nameOf = (id: Id): string => names.get(id)?.name ?? "";
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({ ...shownTo(view, person, row, nameOf(row.author)), files: files.get(row.id) ?? [] })),
    ...(rows.length > limit && last ? { next: cursorOf(last.id) } : {}),
    readBy: marks.map((mark) => ({ name: nameOf(mark.person), upTo: mark.upTo })),
  };
}

const messagesOn = ({ db }: Pick<View, "db">, { subjectKind, subject }: Subject) =>
  db.selectFrom("platform.message").where("subject_kind", "=", subjectKind).where("subject", "=", subject);

const readMarks = ({ db }: View, { subjectKind, subject }: Subject, person: Id) =>
  db
    .selectFrom("platform.message_read")
    .innerJoin("platform.message", "platform.message.no", "up_to")
    .select(["person", "platform.message.id as upTo"])
    .where("platform.message_read.subject_kind", "=", subjectKind)
    .where("platform.message_read.subject", "=", subject)
    .where("person", "<>", person)
    .orderBy("person")
    .execute();

function shownTo({ now }: View, person: Id, row: Row, name: string): Omit<Page["items"][number], "files"> {
  const { id, author, at, text, edited_at, removed_at, version } = row;
  const me = author === person;
  const until = changeUntil(row);
  return {
    id,
    author: { name, me },
    at,
    ...(removed_at === null ? { html: htmlOf(text) } : { removedAt: removed_at }),
    ...(me && removed_at === null && isBefore(now, until) ? { text, changeUntil: until } : {}),
    ...(edited_at === null ? {} : { editedAt: edited_at }),
    version,
  };
}

/** Some of those who wrote to a thread. */
export async function writersOn(view: View, on: Subject): Promise<readonly Id[]> {
  const rows = await messagesOn(view, on).select("author").distinct().orderBy("author").limit(200).execute();
  return rows.map(({ author }) => author);
}

export async function saveMessage(
  { tx, now, id: newId }: Scope,
  author: Id,
  { subjectKind, subject, text }: Subject & { readonly text: string },
): Promise<Id> {
  const id = newId();
  await tx.insertInto("platform.message").values({ id, subject_kind: subjectKind, subject, author, at: now, text }).execute();
  return id;
}

export type HeldMessage = Message & { readonly id: Id; readonly no: bigint; readonly on: Subject };

/** A message, held until the transaction ends. */
export async function messageHeld({ tx }: Scope, id: Id): Promise<HeldMessage | undefined> {
  const row = await tx.selectFrom("platform.message").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const { no, author, at, version, removed_at, subject_kind, subject } = row;
  return { id, no, author, at, version, removed: removed_at !== null, on: { subjectKind: subject_kind as SubjectKind, subject } };
}

/** Replaces what a message says, if it still is what its author saw. */
export async function changeMessage({ tx, now }: Scope, { id, version }: HeldMessage, text: string): Promise<boolean> {
  const changed = await tx
    .updateTable("platform.message")
    .set((column) => ({ text, edited_at: now, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("version", "=", version)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}

/** Forgets what a message said and keeps that it was. */
export async function removeMessage({ tx, now }: Scope, id: Id): Promise<boolean> {
  const removed = await tx
    .updateTable("platform.message")
    .set((column) => ({ text: "", removed_at: now, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("removed_at", "is", null)
    .executeTakeFirst();
  return removed.numUpdatedRows === 1n;
}

/** Keeps how far a person has read, never back; false when they had read so far already. */
export async function saveReadMark({ tx }: Scope, person: Id, { no, on: { subjectKind, subject } }: HeldMessage): Promise<boolean> {
  const saved = await tx
    .insertInto("platform.message_read")
    .values({ subject_kind: subjectKind, subject, person, up_to: no })
    .onConflict((conflict) =>
      conflict.columns(["subject_kind", "subject", "person"]).doUpdateSet({ up_to: no }).where("platform.message_read.up_to", "<", no),
    )
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}
