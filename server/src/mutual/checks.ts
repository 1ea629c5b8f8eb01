// What must never be true of the fund. A sound fund answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../platform/checks.ts";

export const checks: readonly Check[] = [
  sqlCheck(
    "mutual-held-back",
    "Something is held back of the guarantee pot for what the client has paid, or nothing is for what is paid ahead.",
    () => sql`
      select payable.id, payable.fronted_at, held.amount from money.payable join money.collection using (invoice)
      left join (
        select key, amount from ledger.hold
        where kind = 'guarantee' and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)
      ) held on held.key = 'payable:' || payable.id || ':guarantee'
      where (held.key is not null) <> (fronted_at is not null and paid_minor + collection.credited_minor + collection.lost_minor < gross_minor)
      union all
      select null, placed_at, amount from ledger.hold where kind = 'guarantee'
        and not exists (select from money.payable where hold.key = 'payable:' || payable.id || ':guarantee')`,
  ),
  sqlCheck(
    "mutual-paid-ahead",
    "What is exposed is not what the book paid ahead of clients, less what they have paid since and what was given up.",
    () => sql`
      select payable.id, payable.ahead_at, paid.entries, paid.amount from money.payable
      left join (
        select item.payable, count(distinct entry_id) as entries,
          sum(amount + coalesce(pay.left_minor - pay.cost_minor, 0)) filter (where item.live) as amount from ledger.entry
        join money.payout_item item on entry.key = 'payout-item:' || item.id || ':ordered' left join money.pay on pay.id = item.pay
        join ledger.leg using (entry_id) join ledger.account using (account_id)
        where code like 'member:%:budget%' and exists (
          select from ledger.hold_end join ledger.hold using (hold_id) where hold_end.entry_id = entry.entry_id and hold.kind = 'uncollected'
        ) group by 1
      ) paid on paid.payable = payable.id
      where (payable.ahead_at is not null) <> (paid.entries is not null) or paid.amount <> payable.amount_minor - payable.credited_minor - payable.drawn_minor + payable.billed_vat_minor`,
  ),
  sqlCheck(
    "mutual-alerts",
    "Somebody stands in the queue and nobody is told, or an alert stands and nobody waits.",
    () => sql`
      select coalesce(waiting.reason, alert.cause) as cause, waiting.count from
        (select reason, count(*) as count from mutual.queued where ended_at is null group by 1) waiting
        full join (select cause from mutual.alert where ended_at is null) alert on alert.cause = waiting.reason
      where waiting.count is null or alert.cause is null`,
  ),
];
