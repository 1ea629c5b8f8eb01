// The law of self-billing: a member of status `invoiced` is a business of their own, and the coop that buys their work writes their invoice for them (Directive 2006/112/EC, article 224).
import type { Status } from "../../membership/rules.ts";
import { objectionToVatNumber, vatNumberAsTyped } from "../../platform/letterhead.ts";
import type { Id } from "../../platform/id.ts";
import { moneyFrom, moneyText, sum, type Money, type MoneyText } from "../../platform/money.ts";
import { smallBusinessLaw, standardVat, vatPrefixOf } from "../../platform/packs.ts";
import type { Language } from "../../platform/page.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, later, type Day, type Instant } from "../../platform/time.ts";
import { sumsWritten, type Addressee, type Amounts, type InvoicePaper, type SumsWritten } from "./invoice.ts";
import { vatOf, type VatTreatment } from "./vat.ts";

export const problems = {
  "self-billing-wanted": {
    status: 409,
    says: "{names} has not agreed that the coop writes their invoices, so nothing is paid for their work yet.",
    rule: "work of an invoiced member is paid on an invoice",
    changedBy: "the member, on the page of their money",
  },
  "member-not-invoiced": {
    status: 409,
    says: "Only members who are paid on an invoice say how they bill the coop.",
    rule: "what a member is paid on follows from the status they joined with",
    changedBy: "the board, with the member",
  },
  "self-billing-text-differs": {
    status: 409,
    says: "This is not the text of the agreement that is in force. Read it again before you agree.",
    rule: "who agrees has read the text of today",
    changedBy: "whoever agrees, by reading it again",
  },
  "self-billing-not-agreed": {
    status: 409,
    says: "There is no agreement to take back.",
    rule: "only what was agreed can be taken back",
    changedBy: "whoever asks",
  },
  "small-business-elsewhere": {
    status: 422,
    says: "The exemption of small businesses counts in its own country alone: for work sold to a coop in {coop}, give a VAT number.",
    rule: "Directive 2006/112/EC, articles 44 and 284",
    changedBy: "whoever asks, with the VAT number of their business",
  },
  "small-business-unknown": {
    status: 422,
    says: "We know no exemption of small businesses in {country}.",
    rule: "the law of the country, as its pack names it",
    changedBy: "whoever keeps this software",
  },
  "self-billed-settled": {
    status: 409,
    says: "An invoice can be called wrong within {days} days of its day.",
    rule: "the agreement to self-billing",
    changedBy: "the member and a treasurer, by talking to each other",
  },
  "self-billed-unquestioned": {
    status: 409,
    says: "Nobody calls this invoice wrong.",
    rule: "what a member calls wrong is answered, and nothing else is written anew",
    changedBy: "the member, on the page of their money",
  },
  "self-billed-answered": {
    status: 409,
    says: "This has an answer already.",
    rule: "one answer to each invoice that is called wrong",
    changedBy: "nobody: what is still wrong, the member says of the new invoice",
  },
  "self-billed-own": {
    status: 403,
    says: "This invoice is your own. Another treasurer answers you.",
    rule: "nobody decides on their own money",
    changedBy: "another treasurer",
  },
  "self-billing-ended": {
    status: 409,
    says: "This member has taken back that the coop writes their invoices, so it writes none anew.",
    rule: "the agreement to self-billing",
    changedBy: "the member, on the page of their money",
  },
  "self-billed-vat-less": {
    status: 409,
    says: "Written anew it would bear {now} of VAT in place of {before}, which the member has had. An invoice asks no member for money back.",
    rule: "what was paid is not asked back by a paper",
    changedBy: "the member, who says how they bill; or an accountant, who declares it with them",
  },
} as const satisfies Problems;

/** Registered for VAT; or exempt as a small business. */
export const vatSchemes = ["registered", "exempt"] as const;
export type VatScheme = (typeof vatSchemes)[number];

/** Who a member is as a business: what stands at the head of their invoices. */
export type BillingDetails = Omit<Addressee, "vatNumber"> & {
  readonly scheme: VatScheme;
  /** The VAT number; of a small business whatever number it is registered by. */
  readonly taxNumber: string;
};

/** Which members are paid on an invoice. */
export const isInvoiced = ({ status }: { readonly status: Status }): boolean => status === "invoiced";

/** Details as they are kept: the number in its one form. */
export const detailsAsTyped = <D extends BillingDetails>(details: D): D => ({ ...details, taxNumber: vatNumberAsTyped(details.taxNumber) });

/** Why work is not bought of a business with these details. */
export function objectionToDetails({ scheme, country, taxNumber }: BillingDetails, coop: string): Refusal | undefined {
  if (scheme === "registered")
    return taxNumber.startsWith(vatPrefixOf(country))
      ? objectionToVatNumber(country, taxNumber)
      : refuse("vat-number-unlike", { country, like: `${vatPrefixOf(country)}123456789` });
  if (country !== coop) return refuse("small-business-elsewhere", { coop });
  return smallBusinessLaw(country) === undefined ? refuse("small-business-unknown", { country }) : undefined;
}

/** Which VAT work bears on a day; undefined where the coop's country has no dated rate. What is bought from abroad the coop owes and deducts itself. */
export function vatOnWork(
  { scheme, country }: Pick<BillingDetails, "scheme" | "country">,
  coop: string,
  day: Day,
): VatTreatment | undefined {
  const standard = standardVat(coop, day);
  if (standard === undefined) return undefined;
  if (country !== coop) return { category: "reverseCharge", rate: 0n, mention: "Art. 196 Directive 2006/112/EC" };
  const law = smallBusinessLaw(country);
  if (scheme === "registered" || law === undefined) return { category: "standard", rate: standard };
  return { category: "exempt", rate: 0n, mention: law };
}

/** What decides whether, and by what, a member's work is billed. */
export type BillingFacts = {
  /** What they agreed is in force, or they need none. */
  readonly bills: boolean;
  /** By whose details a paper is to be written; null where none is: there is one already, or none is needed. */
  readonly scheme: VatScheme | null;
  readonly seat: string | null;
  /** VAT of papers that stand and that is not paid: of work that repaid an advance, or whose payment the bank sent back. */
  readonly billedMinor: bigint;
};

/** Where work of a coop is paid: its country, and the day. */
export type Where = { readonly country: string; readonly day: Day };

/** The VAT of the paper that is to be written about so much work. */
export const vatToBill = (work: Money, { scheme, seat }: Pick<BillingFacts, "scheme" | "seat">, { country, day }: Where): Money =>
  vatOf(work, scheme === null || seat === null ? 0n : (vatOnWork({ scheme, country: seat }, country, day)?.rate ?? 0n));

/** The VAT that leaves with a member's part: of the paper that is to be written, and of those that stand. */
export const vatToPay = (part: Money, facts: Omit<BillingFacts, "bills">, where: Where): Money =>
  sum(vatToBill(part, facts, where), { ...part, minor: facts.billedMinor });

/** Why these are not paid: somebody has not agreed to be billed for. */
export function objectionToPaying(chosen: readonly { readonly name: string; readonly bills: boolean }[]): Refusal | undefined {
  const names = new Set(chosen.filter(({ bills }) => !bills).map(({ name }) => name));
  return names.size === 0 ? undefined : refuse("self-billing-wanted", { names: [...names].join(", ") });
}

/** A business as the standard names it: a number of VAT, or else the one it is taxed by. */
export type Seller = Addressee & { readonly taxNumber?: string };

/** The head of an invoice. A small business may have a number of VAT, too: it is one where it has the form. */
export function sellerOf({ scheme, taxNumber, name, street, postcode, town, country }: BillingDetails): Seller {
  const isVat = scheme === "registered" || taxNumber.startsWith(country);
  return { name, street, postcode, town, country, ...(isVat ? { vatNumber: taxNumber } : { taxNumber }) };
}

/** The paper as it is frozen: the coop writes it, the member issues it. */
export type SelfBilledPaper = {
  readonly kind: "selfBilled";
  readonly number: string;
  readonly language: Language;
  readonly issuedOn: Day;
  readonly deliveredOn: Day;
  readonly seller: Seller;
  readonly buyer: Addressee;
  readonly line: InvoicePaper["line"];
  /** Which text was agreed to, and on which day. */
  readonly agreement: { readonly version: string; readonly hash: string; readonly on: Day };
  readonly net: MoneyText;
  readonly vat: MoneyText;
  readonly vatPercent: string;
  readonly vatCategory: InvoicePaper["vatCategory"];
  readonly vatMention?: string;
  readonly gross: MoneyText;
  /** The invoice to the client that this work went into. */
  readonly invoice: string;
  readonly engagement: string;
  readonly milestone: string;
  /** It repaid the advance of that day: the VAT alone is still to be paid. */
  readonly advanceOf?: Day;
  /** Of a demo: nobody owes it. */
  readonly specimen?: true;
};

/** What takes a self-billed invoice back, whole, because it was wrong: all that it said, under a number and day of its own. */
export type SelfBilledCreditPaper = Omit<SelfBilledPaper, "kind"> & {
  readonly kind: "selfBilledCredit";
  readonly credits: { readonly id: string; readonly number: string; readonly issuedOn: Day };
  readonly reason: string;
};

/** The VAT that the coop owes itself on work that it bought from another country, and deducts in the same return: at its own rate, of the day on which the work was done (Directive 2006/112/EC, articles 63, 168 and 196). */
export const vatOwedOnWork = ({
  vatCategory,
  net,
  buyer: { country },
  deliveredOn,
}: Pick<SelfBilledPaper, "vatCategory" | "net" | "buyer" | "deliveredOn">): Money =>
  vatOf(moneyFrom(net), vatCategory === "reverseCharge" ? (standardVat(country, deliveredOn) ?? 0n) : 0n);

/** The entry of that VAT, by the paper that makes it owed. */
export const vatOwedKey = (paper: Id): string => `self-billed:${paper}:owed`;

/** The exact mirror of an invoice that was called wrong. */
export const selfBilledCreditPaper = (
  paper: SelfBilledPaper,
  { id, number, issuedOn, reason }: Pick<SelfBilledCreditPaper, "number" | "issuedOn" | "reason"> & { readonly id: string },
): SelfBilledCreditPaper => ({
  ...paper,
  kind: "selfBilledCredit",
  number,
  issuedOn,
  credits: { id, number: paper.number, issuedOn: paper.issuedOn },
  reason,
});

/** Everything a self-billed invoice says. */
export const selfBilledPaper = (
  rest: Omit<SelfBilledPaper, "kind" | keyof SumsWritten>,
  amounts: Amounts,
  treatment: VatTreatment,
): SelfBilledPaper => ({ kind: "selfBilled", ...rest, ...sumsWritten(amounts, treatment) });

/** How a member is called in the series of their invoices: it says nothing of who they are. */
export const billerText = (no: number): string => `M${no.toString().padStart(4, "0")}`;

/** Gap-free in the member's own series and year: `M0042-2026-0001`. */
export const selfBilledNumberText = (biller: string, year: number, count: bigint): string =>
  `${biller}-${year}-${count.toString().padStart(4, "0")}`;

/** As the agreement says it. */
export const daysToObject = 15;
const dayMs = 86_400_000;

/** From when on a member does not call an invoice wrong any more. */
export const lastToCallWrong = (issuedAt: Instant): Instant => later(issuedAt, daysToObject * dayMs);

/** Why a member does not call an invoice wrong now. */
export const objectionToCallingWrong = (issuedAt: Instant, now: Instant): Refusal | undefined =>
  isBefore(now, lastToCallWrong(issuedAt)) ? undefined : refuse("self-billed-settled", { days: daysToObject });

/** An invoice that may have been called wrong, and answered. */
export type Questioned = { readonly member: Id; readonly because: string | null; readonly answered: boolean };

/** Why this treasurer does not answer for an invoice. */
export function objectionToAnswering({ member, because, answered }: Questioned, treasurer: Id | undefined): Refusal | undefined {
  if (because === null) return refuse("self-billed-unquestioned");
  if (member === treasurer) return refuse("self-billed-own");
  return answered ? refuse("self-billed-answered") : undefined;
}

/** Why an invoice is not written anew by what its member says of their business today. */
export function objectionToWritingAnew(agreed: boolean, before: Money, now: Money): Refusal | undefined {
  if (!agreed) return refuse("self-billing-ended");
  return now.minor < before.minor ? refuse("self-billed-vat-less", { before: moneyText(before), now: moneyText(now) }) : undefined;
}
