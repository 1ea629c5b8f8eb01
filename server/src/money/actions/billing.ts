// How a member bills the coop: what stands at the head of their invoices, and their word that the coop writes these.
import { createHash } from "node:crypto";
import type * as api from "@partcommune/shared/money/api";
import { seesAllMoney } from "@partcommune/shared/money/rules/rights";
import {
  billerText,
  detailsAsTyped,
  isInvoiced,
  objectionToCallingWrong,
  objectionToDetails,
} from "@partcommune/shared/money/rules/self-billing";
import { agreements, agreementText } from "@partcommune/shared/money/rules/self-billing-agreement";
import { readsOwn } from "@partcommune/shared/platform/actor";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { languages, type Language } from "@partcommune/shared/platform/page";
import { memberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Query, type Scope } from "../../platform/scope.ts";
import { readVatNumber } from "../../platform/vat-numbers.ts";
import * as store from "../store/billing.ts";
import { houseOf } from "../store/house.ts";
import { saveObjection, selfBilledAt } from "../store/self-billed.ts";
import { askingPerson } from "./asking-person.ts";
import { repayFromCredit } from "./repaying.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

const [today] = agreements;

/** The text that is agreed to today. */
const textIn = (language: Language) => {
  const { version, texts } = today;
  const text = texts[language];
  return { language, version, text, hash: createHash("sha256").update(text).digest("hex") };
};

/** How a member bills, for themselves and for who keeps the books. */
export const billing: Query<InputOf<typeof api.readBilling>, AnswerOf<typeof api.readBilling>> = async (view, { member }) => {
  const { actor } = view;
  found(readsOwn(actor, member) || seesAllMoney(actor) || undefined);
  const card = found(await memberCard(view, member));
  const said = await store.billingOf(view, member);
  return {
    needed: isInvoiced(card),
    agreed: said?.agreed === true,
    ...(said ? { said: { ...said.details, biller: billerText(said.no) }, agreement: agreementTold(said.agreement) } : {}),
    texts: languages.map(textIn),
  };
};

const agreementTold = ({ version, language, ...rest }: store.Agreed) => ({
  version,
  language,
  ...rest,
  text: found(agreementText(version, language)),
});

/** A member says how they bill and agrees to self-billing, in one act. */
export const setBilling: Act<typeof api.setBilling> = async (scope, { member, language, agreement: read, ...typed }) => {
  const { person } = ownOf(scope, member);
  refuseUnless(isInvoiced(found(await memberCard(viewOf(scope), member))), "member-not-invoiced");
  const details = detailsAsTyped(typed);
  refuseIf(objectionToDetails(details, (await houseOf(scope.tx)).country));
  if (details.scheme === "registered") readVatNumber(details.taxNumber);
  const { version, hash } = textIn(language);
  refuseUnless(hash === read, "self-billing-text-differs");
  const biller = billerText(await store.billerOf(scope, member));
  const before = await store.billingOf(viewOf(scope), member);
  await store.saveBilling(scope, { member, person, agreed: true, details, agreement: { version, language, hash, at: scope.now } });
  told(scope, member, true);
  // What waited for this word becomes ready with it.
  if (before?.agreed !== true) await repayFromCredit(scope, { waitedFor: member });
  return { biller };
};

/** A member takes the agreement back; what they said of their business stays on record. */
export const withdrawBilling: Act<typeof api.withdrawBilling> = async (scope, { member }) => {
  const { person } = ownOf(scope, member);
  const before = await store.billingOf(viewOf(scope), member);
  refuseUnless(before?.agreed === true, "self-billing-not-agreed");
  await store.billerOf(scope, member);
  await store.saveBilling(scope, { ...before, member, person, agreed: false });
  told(scope, member, false);
  return {};
};

function ownOf(scope: Scope, member: Id) {
  const asking = askingPerson(scope);
  found(readsOwn(asking, member) || undefined);
  return asking;
}

const told = (scope: Scope, member: Id, agreed: boolean): void =>
  scope.emit({ type: "billing.set", subject: member, body: { agreed }, about: [`member:${member}`, "desk:money"] });

/** Asks a member how they bill, once: when they are first owed something that waits for it. */
export async function askForBilling(scope: Scope, member: Id): Promise<void> {
  const view = viewOf(scope);
  if (!isInvoiced(found(await memberCard(view, member))) || !(await store.isFirstUnbilled(view, member))) return;
  scope.emit({ type: "billing.wanted", subject: member, body: {}, about: [`member:${member}`] });
}

/** A member says that an invoice in their name is wrong, while they can; said twice, it is said once. */
export const callSelfBilledWrong: Act<typeof api.callSelfBilledWrong> = async (scope, { paper, because }) => {
  const { member, issuedAt } = found(await selfBilledAt(scope, paper));
  ownOf(scope, member);
  refuseIf(objectionToCallingWrong(issuedAt, scope.now));
  if (await saveObjection(scope, paper, because))
    scope.emit({ type: "selfBilled.calledWrong", subject: paper, body: { member }, about: [`member:${member}`, "desk:money"] });
  return {};
};
