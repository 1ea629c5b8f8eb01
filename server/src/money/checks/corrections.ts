// What must never be true of corrections, and of VAT that is asked back. A sound house answers none.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";
import { isBudget } from "../store/accounts.ts";

export const correctionChecks: readonly Check[] = [
  sqlCheck(
    "money-corrections",
    "A correction names nobody who bears it, was booked otherwise than two have said, or exceeds what it corrects.",
    () => sql`
      select key, bearer, null as said, null as booked from ledger.entry where kind = 'correction' and bearer is null
      union all
      select coalesce(booked.key, correction.id::text), bearer, amount_minor, booked.borne
      from (select * from money.correction where state = 'confirmed') correction full join (
        select key, entry.bearer as pot, words_digest, sum(amount) filter (where code = entry.bearer) as borne,
          -sum(amount) filter (where ${isBudget}) as given, max(owner_id) filter (where ${isBudget}) as member
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where kind = 'correction' and key like 'correction:%:booked' group by entry.entry_id, key, entry.bearer, words_digest
      ) booked on booked.key = 'correction:' || correction.id || ':booked'
      where (amount_minor, amount_minor, 'pot:' || bearer, correction.member::text, digest) is distinct from (borne::bigint, given::bigint, pot, booked.member, words_digest)
        or amount_minor > overdrawn_minor
      union all
      select member::text, null, coalesce(corrected.minor, 0), sum(borne_minor) from money.payroll_figure
      left join (select member, sum(amount_minor) as minor from money.correction where state = 'confirmed' group by member) corrected using (member)
      group by member, corrected.minor having sum(borne_minor) > coalesce(corrected.minor, 0)`,
  ),
  sqlCheck(
    "money-vat-relief",
    "What the tax office said of a loss was booked otherwise, or booked and said by nobody.",
    () => sql`
      select relief.id, answer, asked.minor, answered.key, answered.kind, answered.moved
      from (select * from money.relief where state = 'confirmed') relief
      left join money.loss on loss.id = relief.loss
      left join lateral (
        select sum(amount) as minor from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where entry.key = 'invoice:' || loss.invoice || ':lost' and code like 'vat:%:relief'
      ) asked on true
      full join (
        select key, kind, -sum(amount) filter (where code like 'vat:%:relief') as moved
        from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
        where kind in ('vat.relieved', 'vat.refused') and key like 'relief:%' group by entry.entry_id, key, kind
      ) answered on answered.key = 'relief:' || relief.id || ':booked'
      where (answered.moved, answered.kind::text) is distinct from (asked.minor, case answer when 'granted' then 'vat.relieved' when 'refused' then 'vat.refused' end)`,
  ),
];
