// Shares of the coop: paid in by members, and repaid to whoever has left.
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { objectionToShare } from "@partcommune/shared/money/rules/bank-line";
import { legsOfPayoutSettled, legsOfSharePaid, legsOfShareRepaid } from "@partcommune/shared/money/rules/legs";
import { objectionToShareRepaid } from "@partcommune/shared/money/rules/share-capital";
import type { Id } from "@partcommune/shared/platform/id";
import { moneyText, zero, type Money } from "@partcommune/shared/platform/money";
import { refuse, type Refusal } from "@partcommune/shared/platform/refusal";
import { memberCard, shareWasPaid } from "../../membership/index.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import type { Line } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import { capitalOf, sharesInTurn, takeShareTurn } from "../store/shares.ts";
import { bankName, entryOf, orderedAndPaid } from "./line-entry.ts";

type OfShare = { readonly kind: "sharePaid" | "shareRepaid"; readonly member: Id };

/** Why an amount does not pay for shares of this member, or repay theirs. */
export async function objectionToShareLine(scope: Scope, { kind, member }: OfShare, amount: Money): Promise<Refusal | undefined> {
  const { stage } = found(await memberCard(viewOf(scope), member));
  if (kind === "sharePaid") return objectionToShare(amount, await sharePrice(scope), stage);
  return stage === "left" ? objectionToRepayment(scope, member, amount) : refuse("not-in-this-state", { state: stage });
}

async function sharePrice(scope: Scope): Promise<Money> {
  const { currency } = await bookOf(scope.tx);
  const { value } = await scope.bylaw("share.price", scope.now);
  return { minor: bylawMinor(value, currency), currency };
}

/** Why somebody who left is not repaid this much now. Whose share was repaid is owed none. */
async function objectionToRepayment(scope: Scope, member: Id, amount: Money): Promise<Refusal | undefined> {
  const view = viewOf(scope);
  const capital = await capitalOf(view);
  const share = (await sharesInTurn(view, capital)).find((each) => each.member === member);
  return share ? objectionToShareRepaid(amount, share, capital) : refuse("more-than-open", { open: moneyText(zero(amount.currency)) });
}

/** Capital of a member as it came, or as it was repaid. */
export const bookShare = async (scope: Scope, line: Line, member: Id): Promise<void> =>
  line.kind === "shareRepaid" ? bookRepaid(scope, line, member) : bookPaid(scope, line, member);

/** The first share makes a member an associate. */
async function bookPaid(scope: Scope, line: Line, member: Id): Promise<void> {
  await post(scope, [entryOf(line, "share.paid", legsOfSharePaid(bankName, member, line.amount))]);
  await shareWasPaid(scope, member);
  scope.emit({ type: "share.paid", subject: member, body: {}, about: [`member:${member}`, "desk:money"] });
}

/** What may be repaid is asked once more, while no other share is. */
async function bookRepaid(scope: Scope, line: Line, member: Id): Promise<void> {
  await takeShareTurn(scope);
  refuseIf(await objectionToShareLine(scope, { kind: "shareRepaid", member }, line.amount));
  const ordered = { kind: "share.repaid", legs: legsOfShareRepaid(member, line.amount) } as const;
  await post(scope, orderedAndPaid(line, ordered, entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, line.amount))));
  scope.emit({ type: "share.repaid", subject: member, body: {}, about: [`member:${member}`, "desk:money"] });
}
