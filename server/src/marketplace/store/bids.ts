// Bids in SQL.
import { sql } from "kysely";
import type { placeBid } from "@partcommune/shared/marketplace/api";
import { bidTable, type BidOn, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import { isSealed, type Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import { stateAfter, statesBefore } from "@partcommune/shared/marketplace/rules/table";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { jobSeenBy } from "./seen-jobs.ts";
import type { Scope } from "../../platform/scope.ts";

/** The job as a bid meets it, for whoever may see it. */
export async function jobToBidOn(
  { tx, actor }: Scope,
  id: Id,
): Promise<(BidOn & { readonly sealed: boolean; readonly blind: boolean }) | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .select(["client", "state", "bids_until", "currency", "price_minor", "bidding", "blind"])
    .where("id", "=", id)
    .where(jobSeenBy(actor))
    .forShare("job") // nobody awards or withdraws the job until this bid stands
    .executeTakeFirst();
  return (
    row && {
      client: row.client,
      state: row.state as JobState,
      bidsUntil: row.bids_until,
      sealed: isSealed({ bidding: row.bidding as Bidding, state: row.state as JobState }),
      blind: row.blind,
      currency: row.currency,
      ...(row.price_minor === null ? {} : { price: { minor: row.price_minor, currency: row.currency } }),
    }
  );
}

/** The stage a member is in, and how many of their bids wait for an answer. */
export async function bidderOf({ tx }: Scope, member: Id): Promise<{ readonly stage: Stage; readonly openBids: number } | undefined> {
  // Two bids placed at once must count each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open bids ${member}`}, 0))`.execute(tx);
  const row = await tx
    .selectFrom("membership.member_card")
    .select(({ selectFrom }) => [
      "stage",
      selectFrom("marketplace.bid")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .where("member", "=", member)
        .where("state", "in", statesBefore(bidTable, "accept"))
        .as("open"),
    ])
    .where("id", "=", member)
    .executeTakeFirst();
  return row && { stage: row.stage as Stage, openBids: Number(row.open ?? 0n) };
}

/** Saves a bid. A member has one live bid on a job: of several at once one is saved. */
export async function saveBid(
  { tx, now, id }: Scope,
  member: Id,
  { job, amount, pitch }: InputOf<typeof placeBid>,
): Promise<Id | undefined> {
  const row = await tx
    .insertInto("marketplace.bid")
    .values({
      id: id(),
      job,
      member,
      amount_minor: amount.minor,
      currency: amount.currency,
      pitch,
      state: stateAfter(bidTable, "place"),
      placed_at: now,
    })
    .onConflict((conflict) => conflict.columns(["job", "member"]).where("state", "in", ["placed", "accepted"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type OwnBid = { readonly job: Id; readonly state: BidState; readonly sealed: boolean };

/** A bid of this member; another's is not theirs to see. */
export async function ownBid({ tx }: Scope, bid: Id, member: Id): Promise<OwnBid | undefined> {
  const row = await tx
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .select(["bid.job", "bid.state", "job.bidding", "job.state as jobState"])
    .where("bid.id", "=", bid)
    .where("bid.member", "=", member)
    .executeTakeFirst();
  if (!row) return undefined;
  const sealing = { bidding: row.bidding as Bidding, state: row.jobState as JobState };
  return { job: row.job, state: row.state as BidState, sealed: isSealed(sealing) };
}
