// What must never be true of invoices that the coop wrote in members' names. A sound house answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";
import { isBudget } from "../store/accounts.ts";
import { isLeft } from "../store/payables.ts";

export const selfBillingChecks: readonly Check[] = [
  sqlCheck(
    "money-self-billed-legs",
    "An invoice in a member's name says other amounts than its entry moved, or one of both has not the other, or the member had not agreed.",
    () => sql`
      select paper.number, entry.key, paper.net_minor, paper.vat_minor, paper.gross_minor, legs.*, said.agreed
      from money.self_billed paper
      full join (select entry_id, key from ledger.entry where kind = 'member.billed' and key like 'payout-item:%') entry on entry.key = 'payout-item:' || paper.item || ':ordered'
      left join money.billing said on said.id = paper.billing
      left join money.payout_item item on item.id = paper.item
      left join lateral (
        select sum(amount) filter (where ${isBudget} and owner_id = paper.member::text) as bought, sum(amount) filter (where code like 'vat:%:input') as vat,
          -sum(amount) filter (where code = 'payout:transit') as leaves
        from ledger.leg join ledger.account using (account_id) where leg.entry_id = entry.entry_id
      ) legs on true
      where paper.id is null or entry.key is null or not said.agreed
        or (paper.net_minor, paper.vat_minor, paper.gross_minor)
          is distinct from (legs.bought::bigint, coalesce(legs.vat, 0)::bigint, legs.leaves::bigint)
        or (item.payable, item.member, item.billing, item.amount_minor, item.vat_minor)
          is distinct from (paper.payable, paper.member, paper.billing, paper.gross_minor, paper.vat_minor)
        or paper.frozen::jsonb #>> '{number}' is distinct from paper.number
        or (replace(paper.frozen::jsonb #>> '{net,amount}', '.', '')::bigint, replace(paper.frozen::jsonb #>> '{vat,amount}', '.', '')::bigint)
          is distinct from (paper.net_minor, paper.vat_minor)`,
  ),
  sqlCheck(
    "money-self-billed-paid",
    "Work of a member who is paid on an invoice was ordered or paid without one, or what leaves is not what is theirs with the VAT of it.",
    () => sql`
      select item.id, batch.state, item.amount_minor, item.vat_minor, paper.number, paper.vat_minor
      from money.payout_item item join money.payout_batch batch on batch.id = item.batch
      join money.payable on payable.id = item.payable and payable.about = 'invoice'
      join membership.member_card card on card.id = payable.member
      left join money.self_billed paper on paper.payable = payable.id
      where card.status = 'invoiced' and batch.state <> 'cancelled' and (
        (paper.id is null and (item.billing is null or batch.state <> 'ordered'))
        or (item.live and item.amount_minor <> ${isLeft} + coalesce(paper.vat_minor, item.vat_minor)))`,
  ),
];
