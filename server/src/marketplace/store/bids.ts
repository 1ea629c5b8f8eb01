// Bids in SQL.
import { sql } from "kysely";
import type { placeBid } from "@partcommune/shared/marketplace/api";
import { bidTable, openStates, type Bidder, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import type { Offer } from "@partcommune/shared/marketplace/rules/price";
import { stateAfter } from "@partcommune/shared/platform/table";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";

/** Whether anybody ever bid on a job. */
export async function anyBid({ tx }: Scope, job: Id): Promise<boolean> {
  return (await tx.selectFrom("marketplace.bid").select("id").where("job", "=", job).limit(1).executeTakeFirst()) !== undefined;
}

/** The stage a member is in, how many of their bids wait for an answer, and whether they are another coop's. */
export async function bidderOf({ tx }: Scope, member: Id): Promise<Omit<Bidder, "buysFor"> | undefined> {
  // Two bids placed at once must count each other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`open bids ${member}`}, 0))`.execute(tx);
  const row = await tx
    .selectFrom("membership.member_card")
    .select(({ selectFrom }) => [
      "stage",
      "host",
      selectFrom("marketplace.bid_part as part")
        .innerJoin("marketplace.bid as bid", "bid.id", "part.bid")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .where("part.member", "=", member)
        .where("part.signed_at", "is not", null)
        .where("bid.state", "in", openStates)
        .as("open"),
    ])
    .where("id", "=", member)
    .executeTakeFirst();
  return row && { stage: row.stage as Stage, openBids: Number(row.open ?? 0n), elsewhere: row.host !== null };
}

/** Saves a bid. A member leads one live bid on a job: of several at once one is saved. */
export async function saveBid(
  { tx, now, id }: Scope,
  member: Id,
  { job, amount, rate, days, pitch }: Pick<InputOf<typeof placeBid>, "job" | "pitch"> & Offer,
  verb: "place" | "assemble",
): Promise<Id | undefined> {
  const row = await tx
    .insertInto("marketplace.bid")
    .values({
      id: id(),
      job,
      member,
      amount_minor: amount.minor,
      currency: amount.currency,
      rate_minor: rate?.minor ?? null,
      days: days ?? null,
      pitch,
      state: stateAfter(bidTable, verb),
      placed_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["job", "member"])
        .where("state", "in", [sql.lit("assembling"), sql.lit("placed"), sql.lit("toConfirm"), sql.lit("accepted")])
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export type OpenBid = { readonly id: Id; readonly job: Id };

/** The bids that a member is on and that wait for an answer, or for a signature. */
export const openBidsOf = async ({ db }: Pick<View, "db">, member: Id): Promise<readonly OpenBid[]> =>
  db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.bid_part as part", "part.bid", "bid.id")
    .select(["bid.id", "bid.job"])
    .where("part.member", "=", member)
    .where("bid.state", "in", [...openStates])
    .orderBy("bid.id")
    .execute();

/** A bid that this member is on; another's is not theirs to see. */
export async function ownBid({ tx }: Scope, bid: Id, member: Id): Promise<{ readonly job: Id; readonly state: BidState } | undefined> {
  const row = await tx
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.bid_part as part", "part.bid", "bid.id")
    .select(["bid.job", "bid.state"])
    .where("bid.id", "=", bid)
    .where("part.member", "=", member)
    .executeTakeFirst();
  return row && { job: row.job, state: row.state as BidState };
}
