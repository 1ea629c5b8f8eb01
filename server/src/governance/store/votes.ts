// Votes in SQL: convened with a notice, moved on by the clock.
import { sql, type Updateable } from "kysely";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { voteTable, type Outcome, type VoteState, type VoteVerb } from "@partcommune/shared/governance/rules/vote";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import { dayMs, later, type Day, type Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import type { GovernanceVote } from "../../platform/tables.ts";

export type HeldVote = {
  readonly id: Id;
  readonly state: VoteState;
  readonly outcome: Outcome | null;
  readonly notice: Notice;
  readonly noticeHash: string;
  readonly seed: Buffer;
  readonly opensAt: Instant;
  /** With the extension, where there is one. */
  readonly closesAt: Instant;
  readonly contestUntil: Instant | null;
  readonly rollSize: number | null;
};

const columns = [
  "id",
  "state",
  "outcome",
  "notice",
  "notice_hash",
  "seed",
  "opens_at",
  "closes_at",
  "extended_until",
  "contest_until",
  "roll_size",
] as const;

/** A vote, held until the act ends: what is said against it at once is counted one after the other. */
export async function holdVote(scope: Scope, id: Id): Promise<HeldVote | undefined> {
  await scope.tx.selectFrom("governance.vote").select("id").where("id", "=", id).forUpdate().execute();
  return voteOf({ db: scope.tx }, id);
}

/** A vote as it stands. */
export async function voteOf({ db }: Pick<View, "db">, id: Id): Promise<HeldVote | undefined> {
  const row = await db.selectFrom("governance.vote").select(columns).where("id", "=", id).executeTakeFirst();
  return (
    row && {
      id: row.id,
      state: row.state as VoteState,
      outcome: row.outcome as Outcome | null,
      notice: JSON.parse(row.notice) as Notice,
      noticeHash: row.notice_hash,
      seed: row.seed,
      opensAt: row.opens_at,
      closesAt: row.extended_until ?? row.closes_at,
      contestUntil: row.contest_until,
      rollSize: row.roll_size,
    }
  );
}

/** Whoever casts or objects shares this lock; whoever closes or opens has it alone: a vote is cast before the close or after it, never during. */
export const whileOpen = async ({ tx }: Scope, vote: Id): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`vote ${vote}`}, 0))`.execute(tx));
export const whileClosing = async ({ tx }: Scope, vote: Id): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended(${`vote ${vote}`}, 0))`.execute(tx));

export type Convened = { readonly notice: Notice; readonly text: string; readonly hash: string; readonly seed: Uint8Array };

export async function saveVote({ tx, now }: Scope, { notice, text, hash, seed }: Convened): Promise<void> {
  await tx
    .insertInto("governance.vote")
    .values({
      id: notice.vote,
      kind: notice.kind,
      class: notice.class,
      method: notice.method,
      mode: notice.mode,
      notice: text,
      notice_hash: hash,
      seed: Buffer.from(seed),
      state: afterVerb(voteTable, "none" as VoteState, "convene"),
      convened_at: now,
      opens_at: notice.opensAt,
      closes_at: notice.closesAt,
      gathering: notice.gathering ?? null,
    })
    .execute();
  const options = notice.options.map(({ key, proposal, candidacy }, place) => ({
    vote: notice.vote,
    key,
    place,
    proposal: proposal ?? null,
    candidacy: candidacy ?? null,
  }));
  if (options.length > 0) await tx.insertInto("governance.vote_option").values(options).execute();
}

type Change = Omit<Updateable<GovernanceVote>, "state">;

/** Moves a vote on. True for exactly one of several at once. */
export async function moveVote({ tx }: Scope, id: Id, from: VoteState, verb: VoteVerb, change: Change = {}): Promise<boolean> {
  const moved = await tx
    .updateTable("governance.vote")
    .set({ ...change, state: afterVerb(voteTable, from, verb) })
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Keeps how many stand on the roll, with the roll. */
export async function saveRollSize({ tx }: Scope, id: Id, size: number): Promise<void> {
  await tx.updateTable("governance.vote").set({ roll_size: size }).where("id", "=", id).execute();
}

/** Votes are convened one after the other: two at once would not see each other. */
export const whileConvening = async ({ tx }: Scope): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended('convening', 0))`.execute(tx));

/** How many votes open in a month, by the coop's clocks. */
export async function askedIn({ db }: Pick<View, "db">, zone: string): Promise<(month: Day) => number> {
  const rows = await db
    .selectFrom("governance.vote")
    .select([sql<string>`to_char(opens_at at time zone ${zone}, 'YYYY-MM-01')`.as("month"), ({ fn }) => fn.countAll<bigint>().as("count")])
    .where("state", "!=", "annulled")
    .groupBy("month")
    .execute();
  const byMonth = new Map(rows.map(({ month, count }) => [month, Number(count)]));
  return (month) => byMonth.get(month) ?? 0;
}

/** What votes that are not settled yet are about. */
export async function subjectsAtStake({ db }: Pick<View, "db">): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("governance.proposal")
    .select(sql<string>`unnest(subjects)`.as("subject"))
    .where("state", "in", ["convened", "passed"])
    .execute();
  return new Set(rows.map(({ subject }) => subject));
}

/** Votes whose next step is due: those in these states whose day has come, or that wait for none, were they closed in this very round of the clock. */
async function due(
  { db, now }: View,
  states: readonly VoteState[],
  day: "opens_at" | "closes" | "contest_until" | "atOnce",
): Promise<readonly { readonly id: Id; readonly at: Instant }[]> {
  const at = {
    opens_at: sql<Instant>`opens_at`,
    closes: sql<Instant>`coalesce(extended_until, closes_at)`,
    contest_until: sql<Instant>`contest_until`,
    atOnce: sql<Instant>`closed_at`,
  }[day];
  return (
    db
      .selectFrom("governance.vote")
      .select(["id", at.as("at")])
      .where("state", "in", [...states])
      // In an assembly the chair opens and closes; what comes after is the clock's again.
      .$if(day === "opens_at" || day === "closes", (query) => query.where("gathering", "is", null))
      .$if(day !== "atOnce", (query) => query.where(at, "<=", now))
      .orderBy("id")
      .limit(100)
      .execute()
  );
}

export const votesToOpen = async (view: View) => due(view, statesBefore(voteTable, "open"), "opens_at");

/** Open votes that close within two days and were not recalled for that close yet: each close is recalled once. */
export async function votesToRemind({ db, now }: View): Promise<readonly { readonly id: Id; readonly at: Instant }[]> {
  const at = sql<Instant>`coalesce(extended_until, closes_at)`;
  return db
    .selectFrom("governance.vote")
    .select(["id", at.as("at")])
    .where("state", "in", ["open", "extended"])
    .where("gathering", "is", null)
    .where(at, ">", now)
    .where(at, "<=", later(now, remindMs))
    .where(sql<boolean>`reminded_for is distinct from ${at}`)
    .limit(100)
    .execute();
}

const remindMs = 2 * dayMs;

/** Keeps for which close people were recalled. True for exactly one of several at once. */
export async function saveReminder({ tx }: Scope, id: Id, closesAt: Instant): Promise<boolean> {
  const saved = await tx
    .updateTable("governance.vote")
    .set({ reminded_for: closesAt })
    .where("id", "=", id)
    .where(sql<boolean>`reminded_for is distinct from ${closesAt}::timestamptz`)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

export const votesToClose = async (view: View) => due(view, statesBefore(voteTable, "close"), "closes");
export const votesToCount = async (view: View) => due(view, statesBefore(voteTable, "count"), "atOnce");
export const votesToEnd = async (view: View) => due(view, statesBefore(voteTable, "end"), "contest_until");
