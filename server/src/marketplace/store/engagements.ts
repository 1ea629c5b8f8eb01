// Engagements in SQL.
import { sql, type Updateable } from "kysely";
import type { listEngagements } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import type { Request } from "@partcommune/shared/marketplace/rules/cancellation";
import type { CoverCheck } from "@partcommune/shared/marketplace/rules/cover";
import {
  engagementTable,
  type EngagementState,
  type EngagementVerb,
  type Parties,
  type Side,
} from "@partcommune/shared/marketplace/rules/engagement";
import { afterVerb, statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Service } from "@partcommune/shared/platform/packs";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { memberReading, type Actor } from "@partcommune/shared/platform/actor";
import type { DB } from "../../platform/tables.ts";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { engagementElsewhere } from "./across.ts";
import { originFrom, type Origin } from "./quotes.ts";
import { serviceFrom } from "./terms.ts";

const cardColumns = [
  "engagement.id",
  "engagement.job",
  "engagement.title",
  "engagement.client_name",
  "engagement.client",
  "engagement.member",
  "engagement.team",
  "engagement.amount_minor",
  "engagement.currency",
  "engagement.state",
  "engagement.sign_until",
  "engagement.quoted_at",
  "engagement.start_on",
  "engagement.end_on",
] as const;

/** What those who do an engagement are called together, in the order of their parts. To be asked of a query that names it `engagement`. */
export const teamNames = sql<string>`(
  select string_agg(card.name, ', ' order by part.number) from marketplace.engagement_part part
  join membership.member_card card on card.id = part.member where part.engagement = engagement.id)`;

/** Engagements with the names of their sides. */
export const cards = ({ db }: View) =>
  db.selectFrom("marketplace.engagement as engagement").select(cardColumns).select(teamNames.as("memberName"));

type Row = Awaited<ReturnType<ReturnType<typeof cards>["executeTakeFirstOrThrow"]>>;

export const cardOf = (row: Row, side: Side): AnswerOf<typeof listEngagements>["items"][number] => ({
  id: row.id,
  ...(row.job === null ? {} : { job: row.job }),
  title: row.title,
  client: row.client_name,
  member: row.memberName,
  amount: { minor: row.amount_minor, currency: row.currency },
  state: row.state as EngagementState,
  side,
  signUntil: row.sign_until,
  startOn: row.start_on,
  endOn: row.end_on,
});

/** What decides who sees an engagement. */
export type Seen = Pick<Parties, "client" | "team">;

/** The side on which this person sees an engagement; any buyer of the client reads it, only some sign it. */
export function sideSeenFrom(actor: Actor, { client, team }: Seen): Side | undefined {
  const reader = memberReading(actor);
  if (reader !== undefined && team.includes(reader)) return "member";
  return buysFrom(actor, client) ? "client" : undefined;
}

/** The engagements of whoever asks, newest first. */
export async function engagementsOf(view: View, input: InputOf<typeof listEngagements>): Promise<AnswerOf<typeof listEngagements>> {
  const { actor } = view;
  const member = memberReading(actor);
  const clients = actor.kind === "person" ? actor.buysFor.map(({ client }) => client) : [];
  const rows = await cards(view)
    .where((eb) =>
      eb.or([
        ...(member === undefined ? [] : [eb("engagement.team", "@>", sql<string[]>`array[${member}::uuid]`)]),
        ...(clients.length === 0 ? [] : [eb("engagement.client", "in", clients)]),
      ]),
    )
    .where((eb) => isBehind(eb, input.after, "<", "engagement.quoted_at", "engagement.id"))
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

/** Whether a person sees this engagement at all: for the rest it does not exist. */
export const isSeenBy = (actor: Actor, parties: Seen): boolean => sideSeenFrom(actor, parties) !== undefined;

/** An engagement, for its two sides; for anybody else there is none. */
export async function engagementSeen({ db, actor }: View, id: Id): Promise<{ readonly state: EngagementState }> {
  const row = await db.selectFrom("marketplace.engagement").select(["client", "team", "state"]).where("id", "=", id).executeTakeFirst();
  const { state } = found(row && isSeenBy(actor, row) ? row : undefined);
  return { state: state as EngagementState };
}

/** Whether its sides still write to each other: a quote that lapsed is over, and what is written does not cross to another coop. */
export async function mayWriteTo(view: View, id: Id): Promise<boolean> {
  const { state } = await engagementSeen(view, id);
  return state !== "lapsed" && (await engagementElsewhere(view, id)) === undefined;
}

type Change = Partial<Pick<Updateable<DB["marketplace.engagement"]>, Changeable>>;
type Changeable =
  | "covered_at"
  | "covered_by"
  | "cover_note"
  | "failed_checks"
  | "sent_back_because"
  | "cancelled_because"
  | "cancel_asked_by"
  | "cancel_asked_because"
  | "cancel_stands_until"
  | "cancel_agreed"
  | "client_signer"
  | "client_signed_at"
  | "member_signed_at"
  | "signed_at"
  | "sign_until"
  | "quote"
  | "quote_hash"
  | "text"
  | "amount_minor"
  | "end_on";

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

/** Keeps why it came to nothing. */
export async function sayWhy({ tx }: Scope, id: Id, because: string): Promise<void> {
  await tx.updateTable("marketplace.engagement").set({ cancelled_because: because }).where("id", "=", id).execute();
}

/** Keeps which checks did not hold. */
export async function saveFailedChecks({ tx }: Scope, id: Id, failed: readonly CoverCheck[]): Promise<void> {
  await tx
    .updateTable("marketplace.engagement")
    .set({ failed_checks: [...failed] })
    .where("id", "=", id)
    .execute();
}

/** What waits for an adviser and is partly this member's to do. */
export async function heldUpOf({ db }: Pick<View, "db">, member: Id): Promise<readonly Id[]> {
  const rows = await db
    .selectFrom("marketplace.engagement")
    .select("id")
    .where("state", "in", statesBefore(engagementTable, "cover"))
    .where("team", "@>", sql<string[]>`array[${member}::uuid]`)
    .orderBy("signed_at")
    .execute();
  return rows.map(({ id }) => id);
}

export type Held = Parties & {
  readonly id: Id;
  readonly origin: Origin | undefined;
  readonly title: string;
  readonly state: EngagementState;
  readonly amount: Money;
  /** For an hour, where work is paid so. */
  readonly rate: Money | undefined;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly zone: string;
  readonly country: string | null;
  readonly service?: Service;
  readonly silenceDays: number;
  readonly signedAt: Instant | null;
  readonly clientSigner: Id | null;
  readonly request: RequestWithReason | undefined;
};

export type RequestWithReason = Request & { readonly reason: string };

type AskedRow = {
  readonly cancel_asked_by: string | null;
  readonly cancel_asked_because: string | null;
  readonly cancel_stands_until: Instant | null;
  readonly cancel_agreed: readonly string[];
};

/** What one side asked the other to cancel. */
export const requestFrom = (row: AskedRow): RequestWithReason | undefined =>
  row.cancel_asked_by === null || row.cancel_asked_because === null || row.cancel_stands_until === null
    ? undefined
    : {
        by: row.cancel_asked_by as Side,
        reason: row.cancel_asked_because,
        standsUntil: row.cancel_stands_until,
        agreed: row.cancel_agreed,
      };

/** The two sides of an engagement, which is not held: who is neither makes nobody wait, and is told of it as fast as of nothing. */
export const partiesOf = ({ tx }: Scope, id: Id): Promise<Parties | undefined> =>
  tx.selectFrom("marketplace.engagement").select(["client", "member", "team"]).where("id", "=", id).executeTakeFirst();

/** An engagement held until the transaction ends: every verb about it or its milestones stands in line here. */
export async function engagementHeld({ tx }: Scope, id: Id): Promise<Held | undefined> {
  const row = await tx.selectFrom("marketplace.engagement").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  return {
    id,
    title: row.title,
    origin: originFrom(row),
    client: row.client,
    member: row.member,
    team: row.team,
    state: row.state as EngagementState,
    amount: { minor: row.amount_minor, currency: row.currency },
    rate: row.rate_minor === null ? undefined : { minor: row.rate_minor, currency: row.currency },
    startOn: row.start_on,
    endOn: row.end_on,
    zone: row.zone,
    country: row.country,
    ...serviceFrom(row),
    silenceDays: row.silence_days,
    signedAt: row.signed_at,
    clientSigner: row.client_signer,
    request: requestFrom(row),
  };
}

/** Whether an adviser has answered for work of this client before. */
export async function isVouchedFor({ tx }: Pick<Scope, "tx">, client: Id): Promise<boolean> {
  const row = await tx
    .selectFrom("marketplace.engagement")
    .select("id")
    .where("client", "=", client)
    .where("covered_by", "is not", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** How many declared quotes of a member wait for their clients. Two declared at once must count each other. */
export async function openQuotes({ tx }: Pick<Scope, "tx">, member: Id): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open quotes ${member}`}, 0))`.execute(tx);
  const { open } = await tx
    .selectFrom("marketplace.engagement")
    .select(({ fn }) => fn.countAll<bigint>().as("open"))
    .where("member", "=", member)
    .where("bid", "is", null)
    .where("state", "in", statesBefore(engagementTable, "sign"))
    .where("client_signed_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(open);
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
