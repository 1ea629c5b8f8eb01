// Bids in SQL while they stand: asked again, confirmed, revised.
import { bidTable, type BidState } from "@partcommune/shared/marketplace/rules/bid";
import type { Offer } from "@partcommune/shared/marketplace/rules/price";
import type { StandingBid } from "@partcommune/shared/marketplace/rules/revision";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { sql } from "kysely";
import type { Scope, View } from "../../platform/scope.ts";
import { offerFrom, type OfferRow } from "./price.ts";
import { jobToBidOn, type JobToBidOn } from "./bid-on.ts";

export type BidToAnswer = StandingBid & { readonly job: Id; readonly pitch: string; readonly on: JobToBidOn };

/** A bid of this member with its job, which nobody changes until the bid is answered; another's is not theirs to see. */
export async function bidToAnswer(scope: Scope, id: Id, member: Id): Promise<BidToAnswer | undefined> {
  const row = await scope.tx
    .selectFrom("marketplace.bid")
    .select("job")
    .where("id", "=", id)
    .where("member", "=", member)
    .executeTakeFirst();
  if (!row) return undefined;
  const on = await jobToBidOn(scope, row.job);
  const bid = await bidAsItIs(scope, id);
  return bid && on && { ...bid, job: row.job, on };
}

/** Read after its job was held, so that both are of one moment. */
async function bidAsItIs({ tx }: Scope, id: Id): Promise<(StandingBid & { readonly pitch: string }) | undefined> {
  const row = await tx
    .selectFrom("marketplace.bid")
    .select(["state", "version", "amount_minor", "currency", "rate_minor", "days", "pitch", "confirm_until"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row && { ...standingFrom(row), pitch: row.pitch };
}

type Row = OfferRow & {
  readonly state: string;
  readonly version: bigint;
  readonly confirm_until: Instant | null;
};

/** A row of a bid as the law looks at it. */
export const standingFrom = ({ state, version, confirm_until, ...offer }: Row): StandingBid => ({
  state: state as BidState,
  version,
  ...offerFrom(offer),
  ...(confirm_until === null ? {} : { confirmUntil: confirm_until }),
});

/** Asks everybody who bids alone on a job that changed again; the bids that were. */
export async function askBidsAgain({ tx }: Scope, job: Id, confirmUntil: Instant): Promise<readonly Id[]> {
  const rows = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({
      state: stateAfter(bidTable, "askAgain"),
      confirm_until: confirmUntil,
      version: column("version", "+", 1n),
    }))
    .where("job", "=", job)
    .where("state", "in", statesBefore(bidTable, "askAgain"))
    .where(({ not }) => not(isOfSeveral))
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

const isOfSeveral = sql<boolean>`exists (select from marketplace.bid_part other where other.bid = marketplace.bid.id and other.number = 2)`;

/** Asks everybody on a bid with colleagues to sign it for the job as it is now; the bids that were. */
export async function reassembleBids({ tx }: Scope, job: Id): Promise<readonly Id[]> {
  const rows = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({ state: stateAfter(bidTable, "reassemble"), version: column("version", "+", 1n) }))
    .where("job", "=", job)
    .where("state", "in", statesBefore(bidTable, "reassemble"))
    .where(isOfSeveral)
    .returning("id")
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0)
    await tx.updateTable("marketplace.bid_part").set({ signed_at: null, signed_version: null }).where("bid", "in", ids).execute();
  return ids;
}

/** Replaces an offer by another, if it is the one that was shown, and keeps what it said. */
export async function reviseBid(
  { tx, now }: Scope,
  bid: Id,
  before: BidToAnswer,
  { amount, rate, days, pitch }: Offer & { readonly pitch: string },
  verb: "revise" | "reassemble",
): Promise<boolean> {
  const revised = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({
      amount_minor: amount.minor,
      rate_minor: rate?.minor ?? null,
      days: days ?? null,
      pitch,
      state: stateAfter(bidTable, verb),
      confirm_until: null,
      version: column("version", "+", 1n),
    }))
    .where("id", "=", bid)
    .where("version", "=", before.version)
    .where("state", "in", statesBefore(bidTable, "revise"))
    .executeTakeFirst();
  if (revised.numUpdatedRows !== 1n) return false;
  const was = { amount_minor: before.amount.minor, rate_minor: before.rate?.minor ?? null, days: before.days ?? null, pitch: before.pitch };
  await tx
    .insertInto("marketplace.bid_revision")
    .values({ bid, version: before.version + 1n, revised_at: now, ...was })
    .execute();
  return true;
}

export type Earlier = Offer & { readonly pitch: string; readonly revisedAt: Instant };

/** What bids said before they were revised, the newest first. */
export async function earlierOffers({ db }: View, bids: readonly Id[]): Promise<ReadonlyMap<Id, readonly Earlier[]>> {
  if (bids.length === 0) return new Map();
  const rows = await db
    .selectFrom("marketplace.bid_revision as revision")
    .innerJoin("marketplace.bid as bid", "bid.id", "revision.bid")
    .select([
      "revision.bid",
      "revision.amount_minor",
      "revision.rate_minor",
      "revision.days",
      "revision.pitch",
      "revision.revised_at",
      "bid.currency",
    ])
    .where("revision.bid", "in", bids)
    .orderBy("revision.version", "desc")
    .execute();
  const offers = rows.map(({ bid, pitch, revised_at: revisedAt, ...row }) => ({
    bid,
    offer: { ...offerFrom(row), pitch, revisedAt },
  }));
  return new Map(
    Array.from(
      Map.groupBy(offers, ({ bid }) => bid),
      ([bid, all]) => [bid, all.map(({ offer }) => offer)],
    ),
  );
}

/** Bids that nobody confirmed in time after their job changed. */
export const bidsToLapse = async ({ db, now }: View): Promise<readonly { readonly id: Id; readonly version: bigint; readonly job: Id }[]> =>
  db
    .selectFrom("marketplace.bid")
    .select(["id", "version", "job"])
    .where("state", "=", stateAfter(bidTable, "askAgain"))
    .where("confirm_until", "<=", now)
    .limit(500)
    .execute();
