// Coops whose public boards we read, in SQL.
import type { listNeighbours } from "@partcommune/shared/federation/api";
import {
  isOfficer,
  neighbourTable,
  type Miss,
  type NeighbourState,
  type NeighbourVerb,
} from "@partcommune/shared/federation/rules/neighbour";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Database, Tx } from "../../platform/database.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** What a coop says of itself. */
export type Introduction = {
  readonly name: string;
  readonly actor: string;
  readonly board: string;
  /** Where its board lists its open jobs. */
  readonly jobs: string;
  readonly currencies: readonly string[];
};

export type Neighbour = {
  readonly id: Id;
  readonly origin: string;
  readonly state: NeighbourState;
  readonly board?: string;
  readonly follow?: string;
};

/** The coops on our list; who is no officer sees those alone whose jobs stand here. */
export async function neighboursPage({ db, actor }: View): Promise<AnswerOf<typeof listNeighbours>> {
  const officer = isOfficer(actor);
  const rows = await db
    .selectFrom("federation.host")
    .select(["id", "origin", "name", "currencies", "state", "missed", "at"])
    .where("state", "is not", null)
    .where("blocked_at", "is", null)
    .$if(!officer, (query) => query.where("state", "=", "followed"))
    .orderBy("at", "desc")
    .orderBy("id")
    .limit(200)
    .execute();
  const items = rows.map(({ name, state, missed, at, ...row }) => ({
    ...row,
    ...(name === null ? {} : { name }),
    state: state as NeighbourState,
    ...(missed === null ? {} : { why: missed as Miss }),
    since: at,
  }));
  return { items, officer };
}

const columns = ["id", "origin", "state", "board", "follow"] as const;
type Row = { id: string; origin: string; state: string | null; board: string | null; follow: string | null };
const neighbourOf = ({ id, origin, state, board, follow }: Row): Neighbour | undefined =>
  state === null
    ? undefined
    : { id, origin, state: state as NeighbourState, ...(board === null ? {} : { board }), ...(follow === null ? {} : { follow }) };

export async function neighbourById(db: Database | Tx, id: Id): Promise<Neighbour | undefined> {
  const row = await db.selectFrom("federation.host").select(columns).where("id", "=", id).executeTakeFirst();
  return row && neighbourOf(row);
}

export async function neighbourAt(db: Database | Tx, origin: string): Promise<Neighbour | undefined> {
  const row = await db.selectFrom("federation.host").select(columns).where("origin", "=", origin).executeTakeFirst();
  return row && neighbourOf(row);
}

/** Puts an origin on the list as asked, whether we knew it or not. Its id. */
export async function saveAsked({ tx, now, id }: Scope, origin: string): Promise<Id> {
  const state = stateAfter(neighbourTable, "ask");
  const row = await tx
    .insertInto("federation.host")
    .values({ id: id(), origin, state, at: now })
    .onConflict((conflict) => conflict.column("origin").doUpdateSet({ state, missed: null, at: now }))
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Moves a neighbour by a verb, if it still is where the verb starts. True for exactly one caller. */
export async function moveNeighbour(
  { tx, now }: Scope,
  id: Id,
  verb: NeighbourVerb,
  set: { readonly missed?: Miss; readonly follow?: string } & Partial<Introduction> = {},
): Promise<boolean> {
  const { currencies, ...rest } = set;
  const moved = await tx
    .updateTable("federation.host")
    .set({
      ...rest,
      ...(currencies ? { currencies: [...currencies] } : {}),
      state: stateAfter(neighbourTable, verb),
      at: now,
    })
    .where("id", "=", id)
    .where("state", "in", statesBefore(neighbourTable, verb))
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}
