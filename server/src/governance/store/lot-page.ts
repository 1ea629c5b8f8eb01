// What people read of a lot, in SQL: enough to draw it again, and no names of those in the pool.
import { sql } from "kysely";
import type { readLot } from "@partcommune/shared/governance/api";
import { drawTable, serverParty } from "@partcommune/shared/governance/rules/draw";
import { orderOf } from "@partcommune/shared/governance/rules/lot";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { verbsFor } from "@partcommune/shared/platform/table";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { drawById, leftOutOf, poolOf, seedsOf, type Draw, type Given } from "./lots.ts";

type Told = AnswerOf<typeof readLot>;

export async function lotPage(view: View, { lot: id }: InputOf<typeof readLot>): Promise<Told> {
  const { actor } = view;
  const draw = found(await drawById(view, id));
  const { title, seats } = await aboutOf(view, draw.panel);
  const [given, pool] = [await seedsOf(view, id), await poolOf(view, id)];
  const names = await view.people(given.map(({ person }) => person));
  const entries = pool.map(({ entry }) => entry);
  const own = pool.find(({ person }) => actor.kind === "person" && person === actor.person)?.entry;
  const until = draw.state === "committing" ? draw.commitUntil : draw.state === "revealing" ? draw.revealUntil : null;
  const server = { party: serverParty, hash: draw.serverHash, ...(draw.seed === null ? {} : { seed: draw.serverSeed }) };
  return {
    id,
    panel: draw.panel,
    title,
    state: draw.state,
    attempt: draw.attempt,
    wanted: seats,
    ...(until === null ? {} : { until }),
    poolRoot: draw.poolRoot,
    pool: entries,
    parties: [...given.map((each) => shown(each, names.get(each.person)?.name ?? "")), server],
    ...(draw.seed === null ? {} : { seed: draw.seed }),
    drawn: draw.seed === null ? [] : orderOf(draw.seed, entries).slice(0, seats),
    mine: { ...(own === undefined ? {} : { entry: own }), verbs: [...(await verbsOf(view, draw, given))] },
  };
}

const shown = ({ party, hash, seed }: Given, name: string): Told["parties"][number] => ({
  party,
  name,
  hash,
  ...(seed === null ? {} : { seed }),
});

/** The question it is about, and how many are drawn. */
async function aboutOf({ db }: View, panel: Id): Promise<{ readonly title: string; readonly seats: number }> {
  return db
    .selectFrom("governance.panel as panel")
    .leftJoin("governance.vote as vote", "vote.id", "panel.vote")
    .leftJoin("governance.proposal as text", "text.id", "panel.proposal")
    .select([
      "seats",
      sql<string>`coalesce(text.title, (select title.value from jsonb_each_text(vote.notice::jsonb -> 'titles') as title limit 1))`.as(
        "title",
      ),
    ])
    .where("panel.id", "=", panel)
    .executeTakeFirstOrThrow();
}

/** One of the board may give a seed once; whoever gave one may show it. */
async function verbsOf(view: View, { panel, state }: Draw, given: readonly Given[]): Promise<readonly string[]> {
  const { actor } = view;
  if (actor.kind !== "person") return [];
  const own = given.find(({ person }) => person === actor.person);
  const verbs = verbsFor(drawTable, state, ["board"]);
  if (own) return verbs.filter((verb) => verb === "reveal" && own.seed === null);
  const leftOut = (await leftOutOf(view, panel)).includes(actor.person);
  return verbs.filter((verb) => verb === "commit" && actor.roles.includes("board") && !leftOut);
}
