// The agenda of an assembly in SQL.
import { itemTable, type ItemKind, type ItemState, type ItemVerb } from "@partcommune/shared/community/rules/agenda";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";

export type Item = {
  readonly id: Id;
  readonly kind: ItemKind;
  readonly title: string;
  readonly text: string;
  readonly proposal: Id | null;
  readonly vote: Id | null;
  readonly state: ItemState;
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly note: string | null;
};

/** Everything on an agenda, in its order. */
export async function itemsOf({ db }: Pick<View, "db">, gathering: Id): Promise<readonly Item[]> {
  const rows = await db
    .selectFrom("community.item")
    .select(["id", "kind", "title", "text", "proposal", "vote", "state", "opened_at as openedAt", "closed_at as closedAt", "note"])
    .where("gathering", "=", gathering)
    .orderBy("place")
    .execute();
  return rows.map((row) => ({ ...row, kind: row.kind as ItemKind, state: row.state as ItemState }));
}

export type Put = Pick<Item, "kind" | "title" | "text" | "proposal" | "vote">;

export async function saveItems({ tx, id }: Scope, gathering: Id, items: readonly Put[]): Promise<void> {
  const state = afterVerb(itemTable, "none" as ItemState, "put");
  await tx
    .insertInto("community.item")
    .values(items.map((item, at) => ({ id: id(), gathering, place: at + 1, ...item, state })))
    .execute();
}

type Change = { readonly opened_at?: Instant; readonly closed_at?: Instant; readonly note?: string };

/** Moves an item on. True for exactly one of several at once. */
export async function moveItem(
  { tx }: Scope,
  { id, state }: Pick<Item, "id" | "state">,
  verb: ItemVerb,
  change: Change = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("community.item")
    .set({ ...change, state: afterVerb(itemTable, state, verb) })
    .where("id", "=", id)
    .where("state", "=", state)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}
