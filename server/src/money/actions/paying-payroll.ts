// Contributions as a line of the bank: paid to the social offices for all months until a day.
import { legsOfPayoutSettled } from "@partcommune/shared/money/rules/legs";
import { legsOfPayrollRemitted, objectionToRemitting } from "@partcommune/shared/money/rules/payroll";
import type { Money } from "@partcommune/shared/platform/money";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import type { Day } from "@partcommune/shared/platform/time";
import { refuseIf } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Line } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import { contributionsOpen } from "../store/payroll.ts";
import { bankName, entryOf, orderedAndPaid } from "./line-entry.ts";

/** Why an amount does not pay the contributions until a day. */
export const objectionToRemittingPayroll = async (scope: Scope, amount: Money, until: Day): Promise<Refusal | undefined> =>
  objectionToRemitting(amount, await contributionsOpen({ db: scope.tx }, until));

/** What both sides owe until a day is paid; what is open is asked once more. */
export async function bookRemittance(scope: Scope, line: Line, until: Day): Promise<void> {
  const open = await contributionsOpen({ db: scope.tx }, until);
  refuseIf(objectionToRemitting(line.amount, open));
  const ordered = { kind: "payroll.remitted", legs: legsOfPayrollRemitted(open) } as const;
  await post(scope, orderedAndPaid(line, ordered, entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, line.amount))));
}
