// What must never be true of advances, and of what was used to repay them. A sound house answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";

export const advanceChecks: readonly Check[] = [
  sqlCheck(
    "money-advances",
    "What a member owes is not what was granted to them, less what they repaid and what was lost, or the book says another sum.",
    () => sql`
      select owed.member, owed.minor, booked.balance
      from (
        select member::text, sum(case when state = 'asked' then 0 else amount_minor - repaid_minor - lost_minor end) as minor
        from money.advance group by member
      ) owed left join (
        select account.owner_id as member, sum(balance) as balance from ledger.account_balance join ledger.account using (code)
        where code like 'member:%:advance%' group by account.owner_id
      ) booked on booked.member = owed.member
      where coalesce(owed.minor, 0) <> coalesce(booked.balance, 0)`,
  ),
  sqlCheck(
    "money-advance-holds",
    "An advance is owed and the pot holds something else for it, or the pot holds something for no advance.",
    () => sql`
      select advance.id, advance.state, advance.amount_minor - repaid_minor - lost_minor as owed, held.key, held.amount
      from money.advance full join (
        select key, amount, split_part(key, ':', 2) as advance from ledger.hold join ledger.account using (account_id)
        where kind = 'advance' and code = 'pot:advances' and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)
      ) held on held.advance = advance.id::text
      where coalesce(advance.amount_minor - repaid_minor - lost_minor, 0) <> coalesce(held.amount, 0)
      union all
      select null, null, null, key, amount from ledger.hold join ledger.account using (account_id) where kind = 'advance' and code <> 'pot:advances'`,
  ),
  sqlCheck(
    "money-advance-payables",
    "An advance is not owed to its member once, or what they are owed is for no advance.",
    () => sql`
      select advance.id, payable.id as payable, advance.amount_minor, payable.amount_minor as owed
      from money.advance full join (select * from money.payable where about = 'advance') payable on payable.source = advance.id
      where (advance.member, advance.amount_minor, advance.currency) is distinct from (payable.member, payable.amount_minor, payable.currency)`,
  ),
  sqlCheck(
    "money-draws",
    "What was used of something a member is owed is not what was kept of it, or repaid another sum of their advances.",
    () => sql`
      select payable.id, drawn_minor, coalesce(used.minor, 0) as kept from money.payable
      left join (select payable, sum(amount_minor) as minor from money.draw where returned_at is null group by payable) used on used.payable = payable.id
      where drawn_minor <> coalesce(used.minor, 0)
      union all
      select advance.id, repaid_minor, coalesce(used.minor, 0) from money.advance
      left join (select source, sum(amount_minor) as minor from money.draw where about = 'advance' group by source) used on used.source = advance.id
      where repaid_minor <> coalesce(used.minor, 0)`,
  ),
  sqlCheck(
    "money-expenses",
    "What is set aside for an expense is not what the member's own money bears of it, or it is owed without being set aside, or the other way round.",
    () => sql`
      select expense.id, state, amount_minor - vat_minor as own, used.minor as used, held.amount as held, owed.amount as owed
      from money.expense
      left join lateral (select sum(amount_minor) as minor from money.draw where source = expense.id and returned_at is null) used on true
      left join lateral (
        select sum(amount) as amount from ledger.hold where key = 'expense:' || expense.id and kind = 'expense'
          and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)
      ) held on true
      left join lateral (
        select sum(amount_minor - credited_minor) as amount from money.payable where source = expense.id and payable.member = expense.member
      ) owed on true
      where coalesce(used.minor, 0) <> case when state in ('covered', 'repaid') then amount_minor - vat_minor else 0 end
        or coalesce(held.amount, 0) <> case when state = 'covered' then amount_minor - vat_minor else 0 end
        or coalesce(owed.amount, 0) <> case when state in ('covered', 'repaid') then amount_minor else 0 end`,
  ),
];
