// What must never be true of the papers and the bank's lines. A sound house answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";
import { isBudget } from "../store/accounts.ts";

/** The key of the entry of a paper: an invoice by itself, a claim by the work that it is for. */
const issuedKey = sql`case document.kind when 'claim' then 'engagement:' || document.engagement || ':' || document.milestone || ':home'
  else 'invoice:' || document.id || ':issued' end`;

export const paperChecks: readonly Check[] = [
  sqlCheck(
    "money-document-legs",
    "An invoice says other amounts than its entry moved.",
    () => sql`
      select number, gross_minor, home_net_minor, home_vat_minor, budget_minor, sister_minor, legs.*
      from money.document left join lateral (
        select sum(amount) filter (where code like 'receivable:%' and leg.currency = document.currency) as owed,
          sum(amount) filter (where code like 'receivable:%' and rate_on is null or code like 'fx:___:___') as worth, -sum(amount) filter (where code like 'vat:%:due') as vat,
          -sum(amount) filter (where ${isBudget}) as earned, -sum(amount) filter (where code like 'pot:%') as fee,
          -sum(amount) filter (where code = 'payable:coop:' || document.sister) as sisters
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where entry.key = ${issuedKey} and entry.document_id = document.id
      ) legs on true
      where (gross_minor, home_net_minor + home_vat_minor, home_vat_minor, budget_minor, sister_minor, home_net_minor - budget_minor - sister_minor)
          is distinct from (owed::bigint, worth::bigint, coalesce(vat, 0)::bigint, coalesce(earned, 0)::bigint, coalesce(sisters, 0)::bigint, coalesce(fee, 0)::bigint)
        or (select coalesce(sum(earning.budget_minor), 0) from money.earning where invoice = document.id) is distinct from budget_minor
        or array(select earning.member from money.earning where invoice = document.id order by earning.number) is distinct from team
        or (frozen::jsonb #>> '{number}', frozen::jsonb #>> '{reference}') is distinct from (number, reference)
        or (replace(frozen::jsonb #>> '{gross,amount}', '.', '')::bigint, replace(frozen::jsonb #>> '{net,amount}', '.', '')::bigint)
          is distinct from (gross_minor, net_minor)`,
  ),
  sqlCheck(
    "money-credit-legs",
    "A credit note says other amounts than its entries moved, or names no confirmed credit, or its invoice's payable does not know of it.",
    () => sql`
      select note.number, note.gross_minor, note.home_net_minor, note.home_vat_minor, note.budget_minor, legs.*
      from money.credit left join money.credit_note note on note.id = credit.id
      left join money.document on document.id = note.invoice
      left join lateral (
        select -sum(amount) filter (where code like 'receivable:client:%' and leg.currency = note.currency) as owed, sum(amount) filter (where code like 'vat:%:due') as vat,
          sum(amount) filter (where ${isBudget}) as earned, sum(amount) filter (where code like 'pot:%') as fee
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where entry.key = 'credit-note:' || note.id || ':issued' and entry.document_id = note.id
      ) legs on true
      where (credit.state = 'confirmed') <> (note.id is not null)
        or note.id is not null and (
          (note.gross_minor, note.home_vat_minor, note.budget_minor + note.borne_minor, note.home_net_minor - note.budget_minor - note.borne_minor)
            is distinct from (owed::bigint, coalesce(vat, 0)::bigint, coalesce(earned, 0)::bigint, coalesce(fee, 0)::bigint)
          or note.borne_minor <> (
            select coalesce(sum(amount), 0) from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
            where entry.key = 'credit-note:' || note.id || ':borne' and entry.bearer = 'pot:' || credit.bearer and code = entry.bearer)
          or (note.net_minor, note.invoice) is distinct from (credit.net_minor, credit.invoice)
          or (note.frozen::jsonb #>> '{number}', note.frozen::jsonb #>> '{invoice,number}') is distinct from (note.number, document.number)
          or replace(note.frozen::jsonb #>> '{gross,amount}', '.', '')::bigint is distinct from note.gross_minor)
      union all
      select document.number, amount_minor, payable.credited_minor, earning.credited_minor, null, null, null, null, null
      from money.payable join money.earning using (invoice, member) join money.document on document.id = payable.invoice
      where payable.credited_minor <> earning.credited_minor`,
  ),
  sqlCheck(
    "money-earnings",
    "What a member earns of an invoice is not what its entry and its credits moved on their budget, or they are owed another amount.",
    () => sql`
      select document.number, earning.member, earning.budget_minor, earning.credited_minor, moved.earned, moved.back, payable.amount_minor
      from money.earning join money.document on document.id = earning.invoice
      left join money.payable on payable.invoice = earning.invoice and payable.member = earning.member
      left join lateral (
        select coalesce(-sum(amount) filter (where entry.key = ${issuedKey}), 0) as earned,
          coalesce(sum(amount) filter (where entry.key like 'credit-note:%'), 0) as back
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where code = 'member:' || earning.member || ':budget' || coalesce(':' || earning.into_budget, '')
          and (entry.document_id = document.id or entry.document_id in (select id from money.credit_note where invoice = document.id))
          and (entry.key = ${issuedKey} or entry.key like 'credit-note:%')
      ) moved on true
      where (earning.budget_minor, earning.credited_minor) is distinct from (moved.earned::bigint, moved.back::bigint)
        or payable.amount_minor <> earning.budget_minor
      union all
      select document.number, null, sum(earning.credited_minor), credited_budget_minor, null, null, null
      from money.collection join money.document on document.id = collection.invoice join money.earning on earning.invoice = document.id
      group by document.number, credited_budget_minor having sum(earning.credited_minor) <> credited_budget_minor`,
  ),
  sqlCheck(
    "money-number-gaps",
    "The numbers of a series have a gap, or a paper is dated before the one below it.",
    () => sql`
      with paper as (
        select kind, number, issued_on, split_part(number, '-', 1) as branch, split_part(number, '-', 2)::smallint as year,
          ltrim(split_part(number, '-', 3), 'CS')::bigint as no
        from (select kind, number, issued_on from money.document union all select 'creditNote', number, issued_on from money.credit_note
          union all select 'selfBilled', number, issued_on from money.self_billed union all select 'selfBilled', number, issued_on from money.self_billed_credit) every
      )
      select kind, branch, year, next - 1 as taken, count(number) as papers, max(no) as last
      from money.series full join paper using (kind, branch, year)
      group by kind, branch, year, next having (count(number), coalesce(max(no), 0)) is distinct from (next - 1, next - 1)
      union all
      select kind, branch, year, null, no, null
      from (select *, lag(issued_on) over (partition by kind, branch, year order by no) as before from paper) dated where issued_on < before`,
  ),
  sqlCheck(
    "money-collected",
    "What an invoice counts as paid is not the sum of its booked lines, or what is held of a member's budget does not fit it.",
    () => sql`
      select document.number, paid_minor, coalesce(lines.booked, 0) as booked, coalesce(holds.held, 0) as held
      from money.collection join money.document on document.id = collection.invoice left join money.earning on earning.invoice = document.id
      left join money.payable used on used.invoice = earning.invoice and used.member = earning.member
      left join lateral (select earning.budget_minor - earning.credited_minor - coalesce(used.freed_minor, 0) as budget) earned on true
      left join (select invoice, sum(case kind when 'clientRepaid' then -amount_minor else coalesce(settles_minor, amount_minor) end) as booked from money.bank_line where state = 'booked' group by invoice) lines on lines.invoice = document.id
      left join (select invoice, sum(gross_minor) as gross, sum(budget_minor) as budget from money.credit_note group by 1) notes on notes.invoice = document.id
      left join (
        select split_part(key, ':', 2) as invoice, split_part(key, ':', 4) as member, code, sum(amount) as held
        from ledger.hold join ledger.account using (account_id)
        where kind = 'uncollected' and not exists (select from ledger.hold_end where hold_end.hold_id = hold.hold_id) group by 1, 2, 3
      ) holds on holds.invoice = document.id::text and holds.member = earning.member::text
        and holds.code = 'member:' || earning.member || ':budget' || coalesce(':' || earning.into_budget, '')
      where paid_minor <> case document.kind when 'claim' then document.gross_minor else coalesce(lines.booked, 0) end
        or coalesce(holds.held, 0) <> case when paid_minor + collection.credited_minor + collection.lost_minor >= document.gross_minor
          or exists (select from money.payable where payable.invoice = document.id and payable.member = earning.member and ahead_at is not null) then 0 else
          earned.budget - div(earned.budget::numeric * paid_minor, document.gross_minor - collection.credited_minor) end
        or (collection.credited_minor, credited_budget_minor) is distinct from (coalesce(notes.gross, 0)::bigint, coalesce(notes.budget, 0)::bigint)
        or (document.gross_minor, document.pay_by) is distinct from (collection.gross_minor, collection.pay_by)`,
  ),
  sqlCheck(
    "money-open-worth",
    "What clients owe in foreign money is worth something else at home than the book holds for it, or what is open of an invoice is worth nothing, or nothing something.",
    () => sql`
      select coalesce(papers.currency, booked.currency) as currency, null as invoice, worth, counted
      from (
        select currency::text, sum(worth_minor) as worth from money.collection join money.document on document.id = invoice
        where rate_on is not null and lost_minor = 0 group by 1
      ) papers full join (
        select split_part(code, ':', 2) as currency, balance as counted from ledger.account_balance where code ~ '^fx:[A-Z]{3}:[A-Z]{3}$'
      ) booked using (currency)
      where coalesce(worth, 0) <> coalesce(counted, 0)
      union all
      select currency, number, worth_minor, document.gross_minor - paid_minor - credited_minor
      from money.collection join money.document on document.id = invoice
      where kind = 'invoice' and (case when rate_on is null then worth_minor <> document.gross_minor - paid_minor - credited_minor
        else sign(worth_minor) <> sign(document.gross_minor - paid_minor - credited_minor) and worth_minor <> 0 end)`,
  ),
  sqlCheck(
    "money-lines-booked",
    "A booked line has no entry, or an entry of a line moved another amount on the bank account.",
    () => sql`
      select bank_line.id, state, kind, amount_minor, moved from money.bank_line left join lateral (
        select sum(abs(amount)) filter (where code like 'bank:%') as moved from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where entry.key = 'bank-line:' || bank_line.id || ':booked' and entry.bank_line_id = bank_line.id
      ) legs on true
      where moved is distinct from case when state = 'booked' and kind not in ('several', 'batchSettled') then amount_minor end`,
  ),
  sqlCheck(
    "money-lines-in-parts",
    "The parts of a booked line moved other money on the bank account than the line says.",
    () => sql`
      select whole.id, whole.amount_minor, moved from money.bank_line whole left join lateral (
        select sum(amount) as moved from money.bank_line part join ledger.entry on entry.bank_line_id = part.id
          join ledger.leg using (entry_id) join ledger.account using (account_id)
        where part.part_of = whole.id and code like 'bank:%'
      ) legs on true
      where whole.kind in ('several', 'batchSettled') and abs(coalesce(moved, 0)) <> case when whole.state = 'booked' then whole.amount_minor else 0 end`,
  ),
  sqlCheck(
    "money-strays",
    "The book owes strangers another sum than what came from them and was not sent back, or something went back that never came, or another amount of it.",
    () => sql`
      select null as line, owed, lines from (select coalesce(sum(-balance), 0) as owed from ledger.account_balance where code = 'suspense:strays') book,
        (select coalesce(sum(case kind when 'strayReceived' then amount_minor else -amount_minor end), 0) as lines from money.bank_line
          where kind in ('strayReceived', 'straySentBack') and state = 'booked') said
      where owed <> lines
      union all
      select back.id, came.amount_minor, back.amount_minor from money.bank_line back left join money.bank_line came on came.id = back.stray
      where back.kind = 'straySentBack' and back.state = 'booked' and (came.kind, came.state, came.amount_minor) is distinct from ('strayReceived', 'booked', back.amount_minor)`,
  ),
  sqlCheck(
    "money-statement-lines",
    "A line of the bank's file moved other money than it says, or more than once, or one of a statement that waits moved any.",
    () => sql`
      with line as (
        select line.id, statement.state, suspended, line.amount_minor, line.line, bank_line.state as own,
          coalesce((select sum(leg.amount) from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
            where account.code = 'suspense:unmatched'
              and entry.key in ('statement-line:' || line.id || ':unmatched', 'statement-line:' || line.id || ':matched')), 0) as waits,
          bank_line.amount_minor as moved
        from money.statement_line line join money.statement on statement.id = line.statement left join money.bank_line on bank_line.id = line.line
      )
      select id, state, suspended, amount_minor, own, waits, moved from line
      where waits <> case when suspended and own is distinct from 'booked' then -amount_minor else 0 end
        or (line is not null and abs(amount_minor) <> moved)
        or (state in ('broken', 'vouched') and (suspended or line is not null))
        or (state in ('taken', 'accepted') and line is null and not suspended)
        or own = 'discarded'`,
  ),
  sqlCheck(
    "money-live-items",
    "A payable has more than one live item, or an item is alive in a cancelled batch, or dead in another.",
    () => sql`
      select payable, count(*) as items from money.payout_item where live group by payable having count(*) > 1
      union all
      select item.payable, null from money.payout_item item join money.payout_batch batch on batch.id = item.batch
      where item.live = (batch.state = 'cancelled' or item.returned_on is not null or item.refused_on is not null) or item.currency <> batch.currency`,
  ),
  sqlCheck(
    "money-batches-signed",
    "A batch lacks one of its two signatures, or its items are not its total, or what was signed was not posted.",
    () => sql`
      select batch.id, state, signatures, items.total from money.payout_batch batch
      left join lateral (select count(*) as signatures, count(*) filter (where no = 1 and person = ordered_by) as first from money.payout_signature where batch = batch.id) s on true
      left join lateral (
        select sum(amount_minor) as total, count(*) as count, count(*) filter (where settled_on is null and refused_on is null) as unsettled, count(refused_on) as refused, count(entry.entry_id) as posted
        from money.payout_item item left join ledger.entry on entry.key = 'payout-item:' || item.id || ':ordered' where item.batch = batch.id
      ) items on true
      where first <> 1 or items.total is distinct from total_minor or items.count <> batch.items
        or (state in ('signed', 'exported', 'settled', 'refused')) <> (signatures = 2)
        or items.posted <> case when state in ('signed', 'exported', 'settled', 'refused') then items.count else 0 end
        or (state in ('settled', 'refused')) <> (items.unsettled = 0) or (state = 'refused') <> (items.refused = items.count)
        or (exported_at is not null) <> exists (select from money.payout_taking where batch = batch.id)`,
  ),
  sqlCheck(
    "money-refused-once",
    "What the bank refused is still under way in the book, or what it did not refuse came back without a line of the bank, or no report says that it was refused.",
    () => sql`
      select item.id, refused_on, returned_on, entry.key, answer.status from money.payout_item item
      left join ledger.entry on entry.key = 'payout-item:' || item.id || ':rejected'
      left join money.payout_answer answer on answer.report = item.refused_by and answer.item = item.id
      where (refused_on is not null or returned_on is not null) <> (entry.key is not null) or (refused_on is not null and answer.status is distinct from 'RJCT')`,
  ),
  sqlCheck(
    "money-payout-budgets",
    "What was signed to be paid did not leave the budget that its invoice went into.",
    () => sql`
      select item.id, earning.member, earning.into_budget, item.amount_minor, moved.amount
      from money.payout_item item join money.payable on payable.id = item.payable
      join money.earning on earning.invoice = payable.invoice and earning.member = payable.member
      join ledger.entry on entry.key = 'payout-item:' || item.id || ':ordered'
      left join lateral (
        select sum(amount) as amount from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id
          and code = 'member:' || earning.member || ':budget' || coalesce(':' || earning.into_budget, '')
      ) moved on true
      left join money.pay on pay.id = item.pay
      where moved.amount is distinct from case when entry.kind = 'payroll.estimated' then pay.cost_minor when item.pay is null then item.amount_minor - item.vat_minor end`,
  ),
  sqlCheck(
    "money-paid-by-a-line",
    "A payable counts as paid without a booked line of its amount, or a booked line without the item it settles.",
    () => sql`
      select item.id, item.settled_line, line.id as line from money.payout_item item
      full join money.bank_line line on line.item = item.id and line.state = 'booked' and line.kind = 'payoutSettled'
      where (item.settled_line is not null or (line.kind = 'payoutSettled' and line.state = 'booked'))
        and (item.settled_line, item.amount_minor, item.currency, item.settled_on) is distinct from (line.id, line.amount_minor, line.currency, line.booked_on)`,
  ),
  sqlCheck(
    "money-ibans",
    "A member has more than two live accounts, one to come without one that counts, or the account of another person.",
    () => sql`
      select member, count(*) as accounts from money.iban where live group by member
      having count(*) > 2 or min(counts_from) > min(set_at)
      union all
      select iban.member, null from money.iban left join membership.member_card on member_card.id = iban.member where member_card.person is distinct from iban.person`,
  ),
];
