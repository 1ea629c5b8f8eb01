// The sealed book in SQL, page by page in the order of its seals: what nobody can change any more, for whoever writes it out.
import { sql } from "kysely";
import type { JournalledEntry, JournalledLeg } from "@partcommune/shared/money/rules/journal";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Reading } from "./ledger.ts";

export type JournalEntry = JournalledEntry & {
  readonly position: bigint;
  readonly sealedAt: Instant;
  /** The paper it is about, and the agreed work. */
  readonly document: Id | null;
  readonly engagement: Id | null;
};

/** The days of a part of the book: a year, or all there is. */
export type Days = { readonly first: Day; readonly last: Day };

export const daysOfYear = (year: number): Days => ({ first: `${year}-01-01` as Day, last: `${year}-12-31` as Day });

/** The first and the last day of value of all that is sealed; undefined while nothing is. */
export async function daysOfBook({ db }: Reading): Promise<Days | undefined> {
  const { rows } = await sql<Days>`
    select min(value_on) as first, max(value_on) as last
    from ledger.sealed join ledger.entry using (entry_id) having count(*) > 0`.execute(db);
  return rows[0];
}

/** The last place in the order of the seals: a file goes to what was last when it was begun, whatever is sealed meanwhile. */
export async function lastSealed({ db }: Reading): Promise<bigint> {
  const { rows } = await sql<{ last: bigint }>`select coalesce(max(position), 0) as last from ledger.sealed`.execute(db);
  return rows[0]?.last ?? 0n;
}

/** Between which places entries are asked for. */
export type Places = { readonly after: bigint; readonly upTo: bigint };

/** Entries of these days after a place in the order of the seals, so many. */
export async function journalPage(
  { db }: Reading,
  { first, last }: Days,
  { after, upTo }: Places,
  limit: number,
): Promise<readonly JournalEntry[]> {
  const { rows } = await sql<JournalEntry>`
    select position, batch.at as "sealedAt", uid, kind, value_on as "on", bylaws::text[] as bylaws, document_id as document, engagement_id as engagement, (
      select jsonb_agg(jsonb_build_array(code, leg.currency, amount::text, class) order by no)
      from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id
    ) as legs
    from ledger.sealed join ledger.entry using (entry_id) join ledger.batch on position between from_position and to_position
    where position > ${after}::bigint and position <= ${upTo}::bigint and value_on between ${first}::date and ${last}::date order by position limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** What every account held before a day; those that held nothing are left out. */
export async function standingBefore({ db }: Reading, { first }: Days, upTo: bigint): Promise<readonly JournalledLeg[]> {
  const { rows } = await sql<{ code: string; currency: string; class: JournalledLeg[3]; minor: string }>`
    select code, account.currency, class, sum(amount)::text as minor
    from ledger.leg join ledger.account using (account_id) join ledger.sealed using (entry_id)
    where leg.year < extract(year from ${first}::date) and position <= ${upTo}::bigint group by account.account_id having sum(amount) <> 0 order by code`.execute(
    db,
  );
  return rows.map((row) => [row.code, row.currency, row.minor, row.class]);
}

export type YearOfBook = { readonly year: number; readonly entries: bigint };

/** The years that something is sealed in, the last first. */
export async function yearsOfBook({ db }: Reading): Promise<readonly YearOfBook[]> {
  const { rows } = await sql<YearOfBook>`
    select extract(year from value_on)::integer as year, count(*) as entries
    from ledger.sealed join ledger.entry using (entry_id) group by 1 order by 1 desc`.execute(db);
  return rows;
}

/** How many entries wait for their seal, and are in no file yet. */
export async function unsealedCount({ db }: Reading): Promise<bigint> {
  const { rows } = await sql<{ count: bigint }>`
    select count(*) from ledger.entry where not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)
      and entry_id > coalesce((select low_entry from ledger.batch order by batch_no desc limit 1), 0)`.execute(db);
  return rows[0]?.count ?? 0n;
}

export type PaperNamed = { readonly number: string; readonly issuedOn: Day };

/** The papers of these entries, by what the entries cite. */
export async function papersNamed({ db }: Reading, entries: readonly JournalEntry[]): Promise<ReadonlyMap<Id, PaperNamed>> {
  const cited = sql`any (${entries.flatMap(({ document }) => document ?? [])}::uuid[])`;
  const { rows } = await sql<PaperNamed & { id: Id }>`
    select id, number, issued_on as "issuedOn" from money.document where id = ${cited}
    union all select id, number, issued_on from money.credit_note where id = ${cited}`.execute(db);
  return new Map(rows.map(({ id, ...paper }) => [id, paper]));
}
