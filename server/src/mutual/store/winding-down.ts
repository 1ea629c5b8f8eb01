// What a wind-down writes out besides money, in SQL: who the members are, what they were promised, sisters with what was stated between us, and the rules; and the rehearsals.
import { sql } from "kysely";
import { monthOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import type { Written } from "../../money/index.ts";
import type { Scope, View } from "../../platform/scope.ts";
import { newestOf } from "./warnings.ts";

type Reading = Pick<View, "db">;

export type MemberWritten = { readonly id: Id; readonly person: Id | null; readonly name: string; readonly stage: string };

const first = "00000000-0000-0000-0000-000000000000";

/** Members of the coop itself after one, whoever left included: something may be owed to them. */
export async function membersWritten({ db }: Reading, after: Id = first, limit = 200): Promise<readonly MemberWritten[]> {
  const { rows } = await sql<MemberWritten>`
    select id, person, name, stage from membership.member_card where host is null and id > ${after}::uuid order by id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** What each of these was promised or refused. */
export async function promisesWritten({ db }: Reading, members: readonly Id[]): Promise<ReadonlyMap<Id, readonly Written[]>> {
  const { rows } = await sql<{ member: Id; row: Written }>`
    select member, to_jsonb(promise) - 'member' as row from mutual.promise
    where member = any (${[...members]}::uuid[]) order by promised_at, id`.execute(db);
  return new Map([...Map.groupBy(rows, ({ member }) => member)].map(([member, of]) => [member, of.map(({ row }) => row)]));
}

/** Every coop we had to do with: treaties, and what either stated to the other under its signature. */
export async function sistersWritten({ db }: Reading): Promise<readonly Written[]> {
  const { rows } = await sql<{ row: Written }>`
    select jsonb_build_object('id', host.id, 'origin', host.origin, 'name', host.name,
      'treaties', (select coalesce(jsonb_agg(jsonb_build_object('state', state, 'terms', terms, 'at', at) order by at), '[]') from federation.treaty where treaty.host = host.id),
      'claims', (select coalesce(jsonb_agg(to_jsonb(claim) - 'host' order by at), '[]') from federation.claim where claim.host = host.id),
      'statements', (select coalesce(jsonb_agg(jsonb_build_object('ours', ours, 'type', type, 'payload', payload, 'jws', jws) order by at), '[]')
        from federation.statement where statement.host = host.id)) as row
    from federation.host where exists (select from federation.treaty where treaty.host = host.id)
      or exists (select from federation.statement where statement.host = host.id)
    order by host.origin`.execute(db);
  return rows.map(({ row }) => row);
}

/** Every version of every rule, with the vote behind it. */
export async function rulesWritten({ db }: Reading): Promise<readonly Written[]> {
  const { rows } = await sql<{ row: Written }>`
    select jsonb_build_object('id', id, 'key', key, 'version', version, 'value', value, 'validFrom', valid_from, 'cause', cause) as row
    from governance.bylaw_version order by id`.execute(db);
  return rows.map(({ row }) => row);
}

/** This month, unless it is rehearsed or the coop is young. */
export async function monthToRehearse(view: View): Promise<Day | undefined> {
  const newest = await newestOf(view);
  if (!newest) return undefined;
  const month = monthOf(newest.today);
  const row = await view.db.selectFrom("mutual.rehearsal").select("month").where("month", "=", month).executeTakeFirst();
  return row ? undefined : month;
}

export type Rehearsed = { readonly id: Id; readonly month: Day; readonly files: number; readonly faults: readonly string[] };

/** Notes what a rehearsal came to; false where the month has one already. */
export async function saveRehearsal({ tx, now }: Scope, { id, month, files, faults }: Rehearsed): Promise<boolean> {
  const saved = await tx
    .insertInto("mutual.rehearsal")
    .values({ id, month, files, faults: [...faults], ended_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export type LastRehearsal = { readonly at: Instant; readonly files: number; readonly holds: boolean };

/** The last one; undefined before there was any. */
export async function lastRehearsal({ db }: Reading): Promise<LastRehearsal | undefined> {
  const row = await db.selectFrom("mutual.rehearsal").selectAll().orderBy("month", "desc").limit(1).executeTakeFirst();
  return row && { at: row.ended_at, files: row.files, holds: row.faults.length === 0 };
}
