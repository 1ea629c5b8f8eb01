// Advances are repaid from what a member earned, before it is ordered at the bank: by a share of each credit when it becomes ready, or earlier by choice.
import {
  advanceHoldKey,
  legsOfAdvanceRepaid,
  objectionToRepaying,
  repaymentsOf,
  shareRepaid,
  type Repayment,
} from "@partcommune/shared/money/rules/advance";
import type * as api from "@partcommune/shared/money/api";
import { pot } from "@partcommune/shared/money/rules/accounts";
import type { Entry, Hold, HoldEnd } from "@partcommune/shared/money/rules/entry";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/advances.ts";
import { saveDraw, someOwe, usable, type Ready, type Usable } from "../store/draws.ts";
import { freedBy, heldLess, tellUsed } from "./using.ts";
import { post } from "../store/ledger.ts";
import { askingPerson } from "./asking-person.ts";

/** Something became ready to be paid to whoever did the work: a share of it repays what they owe. */
export async function repayFromCredit(scope: Scope, which: Ready): Promise<void> {
  if (!(await someOwe(scope, which))) return;
  const { id, value: share } = await scope.bylaw("advance.repaymentShare", scope.now);
  const ready = (await usable(scope, which)).toSorted((one, other) => (one.member < other.member ? -1 : 1));
  for (const credit of ready) {
    await store.takeAdvanceTurn(scope, credit.member);
    const advances = await store.granted(scope, credit.member);
    const owed = sum(zero(credit.left.currency), ...advances.map(({ left }) => left));
    const repayments = repaymentsOf(shareRepaid(credit.left, owed, share), advances);
    await repay(scope, credit, repayments, [id]);
  }
}

/** Repays earlier: from what is ready, the oldest of it first. */
export const repayAdvance: Action<InputOf<typeof api.repayAdvance>, AnswerOf<typeof api.repayAdvance>> = async (scope, { amount }) => {
  const { member } = askingPerson(scope);
  refuseUnless(member !== undefined, "members-only");
  const { currency } = await bookOf(scope.tx);
  const ready = await usable(scope, { member });
  await store.takeAdvanceTurn(scope, member);
  const total = (each: readonly Money[]): Money => sum(zero(currency), ...each);
  const owed = total((await store.granted(scope, member)).map(({ left }) => left));
  refuseIf(objectionToRepaying(amount, owed, total(ready.map(({ left }) => left))));
  let rest = amount;
  for (const credit of ready) {
    const part = rest.minor < credit.left.minor ? rest : credit.left;
    await repay(scope, credit, repaymentsOf(part, await store.granted(scope, member)), []);
    rest = minus(rest, part);
  }
  return {};
};

/** Repays advances from one credit. The caller holds the credit and has the member's turn. */
async function repay(scope: Scope, credit: Usable, repayments: readonly Repayment[], bylaws: readonly bigint[]): Promise<void> {
  const on = dayOf(scope.now, (await bookOf(scope.tx)).zone);
  let { left, unfreed } = credit;
  for (const repayment of repayments) {
    const { advance, amount } = repayment;
    const freed = freedBy({ ...credit, left, unfreed }, amount);
    await post(scope, [entryOf({ ...credit, unfreed }, repayment, on, { bylaws, freed })]);
    await saveDraw(scope, { payable: credit.payable, about: "advance", source: advance, amount, freed });
    await store.noteRepaid(scope, advance, amount);
    [left, unfreed] = [minus(left, amount), minus(unfreed, freed)];
    const body = { member: credit.member, minor: String(amount.minor), currency: amount.currency, left: String(repayment.left.minor) };
    scope.emit({ type: "advance.repaid", subject: advance, body, about: [`member:${credit.member}`, "desk:money"] });
  }
  if (left.minor === 0n && repayments.length > 0) await tellUsed(scope, credit);
}

type Besides = { readonly bylaws: readonly bigint[]; readonly freed: Money };

function entryOf(credit: Usable, { advance, amount, left }: Repayment, on: Day, { bylaws, freed }: Besides): Entry {
  const { payable, member, into, invoice, engagement } = credit;
  const falling = heldLess(credit, freed);
  const ends: readonly HoldEnd[] = [{ key: advanceHoldKey(advance, sum(left, amount)), outcome: "voided" }, ...falling.ends];
  const rest: readonly Hold[] =
    left.minor > 0n ? [{ account: pot("advances"), money: left, kind: "advance", key: advanceHoldKey(advance, left) }] : [];
  return {
    kind: "advance.repaid",
    key: `payable:${payable}:advance:${advance}:${left.minor}`,
    on,
    legs: legsOfAdvanceRepaid(member, amount, into),
    bylaws,
    cites: { document: invoice, engagement },
    ends,
    ...(rest.length + falling.holds.length > 0 ? { holds: [...rest, ...falling.holds] } : {}),
  };
}
