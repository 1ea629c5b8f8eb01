// What calendars read, in SQL: a gathering, or those a person comes to, behind the secret link of theirs.
import { hash } from "node:crypto";
import type { readCalendar, readCalendarLink, readGatheringFile } from "@partcommune/shared/community/api";
import type { AnswerState } from "@partcommune/shared/community/rules/answer";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import type { Keys } from "../../platform/keys.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";

/** A gathering as a calendar shows it. */
export type Dated = {
  readonly id: Id;
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly zone: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly place: string | null;
  readonly link: string | null;
  readonly version: bigint;
  readonly changedAt: Instant;
  readonly cancelled: boolean;
  readonly said?: AnswerState;
};
export type Dates = { readonly coop: string; readonly origin: string; readonly dates: readonly Dated[] };

const dated = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("community.gathering as gathering")
    .select([
      "gathering.id",
      "title",
      "text",
      "language",
      "zone",
      "from_at as from",
      "until_at as until",
      "place",
      "link",
      "version",
      "changed_at as changedAt",
    ])
    .select((eb) => eb("gathering.state", "=", "cancelled").as("cancelled"));

type Row = Omit<Dated, "cancelled" | "said"> & { readonly cancelled: unknown };
const datedFrom = (row: Row): Dated => ({ ...row, cancelled: row.cancelled === true });

/** One gathering for whoever wants it in their calendar; where to dial in is told to those who come, in their own. */
export async function gatheringDated(view: View, { gathering }: InputOf<typeof readGatheringFile>): Promise<Dates> {
  const row = found(await dated(view).where("gathering.id", "=", gathering).executeTakeFirst());
  return { coop: (await coopCard(view)).name, origin: view.origin, dates: [{ ...datedFrom(row), link: null }] };
}

const keptMs = 90 * dayMs;

/** Everything the person behind a link comes to, or perhaps comes to; cancelled ones too, so that calendars let go of them. */
export async function calendarOf(view: View, { token }: InputOf<typeof readCalendar>): Promise<Dates> {
  const calendar = await view.db
    .selectFrom("community.calendar")
    .select("person")
    .where("token_hash", "=", digestOf(token))
    .executeTakeFirst();
  const { person } = found(calendar);
  const rows = await dated(view)
    .innerJoin("community.answer as answer", "answer.gathering", "gathering.id")
    .select("answer.state as said")
    .where("answer.person", "=", person)
    .where("answer.state", "in", ["going", "maybe", "offered"])
    .where("until_at", ">", later(view.now, -keptMs))
    .orderBy("from_at")
    .orderBy("gathering.id")
    .limit(500)
    .execute();
  const dates = rows.map(({ said, ...row }) => ({ ...datedFrom(row), said: said as AnswerState }));
  return { coop: (await coopCard(view)).name, origin: view.origin, dates };
}

const digestOf = (token: string): Buffer => hash("sha256", token, "buffer");

/** The token of a person's link as often renewed as this: nobody without the coop's secret can make it. */
const tokenOf = (keys: Keys, person: Id, number: number): string => keys.digest("calendar", `${person}\n${number}`).toString("base64url");

const addressOf = (origin: string, token: string): string => `${origin}/api/v1/calendars/${token}`;

/** The link of one's own calendar, where one was made. */
export async function calendarLink({ db, actor, keys, origin }: View): Promise<AnswerOf<typeof readCalendarLink>> {
  const person = actor.kind === "person" ? actor.person : "";
  const row = await db.selectFrom("community.calendar").select("number").where("person", "=", person).executeTakeFirst();
  return row ? { link: addressOf(origin, tokenOf(keys, person, row.number)) } : {};
}

/** Makes another link; the one before opens nothing any more. */
export async function renewCalendar(scope: Scope, person: Id): Promise<string> {
  const { tx, keys, origin } = scope;
  const row = await tx.selectFrom("community.calendar").select("number").where("person", "=", person).forUpdate().executeTakeFirst();
  const number = (row?.number ?? 0) + 1;
  const token = tokenOf(keys, person, number);
  const kept = { number, token_hash: digestOf(token) };
  await tx
    .insertInto("community.calendar")
    .values({ person, ...kept })
    .onConflict((conflict) => conflict.column("person").doUpdateSet(kept))
    .execute();
  return addressOf(origin, token);
}
