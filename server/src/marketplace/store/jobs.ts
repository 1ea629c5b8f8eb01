// Jobs in SQL.
import type { ExpressionBuilder } from "kysely";
import type { readJob } from "@partcommune/shared/marketplace/api";
import type { Bidding } from "@partcommune/shared/marketplace/rules/choosing";
import type { Visibility } from "@partcommune/shared/marketplace/rules/invitation";
import { jobTable, postsFor, type Client, type JobLanguage, type JobState, type JobVerb } from "@partcommune/shared/marketplace/rules/job";
import { actsOnJob } from "@partcommune/shared/marketplace/rules/posted";
import { weekdaysBetween } from "@partcommune/shared/platform/calendar";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { DB } from "../../platform/tables.ts";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { elsewhereFrom } from "./found-jobs.ts";
import { postedFrom } from "./posted.ts";
import { htmlWithHeadings } from "../../platform/text.ts";
import { priceColumns, priceFrom, type PriceRow } from "./price.ts";
import { jobSeenBy } from "./seen-jobs.ts";
import { cardsOf } from "./skills.ts";
import { plannedFor, serviceFrom } from "./terms.ts";

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
  ...priceColumns,
  "job.currency",
  "job.state",
  "job.bids_until",
] as const;

type Row = PriceRow & {
  id: string;
  title: string;
  client: string | null;
  trade: string;
  town: string | null;
  country: string | null;
  currency: string;
  state: string;
  bids_until: Instant;
};

const cardOf = ({ id, title, client, trade, town, country, state, bids_until, ...row }: Row) => ({
  id,
  title,
  client: client ?? "",
  trade,
  ...(town && country ? { place: { town, country } } : {}),
  ...priceFrom(row),
  state: state as JobState,
  bidsUntil: bids_until,
});

const lastChange = ({ selectFrom, ref }: ExpressionBuilder<DB & { job: DB["marketplace.job"] }, "job">) =>
  selectFrom("marketplace.job_change")
    .select(({ fn }) => fn.max("changed_at").as("at"))
    .where("marketplace.job_change.job", "=", ref("job.id"))
    .as("changed_at");

/** One job whole; its own client also sees that it is theirs. */
export async function jobPage(view: View, { job: id, labels }: InputOf<typeof readJob>): Promise<AnswerOf<typeof readJob>> {
  const { db, actor, now } = view;
  const row = await db
    .selectFrom("marketplace.job as job")
    .innerJoin("membership.client_card as client_card", "client_card.id", "job.client")
    .innerJoin("platform.coop", (join) => join.onTrue())
    .leftJoin("marketplace.job_elsewhere", "marketplace.job_elsewhere.job", "job.id")
    .leftJoin("federation.host_card", "federation.host_card.id", "job.elsewhere")
    .leftJoin("federation.sister_card", "federation.sister_card.host", "job.elsewhere")
    .select([
      ...cardColumns,
      "job.client as client_id",
      "job.text",
      "job.language",
      "job.skills",
      "job.start_on",
      "job.end_on",
      "job.version",
      "job.opened_at",
      "job.reopen_until",
      "job.lapses_at",
      "job.shortlisted_at",
      "job.visibility",
      "job.bidding",
      "job.blind",
      "job.service",
      "platform.coop.zone",
      "federation.host_card.name as coop",
      "marketplace.job_elsewhere.url",
      "federation.sister_card.host_share_ppm as hostSharePpm",
    ])
    .select(lastChange)
    .where("job.id", "=", id)
    .where(jobSeenBy(actor))
    .executeTakeFirst();
  const job = found(row);
  return {
    ...cardOf(job),
    text: job.text,
    html: htmlWithHeadings(job.text, 2),
    language: job.language as JobLanguage,
    skills: [...(await cardsOf(db, job.skills, labels))],
    startOn: job.start_on,
    endOn: job.end_on,
    weekdays: weekdaysBetween(job.start_on, job.end_on),
    zone: job.zone,
    currency: job.currency,
    visibility: job.visibility as Visibility,
    bidding: job.bidding as Bidding,
    blind: job.blind,
    milestones: ((await plannedFor(view, id)) ?? []).map((milestone, at) => ({ number: at + 1, ...milestone })),
    ...serviceFrom(job),
    mine: postsFor(actor, job.client_id),
    version: job.version,
    ...(job.changed_at === null ? {} : { changedAt: job.changed_at }),
    ...(job.reopen_until === null ? {} : { reopenUntil: job.reopen_until }),
    ...(job.lapses_at === null ? {} : { lapsesAt: job.lapses_at }),
    acts: actsOnJob(postedFrom({ ...job, client: job.client_id }), actor, now),
    ...elsewhereFrom(job),
  };
}

/** A job as its withdrawal meets it, for whoever may see it. */
export async function jobToWithdraw({ tx, actor }: Scope, id: Id): Promise<{ readonly client: Id; readonly state: JobState } | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .select(["client", "state"])
    .where("id", "=", id)
    .where(jobSeenBy(actor))
    .executeTakeFirst();
  return row && { client: row.client, state: row.state as JobState };
}

/** Whether any job was posted for a client, but for those of a list that was taken back, or any work agreed with it. */
export async function anyJobOf({ tx }: Scope, client: Id): Promise<boolean> {
  const job = await tx
    .selectFrom("marketplace.job")
    .select("id")
    .where("client", "=", client)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("platform.imported")
            .select("key")
            .whereRef("subject", "=", "marketplace.job.id")
            .where("kind", "=", "jobs")
            .where("taken_back_at", "is not", null),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst();
  if (job) return true;
  const engagement = await tx.selectFrom("marketplace.engagement").select("id").where("client", "=", client).limit(1).executeTakeFirst();
  return engagement !== undefined;
}

/** Moves a job by a verb of its table, if it still is where the verb starts. True for exactly one caller. */
export async function moveJob({ tx }: Scope, id: Id, verb: JobVerb): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.job")
    .set((column) => ({ state: stateAfter(jobTable, verb), reopen_until: null, lapses_at: null, version: column("version", "+", 1n) }))
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
    .where("elsewhere", "is", null)
    .limit(500)
    .execute();
}
