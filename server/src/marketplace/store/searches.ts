// Saved searches in SQL: the query is taken apart once, so that a job which opens meets all of them in one statement.
import { sql } from "kysely";
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import type { listSearches } from "@partcommune/shared/marketplace/api";
import { rhythms, searchTable, type Rhythm, type SearchState } from "@partcommune/shared/marketplace/rules/saved-search";
import { queryOf, type Filters } from "@partcommune/shared/marketplace/rules/search";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Exchange } from "../../money/index.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { priceAtHome } from "./price.ts";
import { jobFoundFor } from "./seen-jobs.ts";
import { chiefs } from "./skills.ts";

export type NewSearch = {
  readonly id: Id;
  readonly person: Id;
  readonly name: string;
  readonly rhythm: Rhythm;
  readonly filters: Filters;
  readonly currency: string;
  readonly endDigest: Buffer;
};

/** How many a person keeps. Two saved at once must count each other. */
export async function searchesKept({ tx }: Scope, person: Id): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`searches ${person}`}, 0))`.execute(tx);
  const row = await tx
    .selectFrom("marketplace.saved_search")
    .select(({ fn }) => fn.countAll<bigint>().as("count"))
    .where("person", "=", person)
    .where("state", "<>", "ended")
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export async function saveSearch({ tx, now }: Scope, { filters, currency, endDigest, ...search }: NewSearch): Promise<void> {
  const { q, skills, trade = null, place = null, language = null, priced = null, min, max, closing } = filters;
  const minor = (amount: string | undefined): bigint | null => (amount === undefined ? null : bylawMinor(amount, currency));
  await tx
    .insertInto("marketplace.saved_search")
    .values({
      ...search,
      query: queryOf(filters),
      state: stateAfter(searchTable, "save"),
      // Words that no language keeps ask for nothing in particular.
      asked: q === undefined ? null : sql<string>`(select asked from marketplace.asked(${q}) as asked where numnode(asked) > 0)`,
      skills: skills === undefined ? null : chiefs(skills.split(",")),
      trade,
      place,
      language,
      price_kind: priced,
      min_minor: minor(min),
      max_minor: minor(max),
      closing_days: closing === undefined ? null : Number(closing),
      saved_at: now,
      end_digest: endDigest,
    })
    .execute();
}

export async function searchesOf({ db, actor }: View): Promise<AnswerOf<typeof listSearches>> {
  if (actor.kind !== "person") return { items: [] };
  const rows = await db
    .selectFrom("marketplace.saved_search as search")
    .select(({ selectFrom }) => [
      "id",
      "name",
      "query",
      "rhythm",
      "state",
      "saved_at as savedAt",
      selectFrom("marketplace.search_find")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .whereRef("marketplace.search_find.search", "=", "search.id")
        .as("found"),
    ])
    .where("person", "=", actor.person)
    .where("state", "<>", "ended")
    .orderBy("id", "desc")
    .execute();
  return { items: rows.map((row) => ({ ...row, rhythm: row.rhythm as Rhythm, state: row.state as SearchState, found: row.found ?? 0n })) };
}

/** Sets rhythm and state of a search that is not ended; its id, if it is this person's. */
export async function setSearch(
  { tx }: Scope,
  person: Id,
  id: Id,
  set: { readonly rhythm: Rhythm; readonly state: SearchState },
): Promise<Id | undefined> {
  const row = await tx
    .updateTable("marketplace.saved_search")
    .set((column) => ({ ...set, version: column("version", "+", 1n) }))
    .where("id", "=", id)
    .where("person", "=", person)
    .where("state", "<>", "ended")
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

const ending = ({ tx, now }: Scope) =>
  tx
    .updateTable("marketplace.saved_search")
    .set((column) => ({ state: stateAfter(searchTable, "end"), ended_at: now, version: column("version", "+", 1n) }))
    .where("state", "in", statesBefore(searchTable, "end"))
    .returning("id");

export async function endOwnSearch(scope: Scope, person: Id, id: Id): Promise<Id | undefined> {
  return (await ending(scope).where("id", "=", id).where("person", "=", person).executeTakeFirst())?.id;
}

export async function endSearchOfToken(scope: Scope, digest: Buffer): Promise<Id | undefined> {
  return (await ending(scope).where("end_digest", "=", digest).executeTakeFirst())?.id;
}

/** Notes every search that finds this job, with the instant from which it is told. The words come last, since they cost most. */
export async function saveFinds({ tx, now }: Scope, job: Id, tell: Readonly<Record<Rhythm, Instant>>, exchange: Exchange): Promise<void> {
  await sql`
    insert into marketplace.search_find (search, job, found_at, tell_at)
    select search.id, job.id, ${now}, case search.rhythm ${sql.join(
      rhythms.map((rhythm) => sql`when ${rhythm} then ${tell[rhythm]}::timestamptz`),
      sql` `,
    )} end
    from marketplace.job as job, marketplace.saved_search as search
    where job.id = ${job} and job.state = 'open' and search.state = 'on'
      and (search.language is null or search.language = job.language)
      and (search.trade is null or search.trade = job.trade)
      and (search.place is null or search.place = coalesce(job.country, 'remote'))
      and (search.price_kind is null or search.price_kind = job.price_kind)
      and (search.min_minor is null or search.min_minor <= ${priceAtHome(exchange)})
      and (search.max_minor is null or search.max_minor >= ${priceAtHome(exchange)})
      and (search.closing_days is null or job.bids_until <= ${now}::timestamptz + make_interval(days => search.closing_days))
      and (search.skills is null or search.skills <@ job.skills)
      and ${jobFoundFor(sql`search.person`)}
      and (search.asked is null or job.words @@ search.asked)
    on conflict do nothing`.execute(tx);
}

export type DueFinds = { readonly person: Id; readonly rhythm: Rhythm; readonly at: Instant };

/** Persons and rhythms of which something is due to be told. */
export async function findsDue({ db, now }: View): Promise<readonly DueFinds[]> {
  const rows = await db
    .selectFrom("marketplace.search_find as find")
    .innerJoin("marketplace.saved_search as search", "search.id", "find.search")
    .select(({ fn }) => ["search.person", "search.rhythm", fn.min<Instant>("find.tell_at").as("at")])
    .where("find.told_at", "is", null)
    .where("find.tell_at", "<=", now)
    .groupBy(["search.person", "search.rhythm"])
    .limit(500)
    .execute();
  return rows.map((row) => ({ ...row, rhythm: row.rhythm as Rhythm }));
}

export type Find = { readonly search: Id; readonly name: string; readonly job: Id; readonly title: string };

/** Takes what is due for a person in a rhythm; of it, what is still worth telling: the job is open and the search on. */
export async function takeFinds({ tx, now }: Scope, person: Id, rhythm: Rhythm): Promise<readonly Find[]> {
  const { rows } = await sql<Find & { readonly worth: boolean }>`
    update marketplace.search_find as find set told_at = ${now}
    from marketplace.saved_search as search, marketplace.job as job
    where search.id = find.search and job.id = find.job and person = ${person} and rhythm = ${rhythm} and told_at is null and tell_at <= ${now}
    returning search.id as search, search.name, job.id as job, job.title, search.state = 'on' and job.state = 'open' and ${jobFoundFor(sql`search.person`)} as worth`.execute(
    tx,
  );
  return rows.filter(({ worth }) => worth).toSorted((one, other) => (one.job < other.job ? -1 : 1));
}
