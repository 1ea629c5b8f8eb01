// Paying members: one treasurer orders and signs first, another signs second, and only then does the money leave the budgets.
import type * as api from "@partcommune/shared/money/api";
import { objectionToOrder, objectionToSecondSignature } from "@partcommune/shared/money/rules/payout";
import { bankWords, payoutTable, type FrozenBatch } from "@partcommune/shared/money/rules/payout-batch";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { amountText, sum, zero, type Money } from "@partcommune/shared/platform/money";
import type { Language } from "@partcommune/shared/platform/page";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import * as store from "../store/payouts.ts";
import { frozenFrom } from "./freezing.ts";
import { askingPerson } from "./asking-person.ts";
import { postOrdered } from "./paying.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Freezes what is to be paid to whom. Who orders it has signed it first. */
export const orderPayouts: Act<typeof api.orderPayouts> = async (scope, { payables }) => {
  const { person } = askingPerson(scope);
  const wanted = [...new Set(payables)];
  const chosen = await store.payablesToOrder(scope, wanted);
  found(chosen.length === wanted.length || undefined);
  refuseIf(objectionToOrder(chosen));
  const id = scope.id();
  const words = bankWords[(await houseOf(scope.tx)).language];
  const items = chosen.map((payable) => itemOf(scope, payable, words));
  const total = sum(zero(chosen[0]?.currency ?? ""), ...items.map(({ amount }) => amount));
  const { frozen, hash } = frozenFrom(batchOf(scope, id, person, total, items));
  const rows = items.map(({ id: item, payable, member, amount, vat, billing, pay, iban }) => ({
    id: item,
    payable,
    member,
    amount,
    vat,
    billing,
    pay,
    iban: iban.id,
  }));
  refuseUnless(await store.saveBatch(scope, { id, total, frozen, hash, orderedBy: person, items: rows }), "payable-ordered-already");
  scope.emit({ type: "payout.ordered", subject: id, body: { items: items.length }, about: topicsOf(items) });
  return { id, hash: hash.toString("hex"), total };
};

type Item = Pick<store.PayableToOrder, "member" | "name" | "amount" | "vat" | "billing" | "pay"> & {
  readonly id: Id;
  readonly payable: Id;
  readonly about: string;
  readonly iban: Account;
};
type Account = NonNullable<store.PayableToOrder["iban"]>;

function itemOf(
  scope: Scope,
  { id: payable, member, name, about, number, amount, vat, billing, pay, iban }: store.PayableToOrder,
  words: (typeof bankWords)[Language],
): Item {
  if (!iban) throw new Error("a payable without an account was ready");
  const called = about === "invoice" ? (number ?? "") : words[about];
  return { id: scope.id(), payable, member, name, about: called, amount, vat, billing, pay, iban };
}

/** What both treasurers sign. Of an account it holds the keyed digest: the number itself lies sealed. */
const batchOf = ({ now }: Scope, payout: Id, orderedBy: Id, total: Money, items: readonly Item[]): FrozenBatch => ({
  payout,
  orderedBy,
  orderedAt: now,
  currency: total.currency,
  total: amountText(total),
  items: items.map(({ id, payable, member, name, about, amount, iban }) => ({
    item: id,
    payable,
    member,
    name,
    about,
    amount: amountText(amount),
    iban: iban.digest.toString("hex"),
  })),
});

const topicsOf = (items: readonly { readonly member: Id }[]): readonly string[] => [
  "desk:money",
  ...new Set(items.map(({ member }) => `member:${member}`)),
];

/** Signs a batch as the second. All of its items are posted, or none. */
export const signPayout: Act<typeof api.signPayout> = async (scope, { payout: id, hash }) => {
  const { person } = askingPerson(scope);
  const batch = found(await store.heldBatch(scope, id));
  refuseIf(objectionToSecondSignature({ ...batch, accountsMoved: await store.accountsMoved(scope, id) }, person, hash));
  refuseUnless(await store.saveSignature(scope, id, 2, person), "second-person-needed");
  await store.moveBatch(scope, id, "signed");
  const items = await store.itemsOf(scope, id);
  await postOrdered(scope, items);
  scope.emit({ type: "payout.signed", subject: id, body: { items: items.length }, about: topicsOf(items) });
  return {};
};

/** Cancels a batch that only one has signed. */
export const cancelPayout: Act<typeof api.cancelPayout> = async (scope, { payout: id }) => {
  const { person } = askingPerson(scope);
  const { state, items } = found(await store.heldBatch(scope, id));
  refuseIf(objectionToVerb(payoutTable, state, "cancel"));
  await store.cancelBatch(scope, id, person);
  scope.emit({ type: "payout.cancelled", subject: id, body: { items }, about: ["desk:money"] });
  return {};
};
