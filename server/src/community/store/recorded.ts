// What was recorded of an assembly, in SQL, as its minutes say it.
import type { Minutes } from "@partcommune/shared/community/rules/minutes";
import type { Way } from "@partcommune/shared/community/rules/assembly";
import type { Id } from "@partcommune/shared/platform/id";
import { votesTold, type VoteShown } from "../../governance/index.ts";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { itemsOf, type Item } from "./agenda.ts";

/** Everything that was recorded of an assembly which was opened and closed. */
export async function recordedOf(view: View, gathering: Id): Promise<Minutes> {
  const row = await view.db
    .selectFrom("community.gathering as gathering")
    .innerJoin("community.assembly as assembly", "assembly.gathering", "gathering.id")
    .select(["title", "place", "link", "called_at", "called_by", "chair", "opened_at", "closed_at", "seed", "pool"])
    .where("gathering.id", "=", gathering)
    .executeTakeFirstOrThrow();
  const tellers = await view.db
    .selectFrom("community.teller")
    .select("person")
    .where("gathering", "=", gathering)
    .orderBy("place")
    .execute();
  const items = await itemsOf(view, gathering);
  const votes = await votesTold(
    view,
    items.flatMap(({ vote }) => vote ?? []),
  );
  const names = await view.people([row.called_by, row.chair, ...tellers.map(({ person }) => person)]);
  const nameOf = (person: Id): string => names.get(person)?.name ?? "";
  return {
    coop: (await coopCard(view)).name,
    gathering,
    title: row.title,
    ...(row.place === null ? {} : { place: row.place }),
    online: row.link !== null,
    calledAt: row.called_at,
    calledBy: nameOf(row.called_by),
    openedAt: row.opened_at ?? view.now,
    closedAt: row.closed_at ?? view.now,
    chair: nameOf(row.chair),
    tellers: tellers.map(({ person }) => nameOf(person)),
    ...(row.seed === null ? {} : { lot: { seed: row.seed.toString("hex"), pool: row.pool ?? [] } }),
    present: await presentOf(view, gathering),
    items: items.map((item) => itemOf(item, votes)),
  };
}

/** Who was there, how, and from when until when, by name. */
async function presentOf({ db }: View, gathering: Id): Promise<Minutes["present"]> {
  const rows = await db
    .selectFrom("community.attendance as attendance")
    .innerJoin("membership.person_card as card", "card.id", "attendance.person")
    .select(["name", "way", "from_at", "until_at"])
    .where("gathering", "=", gathering)
    .orderBy("name")
    .orderBy("from_at")
    .orderBy("attendance.id")
    .execute();
  return rows.map(({ name, way, from_at, until_at }) => ({
    name: name ?? "",
    way: way as Way,
    from: from_at,
    ...(until_at === null ? {} : { until: until_at }),
  }));
}

function itemOf(
  { kind, title, state, openedAt, closedAt, note, proposal, vote }: Item,
  votes: ReadonlyMap<Id, VoteShown>,
): Minutes["items"][number] {
  const told = vote === null ? undefined : votes.get(vote);
  return {
    kind,
    title,
    state,
    ...(openedAt === null ? {} : { openedAt }),
    ...(closedAt === null ? {} : { closedAt }),
    ...(note ? { note } : {}),
    ...(proposal === null ? {} : { proposal }),
    ...(vote !== null && told?.counted ? { vote: { id: vote, ...told.counted } } : {}),
  };
}
