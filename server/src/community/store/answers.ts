// Who comes, in SQL.
import { sql } from "kysely";
import { answerTable, type Answer, type AnswerState, type AnswerVerb } from "@partcommune/shared/community/rules/answer";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

/** What a person said so far. */
export async function answerOf({ db }: Pick<View, "db">, gathering: Id, person: Id): Promise<Answer> {
  const row = await db
    .selectFrom("community.answer")
    .select(["state", "guests"])
    .where("gathering", "=", gathering)
    .where("person", "=", person)
    .executeTakeFirst();
  return row ? { state: row.state as AnswerState, guests: row.guests } : { state: "none", guests: 0 };
}

type Answering = { readonly gathering: Id; readonly person: Id; readonly before: Answer; readonly verb: AnswerVerb };
type Kept = { readonly guests: number; readonly offeredUntil?: Instant };

/** Keeps where a person stands now, while the gathering is held. Who waits already keeps their place in line. */
export async function saveAnswer({ tx, now }: Scope, { gathering, person, before, verb }: Answering, kept: Kept): Promise<AnswerState> {
  const state = afterVerb(answerTable, before.state as AnswerState, verb);
  const said = { state, guests: kept.guests, offered_until: kept.offeredUntil ?? null };
  const turn = sql<number>`(select coalesce(max(turn), 0) + 1 from community.answer where gathering = ${gathering})`;
  await tx
    .insertInto("community.answer")
    .values({ gathering, person, ...said, at: now, turn })
    .onConflict((conflict) =>
      conflict.columns(["gathering", "person"]).doUpdateSet({ ...said, ...(state === before.state ? {} : { at: now, turn }) }),
    )
    .execute();
  return state;
}

/** The first in line whom so many free places are enough for. */
export async function firstInLine(
  { tx }: Scope,
  gathering: Id,
  free: number,
): Promise<{ readonly person: Id; readonly guests: number } | undefined> {
  return tx
    .selectFrom("community.answer")
    .select(["person", "guests"])
    .where("gathering", "=", gathering)
    .where("state", "=", "waiting")
    .where("guests", "<", free)
    .orderBy("turn")
    .limit(1)
    .executeTakeFirst();
}

export type OfferOver = { readonly gathering: Id; readonly person: Id; readonly at: Instant };

/** Offers whose time is over. */
export async function offersToLapse({ db, now }: View): Promise<readonly OfferOver[]> {
  const rows = await db
    .selectFrom("community.answer")
    .select(["gathering", "person", "offered_until"])
    .where("state", "=", "offered")
    .where("offered_until", "<=", now)
    .orderBy("offered_until")
    .limit(100)
    .execute();
  return rows.flatMap(({ offered_until: at, ...offer }) => (at === null ? [] : [{ ...offer, at }]));
}

/** Everybody whom it concerns that a gathering moved or will not be: who comes, perhaps comes, or stands in line. */
export async function concernedBy({ db }: Pick<View, "db">, gathering: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("community.answer")
    .select("person")
    .where("gathering", "=", gathering)
    .where("state", "in", ["going", "maybe", "waiting", "offered"])
    .orderBy("person")
    .execute();
  return rows.map(({ person }) => person);
}
