// Jobs that cross to other coops, in SQL: ours as they tell them, theirs as we keep them.
import { sql } from "kysely";
import type { SharedJob } from "@partcommune/federation/translate/job";
import { stateAfter } from "@partcommune/shared/platform/table";
import { jobTable, type JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import type { Id } from "@partcommune/shared/platform/id";
import { iriOf } from "@partcommune/federation/iri";
import { isBefore } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { htmlOf } from "../../platform/text.ts";
import { priceColumns, priceFrom } from "./price.ts";
import { saidRow } from "./terms.ts";

/** A job of ours as any other coop may read it; `gone`: its client took it back. Undefined for one that is not public, or not ours to tell. */
export async function sharedJob(
  { db, now, origin }: Pick<View, "db" | "now" | "origin">,
  id: Id,
): Promise<{ readonly job: SharedJob; readonly gone: boolean } | undefined> {
  const row = await db
    .selectFrom("marketplace.job as job")
    .innerJoin("membership.client_card as client", "client.id", "job.client")
    .selectAll("job")
    .select(priceColumns)
    .select(["client.name", "client.country as client_country"])
    .where("job.id", "=", id)
    .where("visibility", "=", "public")
    .where("elsewhere", "is", null)
    .executeTakeFirst();
  if (!row) return undefined;
  const { town, country } = row;
  const job: SharedJob = {
    id: iriOf(origin, "jobs", id),
    client: `${origin}/clients/${row.client}`,
    clientName: row.name ?? undefined,
    clientCountry: row.client_country ?? undefined,
    title: row.title,
    text: row.text,
    content: htmlOf(row.text),
    bidding: row.bidding as SharedJob["bidding"],
    isPublic: true,
    language: row.language as JobLanguage,
    trade: row.trade,
    ...(town && country ? { place: { town, country } } : {}),
    startOn: row.start_on,
    endOn: row.end_on,
    ...priceFrom(row),
    currency: row.currency,
    publishedAt: row.posted_at,
    bidsUntil: row.bids_until,
    url: iriOf(origin, "jobs", id),
    version: Number(row.version),
    isOpen: row.state === "open" && now < row.bids_until,
  };
  // What the law taxes otherwise stays at home: whoever heard of it before forgets it.
  return { job, gone: row.state === "withdrawn" || row.service !== null };
}

/** Public jobs of ours that are open now, with their version; the newest first, a page at a time. */
export async function openShared(
  { db, now }: Pick<View, "db" | "now">,
  before: Id | undefined,
  limit: number,
): Promise<readonly { readonly id: Id; readonly version: number }[]> {
  const rows = await db
    .selectFrom("marketplace.job")
    .select(["id", "version"])
    .where("state", "=", "open")
    .where("bids_until", ">", now)
    .where("visibility", "=", "public")
    .where("elsewhere", "is", null)
    .where("service", "is", null)
    .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(({ id, version }) => ({ id, version: Number(version) }));
}

/** What we keep of a coop's job under this address. */
export type Kept = { readonly job: Id; readonly host: Id; readonly wireVersion: number; readonly open: boolean };

export async function keptJob({ db }: Pick<View, "db">, iri: string): Promise<Kept | undefined> {
  const row = await db
    .selectFrom("marketplace.job_elsewhere as kept")
    .innerJoin("marketplace.job as job", "job.id", "kept.job")
    .select(["kept.job", "job.elsewhere as host", "kept.wire_version as wireVersion", "job.state"])
    .where("kept.iri", "=", iri)
    .executeTakeFirst();
  return row?.host ? { job: row.job, host: row.host, wireVersion: row.wireVersion, open: row.state === "open" } : undefined;
}

/** Addresses and versions of all jobs of a coop that stand open here. */
export async function keptOpen({ db }: Pick<View, "db">, host: Id): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("marketplace.job_elsewhere as kept")
    .innerJoin("marketplace.job as job", "job.id", "kept.job")
    .select(["kept.iri", "kept.wire_version as version"])
    .where("job.elsewhere", "=", host)
    .where("job.state", "=", "open")
    .execute();
  return new Map(rows.map(({ iri, version }) => [iri, version]));
}

/** A job of another coop that says everything ours say. */
export type Heard = SharedJob & {
  readonly [
    Word in "text" | "language" | "trade" | "startOn" | "endOn" | "bidsUntil" | "url" | "clientName" | "clientCountry"
  ]: NonNullable<SharedJob[Word]>;
};

/** What a job elsewhere says, in our columns. */
const rowOf = ({ currency, bidsUntil, isOpen, ...terms }: Heard) => ({
  ...saidRow(terms),
  currency,
  bids_until: bidsUntil,
  state: isOpen ? "open" : "withdrawn",
});

/** Saves a job of another coop the first time it is heard of. Of two at once, one does. */
export async function saveHeard(scope: Scope, host: Id, client: Id, job: Heard): Promise<Id | undefined> {
  const { tx, now, random } = scope;
  const id = scope.id();
  const rest = { visibility: "public", bidding: "open", blind: false, lot: Buffer.from(random(16)) } as const;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`heard ${job.id}`}, 0))`.execute(tx);
  if (await keptJob({ db: tx }, job.id)) return undefined;
  await tx
    .insertInto("marketplace.job")
    .values({
      id,
      client,
      elsewhere: host,
      ...rest,
      ...rowOf(job),
      posted_at: isBefore(now, job.publishedAt) ? now : job.publishedAt,
      opened_at: now,
    })
    .execute();
  await tx
    .insertInto("marketplace.job_elsewhere")
    .values({ job: id, iri: job.id, url: job.url, wire_version: job.version, heard_at: now })
    .execute();
  return id;
}

/** What closed because it went to one of ours, is theirs. */
const stillAwarded = sql<string>`case when state = 'awarded' then state else 'withdrawn' end`;
/** What its coop has opened again since, stays open. */
const awardedNoMore = sql<string>`case when state = 'awarded' then 'withdrawn' else state end`;

/** Brings what we keep of a job to a later version. False when we have it already. */
export async function saveHeardAgain({ tx, now }: Scope, { job: id }: Kept, job: Heard): Promise<boolean> {
  const moved = await tx
    .updateTable("marketplace.job_elsewhere")
    .set({ url: job.url, wire_version: job.version, heard_at: now })
    .where("job", "=", id)
    .where("wire_version", "<", job.version)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) return false;
  await tx
    .updateTable("marketplace.job")
    .set((column) => ({ ...rowOf(job), ...(job.isOpen ? {} : { state: stillAwarded }), version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .execute();
  return true;
}

/** The version of a job as it stands here. */
export const versionOf = async ({ tx }: Scope, job: Id): Promise<bigint> =>
  (await tx.selectFrom("marketplace.job").select("version").where("id", "=", job).executeTakeFirstOrThrow()).version;

/** Keeps that a job elsewhere went to a member of ours, until its coop shows it open again. False when it did already. */
export async function awardHeard({ tx }: Scope, job: Id): Promise<boolean> {
  const awarded = await tx
    .updateTable("marketplace.job")
    .set((column) => ({ state: stateAfter(jobTable, "award"), version: column("version", "+", 1n) }))
    .where("id", "=", job)
    .where("elsewhere", "is not", null)
    .where("state", "in", ["open", "withdrawn"])
    .executeTakeFirst();
  return awarded.numUpdatedRows === 1n;
}

/** Ends that; whether it is open again, its coop says. False for a job of ours. */
export async function freeHeard({ tx }: Scope, job: Id): Promise<boolean> {
  const freed = await tx
    .updateTable("marketplace.job")
    .set((column) => ({ state: awardedNoMore, version: column("version", "+", 1n) }))
    .where("id", "=", job)
    .where("elsewhere", "is not", null)
    .executeTakeFirst();
  return freed.numUpdatedRows === 1n;
}

/** Why a job elsewhere is out of the search: it is gone for good, or only not to be seen. */
export type End = "gone" | "hidden";

/** The version after which none comes: what is gone stays gone, whatever is heard of it. */
const last = 2 ** 31 - 1;

/** Takes a job elsewhere out of the search. False when it is out already. */
export async function endHeard({ tx }: Scope, job: Id, end: End): Promise<boolean> {
  // Of what was hidden, whatever is heard next is news, also what we had once.
  await tx
    .updateTable("marketplace.job_elsewhere")
    .set({ wire_version: end === "gone" ? last : 0 })
    .where("job", "=", job)
    .where("wire_version", "<", last)
    .execute();
  const ended = await tx
    .updateTable("marketplace.job")
    .set((column) => ({ state: "withdrawn", version: column("version", "+", 1n) }))
    .where("id", "=", job)
    .where("elsewhere", "is not", null)
    .where("state", "=", "open")
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}

/** The open jobs that we keep of a coop. */
export async function openJobsOf({ tx }: Scope, host: Id): Promise<readonly { readonly job: Id; readonly origin: string }[]> {
  const rows = await tx
    .selectFrom("marketplace.job as job")
    .innerJoin("federation.host_card as card", "card.id", "job.elsewhere")
    .select(["job.id as job", "card.origin"])
    .where("job.elsewhere", "=", host)
    .where("job.state", "=", "open")
    .orderBy("job.id")
    .execute();
  return rows.map(({ job, origin }) => ({ job, origin: origin ?? "" }));
}
