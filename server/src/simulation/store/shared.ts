// What two coops share, as each of them has it, in lines that are the same at both where both know the same: bids, work, claims, rounds, what is owed, and the treaty.
import { sql } from "kysely";
import type { Database } from "../../platform/database.ts";

/** Two coops by their addresses: the one that is asked, and the one that it speaks of. */
export type Sides = { readonly ours: string; readonly theirs: string };

/**
 * Everything a coop holds together with another one, in a fixed order. What one of them need not tell counts as not happened yet: that a client
 * accepted a bid and did not sign, that a member waits for an adviser or has begun, that a bank booked something. Work that its client's coop
 * has taken back counts as cancelled: the member is asked about what they handed in meanwhile, and may take days to answer. A bid that came to
 * nothing counts as none: the coop of the job may never have taken it. An agreement that nobody signed in time is called off, whatever the
 * other coop, where the signature was on its way, calls it.
 */
export async function sharedWith(db: Database, { ours, theirs }: Sides): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    with other as (select id from federation.host where origin = ${theirs}),
      crossed as (
        select elsewhere.offer, bid.amount_minor, case
          when bid.state = 'accepted' and exists (
            select from marketplace.engagement where engagement.bid = bid.id and client_signed_at is null) then 'placed' else bid.state end as state
        from marketplace.bid_elsewhere elsewhere join marketplace.bid on bid.id = elsewhere.bid join marketplace.job on job.id = bid.job
        left join membership.member_card card on card.id = bid.member
        where (job.elsewhere = (select id from other) or card.host = (select id from other)) and bid.state not in ('rejected', 'lapsed', 'withdrawn')
      ),
      work as (
        select iri, engagement.id, amount_minor, taken_back, case when taken_back or state = 'lapsed' then 'cancelled' when state = 'signed' then 'quoted'
          when state in ('underWay', 'finished') then 'covered' else state end as state
        from marketplace.engagement_elsewhere join marketplace.engagement on engagement.id = engagement
        cross join lateral (
          select cancel_asked_by is not null and exists (select from federation.activity where id = accept and doc ->> 'type' = 'Tombstone') as taken_back
        ) accepted
        where host = (select id from other) and client_signed_at is not null
      ),
      step as (
        select engagement, string_agg(case when taken_back then 'cancelled' when milestone.state in ('invoiced', 'clientPaid', 'memberPaid', 'settled') then 'approved' when milestone.state = 'underWay' then 'waiting'
          else milestone.state end, ',' order by number) as states
        from marketplace.milestone join work on work.id = engagement group by engagement
      )
    select concat_ws(' ', 'bid', offer, state, amount_minor) as line from crossed
    union all select concat_ws(' ', 'work', iri, amount_minor, state, states) from work join step on step.engagement = work.id
    union all select concat_ws(' ', 'claim', engagement, milestone, due_minor, case state when 'settled' then 'netted' else state end,
      case when ours then ${ours}::text else ${theirs}::text end)
      from federation.claim where host = (select id from other)
    union all select concat_ws(' ', 'round', name, hash, case state when 'settled' then 'posted' else state end,
      case when net_minor > 0 then ${ours}::text when net_minor < 0 then ${theirs}::text end, abs(net_minor))
      from federation.netting_round where host = (select id from other)
    union all select concat_ws(' ', 'owed', case when code like 'receivable%' then ${ours}::text else ${theirs}::text end, abs(balance))
      from ledger.account_balance where balance <> 0 and code in (select kind || ':coop:' || id from other, unnest(array['payable', 'receivable']) kind)
    union all select concat_ws(' ', 'treaty', iri, encode(hash, 'hex'), case state when 'paused' then 'active' else state end)
      from federation.treaty where host = (select id from other) and state in ('active', 'paused')
    order by line`.execute(db);
  return rows.map(({ line }) => line);
}

/** What a coop heard and did not take, by its reason and how often. */
export async function refusedAt(db: Database): Promise<Readonly<Record<string, number>>> {
  const { rows } = await sql<{ why: string; count: bigint }>`
    select concat(type, ': ', why) as why, count(*) from federation.inbox_event where state not in ('new', 'done') group by 1 order by 1`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ why, count }) => [why, Number(count)]));
}

/** What is still on its way or was never worked, in words. */
export async function leftAt(db: Database): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    select concat_ws(' ', 'to send:', actor, doc ->> 'type') as line
    from federation.delivery join federation.activity on activity.id = delivery.activity where state in ('due', 'dead')
    union all select concat_ws(' ', 'to work:', actor, type, why) from federation.inbox_event where state not in ('done', 'refused')
    order by line`.execute(db);
  return rows.map(({ line }) => line);
}
