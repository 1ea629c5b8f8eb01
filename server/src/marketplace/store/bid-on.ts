// The job as a bid meets it, in SQL.
import type { BidOn } from "@partcommune/shared/marketplace/rules/bid";
import type { Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";
import { priceColumns, priceFrom, type PriceRow } from "./price.ts";
import { jobSeenBy } from "./seen-jobs.ts";
import { serviceFrom } from "./terms.ts";

export const bidOnColumns = [
  "client",
  "state",
  "version",
  "bids_until",
  "currency",
  "bidding",
  "blind",
  "elsewhere",
  "country",
  "service",
] as const;

/** The job as a bid meets it, with what it hides. */
export type BidOnJob = BidOn & { readonly bidding: Bidding; readonly blind: boolean };

/** The same with when its work is done, by which its least pay is found, and the coop at which it was posted if not ours. */
export type JobToBidOn = BidOnJob & { readonly startOn: Day; readonly endOn: Day; readonly host: Id | undefined };

/** The job as a bid meets it, for whoever may see it. */
export async function jobToBidOn({ tx, actor }: Scope, id: Id): Promise<JobToBidOn | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .select(bidOnColumns)
    .select(priceColumns)
    .select(["start_on", "end_on"])
    .where("id", "=", id)
    .where(jobSeenBy(actor))
    .forShare("job") // nobody awards or withdraws the job until this bid stands
    .executeTakeFirst();
  return row && { ...bidOnFrom(row), startOn: row.start_on, endOn: row.end_on, host: row.elsewhere ?? undefined };
}

type JobRow = PriceRow & {
  readonly client: string;
  readonly state: string;
  readonly version: bigint;
  readonly bids_until: Instant;
  readonly currency: string;
  readonly bidding: string;
  readonly blind: boolean;
  readonly elsewhere: string | null;
  readonly country: string | null;
  readonly service: string | null;
};

/** A row of a job as a bid meets it. */
export const bidOnFrom = ({ client, state, version, bids_until, bidding, blind, elsewhere, country, ...row }: JobRow): BidOnJob => ({
  client,
  elsewhere: elsewhere !== null,
  country: country ?? undefined,
  ...serviceFrom(row),
  bidding: bidding as Bidding,
  blind,
  state: state as JobState,
  version,
  bidsUntil: bids_until,
  currency: row.currency,
  ...priceFrom(row),
});
