// What must never be true of payroll. A sound house answers none.
import { sql } from "kysely";
import { employed } from "@partcommune/shared/membership/rules/employment";
import { sqlCheck, type Check } from "../../platform/checks.ts";

export const payrollChecks: readonly Check[] = [
  sqlCheck(
    "money-pay-posted",
    "Work of somebody employed was ordered or paid without its pay, or what is in hand is not what was reckoned.",
    () => sql`
      select item.id, batch.state, item.amount_minor, pay.net_minor, pay.along_minor, entry.kind, pay.posted_at
      from money.payout_item item join money.payout_batch batch on batch.id = item.batch
      join money.payable on payable.id = item.payable and payable.about = 'invoice'
      join membership.member_card card on card.id = payable.member
      left join money.pay on pay.id = item.pay
      left join ledger.entry on entry.key = 'payout-item:' || item.id || ':ordered'
      where card.status = any(${[...employed]}::text[]) and batch.state <> 'cancelled' and (
        pay.id is null or pay.payable <> payable.id or item.amount_minor <> pay.net_minor + pay.along_minor
        or (entry.entry_id is not null and pay.posted_at is null)
        or (entry.kind is not null and entry.kind not in ('payroll.estimated', 'payout.ordered')))
      union all
      select pay.id, null, pay.cost_minor, pay.net_minor, pay.along_minor, null, pay.posted_at from money.pay
      where posted_at is not null and (
        select count(*) from ledger.entry join money.payout_item item on entry.key = 'payout-item:' || item.id || ':ordered'
        where item.pay = pay.id and entry.kind = 'payroll.estimated') <> 1`,
  ),
  sqlCheck(
    "money-payroll-owed",
    "An account of payroll does not hold what was reckoned and corrected, less what was paid of it.",
    () => sql`
      with owed as (
        select 'employee' as side, coalesce(sum(employee_minor), 0) as minor from money.pay where posted_at is not null
        union all select 'employee', coalesce(sum(employee_off_minor), 0) from money.payroll_figure
        union all select 'employer', coalesce(sum(employer_minor), 0) from money.pay where posted_at is not null
        union all select 'employer', coalesce(sum(employer_off_minor), 0) from money.payroll_figure
        union all select 'net', coalesce(sum(net_off_minor), 0) from money.payroll_figure
        union all select 'net', -coalesce(sum(along_minor), 0) from money.pay where posted_at is not null
        union all select 'net', coalesce(sum(net_minor + along_minor), 0) from money.pay where posted_at is not null
          and not exists (select from money.payout_item item join money.payout_batch batch on batch.id = item.batch
            where item.pay = pay.id and item.live and batch.state in ('signed', 'exported', 'settled'))
        union all select split_part(code, ':', 2), -sum(amount) from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
          where kind = 'payroll.remitted' and code like 'payroll:%' and key like 'bank-line:%' group by 1
      ), held as (
        select split_part(code, ':', 2) as side, -sum(amount) as minor from ledger.leg join ledger.entry using (entry_id) join ledger.account using (account_id)
        where code like 'payroll:%' and (key like 'payout-item:%' or key like 'payroll:%' or key like 'bank-line:%') group by 1
      )
      select side, owed.minor as owed, coalesce(held.minor, 0) as held from (select side, sum(minor) as minor from owed group by side) owed
      full join held using (side) where coalesce(owed.minor, 0) <> coalesce(held.minor, 0)`,
  ),
];
