// What jobs say anew, and what they said before, in SQL.
import { z } from "zod";
import type { listJobChanges } from "@partcommune/shared/marketplace/api";
import { TermsTold } from "@partcommune/shared/marketplace/api/terms";
import { jobTable } from "@partcommune/shared/marketplace/rules/job";
import type { BidOnField, JobTerms } from "@partcommune/shared/marketplace/rules/posted";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";
import { clientOfJobSeen } from "./seen-jobs.ts";
import { saveMilestones, termsRow } from "./terms.ts";

/** Says the work of an open job anew, if it is the version that was shown. */
export async function changeTerms({ tx, now }: Scope, id: Id, version: bigint, terms: JobTerms): Promise<boolean> {
  const changed = await tx
    .updateTable("marketplace.job")
    .set((column) => ({ ...termsRow(terms), state: stateAfter(jobTable, "change"), version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("version", "=", version)
    .where("state", "in", statesBefore(jobTable, "change"))
    .where("bids_until", ">", now)
    .executeTakeFirst();
  if (changed.numUpdatedRows !== 1n) return false;
  await tx.deleteFrom("marketplace.job_milestone").where("job", "=", id).execute();
  await saveMilestones(tx, id, terms.milestones);
  return true;
}

export type Change = {
  readonly version: bigint;
  readonly fields: readonly BidOnField[];
  readonly before: JobTerms;
  readonly after: JobTerms;
};

/** What these fields said, in the form in which it is kept. */
function kept(fields: readonly BidOnField[], { milestones, ...terms }: JobTerms): Record<string, unknown> {
  const numbered = milestones && { milestones: milestones.map((milestone, at) => ({ number: at + 1, ...milestone })) };
  const said = Object.entries({ ...terms, ...numbered }).filter(([field]) => (fields as readonly string[]).includes(field));
  return z.encode(TermsTold, Object.fromEntries(said));
}

/** Keeps what a job said before and after a change. */
export async function saveChange({ tx, now }: Scope, job: Id, { version, fields, before, after }: Change): Promise<void> {
  await tx
    .insertInto("marketplace.job_change")
    .values({
      job,
      version,
      changed_at: now,
      fields: [...fields],
      before: JSON.stringify(kept(fields, before)),
      after: JSON.stringify(kept(fields, after)),
    })
    .execute();
}

/** What changed in a job, the newest first, for whoever may see the job. */
export async function jobChanges(view: View, { job }: InputOf<typeof listJobChanges>): Promise<AnswerOf<typeof listJobChanges>> {
  await clientOfJobSeen(view, job);
  const rows = await view.db
    .selectFrom("marketplace.job_change")
    .select(["version", "changed_at", "fields", "before", "after"])
    .where("job", "=", job)
    .orderBy("version", "desc")
    .limit(50)
    .execute();
  return {
    items: rows.map(({ version, changed_at: changedAt, fields, before, after }) => ({
      version,
      changedAt,
      fields: fields as BidOnField[],
      before: z.decode(TermsTold, before as z.input<typeof TermsTold>),
      after: z.decode(TermsTold, after as z.input<typeof TermsTold>),
    })),
  };
}
