// Jobs in SQL.
import type { postJob, readJob } from "@partcommune/shared/marketplace/api";
import { jobTable, postsFor, type Client, type JobLanguage, type JobState, type JobVerb } from "@partcommune/shared/marketplace/rules/job";
import type { PlannedMilestone } from "@partcommune/shared/marketplace/rules/plan";
import { stateAfter, statesBefore } from "@partcommune/shared/marketplace/rules/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { cardsOf, chiefs, namesOf } from "./skills.ts";

export type NewJob = Omit<InputOf<typeof postJob>, "bidsUntil"> & {
  readonly id: Id;
  readonly postedBy: Id;
  readonly currency: string;
  readonly bidsUntil: Instant;
};

export async function saveJob(
  { tx, now }: Scope,
  { postedBy, place, startOn, endOn, price, bidsUntil, milestones, skills = [], ...job }: NewJob,
): Promise<void> {
  const row = {
    ...job,
    posted_by: postedBy,
    town: place?.town ?? null,
    country: place?.country ?? null,
    start_on: startOn,
    end_on: endOn,
    price_minor: price?.minor ?? null,
    skills: chiefs(skills),
    skill_names: namesOf(chiefs(skills)),
  };
  await tx
    .insertInto("marketplace.job")
    .values({ ...row, bids_until: bidsUntil, state: stateAfter(jobTable, "publish"), posted_at: now })
    .execute();
  if (milestones)
    await tx
      .insertInto("marketplace.job_milestone")
      .values(
        milestones.map(({ title, amount, dueOn, parallel }, at) => ({
          job: job.id,
          number: at + 1,
          title,
          amount_minor: amount.minor,
          due_on: dueOn ?? null,
          parallel,
        })),
      )
      .execute();
}

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

/** What the rule asks of a client. To those who have no part in it there is no such client. */
export async function clientOf({ tx, actor }: Scope, client: Id): Promise<Client | undefined> {
  const hasPart = actor.kind === "person" && actor.buysFor.some((buying) => buying.client === client);
  if (!hasPart && actor.kind !== "operator") return undefined;
  const row = await tx.selectFrom("membership.client_card").select("blocked_reason").where("id", "=", client).executeTakeFirst();
  return row && { blockedReason: row.blocked_reason };
}

const cardColumns = [
  "job.id",
  "job.title",
  "client_card.name as client",
  "job.trade",
  "job.town",
  "job.country",
  "job.price_minor",
  "job.currency",
  "job.state",
  "job.bids_until",
] as const;

type Row = {
  id: string;
  title: string;
  client: string | null;
  trade: string;
  town: string | null;
  country: string | null;
  price_minor: bigint | null;
  currency: string;
  state: string;
  bids_until: Instant;
};

const cardOf = ({ id, title, client, trade, town, country, price_minor, currency, state, bids_until }: Row) => ({
  id,
  title,
  client: client ?? "",
  trade,
  ...(town && country ? { place: { town, country } } : {}),
  ...(price_minor === null ? {} : { price: { minor: price_minor, currency } }),
  state: state as JobState,
  bidsUntil: bids_until,
});

/** One job whole; its own client also sees that it is theirs. */
export async function jobPage(view: View, { job: id, labels }: InputOf<typeof readJob>): Promise<AnswerOf<typeof readJob>> {
  const { db, actor } = view;
  const row = await db
    .selectFrom("marketplace.job as job")
    .innerJoin("membership.client_card as client_card", "client_card.id", "job.client")
    .innerJoin("platform.coop", (join) => join.onTrue())
    .select([
      ...cardColumns,
      "job.client as client_id",
      "job.text",
      "job.language",
      "job.skills",
      "job.start_on",
      "job.end_on",
      "job.version",
      "platform.coop.zone",
    ])
    .where("job.id", "=", id)
    .executeTakeFirst();
  const job = found(row);
  return {
    ...cardOf(job),
    text: job.text,
    language: job.language as JobLanguage,
    skills: [...(await cardsOf(db, job.skills, labels))],
    startOn: job.start_on,
    endOn: job.end_on,
    zone: job.zone,
    milestones: ((await plannedFor(view, id)) ?? []).map((milestone, at) => ({ number: at + 1, ...milestone })),
    mine: postsFor(actor, job.client_id),
    version: job.version,
  };
}

export async function jobToWithdraw({ tx }: Scope, id: Id): Promise<{ readonly client: Id; readonly state: JobState } | undefined> {
  const row = await tx.selectFrom("marketplace.job").select(["client", "state"]).where("id", "=", id).executeTakeFirst();
  return row && { client: row.client, state: row.state as JobState };
}

/** Whether any job was ever posted for a client, or any work agreed with it. */
export async function anyJobOf({ tx }: Scope, client: Id): Promise<boolean> {
  const job = await tx.selectFrom("marketplace.job").select("id").where("client", "=", client).limit(1).executeTakeFirst();
  if (job) return true;
  const engagement = await tx.selectFrom("marketplace.engagement").select("id").where("client", "=", client).limit(1).executeTakeFirst();
  return engagement !== undefined;
}

/** Moves a job by a verb of its table, if it still is where the verb starts. True for exactly one caller. */
export async function moveJob({ tx }: Scope, id: Id, verb: JobVerb): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.job")
    .set((column) => ({ state: stateAfter(jobTable, verb), version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("state", "in", statesBefore(jobTable, verb))
    .executeTakeFirst();
  return moved.numUpdatedRows === 1n;
}

/** Open jobs whose time for bids is over. */
export async function jobsToClose({
  db,
  now,
}: View): Promise<readonly { readonly id: Id; readonly client: Id; readonly bidsUntil: Instant }[]> {
  return db
    .selectFrom("marketplace.job")
    .select(["id", "client", "bids_until as bidsUntil"])
    .where("state", "in", statesBefore(jobTable, "close"))
    .where("bids_until", "<=", now)
    .limit(500)
    .execute();
}
