// Milestones in SQL: what was handed in, what was answered, and where each stands.
import { sql, type Selectable, type Updateable } from "kysely";
import type { Cancelling } from "@partcommune/shared/marketplace/rules/cancellation";
import type { EngagementState, Parties, Side } from "@partcommune/shared/marketplace/rules/engagement";
import {
  endedStates,
  milestoneTable,
  type Milestone,
  type MilestoneState,
  type MilestoneVerb,
} from "@partcommune/shared/marketplace/rules/milestone";
import { stateAfter, afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { DB } from "../../platform/tables.ts";
import { engagementHeld, type Held } from "./engagements.ts";

export type HeldMilestone = Milestone & {
  readonly mediator?: Id;
  readonly id: Id;
  readonly number: number;
  readonly title: string;
  /** What is owed for it: of hours that were handed in, what they come to. */
  readonly amount: Money;
  /** What was agreed for it: of work paid by the hour, the most. */
  readonly agreed: Money;
  readonly handedInAt: Instant | null;
  readonly remindedBefore: number;
  /** How often each side has opened or ended a dispute. */
  readonly words: Readonly<Record<Side, number>>;
  readonly of: Held;
};

/** The two sides of a milestone's engagement, which is not held. */
export const partiesOf = ({ tx }: Scope, id: Id): Promise<Parties | undefined> =>
  tx
    .selectFrom("marketplace.milestone as milestone")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "milestone.engagement")
    .select(["client", "member", "team"])
    .where("milestone.id", "=", id)
    .executeTakeFirst();

/** A milestone with its engagement, held until the transaction ends. */
export async function milestoneHeld(scope: Scope, id: Id): Promise<HeldMilestone | undefined> {
  const place = await scope.tx.selectFrom("marketplace.milestone").select("engagement").where("id", "=", id).executeTakeFirst();
  const of = place && (await engagementHeld(scope, place.engagement));
  if (!of) return undefined;
  const row = await scope.tx.selectFrom("marketplace.milestone").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  return {
    id,
    of,
    ...asTheLawSees(row, of),
    ...(row.mediator === null ? {} : { mediator: row.mediator }),
    number: row.number,
    title: row.title,
    amount: owedOf(row, of.amount.currency),
    agreed: { minor: row.amount_minor, currency: of.amount.currency },
    handedInAt: row.handed_in_at,
    remindedBefore: row.reminders,
    words: { client: row.client_words, member: row.member_words },
  };
}

/** What is owed for a milestone: of hours that were handed in, what they come to. */
export const owedOf = (row: Pick<Selectable<DB["marketplace.milestone"]>, "amount_minor" | "due_minor">, currency: string): Money => ({
  minor: row.due_minor ?? row.amount_minor,
  currency,
});

type LawfulColumns = "state" | "version" | "changes_asked" | "approve_by" | "remind_at" | "disputed_by";

/** A row as the rules ask about it. */
export const asTheLawSees = (
  row: Pick<Selectable<DB["marketplace.milestone"]>, LawfulColumns>,
  { client, member, team, state }: Parties & { readonly state: EngagementState },
): Milestone => ({
  client,
  member,
  team,
  engagementState: state,
  state: row.state as MilestoneState,
  version: row.version,
  changesAsked: row.changes_asked,
  reminderOwed: row.remind_at !== null,
  ...(row.approve_by === null ? {} : { approveBy: row.approve_by }),
  ...(row.disputed_by === null ? {} : { disputedBy: row.disputed_by as Side }),
});

export type Change = Omit<
  Updateable<DB["marketplace.milestone"]>,
  "id" | "engagement" | "number" | "title" | "amount_minor" | "due_on" | "parallel" | "dropped" | "state" | "version"
>;

/** Moves a milestone by a verb of its table, if nobody else moved it since. True for exactly one caller. */
export async function moveMilestone(
  { tx }: Scope,
  { id, state, version }: Pick<HeldMilestone, "id" | "state" | "version">,
  verb: MilestoneVerb,
  change: Change = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.milestone")
    .set((column) => ({ ...change, state: afterVerb(milestoneTable, state, verb), version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "=", state)
    .where("version", "=", version)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** The milestones of an engagement in their order, but for those that both sides dropped. */
export async function milestonesIn(
  { tx }: Pick<Scope, "tx">,
  engagement: Id,
): Promise<readonly (Pick<HeldMilestone, "id" | "state" | "version"> & { readonly parallel: boolean })[]> {
  const rows = await tx
    .selectFrom("marketplace.milestone")
    .select(["id", "state", "version", "parallel"])
    .where("engagement", "=", engagement)
    .where("dropped", "=", false)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({ ...row, state: row.state as MilestoneState }));
}

/** What each milestone of an engagement costs, in order. */
export async function pricesOf({ db }: Pick<View, "db">, engagement: Id): Promise<readonly Money[]> {
  const rows = await db
    .selectFrom("marketplace.milestone as milestone")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "milestone.engagement")
    .select(["milestone.amount_minor", "engagement.currency"])
    .where("milestone.engagement", "=", engagement)
    .orderBy("number")
    .execute();
  return rows.map(({ amount_minor: minor, currency }) => ({ minor, currency }));
}

/** Cancels every milestone that is neither approved, disputed nor settled; what each of them would have cost, in minor units. */
export const cancelMilestones = ({ tx }: Scope, engagement: Id): Promise<readonly { readonly id: Id; readonly minor: bigint }[]> =>
  tx
    .updateTable("marketplace.milestone")
    .set((column) => ({
      state: stateAfter(milestoneTable, "cancel"),
      version: column("version", "+", 1n),
      approve_by: null,
      remind_at: null,
    }))
    .where("engagement", "=", engagement)
    .where("state", "in", statesBefore(milestoneTable, "cancel"))
    .returning(["id", "amount_minor as minor"])
    .execute();

export type WorkStanding = Pick<Cancelling, "handedIn" | "disputed" | "left">;

/** What the milestones of an engagement say together about cancelling it. */
export const standingOf = (rows: readonly { readonly state: string; readonly handed_in_at: Instant | null }[]): WorkStanding => ({
  handedIn: rows.some(({ handed_in_at: at }) => at !== null),
  disputed: rows.some(({ state }) => statesBefore(milestoneTable, "settle").includes(state as MilestoneState)),
  left: rows.some(({ state }) => statesBefore(milestoneTable, "cancel").includes(state as MilestoneState)),
});

/** The same of an engagement that is held. */
export const standingOfWork = async ({ tx }: Scope, engagement: Id): Promise<WorkStanding> =>
  standingOf(await tx.selectFrom("marketplace.milestone").select(["state", "handed_in_at"]).where("engagement", "=", engagement).execute());

/** Whether nothing of an engagement is open any more. */
export const isAllEnded = async ({ tx }: Scope, engagement: Id): Promise<boolean> =>
  (await tx
    .selectFrom("marketplace.milestone")
    .select("id")
    .where("engagement", "=", engagement)
    .where("state", "not in", endedStates)
    .executeTakeFirst()) === undefined;

/** Keeps which adviser mediates a dispute. True for exactly one caller. */
export async function saveMediator({ tx }: Scope, id: Id, mediator: Id): Promise<boolean> {
  const saved = await tx
    .updateTable("marketplace.milestone")
    .set({ mediator })
    .where("id", "=", id)
    .where("state", "in", statesBefore(milestoneTable, "takeMediation"))
    .where("mediator", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Lets go of every dispute that this person mediates. */
export async function freeMediated({ tx }: Scope, mediator: Id): Promise<readonly { readonly id: Id; readonly engagement: Id }[]> {
  return tx
    .updateTable("marketplace.milestone")
    .set({ mediator: null })
    .where("mediator", "=", mediator)
    .where("state", "in", statesBefore(milestoneTable, "takeMediation"))
    .returning(["id", "engagement"])
    .execute();
}

/** Keeps what was handed in; its id. */
export async function saveHandIn({ tx, now, id: newId }: Scope, milestone: Id, text: string): Promise<Id> {
  const id = newId();
  await tx.insertInto("marketplace.hand_in").values({ id, milestone, at: now, text }).execute();
  return id;
}

export async function saveChangeRequest({ tx, now, id }: Scope, milestone: Id, points: readonly string[]): Promise<void> {
  await tx
    .insertInto("marketplace.change_request")
    .values({ id: id(), milestone, at: now, points: [...points] })
    .execute();
}

/** Keeps that the client was reminded, when next, and until when they can answer. The state and its version stay. */
export async function saveReminder(
  { tx }: Scope,
  { id, version }: Pick<HeldMilestone, "id" | "version">,
  next: Instant | null,
  until: Instant,
): Promise<boolean> {
  const saved = await tx
    .updateTable("marketplace.milestone")
    .set((column) => ({ reminders: column("reminders", "+", 1), remind_at: next, approve_by: until }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(milestoneTable, "remind"))
    .where("version", "=", version)
    .where("remind_at", "is not", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Whether the client is here: of a client elsewhere, its own coop keeps the clock. */
const isClientHere = sql<boolean>`not exists (
  select from marketplace.engagement_elsewhere across where across.engagement = marketplace.milestone.engagement and across.is_home)`;

/** Hand-ins whose client is to be reminded. */
export const milestonesToRemind = ({ db, now }: View): Promise<readonly { readonly id: Id; readonly at: Instant | null }[]> =>
  db
    .selectFrom("marketplace.milestone")
    .select(["id", "remind_at as at"])
    .where("state", "in", statesBefore(milestoneTable, "remind"))
    .where("remind_at", "<=", now)
    .where(isClientHere)
    .limit(500)
    .execute();

/** Hand-ins that silence approves: both reminders have left, and the time is over. */
export const milestonesToApprove = ({ db, now }: View): Promise<readonly { readonly id: Id; readonly at: Instant | null }[]> =>
  db
    .selectFrom("marketplace.milestone")
    .select(["id", "approve_by as at"])
    .where("state", "in", statesBefore(milestoneTable, "approveBySilence"))
    .where("remind_at", "is", null)
    .where("approve_by", "<=", now)
    .where(isClientHere)
    .limit(500)
    .execute();
