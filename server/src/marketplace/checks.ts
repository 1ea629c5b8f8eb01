// What must never be true of engagements. Each query names the faults it finds; a sound marketplace answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../platform/checks.ts";

export const checks: readonly Check[] = [
  sqlCheck(
    "milestones-are-the-price",
    "The milestones of an engagement are not its amount, or their numbers have a gap.",
    () => sql`
      select engagement.id, engagement.amount_minor, sum(milestone.amount_minor) filter (where not dropped) as milestones, count(*), max(number)
      from marketplace.engagement left join marketplace.milestone on milestone.engagement = engagement.id
      group by engagement.id
      having sum(milestone.amount_minor) filter (where not dropped) is distinct from engagement.amount_minor or max(number) is distinct from count(*)`,
  ),
  sqlCheck(
    "milestones-are-what-was-signed",
    "A milestone is not what the paper in force says of it.",
    () => sql`
      select milestone.id, part from marketplace.milestone
      join marketplace.engagement on engagement.id = milestone.engagement
      left join lateral (
        select each as part from jsonb_array_elements(quote::jsonb -> 'milestones') each where (each ->> 'number')::int = milestone.number
      ) signed on true
      where (part is null) <> dropped
        or not dropped and (part ->> 'title', (part ->> 'dueOn')::date, (part ->> 'parallel')::boolean) is distinct from (milestone.title, milestone.due_on, milestone.parallel)`,
  ),
  sqlCheck(
    "parts-are-the-price",
    "The parts of an engagement or of a bid are not its amount, their numbers have a gap, or who does it is not who the parts name.",
    () => sql`
      select engagement.id, amount.price, amount.parts from marketplace.engagement
      join lateral (
        select engagement.amount_minor as price, sum(part.amount_minor) as parts, array_agg(member order by number) as team, max(number) as last,
          bool_and(signed_at is not null) as signed
        from marketplace.engagement_part part where part.engagement = engagement.id
      ) amount on true
      where (amount.parts, amount.team, amount.last, amount.signed)
        is distinct from (engagement.amount_minor, engagement.team, cardinality(engagement.team), member_signed_at is not null)
      union all
      select bid.id, bid.amount_minor, sum(part.amount_minor) from marketplace.bid left join marketplace.bid_part part on part.bid = bid.id
      group by bid.id
      having sum(part.amount_minor) is distinct from bid.amount_minor or max(part.number) is distinct from count(*)
        or (bid.state in ('placed', 'accepted') and not bool_and(part.signed_at is not null))`,
  ),
  sqlCheck(
    "changes-are-signed-by-each",
    "A change in force lacks the signature of somebody who does the work, or carries another's.",
    () => sql`
      select amendment.id, team, signers from marketplace.amendment join marketplace.engagement on engagement.id = amendment.engagement
      cross join lateral (select coalesce(array_agg(member), '{}') as signers from marketplace.amendment_signature where amendment = marketplace.amendment.id) signed
      where outcome = 'signed' and not (team <@ signers and signers <@ team)`,
  ),
  sqlCheck(
    "milestones-of-a-job-are-its-price",
    "The milestones of a posted job are not its price.",
    () => sql`
      select job.id, job.price_minor, sum(amount_minor) as milestones from marketplace.job
      join marketplace.job_milestone on job_milestone.job = job.id
      group by job.id having sum(amount_minor) is distinct from job.price_minor`,
  ),
  sqlCheck(
    "milestones-begin-in-turn",
    "A milestone was begun while the one before it was not handed in, and it is not parallel.",
    () => sql`
      select milestone.id, milestone.state, before.state as before from marketplace.milestone
      cross join lateral (
        select state, handed_in_at from marketplace.milestone earlier
        where earlier.engagement = milestone.engagement and earlier.number < milestone.number and not dropped order by number desc limit 1
      ) before
      where not milestone.parallel and milestone.state not in ('waiting', 'cancelled') and before.handed_in_at is null`,
  ),
];
