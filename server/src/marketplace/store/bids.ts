// Bids in SQL.
import { sql } from "kysely";
import type { listBids } from "@partcommune/shared/marketplace/api";
import type { JobState } from "@partcommune/shared/marketplace/rules";
import { buysFrom, type BidState, type BidToAccept, type JobForBid } from "@partcommune/shared/marketplace/rules/bid";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** The job as a bid meets it, kept from being closed, awarded or withdrawn until the bid stands. */
export async function jobForBid({ tx }: Scope, id: Id): Promise<JobForBid | undefined> {
  const row = await tx
    .selectFrom("marketplace.job")
    .select(["client", "state", "bids_until", "currency", "price_minor"])
    .where("id", "=", id)
    .forShare()
    .executeTakeFirst();
  if (!row) return undefined;
  const { client, currency, price_minor } = row;
  return {
    client,
    currency,
    state: row.state as JobState,
    bidsUntil: row.bids_until,
    ...(price_minor === null ? {} : { price: { minor: price_minor, currency } }),
  };
}

export async function isLeaving({ tx }: Scope, member: Id): Promise<boolean> {
  const row = await tx.selectFrom("membership.member_card").select("stage").where("id", "=", member).executeTakeFirst();
  return row?.stage === "leaving";
}

/** How many bids of a member stand. The lock makes two bids placed at once count each other. */
export async function countOpenBids({ tx }: Scope, member: Id): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open bids ${member}`}, 0))`.execute(tx);
  const row = await tx
    .selectFrom("marketplace.bid")
    .select(({ fn }) => fn.countAll<bigint>().as("open"))
    .where("member", "=", member)
    .where("state", "=", "placed")
    .executeTakeFirstOrThrow();
  return Number(row.open);
}

export type NewBid = { readonly id: Id; readonly job: Id; readonly member: Id; readonly amount: Money; readonly pitch: string };

/** Saves a bid unless the member has one on this job already. */
export async function saveBid({ tx, now }: Scope, { amount, ...bid }: NewBid): Promise<boolean> {
  const saved = await tx
    .insertInto("marketplace.bid")
    .values({ ...bid, amount_minor: amount.minor, currency: amount.currency, state: "placed", placed_at: now })
    .onConflict((conflict) => conflict.columns(["job", "member"]).where("state", "=", "placed").doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

/** The bids this person may see: all for a buyer of the job's client, their own for a bidder; for all others there is nothing here. */
export async function bidsSeenBy({ db, actor }: View, { job: id }: InputOf<typeof listBids>): Promise<AnswerOf<typeof listBids>> {
  const job = found(await db.selectFrom("marketplace.job").select("client").where("id", "=", id).executeTakeFirst());
  const member = actor.kind === "person" ? actor.member : undefined;
  const isBuyer = buysFrom(actor, job.client);
  const rows = await db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .select(["bid.id", "bid.member", "card.name", "card.trade", "bid.amount_minor", "bid.currency", "bid.pitch", "bid.state"])
    .select(["bid.placed_at", "bid.version"])
    .where("bid.job", "=", id)
    .$if(!isBuyer, (query) => (member === undefined ? query.where(sql.lit(false)) : query.where("bid.member", "=", member)))
    .orderBy("bid.placed_at")
    .orderBy("bid.id")
    .limit(500)
    .execute();
  found(isBuyer ? rows : rows[0]);
  return {
    items: rows.map((row) => ({
      id: row.id,
      bidder: row.name ?? "",
      trade: row.trade ?? "",
      amount: { minor: row.amount_minor, currency: row.currency },
      pitch: row.pitch,
      state: row.state as BidState,
      placedAt: row.placed_at,
      version: row.version,
      mine: row.member === member,
    })),
  };
}

/** A bid of this member's own. */
export async function bidOf({ tx }: Scope, id: Id, member: Id): Promise<{ readonly job: Id; readonly state: BidState } | undefined> {
  const row = await tx
    .selectFrom("marketplace.bid")
    .select(["job", "state"])
    .where("id", "=", id)
    .where("member", "=", member)
    .executeTakeFirst();
  return row && { job: row.job, state: row.state as BidState };
}

/** Moves a bid on if it still is where it was shown to be. True for exactly one caller. */
export async function moveBid({ tx }: Scope, id: Id, from: BidState, to: BidState, version?: bigint): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({ state: to, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "=", from)
    .$if(version !== undefined, (query) => query.where("version", "=", version ?? 0n))
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Rejects what still stands on a job that takes no bids any more; the bids that were. */
export async function rejectOpenBids({ tx }: Scope, job: Id): Promise<readonly Id[]> {
  const rows = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({ state: "rejected", version: column("version", "+", 1n) }))
    .where("job", "=", job)
    .where("state", "=", "placed")
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

export type AcceptableBid = BidToAccept & { readonly job: Id; readonly member: Id; readonly terms: Terms };
/** What a quote says of its job. */
export type Terms = { readonly title: string; readonly text: string; readonly startOn: string; readonly endOn: string };

/** A bid with its job, as a buyer of that job's client may accept it; nobody else finds it. */
export async function bidToAccept({ tx, actor }: Scope, id: Id): Promise<AcceptableBid | undefined> {
  const row = await tx
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .select(["bid.job", "bid.member", "bid.amount_minor", "bid.currency", "bid.state", "bid.version", "job.client"])
    .select(["job.state as jobState", "job.title", "job.text", "job.start_on", "job.end_on"])
    .where("bid.id", "=", id)
    .executeTakeFirst();
  if (!row || !buysFrom(actor, row.client)) return undefined;
  return {
    job: row.job,
    member: row.member,
    client: row.client,
    amount: { minor: row.amount_minor, currency: row.currency },
    state: row.state as BidState,
    jobState: row.jobState as JobState,
    version: row.version,
    terms: { title: row.title, text: row.text, startOn: row.start_on, endOn: row.end_on },
  };
}
