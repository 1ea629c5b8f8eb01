// Jobs in SQL once they are posted: more time, another beginning, and an end.
import type { Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import { jobTable, type JobState } from "@partcommune/shared/marketplace/rules/job";
import type { PostedJob } from "@partcommune/shared/marketplace/rules/posted";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { jobSeenBy } from "./seen-jobs.ts";

/** What the law asks of a posted job, and its zone, for whoever may see it. */
export async function postedJob(
  { tx, actor }: Scope,
  id: Id,
): Promise<(PostedJob & { readonly zone: string; readonly currency: string; readonly country: string }) | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .innerJoin("platform.coop", (join) => join.onTrue())
    .select(["job.client", "job.state", "job.version", "job.opened_at", "job.bids_until", "job.reopen_until", "platform.coop.zone"])
    .select(["job.shortlisted_at", "job.bidding", "job.currency", "platform.coop.country"])
    .where("job.id", "=", id)
    .where(jobSeenBy(actor))
    .executeTakeFirst();
  return row && { ...postedFrom(row), zone: row.zone, currency: row.currency, country: row.country };
}

type Row = {
  readonly client: string;
  readonly state: string;
  readonly version: bigint;
  readonly opened_at: Instant;
  readonly bids_until: Instant;
  readonly reopen_until: Instant | null;
  readonly shortlisted_at: Instant | null;
  readonly bidding: string;
};

/** A row of a job as the law looks at it. */
export const postedFrom = ({ client, state, version, opened_at, bids_until, reopen_until, shortlisted_at, bidding }: Row): PostedJob => ({
  client,
  state: state as JobState,
  version,
  openedAt: opened_at,
  bidsUntil: bids_until,
  shortlisted: shortlisted_at !== null,
  bidding: bidding as Bidding,
  ...(reopen_until === null ? {} : { reopenUntil: reopen_until }),
});

const one = ({ numUpdatedRows }: { readonly numUpdatedRows: bigint }): boolean => numUpdatedRows === 1n;

/** Moves the deadline of an open job, if nobody did meanwhile. */
export const extendJob = async ({ tx, now }: Scope, id: Id, version: bigint, until: Instant): Promise<boolean> =>
  one(
    await tx
      .updateTable("marketplace.job")
      .set((column) => ({ bids_until: until, state: stateAfter(jobTable, "extend"), version: column("version", "+", 1n) }))
      .where("id", "=", id)
      .where("version", "=", version)
      .where("state", "in", statesBefore(jobTable, "extend"))
      .where("bids_until", ">", now)
      .executeTakeFirst(),
  );

/** Opens a closed job again. */
export const reopenJob = async ({ tx, now }: Scope, id: Id, until: Instant): Promise<boolean> =>
  one(
    await tx
      .updateTable("marketplace.job")
      .set((column) => ({
        bids_until: until,
        opened_at: now,
        reopen_until: null,
        lapses_at: null,
        state: stateAfter(jobTable, "reopen"),
        version: column("version", "+", 1n),
      }))
      .where("id", "=", id)
      .where("state", "in", statesBefore(jobTable, "reopen"))
      .where("reopen_until", ">", now)
      .executeTakeFirst(),
  );

export type Ending = { readonly reopenUntil: Instant; readonly lapsesAt: Instant };

/** Closes a job by the verb that does, if it still is where the verb starts; an open one only when its time is over. */
export const closeJob = async ({ tx, now }: Scope, id: Id, verb: "close" | "free", { reopenUntil, lapsesAt }: Ending): Promise<boolean> =>
  one(
    await tx
      .updateTable("marketplace.job")
      .set((column) => ({
        state: stateAfter(jobTable, verb),
        reopen_until: reopenUntil,
        lapses_at: lapsesAt,
        version: column("version", "+", 1n),
      }))
      .where("id", "=", id)
      .where("state", "in", statesBefore(jobTable, verb))
      .$if(verb === "close", (query) => query.where("bids_until", "<=", now))
      .executeTakeFirst(),
  );

/** Closed jobs for which nobody was chosen in time. */
export const jobsToLapse = async ({ db, now }: View): Promise<readonly { readonly id: Id; readonly lapsesAt: Instant | null }[]> =>
  db
    .selectFrom("marketplace.job")
    .select(["id", "lapses_at as lapsesAt"])
    .where("state", "in", statesBefore(jobTable, "lapse"))
    .where("lapses_at", "<=", now)
    .limit(500)
    .execute();
