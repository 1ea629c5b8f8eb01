// What must never be found of votes and rules.
import { sql } from "kysely";
import { fewestSeats } from "@partcommune/shared/governance/rules/election";
import { sqlCheck, type Check } from "../platform/checks.ts";

/** Who is on the roll-call; on paper what two tellers counted alike in one round. */
const held = sql`case vote.mode when 'paper' then coalesce((
    select yes + no + abstain from governance.paper_count where paper_count.vote = vote.id group by round, yes, no, abstain having count(*) = 2
  ), 0) else count(call.entry) end`;

export const checks: readonly Check[] = [
  sqlCheck(
    "laws-without-a-vote",
    "A version of a bylaw stands that no vote carried: the rules were changed past the members.",
    () => sql`
      select key, version, cause from governance.bylaw_version as law where cause <> 'founding' and not exists (
        select from governance.enactment join governance.vote on vote.id = enactment.vote
        where vote.id::text = law.cause and enactment.state = 'done' and vote.state = 'ended' and vote.outcome = 'passed'
          and enactment.valid_from = law.valid_from and enactment.payload -> 'changes' @> jsonb_build_array(jsonb_build_object('key', law.key, 'value', law.value)))`,
  ),
  sqlCheck(
    "tallies-unlike-the-roll-call",
    "A tally counts other people than the roll-call, or other papers than two tellers, hold: a vote was added, lost or moved after it was counted.",
    () => sql`
      select vote.id, tally.tally::jsonb -> 'cast' as told, ${held} as held
      from governance.vote join governance.tally on tally.vote = vote.id left join governance.roll_call as call on call.vote = vote.id
      group by vote.id, tally.tally having (tally.tally::jsonb ->> 'cast')::bigint <> ${held}`,
  ),
  sqlCheck(
    "rolls-unlike-their-size",
    "A roll holds other numbers of people than when it was frozen.",
    () => sql`
      select vote.id, vote.roll_size, count(entry.entry) as held from governance.vote left join governance.roll_entry as entry on entry.vote = vote.id
      group by vote.id having coalesce(vote.roll_size, 0) <> count(entry.entry)`,
  ),
  sqlCheck(
    "colleges-unlike-their-roll",
    "The colleges of a roll do not come to what stands on it: its numbers were told wrongly when it opened.",
    () => sql`
      select vote.id, roll_size, sum(opened) as opened from governance.vote join governance.college_size as size on size.vote = vote.id
      where roll_size is not null group by vote.id having roll_size is distinct from sum(opened)`,
  ),
  sqlCheck(
    "turnouts-unlike-the-roll",
    "The groups of a turnout hold other numbers than the roll and the tally: somebody is in none of them, or in two.",
    () => sql`
      select vote.id, split, sum(turnout.roll) as roll, sum(came) as came from governance.vote join governance.turnout on turnout.vote = vote.id
      join governance.tally on tally.vote = vote.id
      group by vote.id, split, tally.tally having sum(turnout.roll) <> vote.roll_size or sum(came) <> (tally.tally::jsonb ->> 'cast')::bigint`,
  ),
  sqlCheck(
    "votes-left-behind",
    "A vote is closed and still not counted, or its time to contest is long over: the clock stands still.",
    (now) => sql`
      select id, state from governance.vote where (state = 'closed' and closed_at < ${now}::timestamptz - interval '1 day')
        or (state in ('open', 'extended') and coalesce(extended_until, closes_at) < ${now}::timestamptz - interval '1 day')`,
  ),
  sqlCheck(
    "contests-without-a-panel",
    "A vote or a proposal waits for a panel, and none is at work on it.",
    () => sql`
      select id, 'vote' as what from governance.vote where state = 'contested' and not exists (
        select from governance.panel where panel.vote = vote.id and panel.state in ('drawing', 'asking', 'sitting'))
      union all
      select id, 'proposal' from governance.proposal where state = 'appealed' and not exists (
        select from governance.panel where panel.proposal = proposal.id and panel.state in ('drawing', 'asking', 'sitting'))`,
  ),
  sqlCheck(
    "panels-left-behind",
    "A lot, a seat or a panel is long over its time: the clock stands still.",
    (now) => sql`
      select id, state from governance.draw where (state = 'committing' and commit_until < ${now}::timestamptz - interval '1 day')
        or (state = 'revealing' and reveal_until < ${now}::timestamptz - interval '1 day')
      union all select id, state from governance.panel where state = 'sitting' and decide_until < ${now}::timestamptz - interval '1 day'`,
  ),
  sqlCheck(
    "seats-unlike-the-board",
    "Members elected a board, and other people hold its role; beside them at most founders, until enough are elected.",
    () => sql`
      with seat as (select * from governance.seat where ended_at is null and taken_at is not null)
      select coalesce(seat.person, role.person) as person, seat.id as seat, role.id as role
      from seat full join (select * from membership.role_grant where role = 'board' and ended_at is null) as role on role.person = seat.person
      where exists (select from governance.seat)
        and (role.id is null or seat.id is null and (role.elected or (select count(*) from seat) >= ${fewestSeats}))`,
  ),
  sqlCheck(
    "seats-left-behind",
    "Somebody was elected to a seat whose term has begun, and does not sit: the clock stands still.",
    (now) => sql`
      select id, person from governance.seat where ended_at is null and taken_at is null and from_at < ${now}::timestamptz - interval '1 day'`,
  ),
];
