// What waits for somebody at a coop, in SQL: of all that people could do there now, what a simulation chooses from.
import { sql } from "kysely";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database } from "../../platform/database.ts";

/** What somebody may do: with a job or a bid, with work that was agreed, with money, or with a treaty. */
export type Verb =
  | "change"
  | "withdraw"
  | "choose"
  | "bid"
  | "confirm"
  | "signAsClient"
  | "signAsMember"
  | "cover"
  | "start"
  | "handIn"
  | "answer"
  | "dispute"
  | "endDispute"
  | "cancel"
  | "askEnd"
  | "agreeToEnd"
  | "pay"
  | "lose"
  | "settle"
  | "block"
  | "unblock"
  | "pause"
  | "resume"
  | "endTreaty"
  | "offerTreaty"
  | "acceptTreaty";

/** The thing it is done to; where a member does it, who; its version; and the sum or a count, where there is one. */
export type Waiting = { readonly verb: Verb; readonly id: Id; readonly who: Id | null; readonly version: bigint; readonly minor: bigint };

const most = 6;

/** In a fixed order. Nobody bids on more than a few jobs at once. */
export async function waitingAt(db: Database, now: Instant, members: readonly Id[]): Promise<readonly Waiting[]> {
  const { rows } = await sql<Waiting>`
    with ours(id) as (select unnest(${members}::uuid[])),
      shut(id) as (select id from federation.host where blocked_at is not null),
      bound(id) as (select host from federation.treaty where state = 'active'),
      work as (
        select engagement.*, coalesce(across.is_home, true) as does, not coalesce(across.is_home, false) as buys
        from marketplace.engagement left join marketplace.engagement_elsewhere across on across.engagement = engagement.id
        where state in ('quoted', 'signed', 'covered', 'underWay')
      ),
      quote as (
        select * from work where state = 'quoted' and sign_until > ${now}
      ),
      step as (
        select milestone.*, work.member, work.does, work.buys, work.state as stands from marketplace.milestone join work on work.id = milestone.engagement
      ),
      shared as (
        select work.* from work where state = 'underWay' and exists (select from step where step.engagement = work.id and step.state in ('handedIn', 'changesAsked'))
          and not exists (select from step where step.engagement = work.id and step.state = 'disputed')
      ),
      open as (
        select * from marketplace.job where state = 'open' and bids_until > ${now}
      ),
      standing as (
        select * from marketplace.bid where member in (select id from ours) and state in ('placed', 'toConfirm')
      )
    select 'change' as verb, id, null::uuid as who, version, price_minor as minor from open where elsewhere is null
    union all select 'withdraw', id, null, version, 0 from open where elsewhere is null
    union all select 'choose', bid.id, null, bid.version, bid.amount_minor
      from marketplace.bid join marketplace.job on job.id = bid.job left join membership.member_card card on card.id = bid.member
      where job.elsewhere is null and job.state in ('open', 'closed') and bid.state = 'placed' and (card.host is null or card.host in (select id from bound))
    union all select 'bid', open.id, ours.id, version, price_minor from open, ours
      where (elsewhere is null or elsewhere in (select id from bound))
        and not exists (select from marketplace.bid where bid.job = open.id and bid.member = ours.id)
        and (select count(*) from standing where standing.member = ours.id) < ${most}
    union all select 'confirm', id, member, version, 0 from standing where state = 'toConfirm' and confirm_until > ${now}
      and exists (select from marketplace.job where job.id = standing.job and (elsewhere is null or elsewhere in (select id from bound)))
    union all select 'signAsClient', id, null, 0, 0 from quote where buys and client_signed_at is null
    union all select 'signAsMember', id, member, 0, 0 from quote
      where does and client_signed_at is not null and member_signed_at is null
    union all select 'cover', id, null, 0, 0 from work where does and state = 'signed'
    union all select 'start', id, member, 0, 0 from work where does and state = 'covered'
    union all select 'handIn', id, member, 0, 0 from step where does and state in ('underWay', 'changesAsked')
    union all select 'answer', id, null, version, changes_asked from step where buys and state = 'handedIn'
    union all select 'dispute', id, null, 0, 0 from step where buys and state = 'handedIn'
    union all select 'dispute', id, member, 0, 0 from step where does and state in ('handedIn', 'changesAsked')
    union all select 'endDispute', id, null, 0, 0 from step where buys and state = 'disputed' and disputed_by = 'client'
    union all select 'endDispute', id, member, 0, 0 from step where does and state = 'disputed' and disputed_by = 'member'
    union all select 'askEnd', id, null, 0, 0 from shared where buys and cancel_asked_by is null
    union all select 'askEnd', id, member, 0, 0 from shared where does and cancel_asked_by is null
    union all select 'agreeToEnd', id, null, 0, 0 from shared where buys and cancel_asked_by = 'member' and cancel_stands_until > ${now}
    union all select 'agreeToEnd', id, member, 0, 0 from shared where does and cancel_asked_by = 'client' and cancel_stands_until > ${now}
    union all select 'cancel', engagement, null, 0, 0 from step where buys and stands in ('covered', 'underWay') and handed_in_at is null
    union all select 'pay', invoice, null, 0, gross_minor - paid_minor - credited_minor from money.collection
      where gross_minor > paid_minor + credited_minor and exists (select from money.document where document.id = invoice and client is not null)
    union all select 'lose', invoice, null, 0, 0 from money.collection
      where gross_minor > paid_minor + credited_minor and exists (select from money.document where document.id = invoice and client is not null)
        and not exists (select from money.loss where loss.invoice = collection.invoice)
    union all select 'settle', host, null, 0, net_minor - moved_minor from federation.netting_round where state = 'posted'
    union all select 'pause', host, null, 0, 0 from federation.treaty where state = 'active'
    union all select 'resume', host, null, 0, 0 from federation.treaty where state = 'paused' and host not in (select id from shut)
    union all select 'block', id, null, 0, 0 from bound
    union all select 'unblock', id, null, 0, 0 from shut
    union all select 'endTreaty', host, null, 0, 0 from federation.treaty where state in ('active', 'paused')
    union all select 'offerTreaty', id, null, 0, 0 from federation.host
      where state = 'followed' and blocked_at is null and not exists (select from federation.treaty where host = host.id and treaty.state in ('offered', 'received', 'accepted', 'active', 'paused'))
    union all select 'acceptTreaty', host, null, 0, 0 from federation.treaty where state = 'received' and host not in (select id from shut)
    order by verb, id, who`.execute(db);
  return rows;
}
