// Panels and their seats in SQL: called, drawn, asked, and what they decide.
import type { Updateable } from "kysely";
import {
  panelTable,
  seatTable,
  type Cause,
  type Decision,
  type PanelState,
  type PanelVerb,
  type Party,
  type SeatState,
  type SeatVerb,
} from "@partcommune/shared/governance/rules/panel";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { GovernancePanel, GovernancePanelSeat } from "../../platform/tables.ts";

/** What a panel decides about: a vote that is contested, or a proposal whose author appeals. */
export type Case = { readonly cause: Cause; readonly vote: Id | null; readonly proposal: Id | null };

export type HeldPanel = Case & {
  readonly id: Id;
  readonly round: 1 | 2;
  readonly seats: number;
  readonly state: PanelState;
  readonly challengeUntil: Instant | null;
};

const columns = ["id", "cause", "vote", "proposal", "round", "seats", "state", "challenge_until"] as const;

/** A panel, held until the act ends. */
export async function heldPanel({ tx }: Scope, id: Id): Promise<HeldPanel | undefined> {
  const row = await tx.selectFrom("governance.panel").select(columns).where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const { challenge_until, ...rest } = row;
  return {
    ...rest,
    cause: row.cause as Cause,
    round: row.round as 1 | 2,
    state: row.state as PanelState,
    challengeUntil: challenge_until,
  };
}

type Called = Case & { readonly round: 1 | 2; readonly seats: number; readonly widened: boolean; readonly text: string | undefined };

export async function savePanel({ tx, now, id: newId }: Scope, { text, ...called }: Called): Promise<Id> {
  const id = newId();
  const state = afterVerb(panelTable, "none" as PanelState, "call");
  await tx
    .insertInto("governance.panel")
    .values({ id, ...called, text: text ?? null, state, called_at: now })
    .execute();
  return id;
}

type Change = Omit<Updateable<GovernancePanel>, "state">;

/** Moves a panel on. True for exactly one of several at once. */
export async function movePanel({ tx }: Scope, id: Id, from: PanelState, verb: PanelVerb, change: Change = {}): Promise<boolean> {
  const moved = await tx
    .updateTable("governance.panel")
    .set({ ...change, state: afterVerb(panelTable, from, verb) })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Whether a panel has looked at a no already. */
export async function isAppealed({ db }: Pick<View, "db">, proposal: Id): Promise<boolean> {
  return (await db.selectFrom("governance.panel").select("id").where("proposal", "=", proposal).limit(1).executeTakeFirst()) !== undefined;
}

/** Why its author asked, the first time. */
export async function askedWith({ db }: Pick<View, "db">, proposal: Id | null): Promise<string | undefined> {
  const row = await db.selectFrom("governance.panel").select("text").where("proposal", "=", proposal).orderBy("round").executeTakeFirst();
  return row?.text ?? undefined;
}

export type Seat = {
  readonly place: number;
  readonly entry: Id;
  readonly person: Id | null;
  readonly state: SeatState;
  readonly refusedBy: Party | null;
  readonly answerUntil: Instant;
  readonly decision: Decision | null;
  readonly reason: string | null;
};

/** The seats of a panel in the order of the lot. */
export async function seatsOn({ db }: Pick<View, "db">, panel: Id): Promise<readonly Seat[]> {
  const rows = await db
    .selectFrom("governance.panel_seat")
    .select(["place", "entry", "person", "state", "refused_by", "answer_until", "decision", "reason"])
    .where("panel", "=", panel)
    .orderBy("place")
    .execute();
  return rows.map(({ refused_by, answer_until, ...row }) => ({
    ...row,
    state: row.state as SeatState,
    refusedBy: refused_by as Party | null,
    answerUntil: answer_until,
    decision: row.decision as Decision | null,
  }));
}

type Asked = { readonly place: number; readonly entry: Id; readonly person: Id | null };

/** Asks people for seats, in their places of the lot. */
export async function askSeats({ tx }: Scope, panel: Id, asked: readonly Asked[], answer_until: Instant): Promise<void> {
  if (asked.length === 0) return;
  const state = afterVerb(seatTable, "none" as SeatState, "ask");
  await tx
    .insertInto("governance.panel_seat")
    .values(asked.map((seat) => ({ panel, ...seat, state, answer_until })))
    .execute();
}

/** Moves a seat on. True for exactly one of several at once. */
export async function moveSeat(
  { tx }: Scope,
  panel: Id,
  { place, state }: Pick<Seat, "place" | "state">,
  verb: SeatVerb,
  change: Pick<Updateable<GovernancePanelSeat>, "refused_by"> = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("governance.panel_seat")
    .set({ ...change, state: afterVerb(seatTable, state, verb) })
    .where("panel", "=", panel)
    .where("place", "=", place)
    .where("state", "=", state)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Keeps what one who sits says; said again, the last word counts. */
export async function saveWord({ tx, now }: Scope, panel: Id, place: number, decision: Decision, reason: string): Promise<void> {
  await tx
    .updateTable("governance.panel_seat")
    .set({ decision, reason, said_at: now })
    .where("panel", "=", panel)
    .where("place", "=", place)
    .execute();
}

type Due = readonly { readonly id: Id; readonly at: Instant }[];

/** Seats whose time to answer is over. */
export async function seatsToPass({
  db,
  now,
}: View): Promise<readonly { readonly panel: Id; readonly place: number; readonly at: Instant }[]> {
  return db
    .selectFrom("governance.panel_seat as seat")
    .innerJoin("governance.panel as panel", "panel.id", "seat.panel")
    .select(["seat.panel", "place", "answer_until as at"])
    .where("panel.state", "=", "asking")
    .where("seat.state", "in", statesBefore(seatTable, "pass"))
    .where("answer_until", "<=", now)
    .limit(100)
    .execute();
}

/** Panels whose parties have had their time, and of whom nobody is asked any more. */
export async function panelsToSit({ db, now }: View): Promise<Due> {
  const rows = await db
    .selectFrom("governance.panel as panel")
    .select(["id", "challenge_until as at"])
    .where("state", "in", statesBefore(panelTable, "sit"))
    .where("challenge_until", "<=", now)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("governance.panel_seat as seat")
            .select("place")
            .whereRef("seat.panel", "=", "panel.id")
            .where("seat.state", "=", "asked"),
        ),
      ),
    )
    .limit(100)
    .execute();
  return rows.flatMap(({ id, at }) => (at === null ? [] : [{ id, at }]));
}

/** Panels that did not decide in time. */
export async function panelsToLapse({ db, now }: View): Promise<Due> {
  const rows = await db
    .selectFrom("governance.panel")
    .select(["id", "decide_until as at"])
    .where("state", "=", "sitting")
    .where("decide_until", "<=", now)
    .limit(100)
    .execute();
  return rows.flatMap(({ id, at }) => (at === null ? [] : [{ id, at }]));
}
