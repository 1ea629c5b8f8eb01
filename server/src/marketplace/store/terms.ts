// What jobs say about the work, in SQL.
import type { postJob } from "@partcommune/shared/marketplace/api";
import { jobTable, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import type { JobTerms } from "@partcommune/shared/marketplace/rules/posted";
import type { Service } from "@partcommune/shared/platform/packs";
import { stateAfter } from "@partcommune/shared/platform/table";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Tx } from "../../platform/database.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { priceColumns, priceFrom, priceRow } from "./price.ts";
import { chiefs, namesOf } from "./skills.ts";

export type NewJob = Omit<InputOf<typeof postJob>, "bidsUntil" | "draft"> & {
  readonly id: Id;
  readonly postedBy: Id;
  readonly currency: string;
  readonly bidsUntil: Instant;
};

type TermsToSave = Omit<JobTerms, "skills" | "milestones"> & { readonly skills?: readonly Id[] | undefined };

/** What any job says about the work in words, days and money, ours or another coop's, in columns. */
export const saidRow = ({ title, text, language, trade, place, startOn, endOn, ...asked }: Omit<TermsToSave, "skills">) => ({
  title,
  text,
  language,
  trade,
  town: place?.town ?? null,
  country: place?.country ?? null,
  start_on: startOn,
  end_on: endOn,
  ...priceRow(asked),
});

/** What a job says about the work, in columns. */
export const termsRow = ({ skills = [], service, ...said }: TermsToSave) => ({
  ...saidRow(said),
  service: service ?? null,
  skills: chiefs(skills),
  skill_names: namesOf(chiefs(skills)),
});

/** Saves a job, and draws the lot by which its bids will stand. */
export async function saveJob(
  { tx, now, random }: Scope,
  { id, client, currency, postedBy, bidsUntil, visibility, bidding, blind, ...terms }: NewJob,
): Promise<void> {
  const row = { id, client, currency, posted_by: postedBy, visibility, bidding, blind, lot: Buffer.from(random(16)), ...termsRow(terms) };
  await tx
    .insertInto("marketplace.job")
    .values({ ...row, bids_until: bidsUntil, state: stateAfter(jobTable, "publish"), posted_at: now, opened_at: now })
    .execute();
  await saveMilestones(tx, id, terms.milestones);
}

/** Saves how a job's price is parted. */
export async function saveMilestones(tx: Tx, job: Id, milestones: readonly PlannedMilestone[] = []): Promise<void> {
  if (milestones.length === 0) return;
  await tx
    .insertInto("marketplace.job_milestone")
    .values(
      milestones.map(({ title, amount, dueOn, parallel }, at) => ({
        job,
        number: at + 1,
        title,
        amount_minor: amount.minor,
        due_on: dueOn ?? null,
        parallel,
      })),
    )
    .execute();
}

/** What the law taxes otherwise than other work, if it is that. */
export const serviceFrom = ({ service }: { readonly service: string | null }): { readonly service?: Service } =>
  service === null ? {} : { service: service as Service };

/** The milestones a job was posted with, in order; undefined where its client named none. */
export async function plannedFor({ db }: Pick<View, "db">, job: Id): Promise<readonly PlannedMilestone[] | undefined> {
  const rows = await db
    .selectFrom("marketplace.job_milestone as milestone")
    .innerJoin("marketplace.job as job", "job.id", "milestone.job")
    .select(["milestone.title", "milestone.amount_minor", "milestone.due_on", "milestone.parallel", "job.currency"])
    .where("milestone.job", "=", job)
    .orderBy("number")
    .execute();
  const planned = rows.map(({ title, amount_minor: minor, currency, due_on: dueOn, parallel }) => ({
    title,
    amount: { minor, currency },
    ...(dueOn === null ? {} : { dueOn }),
    parallel,
  }));
  return planned.length > 0 ? planned : undefined;
}

/** What a job says about the work. */
export async function termsOf(scope: Scope, id: Id): Promise<JobTerms | undefined> {
  const row = await scope.tx
    .selectFrom("marketplace.job as job")
    .select(["title", "text", "language", "trade", "skills", "town", "country", "start_on", "end_on", "currency", "service"])
    .select(priceColumns)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!row) return undefined;
  const { language, skills, town, country } = row;
  const milestones = await plannedFor(viewOf(scope), id);
  return {
    title: row.title,
    text: row.text,
    language: language as JobLanguage,
    trade: row.trade,
    skills,
    ...(town && country ? { place: { town, country } } : {}),
    startOn: row.start_on,
    endOn: row.end_on,
    ...priceFrom(row),
    ...(milestones ? { milestones } : {}),
    ...serviceFrom(row),
  };
}
