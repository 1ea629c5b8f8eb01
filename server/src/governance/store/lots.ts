// Lots in SQL: the pool that stands, the seeds that were given, and what was drawn from them.
import { sql, type Updateable } from "kysely";
import { drawTable, type DrawState, type DrawVerb } from "@partcommune/shared/governance/rules/draw";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { GovernanceDraw } from "../../platform/tables.ts";

export type Draw = {
  readonly id: Id;
  readonly panel: Id;
  readonly attempt: number;
  readonly state: DrawState;
  readonly poolRoot: string;
  readonly serverSeed: string;
  readonly serverHash: string;
  readonly commitUntil: Instant;
  readonly revealUntil: Instant | null;
  readonly seed: string | null;
};

const columns = [
  "id",
  "panel",
  "attempt",
  "state",
  "pool_root",
  "server_seed",
  "server_hash",
  "commit_until",
  "reveal_until",
  "seed",
] as const;

type Row = Pick<GovernanceDraw, "id" | "panel" | "attempt" | "pool_root" | "server_seed" | "server_hash" | "seed" | "state"> & {
  readonly commit_until: Instant;
  readonly reveal_until: Instant | null;
};

const drawOf = ({ id, panel, attempt, seed, ...row }: Row): Draw => ({
  id,
  panel,
  attempt,
  seed,
  state: row.state as DrawState,
  poolRoot: row.pool_root,
  serverSeed: row.server_seed,
  serverHash: row.server_hash,
  commitUntil: row.commit_until,
  revealUntil: row.reveal_until,
});

export async function drawById({ db }: Pick<View, "db">, id: Id): Promise<Draw | undefined> {
  const row = await db.selectFrom("governance.draw").select(columns).where("id", "=", id).executeTakeFirst();
  return row && drawOf(row);
}

/** A draw, held until the act ends. */
export async function heldDraw({ tx }: Scope, id: Id): Promise<Draw | undefined> {
  const row = await tx.selectFrom("governance.draw").select(columns).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && drawOf(row);
}

/** The newest draw of a panel. */
export async function drawFor({ db }: Pick<View, "db">, panel: Id): Promise<Draw | undefined> {
  const row = await db
    .selectFrom("governance.draw")
    .select(columns)
    .where("panel", "=", panel)
    .orderBy("attempt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && drawOf(row);
}

export type Entry = { readonly entry: Id; readonly person: Id | null };
type Opened = Omit<Draw, "id" | "state" | "revealUntil" | "seed"> & { readonly pool: readonly Entry[] };

/** Keeps a draw with its pool, which nobody changes any more. */
export async function saveDraw({ tx, now, id: newId }: Scope, { pool, ...draw }: Opened): Promise<Id> {
  const id = newId();
  await tx
    .insertInto("governance.draw")
    .values({
      id,
      panel: draw.panel,
      attempt: draw.attempt,
      pool_root: draw.poolRoot,
      pool_size: pool.length,
      server_seed: draw.serverSeed,
      server_hash: draw.serverHash,
      state: afterVerb(drawTable, "none" as DrawState, "open"),
      opened_at: now,
      commit_until: draw.commitUntil,
    })
    .execute();
  const [entries, people] = [pool.map(({ entry }) => entry), pool.map(({ person }) => person)];
  await sql`insert into governance.draw_entry (draw, entry, person)
    select ${id}::uuid, unnest(${entries}::uuid[]), unnest(${people}::uuid[])`.execute(tx);
  return id;
}

type Change = Omit<Updateable<GovernanceDraw>, "state">;

/** Moves a draw on. True for exactly one of several at once. */
export async function moveDraw({ tx }: Scope, id: Id, from: DrawState, verb: DrawVerb, change: Change = {}): Promise<boolean> {
  const moved = await tx
    .updateTable("governance.draw")
    .set({ ...change, state: afterVerb(drawTable, from, verb) })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** The pool in ascending order. */
export async function poolOf({ db }: Pick<View, "db">, draw: Id): Promise<readonly Entry[]> {
  return db.selectFrom("governance.draw_entry").select(["entry", "person"]).where("draw", "=", draw).orderBy("entry").execute();
}

export type Given = { readonly party: string; readonly person: Id; readonly hash: string; readonly seed: string | null };

/** The seeds of the board, in the order in which they were given. */
export async function seedsOf({ db }: Pick<View, "db">, draw: Id): Promise<readonly Given[]> {
  return db
    .selectFrom("governance.draw_seed")
    .select(["party", "person", "hash", "seed"])
    .where("draw", "=", draw)
    .orderBy("party")
    .execute();
}

export async function saveCommitment({ tx, now }: Scope, draw: Id, given: Omit<Given, "seed">): Promise<void> {
  await tx
    .insertInto("governance.draw_seed")
    .values({ draw, ...given, at: now })
    .execute();
}

export async function saveSeed({ tx }: Scope, draw: Id, person: Id, seed: string): Promise<void> {
  await tx.updateTable("governance.draw_seed").set({ seed }).where("draw", "=", draw).where("person", "=", person).execute();
}

/** Whoever withheld a seed in a draw for this panel. */
export async function leftOutOf({ db }: Pick<View, "db">, panel: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("governance.draw_seed as given")
    .innerJoin("governance.draw as draw", "draw.id", "given.draw")
    .select("person")
    .where("draw.panel", "=", panel)
    .where("draw.state", "=", "void")
    .where("given.seed", "is", null)
    .execute();
  return rows.map(({ person }) => person);
}

type Due = readonly { readonly id: Id; readonly at: Instant }[];

async function over({ db, now }: View, states: readonly DrawState[], limit: "commit_until" | "reveal_until"): Promise<Due> {
  const rows = await db
    .selectFrom("governance.draw")
    .select(["id", limit])
    .where("state", "in", [...states])
    .where(limit, "<=", now)
    .limit(100)
    .execute();
  return rows.flatMap((row) => (row[limit] === null ? [] : [{ id: row.id, at: row[limit] }]));
}

export const drawsToClose = async (view: View): Promise<Due> => over(view, statesBefore(drawTable, "close"), "commit_until");
export const drawsToVoid = async (view: View): Promise<Due> => over(view, statesBefore(drawTable, "void"), "reveal_until");
