// Searching jobs in SQL: what matches, how much there is of each kind, and the best candidates for an order that the rule makes.
import { sql, type RawBuilder } from "kysely";
import type { z } from "zod";
import type { JobFound } from "@partcommune/shared/marketplace/api/search";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { mostRanked, type Candidate } from "@partcommune/shared/marketplace/rules/ranking";
import { ours, type Filters } from "@partcommune/shared/marketplace/rules/search";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import type { Exchange } from "../../money/index.ts";
import { priceAtHome, priceFrom, type PriceRow } from "./price.ts";
import { jobSeenBy } from "./seen-jobs.ts";

/** A search as the database is asked: by somebody, at one instant, with amounts in minor units. */
export type Asked = Filters & { readonly by: Actor; readonly at: Instant } & Exchange;

type Condition = RawBuilder<boolean>;

/** Jobs that words and skills find among those open at the instant; what else narrows is `narrowing`, since counts leave it out in turn. */
export const found = ({
  q,
  skills,
  at,
  by,
}: Asked): Condition => sql`state = 'open' and bids_until > ${at} and posted_at <= ${at} and ${jobSeenBy(by)}
  ${q === undefined ? sql`` : sql`and words @@ marketplace.asked(${q})`}
  ${skills === undefined ? sql`` : sql`and skills @> ${skills.split(",")}::uuid[]`}`;

const minor = (text: string, { currency }: Asked): bigint => bylawMinor(text, currency);

/** Where a job was posted, as it is filtered and counted. */
export const coopOf = sql`coalesce(elsewhere::text, ${sql.lit(ours)})`;

/** What holds for a job by each of the other filters. */
export function narrowing(asked: Asked): readonly (readonly [name: keyof Filters, holds: Condition])[] {
  const { trade, place, language, priced, min, max, closing, coop, at } = asked;
  return [
    ...(trade === undefined ? [] : [["trade", sql<boolean>`trade = ${trade}`] as const]),
    ...(place === undefined
      ? []
      : [["place", place === "remote" ? sql<boolean>`country is null` : sql<boolean>`country is not distinct from ${place}`] as const]),
    ...(language === undefined ? [] : [["language", sql<boolean>`language = ${language}`] as const]),
    ...(priced === undefined ? [] : [["priced", sql<boolean>`price_kind = ${priced}`] as const]),
    ...(min === undefined ? [] : [["min", sql<boolean>`coalesce(${priceAtHome(asked)} >= ${minor(min, asked)}, false)`] as const]),
    ...(max === undefined ? [] : [["max", sql<boolean>`coalesce(${priceAtHome(asked)} <= ${minor(max, asked)}, false)`] as const]),
    ...(closing === undefined ? [] : [["closing", sql<boolean>`bids_until <= ${later(at, Number(closing) * dayMs)}`] as const]),
    ...(coop === undefined ? [] : [["coop", sql<boolean>`${coopOf} = ${coop}`] as const]),
  ];
}

const all = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`;

/** Everything that a job must be to be listed. */
export const listed = (asked: Asked): Condition => all([found(asked), ...narrowing(asked).map(([, holds]) => holds)]);

type Found = z.output<typeof JobFound>;
type Row = Omit<Found, "place" | "priceKind" | "price" | "least" | "most" | "why" | "elsewhere"> &
  PriceRow & {
    readonly town: string | null;
    readonly country: string | null;
    readonly currency: string;
    readonly openedAt: Instant;
    readonly coop: string | null;
    readonly url: string | null;
    readonly hostSharePpm: number | null;
  };

type Shown = Omit<Row, "country"> & { readonly country?: string | null | undefined };

const cardColumns = sql`job.id, job.title, job.language, client_card.name as client, job.trade, job.town, job.country,
  job.price_kind, job.price_minor, job.least_minor, job.most_minor, job.currency, job.bids_until as "bidsUntil", job.posted_at as "openedAt",
  host_card.name as coop, job_elsewhere.url, sister_card.host_share_ppm as "hostSharePpm"`;

/** What a card tells beside the job's own columns: its client, and where it stands if not here. */
const cardTables = sql`membership.client_card on client_card.id = job.client
  left join marketplace.job_elsewhere on job_elsewhere.job = job.id left join federation.host_card on host_card.id = job.elsewhere
  left join federation.sister_card on sister_card.host = job.elsewhere`;

export const cardOf = ({
  id,
  title,
  language,
  client,
  trade,
  town,
  country,
  bidsUntil,
  coop,
  url,
  hostSharePpm,
  ...row
}: Shown): Found => ({
  id,
  title,
  language,
  client,
  trade,
  ...(town && country ? { place: { town, country } } : {}),
  ...priceFrom(row),
  bidsUntil,
  ...elsewhereFrom({ coop, url, hostSharePpm }),
});

type Posted = Pick<Row, "coop" | "url" | "hostSharePpm">;

/** Where a job was posted, if not here, and which part of the fee stays there under a treaty in force. */
export const elsewhereFrom = ({ coop, url, hostSharePpm }: Posted): Pick<Found, "elsewhere"> =>
  coop && url ? { elsewhere: { coop, url, ...(hostSharePpm === null ? {} : { hostSharePpm: BigInt(hostSharePpm) }) } } : {};

/** Where a page ended: the instant and id of its last job. */
export type End = { readonly at: Instant; readonly id: Id };

/** A page of the newest, or of those that close first; `last` is where the next one begins. */
export async function jobsInOrder(
  { db }: View,
  asked: Asked,
  order: "newest" | "closing",
  { limit, after }: { readonly limit: number; readonly after: End | undefined },
): Promise<{ readonly items: Found[]; readonly last?: End }> {
  const [column, descending] = order === "newest" ? [sql`posted_at`, true] : [sql`bids_until`, false];
  const further =
    after === undefined
      ? sql`true`
      : descending
        ? sql`(${column} < ${after.at}::timestamptz or (${column} = ${after.at}::timestamptz and id > ${after.id}::uuid))`
        : sql`(${column}, id) > (${after.at}::timestamptz, ${after.id}::uuid)`;
  const direction = descending ? sql`desc` : sql`asc`;
  const { rows } = await sql<Row>`
    select ${cardColumns} from (
      select * from marketplace.job where ${listed(asked)} and ${further} order by ${column} ${direction}, id limit ${limit + 1}
    ) as job join ${cardTables} order by ${column} ${direction}, job.id`.execute(db);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const end = rows.length > limit && last ? { last: { at: descending ? last.openedAt : last.bidsUntil, id: last.id } } : {};
  return { items: shown.map(cardOf), ...end };
}

export type Best = Omit<Row, "country"> & Candidate;

/** The candidates of an order for a reader, sealed bids uncounted: by the weight of the words where there are any, else the newest and those whose skills they have. */
export async function bestJobs({ db }: View, asked: Asked, skills: readonly Id[]): Promise<readonly Best[]> {
  const newest = (more: Condition): RawBuilder<unknown> =>
    sql`(select id, 0::bigint as rank from marketplace.job where ${listed(asked)} and ${more} order by posted_at desc, id limit ${mostRanked})`;
  const worded = (q: string): RawBuilder<unknown> =>
    sql`(select id, (ts_rank(words, marketplace.asked(${q})) * 1000000)::bigint as rank from marketplace.job where ${listed(asked)} order by rank desc, posted_at desc, id limit ${mostRanked})`;
  const mine = skills.length === 0 ? sql`` : sql`union ${newest(sql`skills && ${skills}::uuid[]`)}`;
  const { rows } = await sql<Omit<Best, "bids" | "country"> & { readonly bids: bigint; readonly country: string | null }>`
    with best as materialized (${asked.q === undefined ? sql`${newest(sql`true`)} ${mine}` : worded(asked.q)}),
    bid as (select bid.job, count(*) as bids from marketplace.bid join marketplace.job on job.id = bid.job
      where bid.job in (select id from best) and bid.state = 'placed' and job.bidding = 'open' group by bid.job)
    select ${cardColumns}, best.rank, job.skills, coalesce(bid.bids, 0) as bids
    from best join marketplace.job using (id) join ${cardTables} left join bid on bid.job = job.id`.execute(db);
  return rows.map((row) => ({ ...row, country: row.country ?? undefined, bids: Number(row.bids) }));
}

/** Words like these that find a job with the same filters, when these words find none. */
export async function spelledBetter({ db }: View, asked: Asked): Promise<string | undefined> {
  if (asked.q === undefined) return undefined;
  const { rows } = await sql<{ better: string | null }>`select marketplace.spelled(${asked.q}) as better`.execute(db);
  const better = rows[0]?.better;
  if (!better) return undefined;
  const finds = await sql`select from marketplace.job where ${listed({ ...asked, q: better })} limit 1`.execute(db);
  return finds.rows.length > 0 ? better : undefined;
}
