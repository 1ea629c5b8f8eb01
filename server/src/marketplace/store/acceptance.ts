// Bids in SQL, where they are accepted, rejected or lapse.
import { buysFrom, type BidToAccept } from "@partcommune/shared/marketplace/rules/acceptance";
import { bidTable, type BidState, type BidVerb } from "@partcommune/shared/marketplace/rules/bid";
import type { Bidding, Choice } from "@partcommune/shared/marketplace/rules/choosing";
import type { JobState } from "@partcommune/shared/marketplace/rules/job";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import type { Service } from "@partcommune/shared/platform/packs";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { isFullySigned, partsOfBid, type Part } from "./bid-parts.ts";
import { plannedFor, serviceFrom } from "./terms.ts";

/** Moves a bid by a verb of its table, if it still is where the verb starts and as it was shown. True for exactly one caller. */
export async function moveBid({ tx }: Scope, id: Id, verb: BidVerb, version?: bigint): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({ state: stateAfter(bidTable, verb), confirm_until: null, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(bidTable, verb))
    .$if(version !== undefined, (query) => query.where("version", "=", version ?? 0n))
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Says no to one bid as it was shown, with its client's reason if there is one. True for exactly one caller. */
export async function rejectBid({ tx }: Scope, id: Id, version: bigint, reason: string | undefined): Promise<boolean> {
  const rejected = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({
      state: stateAfter(bidTable, "reject"),
      rejected_because: reason ?? null,
      confirm_until: null,
      version: column("version", "+", 1n),
    }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(bidTable, "reject"))
    .where("version", "=", version)
    .executeTakeFirst();
  return rejected.numUpdatedRows === 1n;
}

/** Rejects what still stands on a job that takes no bids any more; the bids that were. */
export async function rejectOpenBids({ tx }: Scope, job: Id): Promise<readonly Id[]> {
  const rows = await tx
    .updateTable("marketplace.bid")
    .set((column) => ({ state: stateAfter(bidTable, "reject"), confirm_until: null, version: column("version", "+", 1n) }))
    .where("job", "=", job)
    .where("state", "in", statesBefore(bidTable, "reject"))
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

export type AcceptableBid = BidToAccept & {
  readonly job: Id;
  /** For an hour, of an hourly job. */
  readonly rate?: Money;
  /** Who does which part, the lead first. */
  readonly parts: readonly Part[];
  readonly terms: Terms;
  readonly choice: Choice;
  readonly milestones: readonly PlannedMilestone[] | undefined;
};
/** What a quote says of the work. */
export type Terms = {
  readonly title: string;
  readonly text: string;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly town: string | null;
  readonly country: string | null;
  readonly service?: Service;
};

/** A bid with its job, as a buyer of that job's client may accept it; nobody else finds it. */
export async function bidToAccept(scope: Scope, id: Id): Promise<AcceptableBid | undefined> {
  const { tx, actor } = scope;
  const row = await tx
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .select(["bid.job", "bid.amount_minor", "bid.currency", "bid.rate_minor", "bid.state", "bid.version", "job.client"])
    .leftJoin("marketplace.shortlisted as shortlisted", "shortlisted.bid", "bid.id")
    .select(["job.bidding", "job.blind", "job.bids_until", "shortlisted.bid as onShortlist"])
    .select(["job.state as jobState", "job.title", "job.text", "job.start_on", "job.end_on", "job.town", "job.country", "job.service"])
    .where("bid.id", "=", id)
    // Until everybody on it has signed, there is nothing to accept and nothing to see.
    .where(isFullySigned)
    .executeTakeFirst();
  if (!row || !buysFrom(actor, row.client)) return undefined;
  return {
    job: row.job,
    parts: await partsOfBid(scope, id, row.currency),
    client: row.client,
    amount: { minor: row.amount_minor, currency: row.currency },
    ...(row.rate_minor === null ? {} : { rate: { minor: row.rate_minor, currency: row.currency } }),
    state: row.state as BidState,
    jobState: row.jobState as JobState,
    version: row.version,
    choice: {
      bidding: row.bidding as Bidding,
      state: row.jobState as JobState,
      blind: row.blind,
      shortlisted: row.onShortlist !== null,
      bidsUntil: row.bids_until,
    },
    terms: {
      title: row.title,
      text: row.text,
      startOn: row.start_on,
      endOn: row.end_on,
      town: row.town,
      country: row.country,
      ...serviceFrom(row),
    },
    milestones: await plannedFor(viewOf(scope), row.job),
  };
}
