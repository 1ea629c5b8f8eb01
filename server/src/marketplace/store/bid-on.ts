// The job as a bid meets it, in SQL.
import type { BidOn } from "@partcommune/shared/marketplace/rules/bid";
import type { Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { jobSeenBy } from "./seen-jobs.ts";

export const bidOnColumns = ["client", "state", "version", "bids_until", "currency", "price_minor", "bidding", "blind"] as const;

/** The job as a bid meets it, with what it hides. */
export type BidOnJob = BidOn & { readonly bidding: Bidding; readonly blind: boolean };

/** The job as a bid meets it, for whoever may see it. */
export async function jobToBidOn({ tx, actor }: Scope, id: Id): Promise<BidOnJob | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .select(bidOnColumns)
    .where("id", "=", id)
    .where(jobSeenBy(actor))
    .forShare("job") // nobody awards or withdraws the job until this bid stands
    .executeTakeFirst();
  return row && bidOnFrom(row);
}

type JobRow = {
  readonly client: string;
  readonly state: string;
  readonly version: bigint;
  readonly bids_until: Instant;
  readonly currency: string;
  readonly price_minor: bigint | null;
  readonly bidding: string;
  readonly blind: boolean;
};

/** A row of a job as a bid meets it. */
export const bidOnFrom = ({ client, state, version, bids_until, currency, price_minor: minor, bidding, blind }: JobRow): BidOnJob => ({
  client,
  bidding: bidding as Bidding,
  blind,
  state: state as JobState,
  version,
  bidsUntil: bids_until,
  currency,
  ...(minor === null ? {} : { price: { minor, currency } }),
});
