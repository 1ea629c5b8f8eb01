// Warnings of the fund in SQL: when each began and ended, and what the board answered.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import { answerDays, youngDays, type Found, type WarningCause } from "@partcommune/shared/mutual/rules/warning";
import { dayAfter, dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import { hasInvoicedBy, newestEntry } from "../../money/index.ts";
import { bookOf, coopCard } from "../../platform/store.ts";
import type { Scope, View } from "../../platform/scope.ts";

type Told = AnswerOf<typeof readFund>["warnings"];

type Newest = { readonly entry: bigint; readonly today: Day };

/** The newest entry, and what day it is there. */
async function newest(view: View): Promise<Newest | undefined> {
  const { zone = "UTC" } = await coopCard(view);
  const entry = await newestEntry(view);
  return entry === undefined ? undefined : { entry, today: dayOf(view.now, zone) };
}

/** The same, of a coop that is not young any more. */
export async function newestOf(view: View): Promise<Newest | undefined> {
  const last = await newest(view);
  return last && (await hasInvoicedBy(view, dayAfter(last.today, -youngDays))) ? last : undefined;
}

/** What is to be looked at, unless it was seen today. */
export async function unwatched(view: View): Promise<Newest | undefined> {
  const last = await newest(view);
  if (!last) return undefined;
  const row = await view.db.selectFrom("mutual.watched").select(["entry_id", "day"]).executeTakeFirst();
  return row?.entry_id === last.entry && row.day === last.today ? undefined : last;
}

/** Whether the figures were looked at on this day. */
export async function isWatchedOn({ tx }: Pick<Scope, "tx">, day: Day): Promise<boolean> {
  return (await tx.selectFrom("mutual.watched").select("day").where("day", "=", day).executeTakeFirst()) !== undefined;
}

/** Keeps up to where the figures were looked at. */
export async function noteWatched({ tx }: Pick<Scope, "tx">, entry: bigint, day: Day): Promise<void> {
  await tx
    .insertInto("mutual.watched")
    .values({ entry_id: entry, day })
    .onConflict((conflict) => conflict.column("one").doUpdateSet({ entry_id: entry, day }))
    .execute();
}

/** Keeps that these pots hold all that must stay in them. */
export async function noteFilled({ tx, now }: Pick<Scope, "tx" | "now">, filled: readonly Pot[]): Promise<void> {
  if (filled.length === 0) return;
  await tx
    .insertInto("mutual.filled")
    .values(filled.map((pot) => ({ pot, at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The pots that have ever held all that must stay in them. */
export async function everFilled({ tx }: Pick<Scope, "tx">): Promise<ReadonlySet<Pot>> {
  const rows = await tx.selectFrom("mutual.filled").select("pot").execute();
  return new Set(rows.map(({ pot }) => pot as Pot));
}

/** What a warning is about. */
export type About = Pick<Found, "cause" | "pot">;

const aboutOf = ({ cause, pot }: { readonly cause: string; readonly pot: string | null }): About => ({
  cause: cause as WarningCause,
  ...(pot === null ? {} : { pot: pot as Pot }),
});

export async function openWarnings(
  { tx }: Pick<Scope, "tx">,
  causes: readonly WarningCause[],
): Promise<readonly (About & { readonly id: Id })[]> {
  const rows = await tx
    .selectFrom("mutual.warning")
    .select(["id", "cause", "pot"])
    .where("ended_at", "is", null)
    .where("cause", "in", causes)
    .execute();
  return rows.map((row) => ({ id: row.id, ...aboutOf(row) }));
}

/** Begins a warning; undefined where one of the same is open. */
export async function beginWarning({ tx, now, id }: Scope, { cause, pot, ppm, limit }: Found): Promise<Id | undefined> {
  const row = await tx
    .insertInto("mutual.warning")
    .values({ id: id(), cause, pot: pot ?? null, ppm, limit_ppm: limit, began_at: now })
    .onConflict((conflict) => conflict.columns(["cause", "pot"]).where("ended_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export async function endWarning({ tx, now }: Scope, id: Id): Promise<void> {
  await tx.updateTable("mutual.warning").set({ ended_at: now }).where("id", "=", id).where("ended_at", "is", null).execute();
}

/** Whether a warning is answered; undefined where there is none of that id. */
export async function warningAt({ tx }: Pick<Scope, "tx">, id: Id): Promise<{ readonly isAnswered: boolean } | undefined> {
  const row = await tx.selectFrom("mutual.warning").select("answer").where("id", "=", id).executeTakeFirst();
  return row && { isAnswered: row.answer !== null };
}

/** Keeps the board's answer. True for exactly one caller. */
export async function saveAnswer(
  { tx, now }: Scope,
  { warning, kind, text, person }: { readonly warning: Id; readonly kind: string; readonly text: string; readonly person: Id },
): Promise<boolean> {
  const saved = await tx
    .updateTable("mutual.warning")
    .set({ kind, answer: text, answered_by: person, answered_at: now })
    .where("id", "=", warning)
    .where("answer", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

const shown = 20;

/** The newest first, those that stand before those that are over. */
export async function warningsTold(view: View): Promise<Told> {
  const { zone } = await bookOf(view.db);
  const rows = await view.db
    .selectFrom("mutual.warning as warning")
    .leftJoin("membership.person_card as person", "person.id", "warning.answered_by")
    .selectAll("warning")
    .select("person.name")
    .orderBy((eb) => eb("ended_at", "is not", null))
    .orderBy("began_at", "desc")
    .orderBy("warning.id")
    .limit(shown)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    ...aboutOf(row),
    ppm: Number(row.ppm),
    limitPpm: Number(row.limit_ppm),
    beganOn: dayOf(row.began_at, zone),
    answerBy: dayAfter(dayOf(row.began_at, zone), answerDays),
    ...(row.ended_at === null ? {} : { endedOn: dayOf(row.ended_at, zone) }),
    ...(row.answer === null || row.answered_at === null
      ? {}
      : { answer: { kind: row.kind as "plan", text: row.answer, by: row.name ?? "", on: dayOf(row.answered_at, zone) } }),
  }));
}
