// Engagements in SQL.
import type { listEngagements, readEngagement } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import type { EngagementState, Parties, Quote, Side } from "@partcommune/shared/marketplace/rules/engagement";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Actor } from "@partcommune/shared/platform/actor";
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
};

/** Saves an engagement as quoted, with its one milestone. */
export async function saveEngagement({ tx, now, id: newId }: Scope, engagement: NewEngagement): Promise<void> {
  const { amount, quoteHash, signUntil, ...row } = engagement;
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
] as const;

const cards = ({ db }: View) =>
  db
    .selectFrom("marketplace.engagement as engagement")
    .innerJoin("marketplace.job as job", "job.id", "engagement.job")
    .innerJoin("membership.client_card as client_card", "client_card.id", "engagement.client")
    .innerJoin("membership.member_card as member_card", "member_card.id", "engagement.member")
    .select(cardColumns);

type Row = Awaited<ReturnType<ReturnType<typeof cards>["executeTakeFirstOrThrow"]>>;

const cardOf = (row: Row, side: Side): AnswerOf<typeof listEngagements>["items"][number] => ({
  id: row.id,
  job: row.job,
  title: row.title,
  client: row.clientName ?? "",
  member: row.memberName ?? "",
  amount: { minor: row.amount_minor, currency: row.currency },
  state: row.state as EngagementState,
  side,
  signUntil: row.sign_until,
});

/** The side on which this person sees an engagement; any buyer of the client reads it, only some sign it. */
function sideSeenFrom(actor: Actor, { client, member }: Parties): Side | undefined {
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

/** One engagement whole, for its two sides. */
export async function engagementPage(
  view: View,
  { engagement: id }: InputOf<typeof readEngagement>,
): Promise<AnswerOf<typeof readEngagement>> {
  const row = found(
    await cards(view)
      .select([
        "engagement.quote",
        "engagement.quote_hash",
        "engagement.client_signed_at",
        "engagement.member_signed_at",
        "engagement.version",
      ])
      .where("engagement.id", "=", id)
      .executeTakeFirst(),
  );
  const side = found(sideSeenFrom(view.actor, row));
  return {
    ...cardOf(row, side),
    quote: row.quote,
    hash: row.quote_hash.toString("hex"),
    ...(row.client_signed_at ? { clientSignedAt: row.client_signed_at } : {}),
    ...(row.member_signed_at ? { memberSignedAt: row.member_signed_at } : {}),
    version: row.version,
  };
}

export type QuoteToSign = Quote & { readonly job: Id; readonly bid: Id };

/** A quote held until the transaction ends, so that of two signatures at once the second sees the first. */
export async function quoteToSign({ tx }: Scope, id: Id): Promise<QuoteToSign | undefined> {
  const row = await tx.selectFrom("marketplace.engagement").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const signedBy: Side[] = [...(row.client_signed_at ? (["client"] as const) : []), ...(row.member_signed_at ? (["member"] as const) : [])];
  return {
    client: row.client,
    member: row.member,
    job: row.job,
    bid: row.bid,
    state: row.state as EngagementState,
    hash: row.quote_hash.toString("hex"),
    signUntil: row.sign_until,
    signedBy,
  };
}

/** Whether a person sees this engagement at all: for the rest it does not exist. */
export const isSeenBy = (actor: Actor, parties: Parties): boolean => sideSeenFrom(actor, parties) !== undefined;

/** Keeps one side's signature and, with the second one, moves to `signed`. */
export async function saveSignature({ tx, now }: Scope, id: Id, side: Side, signer: Id, isLast: boolean): Promise<boolean> {
  const signature = side === "client" ? { client_signer: signer, client_signed_at: now } : { member_signed_at: now };
  const saved = await tx
    .updateTable("marketplace.engagement")
    .set((column) => ({ ...signature, ...(isLast ? { state: "signed" } : {}), version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "=", "quoted")
    .where(side === "client" ? "client_signed_at" : "member_signed_at", "is", null)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Ends a quote nobody will sign any more, with its milestone. True for exactly one caller. */
export async function lapseQuote({ tx }: Scope, id: Id): Promise<boolean> {
  const lapsed = await tx
    .updateTable("marketplace.engagement")
    .set((column) => ({ state: "lapsed", version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "=", "quoted")
    .executeTakeFirst();
  if (lapsed.numUpdatedRows !== 1n) return false;
  await tx.updateTable("marketplace.milestone").set({ state: "cancelled" }).where("engagement", "=", id).execute();
  return true;
}

/** Quotes whose fourteen days are over. */
export const quotesToLapse = ({ db, now }: View): Promise<readonly { readonly id: Id; readonly signUntil: Instant }[]> =>
  db
    .selectFrom("marketplace.engagement")
    .select(["id", "sign_until as signUntil"])
    .where("state", "=", "quoted")
    .where("sign_until", "<=", now)
    .limit(500)
    .execute();
