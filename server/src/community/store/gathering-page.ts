// What people read of gatherings, in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { GatheringCard, listGatherings, readGathering } from "@partcommune/shared/community/api";
import { holdsPlace, type AnswerState } from "@partcommune/shared/community/rules/answer";
import { gatheringTable, handsOn, type GatheringKind, type GatheringState } from "@partcommune/shared/community/rules/gathering";
import { clockAt } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import { verbsFor, type Hand } from "@partcommune/shared/platform/table";
import { isBefore } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { htmlWithHeadings } from "../../platform/text.ts";

type Card = z.output<typeof GatheringCard>;
type Page = AnswerOf<typeof readGathering>;

const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("community.gathering as gathering")
    .innerJoin("membership.person_card as caller", "caller.id", "gathering.called_by")
    .selectAll("gathering")
    .select("caller.name");

type Row = Awaited<ReturnType<ReturnType<typeof cards>["execute"]>>[number];

const cardOf = (row: Row): Card => ({
  id: row.id,
  kind: row.kind as GatheringKind,
  title: row.title,
  language: row.language as Language,
  state: row.state as GatheringState,
  from: row.from_at,
  until: row.until_at,
  zone: row.zone,
  ...(row.place === null ? {} : { place: row.place }),
  online: row.link !== null,
  ...(row.capacity === null ? {} : { capacity: row.capacity, free: row.capacity - row.taken }),
  calledBy: row.name ?? "",
});

/** Gatherings to come, the next one first; or those that were, the last one first. */
export async function gatherings(
  view: View,
  { when, limit, after }: InputOf<typeof listGatherings>,
): Promise<AnswerOf<typeof listGatherings>> {
  const [order, side] = when === "coming" ? (["asc", ">"] as const) : (["desc", "<"] as const);
  const rows = await cards(view)
    .where("until_at", when === "coming" ? ">" : "<=", view.now)
    .where((eb) => isBehind(eb, after, side, "until_at", "gathering.id"))
    .orderBy("until_at", order)
    .orderBy("gathering.id", order)
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(cardOf), ...(rows.length > limit && last ? { next: cursorOf(last.until_at, last.id) } : {}) };
}

/** A gathering. Who comes is told to members, and where to dial in to those who come. */
export async function gatheringPage(view: View, { gathering: id }: InputOf<typeof readGathering>): Promise<Page> {
  const row = found(await cards(view).where("gathering.id", "=", id).executeTakeFirst());
  const mine = await mineOf(view, row);
  const isMember = view.actor.kind === "person" && view.actor.member !== undefined;
  const comes = holdsPlace(mine?.state ?? "none") || mine?.state === "maybe";
  const isCaller = view.actor.kind === "person" && view.actor.person === row.called_by;
  const mayDialIn = comes || isCaller || (row.kind === "assembly" && isMember);
  return {
    ...cardOf(row),
    text: row.text,
    html: htmlWithHeadings(row.text, 2),
    access: row.access,
    begins: clockAt(row.from_at, row.zone),
    ends: clockAt(row.until_at, row.zone),
    version: row.version,
    ...(row.link !== null && mayDialIn ? { link: row.link } : {}),
    ...(row.cancelled_because === null ? {} : { cancelledBecause: row.cancelled_because }),
    ...(await countsOf(view, id)),
    ...(isMember ? { coming: await comingTo(view, id) } : {}),
    ...(mine ? { mine } : {}),
  };
}

async function countsOf({ db }: View, gathering: Id): Promise<Pick<Page, "going" | "maybe" | "waiting">> {
  const rows = await db
    .selectFrom("community.answer")
    .select(["state", sql<bigint>`sum(guests + 1)`.as("people")])
    .where("gathering", "=", gathering)
    .groupBy("state")
    .execute();
  const people = (state: AnswerState): number => Number(rows.find((row) => row.state === state)?.people ?? 0n);
  return { going: people("going"), maybe: people("maybe"), waiting: people("waiting") };
}

/** Who comes, by name. */
async function comingTo({ db }: View, gathering: Id): Promise<NonNullable<Page["coming"]>> {
  const rows = await db
    .selectFrom("community.answer as answer")
    .innerJoin("membership.person_card as card", "card.id", "answer.person")
    .select(["name", "guests"])
    .where("gathering", "=", gathering)
    .where("state", "=", "going")
    .orderBy("name")
    .orderBy("card.id")
    .limit(200)
    .execute();
  return rows.map(({ name, guests }) => ({ name: name ?? "", guests }));
}

/** What the rows let somebody do with it; an assembly stands as it was called. */
const verbsOf = ({ kind, state }: Row, hands: readonly Hand[]): string[] =>
  verbsFor(gatheringTable, state as GatheringState, hands).filter((verb) => kind === "open" || verb === "cancel");

async function mineOf({ db, actor, now }: View, row: Row): Promise<Page["mine"]> {
  if (actor.kind !== "person") return undefined;
  const said = await db
    .selectFrom("community.answer as answer")
    .select(["state", "guests", "offered_until"])
    .select(({ fn, selectFrom }) =>
      selectFrom("community.answer as other")
        .select(fn.countAll<bigint>().as("count"))
        .whereRef("other.gathering", "=", "answer.gathering")
        .where("other.state", "=", "waiting")
        .whereRef("other.turn", "<", "answer.turn")
        .as("ahead"),
    )
    .where("gathering", "=", row.id)
    .where("person", "=", actor.person)
    .executeTakeFirst();
  const begun = !isBefore(now, row.from_at);
  return {
    ...(said ? { state: said.state as AnswerState } : {}),
    guests: said?.guests ?? 0,
    ...(said?.offered_until ? { offeredUntil: said.offered_until } : {}),
    ...(said?.state === "waiting" ? { ahead: Number(said.ahead ?? 0n) } : {}),
    mayAnswer: row.state === "called" && !begun && (row.kind === "open" || actor.member !== undefined),
    verbs: begun ? [] : verbsOf(row, handsOn({ calledBy: row.called_by }, actor)),
  };
}
