// A treasurer answers a member who calls an invoice in their name wrong: it stands, or it is taken back and written anew.
import type * as api from "@partcommune/shared/money/api";
import { objectionToSums } from "@partcommune/shared/money/rules/e-invoice";
import { legsOfCorrection, legsOfVatBilled } from "@partcommune/shared/money/rules/legs";
import { eInvoiceOf } from "@partcommune/shared/money/rules/paper-e-invoice";
import {
  billerText,
  objectionToAnswering,
  objectionToWritingAnew,
  selfBilledCreditPaper,
  vatOwedKey,
  vatToBill,
} from "@partcommune/shared/money/rules/self-billing";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { minus, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { billingOf, type Billing } from "../store/billing.ts";
import * as store from "../store/called-wrong.ts";
import { takeNumber } from "../store/invoices.ts";
import { entryByKey, post } from "../store/ledger.ts";
import { openPayable, whereOf } from "../store/payables.ts";
import { frozenFrom } from "./freezing.ts";
import { askingPerson } from "./asking-person.ts";
import { selfBill } from "./self-bill.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Answers once, for good. What is still wrong the member says of the new invoice. */
export const answerCalledWrong: Act<typeof api.answerCalledWrong> = async (scope, { paper, because }) => {
  const { person, member: own } = askingPerson(scope);
  const wrong = found(await store.questionedAt(scope, paper));
  refuseIf(objectionToAnswering(wrong, own));
  refuseUnless(await store.saveAnswer(scope, { paper, person, because }), "self-billed-answered");
  if (because === undefined) await writeAnew(scope, wrong);
  const body = { member: wrong.member, anew: because === undefined };
  scope.emit({ type: "selfBilled.answered", subject: paper, body, about: [`member:${wrong.member}`, "desk:money"] });
  return {};
};

/** Takes a paper back whole and writes another about the same work, by what its member says of their business today. */
async function writeAnew(scope: Scope, wrong: store.Wrong): Promise<void> {
  const { id, member, payable, invoice, engagement, milestone, net, paper } = wrong;
  const said = found(await billingOf(viewOf(scope), member));
  const { day, country } = await whereOf(viewOf(scope));
  const { scheme, country: seat } = said.details;
  const vat = vatToBill(net, { scheme, seat }, { day, country });
  refuseIf(objectionToWritingAnew(said.agreed, wrong.vat, vat));
  await oweMore(scope, wrong, minus(vat, wrong.vat));
  await takeBack(scope, wrong, said);
  const { advanceOf } = paper;
  await selfBill(scope, [
    {
      billing: said.id,
      payable,
      member,
      invoice,
      engagement,
      milestone,
      net,
      vat,
      paidBy: { replaces: id },
      ...(advanceOf === undefined ? {} : { advanceOf }),
    },
  ]);
}

/** VAT that the new paper bears more is deducted by the coop and owed to the member. It is of no named budget: no work is paid by it. */
async function oweMore(scope: Scope, { id, member, invoice, engagement }: store.Wrong, more: Money): Promise<void> {
  if (more.minor === 0n) return;
  const { day, country } = await whereOf(viewOf(scope));
  await post(scope, [
    {
      kind: "vat.billed",
      key: `self-billed:${id}:anew`,
      on: day,
      legs: legsOfVatBilled(member, country, more),
      bylaws: [],
      cites: { document: invoice, engagement },
    },
  ]);
  await openPayable(scope, { about: "billedVat", source: id, member, amount: more });
}

/** The credit note stands in the member's own series, too: it is they who take their invoice back. */
async function takeBack(scope: Scope, called: store.Wrong, { no }: Billing): Promise<void> {
  const { id: paper, member, because, paper: wrong } = called;
  const { day } = await whereOf(viewOf(scope));
  const numbered = await takeNumber(scope, "selfBilled", billerText(no), day);
  const credit = selfBilledCreditPaper(wrong, { id: paper, ...numbered, reason: because ?? "" });
  refuseIf(objectionToSums(eInvoiceOf(credit)));
  const { frozen, hash } = frozenFrom(credit);
  await store.saveCredit(scope, { id: scope.id(), ...numbered, member, paper, frozen, hash });
  await oweNoMore(scope, called, day);
}

/** What the coop owed itself by a paper is owed no more. */
async function oweNoMore(scope: Scope, { id, invoice, engagement }: store.Wrong, on: Day): Promise<void> {
  const reverses = vatOwedKey(id);
  const owed = await entryByKey({ db: scope.tx }, reverses);
  if (!owed) return;
  const legs = legsOfCorrection(owed.legs);
  await post(scope, [
    { kind: "vat.owed", key: `${reverses}:back`, on, legs, bylaws: [], cites: { document: invoice, engagement }, reverses },
  ]);
}
