// Who sees which job, in SQL: everything that tells of jobs asks here, so that what is not yours is nowhere.
import { sql, type RawBuilder } from "kysely";
import { bidding } from "@partcommune/shared/marketplace/rules/bid";
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";

type Condition = RawBuilder<boolean>;

const stages = sql`${[...bidding]}::text[]`;

/** What holds for the rows of `job` that whoever asks may see; the clock, listeners and the operator at the machine work on all. */
export function jobSeenBy(actor: Actor): Condition {
  if (actor.kind === "visitor" || actor.kind === "peer") return sql`job.visibility = 'public'`;
  if (actor.kind !== "person") return sql`true`;
  const clients = actor.buysFor.map(({ client }) => client);
  const member = actor.member ?? null;
  return sql`(job.visibility = 'public' or job.client = any(${clients}::uuid[])
    or (job.visibility = 'members' and exists (select from membership.member_card as card where card.id = ${member}::uuid and card.stage = any(${stages})))
    or exists (select from marketplace.invitation where invitation.job = job.id and invitation.member = ${member}::uuid)
    or exists (select from marketplace.bid as own join marketplace.bid_part as part on part.bid = own.id where own.job = job.id and part.member = ${member}::uuid))`;
}

/** What holds for the rows of `job` that a search of this person may find. */
export const jobFoundFor = (person: RawBuilder<unknown>): Condition => sql`(job.visibility = 'public'
  or exists (select from membership.member_card as card where card.person = ${person}
    and ((job.visibility = 'members' and card.stage = any(${stages}))
      or exists (select from marketplace.invitation where invitation.job = job.id and invitation.member = card.id))))`;

/** The client of a job, for whoever may see the job; for others there is none. */
export async function clientOfJobSeen({ db, actor }: Pick<View, "db" | "actor">, id: Id): Promise<Id> {
  const row = await db
    .selectFrom("marketplace.job as job")
    .select("client")
    .where("id", "=", id)
    .where(jobSeenBy(actor))
    .executeTakeFirst();
  return found(row).client;
}
