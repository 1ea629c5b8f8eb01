// Bids in SQL.
import { sql } from "kysely";
import type { listBids, placeBid } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import { bidTable, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import { actsOnBid } from "@partcommune/shared/marketplace/rules/revision";
import { stateAfter, statesBefore } from "@partcommune/shared/marketplace/rules/table";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { bidOnColumns, bidOnFrom } from "./bid-on.ts";
import { newestReferences } from "./references.ts";
import { earlierOffers, standingFrom } from "./revisions.ts";
import type { Scope, View } from "../../platform/scope.ts";

/** Whether anybody ever bid on a job. */
export async function anyBid({ tx }: Scope, job: Id): Promise<boolean> {
  return (await tx.selectFrom("marketplace.bid").select("id").where("job", "=", job).limit(1).executeTakeFirst()) !== undefined;
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
        .where("state", "in", statesBefore(bidTable, "withdraw"))
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
  { job, amount, pitch }: Omit<InputOf<typeof placeBid>, "version">,
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
    .onConflict((conflict) => conflict.columns(["job", "member"]).where("state", "in", ["placed", "toConfirm", "accepted"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

/** A bid of this member; another's is not theirs to see. */
export async function ownBid({ tx }: Scope, bid: Id, member: Id): Promise<{ readonly job: Id; readonly state: BidState } | undefined> {
  const row = await tx
    .selectFrom("marketplace.bid")
    .select(["job", "state"])
    .where("id", "=", bid)
    .where("member", "=", member)
    .executeTakeFirst();
  return row && { job: row.job, state: row.state as BidState };
}

/** The bids on a job that this person may see: all for its client, their own for a member, none for anybody else. */
export async function bidsSeenBy(view: View, { job }: InputOf<typeof listBids>): Promise<AnswerOf<typeof listBids>> {
  const { db, actor, now } = view;
  const posted = await db.selectFrom("marketplace.job").select(bidOnColumns).where("id", "=", job).executeTakeFirst();
  const member = actor.kind === "person" ? actor.member : undefined;
  const all = posted !== undefined && buysFrom(actor, posted.client);
  if (!posted || (!all && member === undefined)) return { items: [] };
  const rows = await db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("membership.member_card as card", "card.id", "bid.member")
    .leftJoin("membership.profile_card as page", "page.member", "bid.member")
    .select([
      "bid.id",
      "bid.member",
      "card.name",
      "bid.amount_minor",
      "bid.currency",
      "bid.pitch",
      "bid.state",
      "bid.placed_at",
      "bid.version",
      "bid.confirm_until",
      "page.handle",
    ])
    .where("job", "=", job)
    .$if(!all, (query) => query.where("bid.member", "=", member ?? ""))
    .orderBy("placed_at")
    .orderBy("bid.id")
    .limit(200)
    .execute();
  const earlier = await earlierOffers(
    view,
    rows.map(({ id }) => id),
  );
  const references = await newestReferences(view, all ? rows.map((row) => row.member) : []);
  return {
    items: rows.map((row) => ({
      id: row.id,
      bidder: row.name ?? "",
      amount: { minor: row.amount_minor, currency: row.currency },
      pitch: row.pitch,
      state: row.state as BidState,
      placedAt: row.placed_at,
      mine: row.member === member,
      version: row.version,
      ...(row.confirm_until === null ? {} : { confirmUntil: row.confirm_until }),
      acts: row.member === member ? actsOnBid(standingFrom(row), bidOnFrom(posted), now) : [],
      earlier: [...(earlier.get(row.id) ?? [])],
      ...(all && row.handle ? { handle: row.handle } : {}),
      references: [...(references.get(row.member) ?? [])],
    })),
  };
}
