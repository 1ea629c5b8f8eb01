// The job as a bid meets it, in SQL.
import type { BidOn } from "@partcommune/shared/marketplace/rules/bid";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";

export const bidOnColumns = ["client", "state", "version", "bids_until", "currency", "price_minor"] as const;

/** The job as a bid meets it. */
export async function jobToBidOn({ tx }: Scope, id: Id): Promise<BidOn | undefined> {
  const row = await tx
    .selectFrom("marketplace.job")
    .select(bidOnColumns)
    .where("id", "=", id)
    .forShare() // nobody awards or withdraws the job until this bid stands
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
};

/** A row of a job as a bid meets it. */
export const bidOnFrom = ({ client, state, version, bids_until, currency, price_minor: minor }: JobRow): BidOn => ({
  client,
  state: state as JobState,
  version,
  bidsUntil: bids_until,
  currency,
  ...(minor === null ? {} : { price: { minor, currency } }),
});
