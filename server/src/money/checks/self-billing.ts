// What must never be true of invoices that the coop wrote in members' names. A sound house answers none.
import { sql, type RawBuilder } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";
import { isBudget } from "../store/accounts.ts";
import { isLeft, isOwed } from "../store/payables.ts";

/** What entries moved of the budget of `paper`'s member, of the VAT that is deducted, and out of the house. */
const movedBy = (entries: RawBuilder<unknown>) => sql`
  select sum(amount) filter (where ${isBudget} and owner_id = paper.member::text) as budget, sum(amount) filter (where code like 'vat:%:input') as vat,
    -sum(amount) filter (where code = 'payout:transit') as leaves
  from ledger.leg join ledger.account using (account_id) where ${entries}`;

/** VAT that the coop owed itself, and deducted, by entry. */
const owedBy = (keys: RawBuilder<unknown>) => sql`
  select key, -sum(amount) filter (where code like 'vat:%:due') as vat, sum(amount) filter (where code like 'vat:%:input') as deducted
  from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id) where kind = 'vat.owed' and ${keys} group by key`;

/** Whether a paper as it is frozen says something else than its row. */
const frozenOtherwise = sql`(
  paper.frozen::jsonb #>> '{number}' is distinct from paper.number
  or (replace(paper.frozen::jsonb #>> '{net,amount}', '.', '')::bigint, replace(paper.frozen::jsonb #>> '{vat,amount}', '.', '')::bigint)
    is distinct from (paper.net_minor, paper.vat_minor))`;

export const selfBillingChecks: readonly Check[] = [
  sqlCheck(
    "money-self-billed-legs",
    "An invoice in a member's name says other amounts than its entry moved, or one of both has not the other, or the member had not agreed.",
    // Beside what is on the invoice leaves the VAT of what was billed of the same work before.
    () => sql`
      select paper.number, entry.key, paper.net_minor, paper.vat_minor, paper.gross_minor, legs.*, said.agreed
      from (select * from money.self_billed where item is not null) paper
      full join (select entry_id, key from ledger.entry where kind = 'member.billed' and key like 'payout-item:%') entry on entry.key = 'payout-item:' || paper.item || ':ordered'
      left join money.billing said on said.id = paper.billing
      left join money.payout_item item on item.id = paper.item
      left join money.payable on payable.id = paper.payable
      left join lateral (${movedBy(sql`leg.entry_id = entry.entry_id`)}) legs on true
      where paper.id is null or entry.key is null or not said.agreed
        or (paper.net_minor + billed_vat_minor, paper.vat_minor, paper.gross_minor + billed_vat_minor)
          is distinct from (legs.budget::bigint, coalesce(legs.vat, 0)::bigint, legs.leaves::bigint)
        or (item.payable, item.member, item.billing, item.amount_minor, item.vat_minor)
          is distinct from (paper.payable, paper.member, paper.billing, paper.gross_minor + billed_vat_minor, paper.vat_minor)
        or ${frozenOtherwise}`,
  ),
  sqlCheck(
    "money-self-billed-draws",
    "An invoice about work that repaid an advance says other amounts than were repaid and booked as its VAT, or such work has no invoice, or what is owed is not the VAT of its invoices.",
    () => sql`
      select paper.number, entry.key, paper.net_minor, paper.vat_minor, draw.amount_minor, legs.*
      from (select * from money.self_billed where draw is not null) paper
      full join (select key, entry_id from ledger.entry where kind = 'vat.billed' and key like 'draw:%') entry on entry.key = 'draw:' || paper.draw || ':billed'
      left join money.draw on draw.id = paper.draw
      left join money.billing said on said.id = paper.billing
      left join ledger.entry repaid on repaid.key = 'draw:' || paper.draw || ':repaid'
      left join lateral (${movedBy(sql`leg.entry_id in (repaid.entry_id, entry.entry_id)`)}) legs on true
      where paper.id is null or repaid.key is null or not said.agreed or (entry.key is null) <> (paper.vat_minor = 0)
        or (draw.payable, draw.about, draw.amount_minor) is distinct from (paper.payable, 'advance', paper.net_minor)
        or (paper.net_minor - paper.vat_minor, paper.vat_minor) is distinct from (legs.budget::bigint, coalesce(legs.vat, 0)::bigint)
        or ${frozenOtherwise}
      union all
      select null, 'draw:' || draw.id, null, null, draw.amount_minor, null, null, null
      from money.draw join money.payable on payable.id = draw.payable join membership.member_card card on card.id = payable.member
      where draw.about = 'advance' and card.status = 'invoiced' and not exists (
        select from money.self_billed paper where paper.draw = draw.id or (paper.payable = payable.id and paper.item is not null and paper.issued_at <= draw.at))
      union all
      select null, 'payable:' || payable.id, null, billed_vat_minor, null, null, papers.vat, null
      from money.payable left join (select payable, sum(vat_minor) as vat from money.self_billed where draw is not null group by payable) papers
        on papers.payable = payable.id
      where billed_vat_minor <> coalesce(papers.vat, 0)`,
  ),
  sqlCheck(
    "money-self-billed-anew",
    "An invoice that was called wrong was taken back or written anew without the other, or not as was answered, or the new one says other work, or VAT that it bears more is not what was booked and is owed.",
    () => sql`
      select wrong.number, credit.number as credit, paper.number as anew, answer.anew as answered, wrong.vat_minor, paper.vat_minor as vat, entry.key, owed.amount_minor
      from money.self_billed_answer answer join money.self_billed wrong on wrong.id = answer.paper
      left join money.self_billed_credit credit on credit.paper = wrong.id
      left join money.self_billed paper on paper.replaces = wrong.id
      left join money.billing said on said.id = paper.billing
      left join ledger.entry on entry.key = 'self-billed:' || wrong.id || ':anew'
      left join money.payable owed on owed.source = wrong.id and owed.about = 'billedVat'
      left join lateral (${movedBy(sql`leg.entry_id = entry.entry_id`)}) legs on true
      where (answer.anew, answer.anew) is distinct from (credit.id is not null, paper.id is not null)
        or answer.anew and (not said.agreed or ${frozenOtherwise}
          or (paper.payable, paper.member, paper.net_minor) is distinct from (wrong.payable, wrong.member, wrong.net_minor)
          or paper.vat_minor - wrong.vat_minor is distinct from coalesce(owed.amount_minor, 0)
          or (coalesce(owed.amount_minor, 0), -coalesce(owed.amount_minor, 0)) is distinct from (coalesce(legs.vat, 0)::bigint, coalesce(legs.budget, 0)::bigint)
          or credit.frozen::jsonb - '{kind,number,issuedOn,credits,reason}'::text[] is distinct from wrong.frozen::jsonb - '{kind,number,issuedOn}'::text[]
          or credit.frozen::jsonb #>> '{number}' is distinct from credit.number)
      union all
      select paper.number, null, null, null, null, null, null, null from money.self_billed paper
      where replaces is not null and not exists (select from money.self_billed_answer where paper = replaces)`,
  ),
  sqlCheck(
    "money-self-billed-owed",
    "VAT of work from another country is not owed as its invoice says, or owed without one, or owed still though the invoice was taken back.",
    // Of up to three cents no rate in the union leaves a cent of VAT.
    () => sql`
      select paper.number, owed.key, back.key as back, paper.net_minor, owed.vat, back.vat as taken, credit.id
      from (select * from money.self_billed where frozen::jsonb ->> 'vatCategory' = 'reverseCharge') paper
      full join (${owedBy(sql`key like 'self-billed:%:owed'`)}) owed on owed.key = 'self-billed:' || paper.id || ':owed'
      full join (${owedBy(sql`key like 'self-billed:%:owed:back'`)}) back on back.key = owed.key || ':back'
      left join money.self_billed_credit credit on credit.paper = paper.id
      where paper.id is null or (owed.key is null and paper.net_minor > 3)
        or owed.vat <= 0 or owed.vat <> owed.deducted or owed.vat > paper.net_minor
        or (owed.key is not null and credit.id is not null) <> (back.key is not null)
        or (back.vat, back.deducted) is distinct from (case when back.key is not null then -owed.vat end, case when back.key is not null then -owed.deducted end)`,
  ),
  sqlCheck(
    "money-self-billed-paid",
    "Work of a member who is paid on an invoice was ordered or paid without one, or what leaves is not what is theirs with the VAT of it.",
    () => sql`
      select item.id, batch.state, item.amount_minor, item.vat_minor, paper.number, paper.vat_minor
      from money.payout_item item join money.payout_batch batch on batch.id = item.batch
      join money.payable on payable.id = item.payable and payable.about = 'invoice'
      join membership.member_card card on card.id = payable.member
      left join money.self_billed paper on paper.payable = payable.id and paper.item is not null
      where card.status = 'invoiced' and batch.state <> 'cancelled' and (
        (paper.id is null and ${isLeft} > 0 and (item.billing is null or batch.state <> 'ordered'))
        or (item.live and item.amount_minor <> ${isOwed} + coalesce(paper.vat_minor, item.vat_minor)))`,
  ),
];
