// The law of credit notes: how much of an invoice may be taken back, by whom, and what then stays of it.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { divideHalfEven, minus, moneyText, sum, type Money, type MoneyText } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import { budgetOfMember, pot } from "./accounts.ts";
import type { Earned } from "./collection.ts";
import type { Amounts, AtHome, InvoicePaper } from "./invoice.ts";
import { credit, debit, type Credited, type Leg } from "./legs.ts";
import type { Bearer } from "./overdraft.ts";
import { moneyWordOf, type Parties } from "./rights.ts";

export const problems = {
  "more-than-left": {
    status: 409,
    says: "More than is left of the invoice: {left} without VAT has not been credited yet.",
    rule: "no credit note takes back more than was invoiced",
    changedBy: "whoever asks, with a smaller amount",
  },
  "credit-proposed-already": {
    status: 409,
    says: "A credit of this invoice waits for its second treasurer. Confirm or discard it first.",
    rule: "one credit note of an invoice at a time",
    changedBy: "another treasurer, who confirms or discards it",
  },
  "credit-not-agreed": {
    status: 409,
    says: "A credit needs the agreement of both sides. Not agreed yet: {names}.",
    rule: "two treasurers and both sides",
    changedBy: "the client and the member, each on the page of their engagement",
  },
  "credit-across": {
    status: 409,
    says: "A member of another coop did this work, and all but our part of the fee is owed to theirs. A credit note does not take that back.",
    rule: "no credit across coops",
    changedBy: "the boards of both coops",
  },
  "member-paid-already": {
    status: 409,
    says: "The member's part of this invoice was ordered or paid: {paid}. With this credit {remains} would remain, and nobody is asked for money back by a credit note.",
    rule: "no credit beyond what the member was paid, unless a pot bears it",
    changedBy:
      "a treasurer, by cancelling the order before its second signature, or once the client has paid by proposing it anew with the pot that bears it",
  },
} as const satisfies Problems;

/** Why so much cannot be credited; `left` is without VAT. */
export function objectionToCredit(net: Money, left: Money): Refusal | undefined {
  if (net.currency !== left.currency) return refuse("currency-differs", { wanted: left.currency, given: net.currency });
  return net.minor > left.minor ? refuse("more-than-left", { left: moneyText(left) }) : undefined;
}

/** The two whose invoice it is: who owes less, and who gives back. */
export const creditSides = ["client", "member"] as const;
export type CreditSide = (typeof creditSides)[number];

/** `agreed`: the client, and the ids of those of the team who have. What lessens the pay of several needs the word of each. */
export type Crediting = { readonly state: string; readonly agreed: readonly string[] };

/** The sides that have agreed: a team once each of them has. */
export const sidesIn = ({ team }: Pick<Parties, "team">, agreed: readonly string[]): readonly CreditSide[] => [
  ...(agreed.includes("client") ? (["client"] as const) : []),
  ...(team.every((member) => agreed.includes(member)) ? (["member"] as const) : []),
];

/** Why a credit cannot be confirmed by this person; `names` is what the client and each of the team are called. */
export function objectionToConfirming(
  { state, proposedBy, agreed }: Crediting & { readonly proposedBy: Id },
  person: Id,
  names: ReadonlyMap<string, string>,
): Refusal | undefined {
  if (state !== "proposed") return refuse("not-in-this-state", { state });
  if (proposedBy === person) return refuse("second-person-needed");
  const missing = [...names].flatMap(([word, name]) => (agreed.includes(word) ? [] : [name]));
  return missing.length === 0 ? undefined : refuse("credit-not-agreed", { names: missing.join(", ") });
}

/** Why this person does not agree to a credit for a side. */
export function objectionToCreditAgreement({ state, agreed }: Crediting, actor: Actor, parties: Parties): Refusal | undefined {
  const word = moneyWordOf(actor, parties);
  if (word === undefined) return refuse("approver-needed");
  if (state !== "proposed") return refuse("not-in-this-state", { state });
  return agreed.includes(word) ? refuse("agreed-already") : undefined;
}

/** What a member's part of an invoice is, what of it repaid an advance, and whether the rest is ordered. */
export type PartTaken = { readonly owed: Money; readonly used: Money; readonly ordered: boolean };

/** Why a credit would leave the member with more than is theirs: their part is ordered already, or too much of it repaid an advance. */
export function objectionToTakingBack(back: Money, { owed, used, ordered }: PartTaken): Refusal | undefined {
  if (back.minor === 0n || (!ordered && back.minor <= minus(owed, used).minor)) return undefined;
  const paid = ordered ? owed : used;
  return refuse("member-paid-already", { paid: moneyText(paid), remains: moneyText(minus(owed, back)) });
}

/** A pot bears what members were paid of what is credited. */
export const legsOfCreditBorne = (bearer: Bearer, backs: readonly Earned[]): readonly Leg[] => {
  const given = backs.filter(({ budget }) => budget.minor > 0n);
  return [
    ...given.map(({ budget }) => debit(pot(bearer), budget)),
    ...given.map(({ member, into, budget }) => credit(budgetOfMember(member, into), budget)),
  ];
};

/** What a credit comes to: the VAT is its share of all that was credited so far, less what was credited before, so that parts end at the whole. */
export function creditedNow(whole: Credited, before: Credited, net: Money): Amounts {
  const until = divideHalfEven(whole.vat.minor * (before.net.minor + net.minor), whole.net.minor);
  const vat = { minor: until - before.vat.minor, currency: net.currency };
  return { net, vat, gross: sum(net, vat) };
}

/** An invoice in its own money and in the coop's, with what was credited of it so far in both. */
export type InBoth = {
  readonly whole: Credited;
  readonly before: Credited;
  readonly atHome: { readonly whole: Credited; readonly before: Credited };
};

/** The same in the coop's own money, so that parts end at what the whole is worth there. */
export function creditedAtHome({ whole, before, atHome }: InBoth, net: Money): Amounts {
  const until = divideHalfEven(atHome.whole.net.minor * (before.net.minor + net.minor), whole.net.minor);
  const now = { ...atHome.whole.net, minor: until - atHome.before.net.minor };
  return creditedNow(atHome.whole, atHome.before, now);
}

/** The paper of a credit note as it is frozen. */
export type CreditPaper = Pick<
  InvoicePaper,
  "specimen" | "language" | "coop" | "client" | "line" | "vatPercent" | "vatCategory" | "vatMention" | "engagement" | "milestone"
> & {
  readonly kind: "creditNote";
  readonly number: string;
  readonly issuedOn: Day;
  readonly invoice: { readonly id: Id; readonly number: string; readonly issuedOn: Day };
  readonly reason: string;
  readonly net: MoneyText;
  readonly vat: MoneyText;
  readonly gross: MoneyText;
  readonly atHome?: AtHome;
};

type Issue = Pick<CreditPaper, "number" | "issuedOn" | "reason"> & { readonly invoiceId: Id };

/** Everything a credit note says: what the invoice said, with its own number, day, reason and amounts. */
export function creditPaper(
  invoice: InvoicePaper,
  { number, issuedOn, reason, invoiceId }: Issue,
  { net, vat, gross }: Amounts,
  atHome: Amounts,
): CreditPaper {
  const { language, coop, client, line, vatPercent, vatCategory, vatMention, engagement, milestone } = invoice;
  return {
    kind: "creditNote",
    ...(invoice.specimen ? { specimen: true } : {}),
    number,
    language,
    issuedOn,
    invoice: { id: invoiceId, number: invoice.number, issuedOn: invoice.issuedOn },
    reason,
    coop,
    client,
    line,
    net: moneyText(net),
    vat: moneyText(vat),
    vatPercent,
    vatCategory,
    ...(vatMention === undefined ? {} : { vatMention }),
    gross: moneyText(gross),
    ...(invoice.atHome ? { atHome: { net: moneyText(atHome.net), vat: moneyText(atHome.vat), rate: invoice.atHome.rate } } : {}),
    engagement,
    milestone,
  };
}

/** Gap-free in a series of their own: `BE-2026-C00012`. */
export const creditNumberText = (branch: string, year: number, count: bigint): string =>
  `${branch}-${year}-C${count.toString().padStart(5, "0")}`;
