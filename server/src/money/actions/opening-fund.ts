// The opening fund: money of founders, grants and sisters in a named pot, and loans from outside that are paid back.
import type * as api from "@partcommune/shared/money/api";
import type { Pot } from "@partcommune/shared/governance/rules/pots";
import { objectionToCurrency } from "@partcommune/shared/money/rules/bank-line";
import { legsOfEndowment, legsOfLoanReceived, legsOfLoanRepaid, legsOfPayoutSettled } from "@partcommune/shared/money/rules/legs";
import { objectionToLoanRepaid } from "@partcommune/shared/money/rules/opening";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import type { Line } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import { owedTo, saveLender } from "../store/lenders.ts";
import { bankName, entryOf, orderedAndPaid } from "./line-entry.ts";

/** Names whoever lends; under one name there is one lender. */
export const nameLender: Action<InputOf<typeof api.nameLender>, AnswerOf<typeof api.nameLender>> = async (scope, { name }) => {
  const id = await saveLender(scope, name);
  refuseUnless(id !== undefined, "lender-known", { name });
  scope.emit({ type: "lender.named", subject: id, body: {}, about: ["desk:money"] });
  return { id };
};

type Loan = { readonly kind: string; readonly lender: Id };

/** Why an amount cannot be lent, or paid back, now. */
export async function objectionToLoan(scope: Scope, { kind, lender }: Loan, amount: Money): Promise<Refusal | undefined> {
  const owed = found(await owedTo(viewOf(scope), lender));
  return kind === "loanRepaid" ? objectionToLoanRepaid(amount, owed) : objectionToCurrency(amount, owed.currency);
}

/** Money that nobody has to pay back, in the pot that it was given for. */
export async function bookEndowment(scope: Scope, line: Line, pot: Pot): Promise<void> {
  await post(scope, [entryOf(line, "fund.endowed", legsOfEndowment(bankName, pot, line.amount))]);
}

/** A loan as it came, or as it was paid back; what is owed is asked once more. */
export async function bookLoan(scope: Scope, line: Line, lender: Id): Promise<void> {
  const { kind, amount } = line;
  refuseIf(await objectionToLoan(scope, { kind, lender }, amount));
  const repaid = { kind: "loan.repaid", legs: legsOfLoanRepaid(lender, amount) } as const;
  await post(
    scope,
    kind === "loanReceived"
      ? [entryOf(line, "loan.received", legsOfLoanReceived(bankName, lender, amount))]
      : orderedAndPaid(line, repaid, entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, amount))),
  );
}
