// What must never be true of capital that was repaid.
import { sql } from "kysely";
import { sqlCheck, type Check } from "../../platform/checks.ts";

export const shareChecks: readonly Check[] = [
  sqlCheck(
    "money-shares-repaid",
    "A share was repaid to somebody who has not left, or not all of it was.",
    () => sql`
      select line.id, card.stage, share.balance from money.bank_line line
      join membership.member_card card on card.id = line.member
      left join ledger.account_balance share on share.code = 'member:' || card.id || ':share'
      where line.kind = 'shareRepaid' and line.state = 'booked' and (card.stage <> 'left' or share.balance is distinct from 0)`,
  ),
];
