// The law of money: which accounts each movement touches. Debit is +, credit is -; the legs of every entry sum to zero.
import { pots, type PerPot, type Pot } from "../../governance/rules/pots.ts";
import type { PurposePot } from "../../governance/rules/purpose-pots.ts";
import { minus, sum, zero, type Money, type Ppm } from "../../platform/money.ts";
import {
  bank,
  bankCharges,
  budgetOfMember,
  initiative,
  loanOfLender,
  payoutTransit,
  pot,
  receivableOfClient,
  shareOfMember,
  strays,
  unmatched,
  vatDue,
  vatInput,
  type AccountCode,
} from "./accounts.ts";
import { apportioned, feeOf, splitFee, splitWork } from "./split.ts";
import { vatOf } from "./vat.ts";

export type Leg = { readonly account: AccountCode; readonly money: Money };

export const debit = (account: AccountCode, money: Money): Leg => ({ account, money });
export const credit = (account: AccountCode, money: Money): Leg => ({ account, money: { ...money, minor: -money.minor } });

/** Nothing moved is no leg: a pot whose share is zero, a country without VAT. */
export const moved = (legs: readonly Leg[]): readonly Leg[] => legs.filter(({ money }) => money.minor !== 0n);

/** Who did which part of the work, and into which of their budgets it goes; the parts are weights, so one member alone has any. */
export type TeamPart = { readonly member: string; readonly part: bigint; readonly into?: string | undefined };

/** What an invoice is about: the agreed price without VAT, and the rates it obeys. */
export type InvoiceFacts = {
  readonly client: string;
  readonly country: string;
  readonly price: Money;
  readonly vatRate: Ppm;
  /** As voted when both signed. */
  readonly feeRate: Ppm;
  /** As voted now: the fee is shared out the day it is earned. */
  readonly fundSplit: PerPot<Ppm>;
  readonly team: readonly TeamPart[];
};

/** The client owes price and VAT; the members have earned the price less the fee, and the fee is the common pots' from the first second. */
export function legsOfInvoice({ client, country, price, vatRate, feeRate, fundSplit, team }: InvoiceFacts): readonly Leg[] {
  const vat = vatOf(price, vatRate);
  const fee = feeOf(price, feeRate);
  const shares = splitFee(fee, fundSplit);
  const earnings = splitWork(
    price,
    fee,
    team.map(({ part }) => part),
  );
  return moved([
    debit(receivableOfClient(client), sum(price, vat)),
    credit(vatDue(country), vat),
    ...team.map(({ member, into }, at) => credit(budgetOfMember(member, into), earnings[at]?.earned ?? zero(price.currency))),
    ...pots.map((name) => credit(pot(name), shares[name])),
  ]);
}

/** Part of an invoice taken back, as the credit note says it. */
export type Credited = { readonly net: Money; readonly vat: Money };

/**
 * The mirror of a part of an invoice; `before` are the legs of its earlier credits. What members and pots give back is their share of all
 * that was credited so far, less what they gave back before, so several part credits end exactly at the original. A larger sum may be
 * a cent less for somebody: nobody gets that cent again, the others wait for it.
 */
export function legsOfInvoiceCredited(invoice: readonly Leg[], before: readonly Leg[], now: Credited): readonly Leg[] {
  const taken = invoice.filter(({ money }) => money.minor < 0n);
  const earned = taken.filter(({ account }) => !account.code.startsWith("vat:"));
  const given = earned.map(({ account: { code } }) =>
    before.reduce((so, { account, money }) => (account.code === code ? so + money.minor : so), 0n),
  );
  const until = given.reduce((so, each) => so + each, 0n) + now.net.minor;
  const after = apportioned(
    until,
    earned.map(({ money }) => -money.minor),
  );
  const due = after.map((each, at) => each - (given[at] ?? 0n)).map((each) => (each > 0n ? each : 0n));
  const backs = now.net.minor === 0n ? [] : apportioned(now.net.minor, due);
  const back = (at: number): bigint => backs[at] ?? 0n;
  return moved([
    ...invoice.filter(({ money }) => money.minor > 0n).map(({ account }) => credit(account, sum(now.net, now.vat))),
    ...taken.filter(({ account }) => account.code.startsWith("vat:")).map(({ account }) => debit(account, now.vat)),
    ...earned.map(({ account, money }, at) => debit(account, { ...money, minor: back(at) })),
  ]);
}

/** Money of a client on our bank account. What a bank kept on the way is borne in common, not by the client. */
export function legsOfClientPaid(paid: {
  readonly client: string;
  readonly bank: string;
  readonly received: Money;
  readonly kept?: Money;
}): readonly Leg[] {
  const { received, kept = zero(received.currency) } = paid;
  return moved([debit(bank(paid.bank), received), debit(bankCharges, kept), credit(receivableOfClient(paid.client), sum(received, kept))]);
}

/** What a client paid too much is theirs: the account of the client owes it. */
export const legsOfClientOverpaid = (client: string, name: string, money: Money): readonly Leg[] =>
  legsOfClientPaid({ client, bank: name, received: money });

/** The client has it back. */
export const legsOfClientRepaid = (client: string, name: string, money: Money): readonly Leg[] => [
  debit(receivableOfClient(client), money),
  credit(bank(name), money),
];

/** Money on our account that nobody has explained yet. */
export const legsOfBankUnmatched = (name: string, money: Money): readonly Leg[] => [debit(bank(name), money), credit(unmatched, money)];

/** Explained: it waits no longer, and what it means is booked as if it had been known at once. */
export const legsOfBankMatched = (name: string, money: Money): readonly Leg[] => [debit(unmatched, money), credit(bank(name), money)];

/** Money of a stranger: owed to whoever sent it until it went back. */
export const legsOfStrayReceived = (name: string, money: Money): readonly Leg[] => [debit(bank(name), money), credit(strays, money)];

/** It went back. */
export const legsOfStraySentBack = (name: string, money: Money): readonly Leg[] => [debit(strays, money), credit(bank(name), money)];

/** The member's money is ordered at the bank, from the budget that the invoice went into: the client has paid. */
export const legsOfPayoutOrdered = (member: string, money: Money, into?: string): readonly Leg[] => [
  debit(budgetOfMember(member, into), money),
  credit(payoutTransit, money),
];

/** The same movement when the client has not paid: the promise is kept, and what differs is the holds. */
export const legsOfGuaranteePaid = legsOfPayoutOrdered;

/** The coop buys something through a member's budget, which bears it but for the VAT: that is the coop's to deduct. */
export const legsOfBought = (member: string, country: string, own: Money, vat: Money, into?: string): readonly Leg[] =>
  moved([debit(budgetOfMember(member, into), own), debit(vatInput(country), vat), credit(payoutTransit, sum(own, vat))]);

/** The work of a member who is a business of their own, on the invoice that the coop writes for them. */
export const legsOfMemberBilled = legsOfBought;

/** The VAT of such an invoice, where the work itself was paid before: the member is owed it, and it is the coop's to deduct. */
export const legsOfVatBilled = (member: string, country: string, vat: Money, into?: string): readonly Leg[] => [
  debit(vatInput(country), vat),
  credit(budgetOfMember(member, into), vat),
];

/** VAT of work from another country, which nobody asked for: owed to the state and deducted at once, so that no money moves. */
export const legsOfVatOwed = (country: string, vat: Money): readonly Leg[] => [debit(vatInput(country), vat), credit(vatDue(country), vat)];

/** The bank has booked the payout. */
export const legsOfPayoutSettled = (name: string, money: Money): readonly Leg[] => [debit(payoutTransit, money), credit(bank(name), money)];

/** The bank sent it back: it is on the account again, and owed. */
export const legsOfPayoutCameBack = (name: string, money: Money): readonly Leg[] => [
  debit(bank(name), money),
  credit(payoutTransit, money),
];

/** It is no longer under way: the member has it again. */
export const legsOfPayoutRejected = (member: string, money: Money, into?: string): readonly Leg[] => [
  debit(payoutTransit, money),
  credit(budgetOfMember(member, into), money),
];

/** Members set money of a pot aside. */
export const legsOfInitiativeFunded = (from: PurposePot, proposal: string, money: Money): readonly Leg[] => [
  debit(pot(from), money),
  credit(initiative(proposal), money),
];

/** The bank has paid for what it was set aside for. */
export const legsOfInitiativePaid = (name: string, proposal: string, money: Money): readonly Leg[] => [
  debit(initiative(proposal), money),
  credit(bank(name), money),
];

/** What is left goes back where it came from. */
export const legsOfInitiativeReturned = (to: PurposePot, proposal: string, money: Money): readonly Leg[] => [
  debit(initiative(proposal), money),
  credit(pot(to), money),
];

/** Capital from the member's own bank account. */
export const legsOfSharePaid = (name: string, member: string, money: Money): readonly Leg[] => [
  debit(bank(name), money),
  credit(shareOfMember(member), money),
];

/** What somebody who left had paid in is ordered at the bank. */
export const legsOfShareRepaid = (member: string, money: Money): readonly Leg[] => [
  debit(shareOfMember(member), money),
  credit(payoutTransit, money),
];

/** Founders, a grant or a sister fill a pot before any fee does. */
export const legsOfEndowment = (name: string, into: Pot, money: Money): readonly Leg[] => [
  debit(bank(name), money),
  credit(pot(into), money),
];

/** Somebody outside lends to the coop. It is in the bank, and in no pot: it must be given back. */
export const legsOfLoanReceived = (name: string, lender: string, money: Money): readonly Leg[] => [
  debit(bank(name), money),
  credit(loanOfLender(lender), money),
];

/** What was lent is ordered at the bank. */
export const legsOfLoanRepaid = (lender: string, money: Money): readonly Leg[] => [
  debit(loanOfLender(lender), money),
  credit(payoutTransit, money),
];

/** A mirror of an entry posted in error: generated, never composed by hand. */
export const legsOfCorrection = (original: readonly Leg[]): readonly Leg[] => original.map(({ account, money }) => credit(account, money));

/** What the legs come to in each currency; an entry's are all zero. */
export function totalsOf(legs: readonly Leg[]): ReadonlyMap<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { money } of legs) totals.set(money.currency, (totals.get(money.currency) ?? 0n) + money.minor);
  return totals;
}

/** What is still to be credited of an invoice after its earlier credit notes. */
export const restOf = (whole: Credited, before: Credited): Credited => ({
  net: minus(whole.net, before.net),
  vat: minus(whole.vat, before.vat),
});
