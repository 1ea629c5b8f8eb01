// What must never be true of what was given up. A sound house answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";

export const lossChecks: readonly Check[] = [
  sqlCheck(
    "money-losses",
    "A confirmed loss has no entry or another amount than its entry, or the invoice counts another sum as lost than was given up and never came in.",
    () => sql`
      select document.number, loss.state, loss.gross_minor, loss.recovered_worth_minor, collection.lost_minor, booked.owed, booked.recovered
      from money.collection join money.document on document.id = collection.invoice
      left join money.loss on loss.invoice = document.id and loss.state = 'confirmed'
      left join lateral (
        select -sum(amount) filter (where entry.key = 'invoice:' || document.id || ':lost' and code like 'receivable:client:%' and leg.currency = document.currency) as owed,
          sum(amount) filter (where kind = 'guarantee.recovered' and (code like 'bank:%' or code = 'fx:result')) as recovered
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id) where entry.document_id = document.id
          and kind in ('guarantee.lost', 'invoice.lost', 'loss.host', 'guarantee.recovered')
      ) booked on true
      where collection.lost_minor <> coalesce(loss.gross_minor - loss.recovered_minor, 0)
        or coalesce(booked.owed, 0) <> coalesce(loss.gross_minor, 0) or coalesce(booked.recovered, 0) <> coalesce(loss.recovered_worth_minor, 0)`,
  ),
];
