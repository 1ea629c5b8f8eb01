// What people read of an assembly as it stands, in SQL.
import type { readAssembly } from "@partcommune/shared/community/api";
import type { listAttendable } from "@partcommune/shared/community/api/meeting";
import { assemblyTable, handsIn, objectionToAttending, objectionToDoors, type Way } from "@partcommune/shared/community/rules/assembly";
import type { GatheringState } from "@partcommune/shared/community/rules/gathering";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { verbsFor } from "@partcommune/shared/platform/table";
import { votesTold, type VoteShown } from "../../governance/index.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { itemsOf } from "./agenda.ts";
import { membersNamed, stageOfPerson } from "./assemblies.ts";

type Page = AnswerOf<typeof readAssembly>;

const assemblyOf = async ({ db }: Pick<View, "db">, gathering: Id) =>
  db
    .selectFrom("community.gathering as gathering")
    .innerJoin("community.assembly as assembly", "assembly.gathering", "gathering.id")
    .innerJoin("membership.person_card as chair", "chair.id", "assembly.chair")
    .leftJoin("community.minutes as minutes", "minutes.gathering", "gathering.id")
    .select(["gathering.state", "from_at", "called_by", "chair", "chair.name", "opened_at", "closed_at", "seed", "minutes.hash"])
    .where("gathering.id", "=", gathering)
    .executeTakeFirst();

type Row = NonNullable<Awaited<ReturnType<typeof assemblyOf>>>;

/** An assembly with its agenda. Who is there is told to members and to the chair. */
export async function assemblyPage(view: View, { gathering }: InputOf<typeof readAssembly>): Promise<Page> {
  const row = found(await assemblyOf(view, gathering));
  const tellers = await view.db
    .selectFrom("community.teller as teller")
    .innerJoin("membership.person_card as card", "card.id", "teller.person")
    .select(["name", "person"])
    .where("gathering", "=", gathering)
    .orderBy("place")
    .execute();
  const present = await presentNow(view, gathering);
  const isTold = view.actor.kind === "person" && (view.actor.member !== undefined || view.actor.person === row.chair);
  return {
    state: row.state as GatheringState,
    chair: row.name ?? "",
    tellers: tellers.map(({ name }) => name ?? ""),
    ...(row.seed === null ? {} : { seed: row.seed.toString("hex") }),
    ...(row.opened_at === null ? {} : { openedAt: row.opened_at }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    room: present.filter(({ way }) => way === "room").length,
    online: present.filter(({ way }) => way === "link").length,
    ...(isTold ? { present } : {}),
    items: await agendaOf(view, gathering),
    minutes: row.hash !== null,
    ...(await mineOf(view, { ...row, tellers: tellers.map(({ person }) => person) }, present)),
  };
}

type Present = NonNullable<Page["present"]>;

async function presentNow({ db }: View, gathering: Id): Promise<Present> {
  const rows = await db
    .selectFrom("community.attendance as attendance")
    .innerJoin("membership.person_card as card", "card.id", "attendance.person")
    .select(["person", "name", "way", "from_at"])
    .where("gathering", "=", gathering)
    .where("until_at", "is", null)
    .orderBy("name")
    .orderBy("person")
    .execute();
  return rows.map(({ person, name, way, from_at }) => ({ person, name: name ?? "", way: way as Way, from: from_at }));
}

async function agendaOf(view: View, gathering: Id): Promise<Page["items"]> {
  const items = await itemsOf(view, gathering);
  const votes = await votesTold(
    view,
    items.flatMap(({ vote }) => vote ?? []),
  );
  return items.map(({ id, kind, title, text, state, note, proposal, vote }) => {
    const told = vote === null ? undefined : votes.get(vote);
    return {
      id,
      kind,
      title,
      text,
      state,
      ...(note ? { note } : {}),
      ...(proposal === null ? {} : { proposal }),
      ...(vote !== null && told ? { vote: { id: vote, ...shownTo(view, told) } } : {}),
    };
  });
}

/** Where a vote stands. Of what one teller counted alone, nobody is told more than that they have. */
function shownTo({ actor }: View, { state, counting, counted }: VoteShown): Omit<NonNullable<Page["items"][number]["vote"]>, "id"> {
  const mine = actor.kind === "person" && counting?.entered.includes(actor.person) === true;
  return {
    state,
    ...(counted ? { outcome: counted.outcome } : {}),
    ...(counting
      ? { papers: { round: counting.round, entered: counting.entered.length, agreed: counting.agreed !== undefined, mine } }
      : {}),
  };
}

async function mineOf(view: View, row: Row & { readonly tellers: readonly Id[] }, present: Present): Promise<Pick<Page, "mine">> {
  const { actor, now } = view;
  if (actor.kind !== "person") return {};
  const held = { state: row.state as GatheringState, from: row.from_at, calledBy: row.called_by, chair: row.chair };
  const way = present.find(({ person }) => person === actor.person)?.way;
  const mayAttend = objectionToAttending(held, await stageOfPerson(view, actor.person), now) === undefined;
  const doors = objectionToDoors(held, now) === undefined;
  const verbs = verbsFor(assemblyTable, held.state, handsIn(held, actor)).filter((verb) => doors || (verb !== "open" && verb !== "attend"));
  return {
    mine: { ...(way ? { way } : {}), isChair: actor.person === row.chair, isTeller: row.tellers.includes(actor.person), mayAttend, verbs },
  };
}

/** Members by name, for the chair. */
export async function attendable(
  view: View,
  { gathering, named }: InputOf<typeof listAttendable>,
): Promise<AnswerOf<typeof listAttendable>> {
  return { items: [...found(await membersNamed(view, gathering, named))] };
}
