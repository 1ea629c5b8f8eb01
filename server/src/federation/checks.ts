// What must never be found among what was exchanged with other servers.
import { sql } from "kysely";
import { isBooked } from "./store/claims.ts";
import { sqlCheck, type Check } from "../platform/checks.ts";

export const checks: readonly Check[] = [
  sqlCheck(
    "deliveries-left-behind",
    "Something is on its way to another server for longer than it is tried: the lanes stand still.",
    (now) => sql`select id, inbox, at from federation.delivery where state = 'due' and at < ${now}::timestamptz - interval '31 days'`,
  ),
  sqlCheck(
    "letters-left-unread",
    "Something came from another server and was neither worked nor given up for four days.",
    (now) => sql`select id, type, at from federation.inbox_event where state = 'new' and at < ${now}::timestamptz - interval '4 days'`,
  ),
  sqlCheck(
    "claims-in-the-book",
    "What we owe a sister, or it owes us, is not the sum of the claims between us: the two books cannot mirror each other.",
    () => sql`
      with claimed as (
        select 'payable:coop:' || host as code, -sum(due_minor) as minor from federation.claim
        where not ours and state in ('expected', 'raised', 'accepted', 'disputed') and ${isBooked} group by host
        union all
        select 'receivable:coop:' || host, sum(due_minor) from federation.claim
        where ours and state in ('raised', 'accepted', 'disputed') and ${isBooked} group by host
        union all
        select 'settlement:coop:' || host, sum(net_minor - moved_minor) from federation.netting_round where state in ('posted', 'settled') group by host
      ), booked as (
        select code, balance from ledger.account_balance where code like any (array['payable:coop:%', 'receivable:coop:%', 'settlement:coop:%'])
      )
      select code, coalesce(minor, 0) as claimed, coalesce(balance, 0) as booked from claimed full join booked using (code)
      where coalesce(minor, 0) <> coalesce(balance, 0)`,
  ),
  sqlCheck(
    "rounds-of-claims",
    "A round that is posted is not the sum of its claims, or holds a claim that is not set off, or the other coop's hash is another.",
    () => sql`
      select round.id, round.name, net_minor, sum(case when ours then due_minor else -due_minor end) as claimed
      from federation.netting_round round left join federation.claim on claim.round = round.id
      where round.state in ('posted', 'settled')
      group by round.id having net_minor is distinct from sum(case when ours then due_minor else -due_minor end)
        or bool_or(claim.state not in ('netted', 'settled')) or hash is distinct from theirs
        or bool_or((claim.state = 'settled') <> (round.state = 'settled'))`,
  ),
];
