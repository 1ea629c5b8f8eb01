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
import { legsOfVatBilled } from "@partcommune/shared/money/rules/legs";
import { objectionToPaying, vatToBill } from "@partcommune/shared/money/rules/self-billing";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { minus, sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { memberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/advances.ts";
import { saveDraw, someOwe, usable, type Ready, type Usable } from "../store/draws.ts";
import { freedBy, heldLess, tellUsed } from "./using.ts";
import { post } from "../store/ledger.ts";
import { askingPerson } from "./asking-person.ts";
import { selfBill, type WorkToBill } from "./self-bill.ts";

/** Something became ready to be paid to whoever did the work: a share of it repays what they owe. What waits for a member's word does not, until they give it. */
export async function repayFromCredit(scope: Scope, which: Ready): Promise<void> {
  if (!(await someOwe(scope, which))) return;
  const { id, value: share } = await scope.bylaw("advance.repaymentShare", scope.now);
  const ready = (await usable(scope, which)).filter(({ bills }) => bills).toSorted((one, other) => (one.member < other.member ? -1 : 1));
  const used: Used[] = [];
  for (const credit of ready) {
    await store.takeAdvanceTurn(scope, credit.member);
    const advances = await store.granted(scope, credit.member);
    const owed = sum(zero(credit.left.currency), ...advances.map(({ left }) => left));
    const repayments = repaymentsOf(shareRepaid(credit.left, owed, share), advances);
    used.push(...(await repay(scope, credit, repayments, [id])));
  }
  await bill(scope, used);
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
  const parts = partsOf(amount, ready);
  const { name } = found(await memberCard(viewOf(scope), member));
  refuseIf(objectionToPaying(parts.map(({ credit: { bills } }) => ({ name, bills }))));
  const used: Used[] = [];
  for (const { credit, part } of parts)
    used.push(...(await repay(scope, credit, repaymentsOf(part, await store.granted(scope, member)), [])));
  await bill(scope, used);
  return {};
};

/** So much of these, the first of them first. */
function partsOf(amount: Money, credits: readonly Usable[]): readonly { readonly credit: Usable; readonly part: Money }[] {
  let rest = amount;
  return credits.flatMap((credit) => {
    const part = rest.minor < credit.left.minor ? rest : credit.left;
    rest = minus(rest, part);
    return part.minor > 0n ? [{ credit, part }] : [];
  });
}

/** What of a credit repaid an advance, and the VAT of the paper about it. */
type Used = Omit<Repayment<store.Granted>, "left"> & { readonly credit: Usable; readonly draw: string; readonly vat: Money };

/** Repays advances from one credit. The caller holds the credit and has the member's turn. */
async function repay(
  scope: Scope,
  credit: Usable,
  repayments: readonly Repayment<store.Granted>[],
  bylaws: readonly bigint[],
): Promise<readonly Used[]> {
  const { country, zone } = await bookOf(scope.tx);
  const on = dayOf(scope.now, zone);
  const used: Used[] = [];
  let { left, unfreed, billedVat: vatOwed } = credit;
  for (const repayment of repayments) {
    const { advance, amount } = repayment;
    const freed = freedBy({ ...credit, left, unfreed }, amount);
    const vat = vatToBill(amount, credit, { country, day: on });
    const draw = await saveDraw(scope, { payable: credit.payable, about: "advance", source: advance.id, amount, freed, vat });
    await post(scope, [entryOf({ ...credit, unfreed }, repayment, on, { draw, bylaws, freed })]);
    await store.noteRepaid(scope, advance.id, amount);
    used.push({ credit, draw, advance, amount, vat });
    [left, unfreed, vatOwed] = [minus(left, amount), minus(unfreed, freed), sum(vatOwed, vat)];
    const body = { member: credit.member, minor: String(amount.minor), currency: amount.currency, left: String(repayment.left.minor) };
    scope.emit({ type: "advance.repaid", subject: advance.id, body, about: [`member:${credit.member}`, "desk:money"] });
  }
  if (sum(left, vatOwed).minor === 0n && used.length > 0) await tellUsed(scope, credit);
  return used;
}

type Besides = { readonly draw: string; readonly bylaws: readonly bigint[]; readonly freed: Money };

function entryOf(credit: Usable, { advance: { id: advance }, amount, left }: Repayment, on: Day, { draw, bylaws, freed }: Besides): Entry {
  const { member, into, invoice, engagement } = credit;
  const falling = heldLess(credit, freed);
  const ends: readonly HoldEnd[] = [{ key: advanceHoldKey(advance, sum(left, amount)), outcome: "voided" }, ...falling.ends];
  const rest: readonly Hold[] =
    left.minor > 0n ? [{ account: pot("advances"), money: left, kind: "advance", key: advanceHoldKey(advance, left) }] : [];
  return {
    kind: "advance.repaid",
    key: `draw:${draw}:repaid`,
    on,
    legs: legsOfAdvanceRepaid(member, amount, into),
    bylaws,
    cites: { document: invoice, engagement },
    ends,
    ...(rest.length + falling.holds.length > 0 ? { holds: [...rest, ...falling.holds] } : {}),
  };
}

/** Work that repaid an advance is paid, so it is billed at once; its VAT is owed with what is left of it. */
async function bill(scope: Scope, used: readonly Used[]): Promise<void> {
  const { country, zone } = await bookOf(scope.tx);
  const billed = used.flatMap((each) => billedFrom(each, zone));
  await selfBill(scope, billed);
  const on = dayOf(scope.now, zone);
  await post(
    scope,
    used
      .filter(({ vat }) => vat.minor > 0n)
      .map(({ credit: { member, into, invoice, engagement }, draw, vat }) => ({
        kind: "vat.billed",
        key: `draw:${draw}:billed`,
        on,
        legs: legsOfVatBilled(member, country, vat, into),
        bylaws: [],
        cites: { document: invoice, engagement },
      })),
  );
}

function billedFrom({ credit, draw, advance, amount: net, vat }: Used, zone: string): readonly WorkToBill[] {
  const { billing, payable, member, invoice, engagement, milestone } = credit;
  if (billing === null) return [];
  return [{ billing, payable, member, invoice, engagement, milestone, net, vat, paidBy: { draw }, advanceOf: dayOf(advance.at, zone) }];
}
