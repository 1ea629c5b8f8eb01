// What agreed work is called, for lower domains, which know it by its id alone.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "../../platform/database.ts";
import type { WorkKnown } from "../../platform/scope.ts";

/** The title of each engagement, and when its milestones were approved. */
export async function worksKnown(db: Database | Tx, engagements: readonly Id[]): Promise<ReadonlyMap<Id, WorkKnown>> {
  if (engagements.length === 0) return new Map();
  const { rows } = await sql<{ id: Id; title: string; approved: Readonly<Record<Id, Instant>> }>`
    select engagement.id, engagement.title, coalesce((
      select jsonb_object_agg(milestone.id, to_char(approved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from marketplace.milestone where milestone.engagement = engagement.id and approved_at is not null
    ), '{}') as approved
    from marketplace.engagement where engagement.id = any (${[...new Set(engagements)]}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, title, approved }) => [id, { title, approvedAt: new Map(Object.entries(approved)) }]));
}
