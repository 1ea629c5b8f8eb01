// Engagements in SQL.
import { sql, type Selectable, type Updateable } from "kysely";
import type { listEngagements } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import type { CoverCheck } from "@partcommune/shared/marketplace/rules/cover";
import {
  engagementTable,
  type EngagementState,
  type EngagementVerb,
  type Parties,
  type Quote,
  type Side,
} from "@partcommune/shared/marketplace/rules/engagement";
import { stateAfter, afterVerb, statesBefore } from "@partcommune/shared/marketplace/rules/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { DB } from "../../platform/tables.ts";
import { cursorOf, placeAfter } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

export type NewEngagement = Parties & {
  readonly id: Id;
  readonly job: Id;
  readonly bid: Id;
  readonly amount: Money;
  readonly quote: string;
  readonly quoteHash: Buffer;
  readonly signUntil: Instant;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly zone: string;
  readonly country: string | null;
  readonly silenceDays: number;
};

/** Saves an engagement as quoted, with its one milestone. */
export async function saveEngagement({ tx, now, id: newId }: Scope, engagement: NewEngagement): Promise<void> {
  const { amount, quoteHash, signUntil, startOn, endOn, silenceDays, ...row } = engagement;
  await tx
    .insertInto("marketplace.engagement")
    .values({
      ...row,
      amount_minor: amount.minor,
      currency: amount.currency,
      state: "quoted",
      quote_hash: quoteHash,
      quoted_at: now,
      sign_until: signUntil,
      start_on: startOn,
      end_on: endOn,
      silence_days: silenceDays,
    })
    .execute();
  await tx
    .insertInto("marketplace.milestone")
    .values({ id: newId(), engagement: engagement.id, number: 1, amount_minor: amount.minor, state: "waiting" })
    .execute();
}

const cardColumns = [
  "engagement.id",
  "engagement.job",
  "job.title",
  "client_card.name as clientName",
  "member_card.name as memberName",
  "engagement.client",
  "engagement.member",
  "engagement.amount_minor",
  "engagement.currency",
  "engagement.state",
  "engagement.sign_until",
  "engagement.quoted_at",
  "engagement.start_on",
  "engagement.end_on",
] as const;

/** Engagements with the names of their sides. */
export const cards = ({ db }: View) =>
  db
    .selectFrom("marketplace.engagement as engagement")
    .innerJoin("marketplace.job as job", "job.id", "engagement.job")
    .innerJoin("membership.client_card as client_card", "client_card.id", "engagement.client")
    .innerJoin("membership.member_card as member_card", "member_card.id", "engagement.member")
    .select(cardColumns);

type Row = Awaited<ReturnType<ReturnType<typeof cards>["executeTakeFirstOrThrow"]>>;

export const cardOf = (row: Row, side: Side): AnswerOf<typeof listEngagements>["items"][number] => ({
  id: row.id,
  job: row.job,
  title: row.title,
  client: row.clientName ?? "",
  member: row.memberName ?? "",
  amount: { minor: row.amount_minor, currency: row.currency },
  state: row.state as EngagementState,
  side,
  signUntil: row.sign_until,
  startOn: row.start_on,
  endOn: row.end_on,
});

/** The side on which this person sees an engagement; any buyer of the client reads it, only some sign it. */
export function sideSeenFrom(actor: Actor, { client, member }: Parties): Side | undefined {
  if (actor.kind === "person" && actor.member === member) return "member";
  return buysFrom(actor, client) ? "client" : undefined;
}

/** The engagements of whoever asks, newest first. */
export async function engagementsOf(view: View, input: InputOf<typeof listEngagements>): Promise<AnswerOf<typeof listEngagements>> {
  const { actor } = view;
  const [beforeAt, beforeId] = placeAfter(input.after, 2);
  const member = actor.kind === "person" ? actor.member : undefined;
  const clients = actor.kind === "person" ? actor.buysFor.map(({ client }) => client) : [];
  const rows = await cards(view)
    .where((eb) =>
      eb.or([
        ...(member === undefined ? [] : [eb("engagement.member", "=", member)]),
        ...(clients.length === 0 ? [] : [eb("engagement.client", "in", clients)]),
      ]),
    )
    .$if(beforeAt !== undefined && beforeId !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple("engagement.quoted_at", "engagement.id"), "<", eb.tuple(beforeAt as Instant, beforeId ?? ""))),
    )
    .orderBy("engagement.quoted_at", "desc")
    .orderBy("engagement.id", "desc")
    .limit(input.limit + 1)
    .execute();
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => cardOf(row, sideSeenFrom(actor, row) ?? "client")),
    ...(rows.length > input.limit && last ? { next: cursorOf(last.quoted_at, last.id) } : {}),
  };
}

export type QuoteToSign = Quote & { readonly job: Id; readonly bid: Id };

/** A quote held until the transaction ends, so that of two signatures at once the second sees the first. */
export async function quoteToSign({ tx }: Scope, id: Id): Promise<QuoteToSign | undefined> {
  const row = await tx.selectFrom("marketplace.engagement").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  return { ...quoteFrom(row), job: row.job, bid: row.bid };
}

type QuoteColumns = "client" | "member" | "state" | "quote_hash" | "sign_until" | "client_signed_at" | "member_signed_at";

/** A quote as the rules ask about it. */
export const quoteFrom = (row: Pick<Selectable<DB["marketplace.engagement"]>, QuoteColumns>): Quote => ({
  client: row.client,
  member: row.member,
  state: row.state as EngagementState,
  hash: row.quote_hash.toString("hex"),
  signUntil: row.sign_until,
  signedBy: [...(row.client_signed_at ? (["client"] as const) : []), ...(row.member_signed_at ? (["member"] as const) : [])],
});

/** Whether a person sees this engagement at all: for the rest it does not exist. */
export const isSeenBy = (actor: Actor, parties: Parties): boolean => sideSeenFrom(actor, parties) !== undefined;

/** An engagement, for its two sides; for anybody else there is none. */
export async function engagementSeen({ db, actor }: View, id: Id): Promise<{ readonly state: EngagementState }> {
  const row = await db.selectFrom("marketplace.engagement").select(["client", "member", "state"]).where("id", "=", id).executeTakeFirst();
  const { state } = found(row && isSeenBy(actor, row) ? row : undefined);
  return { state: state as EngagementState };
}

/** Whether its sides still write to each other: a quote that lapsed is over. */
export const mayWriteTo = async (view: View, id: Id): Promise<boolean> => (await engagementSeen(view, id)).state !== "lapsed";

/** Keeps one side's signature and, with the second one, moves to `signed`. */
export async function saveSignature({ tx, now }: Scope, id: Id, side: Side, signer: Id, isLast: boolean): Promise<boolean> {
  const signature = side === "client" ? { client_signer: signer, client_signed_at: now } : { member_signed_at: now };
  const last = isLast ? { state: stateAfter(engagementTable, "sign"), signed_at: now, sent_back_because: null } : {};
  const saved = await tx
    .updateTable("marketplace.engagement")
    .set((column) => ({ ...signature, ...last, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(engagementTable, "sign"))
    .where(side === "client" ? "client_signed_at" : "member_signed_at", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

type Change = Partial<Pick<Updateable<DB["marketplace.engagement"]>, Changeable>>;
type Changeable =
  | "covered_at"
  | "covered_by"
  | "cover_note"
  | "failed_checks"
  | "sent_back_because"
  | "cancelled_because"
  | "client_signer"
  | "client_signed_at"
  | "member_signed_at"
  | "signed_at"
  | "sign_until";

/** Moves an engagement by a verb of its table, if it still is where the verb starts. True for exactly one caller. */
export async function moveEngagement(
  { tx }: Scope,
  id: Id,
  from: EngagementState,
  verb: EngagementVerb,
  change: Change = {},
): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.engagement")
    .set((column) => ({ ...change, state: afterVerb(engagementTable, from, verb), version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Keeps which checks did not hold. */
export async function saveFailedChecks({ tx }: Scope, id: Id, failed: readonly CoverCheck[]): Promise<void> {
  await tx
    .updateTable("marketplace.engagement")
    .set({ failed_checks: [...failed] })
    .where("id", "=", id)
    .execute();
}

export type Held = Parties & {
  readonly id: Id;
  readonly job: Id;
  readonly bid: Id;
  readonly title: string;
  readonly state: EngagementState;
  readonly amount: Money;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly zone: string;
  readonly country: string | null;
  readonly silenceDays: number;
  readonly signedAt: Instant | null;
  readonly clientSigner: Id | null;
};

/** The two sides of an engagement, which is not held: who is neither makes nobody wait, and is told of it as fast as of nothing. */
export const partiesOf = ({ tx }: Scope, id: Id): Promise<Parties | undefined> =>
  tx.selectFrom("marketplace.engagement").select(["client", "member"]).where("id", "=", id).executeTakeFirst();

/** An engagement held until the transaction ends: every verb about it or its milestones stands in line here. */
export async function engagementHeld({ tx }: Scope, id: Id): Promise<Held | undefined> {
  const row = await tx.selectFrom("marketplace.engagement").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const { title } = await tx.selectFrom("marketplace.job").select("title").where("id", "=", row.job).executeTakeFirstOrThrow();
  return {
    id,
    title,
    job: row.job,
    bid: row.bid,
    client: row.client,
    member: row.member,
    state: row.state as EngagementState,
    amount: { minor: row.amount_minor, currency: row.currency },
    startOn: row.start_on,
    endOn: row.end_on,
    zone: row.zone,
    country: row.country,
    silenceDays: row.silence_days,
    signedAt: row.signed_at,
    clientSigner: row.client_signer,
  };
}

/** Covered work whose first day has begun in its own zone; the day is asked of the database's zone tables. */
export const engagementsToStart = ({ db, now }: View): Promise<readonly { readonly id: Id }[]> =>
  db
    .selectFrom("marketplace.engagement")
    .select("id")
    .where("state", "in", statesBefore(engagementTable, "start"))
    .where(({ eb, cast, val }) => eb("start_on", "<=", sql<Day>`(${cast(val(now), "timestamptz")} at time zone zone)::date`))
    .limit(500)
    .execute();

/** Quotes whose fourteen days are over. */
export const quotesToLapse = ({ db, now }: View): Promise<readonly { readonly id: Id; readonly signUntil: Instant }[]> =>
  db
    .selectFrom("marketplace.engagement")
    .select(["id", "sign_until as signUntil"])
    .where("state", "in", statesBefore(engagementTable, "lapse"))
    .where("sign_until", "<=", now)
    .limit(500)
    .execute();
