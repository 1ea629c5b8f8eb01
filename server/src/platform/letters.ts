// Letters: written into the outbox by the act that causes them, sent after the commit, kept there where no mail server is set.
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { firstSpoken } from "@partcommune/shared/platform/spoken";
import type { Database, Tx } from "./database.ts";
import type { Listening } from "./domain.ts";
import type { Scope } from "./scope.ts";
import { openStrings } from "./strings.ts";

export type Letter = {
  readonly to: string;
  readonly language: Language;
  readonly kind: string;
  readonly params: Readonly<Record<string, string>>;
};
export type Waiting = {
  readonly id: Id;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Instant;
  /** Where whoever does not want such letters switches them off. */
  readonly unsubscribe?: string;
};

/** Puts a letter into the outbox; the texts are `letter.<kind>.subject` and `letter.<kind>.text`. */
export async function writeLetter(scope: Scope, { to, language, kind, params }: Letter): Promise<void> {
  const id = scope.id();
  await scope.tx
    .insertInto("platform.letter")
    .values({ id, to_address: to, language, kind, params: JSON.stringify(params), at: scope.now })
    .execute();
  scope.emit({ type: "letter.written", subject: id, body: { kind }, about: [] });
}

const calendars = new Map<Language, Intl.DateTimeFormat>();

/** To make one takes longer than to write the letter. */
function calendarIn(language: Language): Intl.DateTimeFormat {
  const spoken =
    calendars.get(language) ?? new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "full", timeZone: "UTC" });
  calendars.set(language, spoken);
  return spoken;
}

/** A day as a letter says it: "Monday 14 December 2026". */
export const dayInWords = (day: Day, language: Language): string => firstSpoken(calendarIn(language).format(new Date(day)), language);

/** A text of the pages, for a letter that is made of several. */
export const say = openStrings();

type Row = { id: string; to_address: string; language: string; kind: string; params: unknown; at: Instant };

const composed = ({ id, to_address, language, kind, params, at }: Row): Waiting => {
  const values = params as Record<string, string>;
  const text = (part: string): string => say(language as Language, `letter.${kind}.${part}`, values);
  return {
    id,
    to: to_address,
    subject: text("subject"),
    text: text("text"),
    at,
    ...(values["unsubscribe"] ? { unsubscribe: values["unsubscribe"] } : {}),
  };
};

/** The letters that have not left, oldest first: the outbox an operator reads where no mail server is set. */
export async function waitingLetters(db: Database | Tx): Promise<readonly Waiting[]> {
  const rows = await db.selectFrom("platform.letter").selectAll().where("sent_at", "is", null).orderBy("at").limit(200).execute();
  return rows.map(composed);
}

/** What lets a mail program offer to switch such letters off by itself (RFC 8058). */
const oneClick = (address: string) => ({ "List-Unsubscribe": `<${address}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" });

/** Sends one letter and forgets its content: a code in it is worth nothing afterwards. */
export async function sendLetter({ db, world }: Listening, id: Id): Promise<void> {
  if (!world.mail) return;
  const row = await db.selectFrom("platform.letter").selectAll().where("id", "=", id).where("sent_at", "is", null).executeTakeFirst();
  if (!row) return;
  const { to, subject, text, unsubscribe } = composed(row);
  world.reach("letter-leaving");
  await world.mail({ to, subject, text, ...(unsubscribe ? { headers: oneClick(unsubscribe) } : {}) });
  world.reach("letter-sent");
  await db.updateTable("platform.letter").set({ sent_at: world.clock(), params: "{}" }).where("id", "=", id).execute();
}
