// What must never be true of the book, and of the papers beside it. Each query names the faults it finds; a sound book answers none.
import { sql } from "kysely";
import { later } from "@partcommune/shared/platform/time";
import { sqlCheck, type Check } from "../platform/checks.ts";
import { advanceChecks } from "./checks/advances.ts";
import { correctionChecks } from "./checks/corrections.ts";
import { lossChecks } from "./checks/losses.ts";
import { paperChecks } from "./checks/papers.ts";
import { payrollChecks } from "./checks/payroll.ts";
import { shareChecks } from "./checks/shares.ts";
import { selfBillingChecks } from "./checks/self-billing.ts";
import { isBudget } from "./store/accounts.ts";

const sealWithinMs = 600_000;

export const checks: readonly Check[] = [
  sqlCheck(
    "ledger-trial-balance",
    "Debits and credits of a currency differ.",
    () => sql`
      select currency, sum(amount) as difference from ledger.leg group by currency having sum(amount) <> 0
      union all select currency, difference from ledger.trial_balance where difference <> 0`,
  ),
  sqlCheck(
    "ledger-balances",
    "A balance row is not the sum of its legs.",
    () => sql`
      select account_id, balance.balance, coalesce(moved.net, 0) as legs from ledger.balance
      left join (select account_id, sum(amount) as net from ledger.leg group by account_id) moved using (account_id)
      where balance.balance <> coalesce(moved.net, 0)`,
  ),
  sqlCheck(
    "ledger-held",
    "What an account says is held is not the sum of its open holds.",
    () => sql`
      select account_id, says.held, coalesce(open.held, 0) as holds
      from (select account_id, held from ledger.balance union all select account_id, held from ledger.pool) says
      left join (
        select account_id, sum(amount) as held from ledger.hold
        where not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id) group by account_id
      ) open using (account_id)
      where says.held <> coalesce(open.held, 0)`,
  ),
  sqlCheck(
    "ledger-marks",
    "The mark of a pool is not the sum of its sealed legs.",
    () => sql`
      select account_id, mark, coalesce(moved.net, 0) as sealed from ledger.pool
      left join (select account_id, sum(amount) as net from ledger.leg join ledger.sealed using (entry_id) group by account_id) moved using (account_id)
      where mark <> coalesce(moved.net, 0)`,
  ),
  sqlCheck(
    "ledger-low-mark",
    "An entry that is not sealed lies below the mark under which everything is sealed, so pools would not count it.",
    () => sql`
      select entry_id, key from ledger.entry
      where entry_id <= coalesce((select low_entry from ledger.batch order by batch_no desc limit 1), 0)
        and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)`,
  ),
  sqlCheck(
    "ledger-positions",
    "Sealed positions have a gap, or do not fit their batches.",
    () => sql`
      select 'position' as at, position from (select position, row_number() over (order by position) as place from ledger.sealed) s where position <> place
      union all
      select 'batch', batch_no from (select batch_no, from_position, lag(to_position, 1, 0) over (order by batch_no) as before from ledger.batch) b
      where from_position <> before + 1
      union all
      select 'end', coalesce(max(position), 0) from ledger.sealed having coalesce(max(position), 0) <> coalesce((select max(to_position) from ledger.batch), 0)`,
  ),
  sqlCheck(
    "ledger-unsealed",
    "An entry has waited more than ten minutes for its seal.",
    (now) => sql`
      select entry_id, key, at from ledger.entry
      where at < ${later(now, -sealWithinMs)}::timestamptz and not exists (select from ledger.sealed where sealed.entry_id = entry.entry_id)`,
  ),
  sqlCheck(
    "ledger-legs",
    "An entry has other legs than it says.",
    () => sql`
      select entry_id, key, entry.legs, count(leg.no) as found from ledger.entry left join ledger.leg using (entry_id)
      group by entry_id, key, entry.legs having count(leg.no) <> entry.legs`,
  ),
  sqlCheck(
    "ledger-fee",
    "The fee of an invoice is not the rate it cites of what the members and the pots got together, or an invoice cites none.",
    // Rounded half to even, as the law rounds: numeric rounds half away, so the tie is told apart.
    () => sql`
      with invoice as (
        select entry_id, key, document_id,
          -sum(amount) filter (where code like 'pot:%') as fee,
          -sum(amount) filter (where code like 'pot:%' or ${isBudget}) as price,
          (select (value #>> '{}')::numeric from governance.bylaw_card where id = any (bylaws) and bylaw_card.key = 'fee.rate') as rate
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where kind = 'invoice.issued' group by entry_id, key, document_id, bylaws
      ), due as (
        select *, price * rate as exact from invoice
      )
      select entry_id, key, fee, price, rate from due
      where rate is null and document_id is not null or coalesce(fee, 0) <> div(exact, 1000000) + case
        when 2 * mod(exact, 1000000) > 1000000 or (2 * mod(exact, 1000000) = 1000000 and mod(div(exact, 1000000), 2) = 1) then 1 else 0 end`,
  ),
  sqlCheck(
    "ledger-hold-expired",
    "A hold has expired and is still open.",
    (now) => sql`
      select hold_id, key, expires_at from ledger.hold
      where expires_at < ${later(now, -sealWithinMs)}::timestamptz
        and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id)`,
  ),
  sqlCheck(
    "ledger-reversed",
    "More or less is counted as taken back from an entry than its reversals took.",
    () => sql`
      with unit as (select entry_id, currency from ledger.leg where no = 1)
      select reversible.entry_id, total, reversed, sum(leg.amount) as taken from ledger.reversible
      left join ledger.reversal on reversal.reverses = reversible.entry_id
      left join unit on unit.entry_id = reversible.entry_id
      left join ledger.leg on leg.entry_id = reversal.entry_id and leg.currency = unit.currency and leg.amount > 0
      group by reversible.entry_id having reversed <> coalesce(sum(leg.amount), 0) or reversed > total`,
  ),
  sqlCheck(
    "ledger-floors",
    "An account stands below its floor though nothing that may bring it there has touched it.",
    () => sql`
      select code, balance, held, floor, available from ledger.account_balance
      where available < 0 and code !~ '^fx:' -- positions in foreign money mirror what is owed in it, and differences of exchange go both ways
        and not exists (
        select from ledger.leg join ledger.entry using (entry_id) join ledger.kind using (kind)
        where leg.account_id = account_balance.account_id and not guards and (class in ('asset', 'expense')) = (amount < 0))
        and not exists (select from ledger.floor_set where floor_set.account_id = account_balance.account_id)`,
  ),
  ...paperChecks,
  ...lossChecks,
  ...correctionChecks,
  ...selfBillingChecks,
  ...shareChecks,
  ...payrollChecks,
  ...advanceChecks,
];
