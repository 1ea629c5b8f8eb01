// The law of money between coops: one has the client, the other the member. Each writes in its own book, and the two mirror each other.
import { pots, type PerPot } from "../../governance/rules/pots.ts";
import type { CreditRisk } from "../../governance/rules/terms.ts";
import { minus, sum, wholePpm, zero, type Money, type Ppm } from "../../platform/money.ts";
import {
  bank,
  budgetOfMember,
  payableToCoop,
  payoutTransit,
  pot,
  receivableOfClient,
  receivableOfCoop,
  settlementWithCoop,
  vatDue,
} from "./accounts.ts";
import { credit, debit, moved, type Leg, type TeamPart } from "./legs.ts";
import { figuresOf, splitFee, splitWork, type PriceAcross } from "./split.ts";
import { vatOf } from "./vat.ts";

/** Work across a border as one of the two coops sees it; `sister` is the other, by the id of its host. */
export type WorkAcross = PriceAcross & {
  readonly sister: string;
  /** The pots of whose book it is, as voted on the day. */
  readonly fundSplit: PerPot<Ppm>;
};

export type HostFacts = WorkAcross & { readonly client: string; readonly country: string; readonly vatRate: Ppm };

/** Into the pots by the vote; nothing but the mirror of the entry itself ever takes it out again. */
const intoPots = (fee: Money, fundSplit: PerPot<Ppm>): readonly Leg[] => {
  const shares = splitFee(fee, fundSplit);
  return pots.map((name) => credit(pot(name), shares[name]));
};

/** In the book of the client's coop: the client owes it price and VAT, and it owes all but its part of the fee to the member's. */
export function legsOfFeeHost({ client, country, vatRate, sister, fundSplit, ...across }: HostFacts): readonly Leg[] {
  const { gross, hostFund, due } = figuresOf(across);
  const vat = vatOf(gross, vatRate);
  return moved([
    debit(receivableOfClient(client), sum(gross, vat)),
    credit(vatDue(country), vat),
    credit(payableToCoop(sister), due),
    ...intoPots(hostFund, fundSplit),
  ]);
}

export type HomeFacts = WorkAcross & { readonly team: readonly TeamPart[] };

/** In the book of the member's coop: the other owes it, the members have earned, and the rest of the fee is its pots'. */
export function legsOfFeeHome({ sister, fundSplit, team, ...across }: HomeFacts): readonly Leg[] {
  const { gross, fee, homeFund, due } = figuresOf(across);
  const earnings = splitWork(
    gross,
    fee,
    team.map(({ part }) => part),
  );
  return moved([
    debit(receivableOfCoop(sister), due),
    ...team.map(({ member, into }, at) => credit(budgetOfMember(member, into), earnings[at]?.earned ?? zero(gross.currency))),
    ...intoPots(homeFund, fundSplit),
  ]);
}

/** The part of a price that the client never pays which the member's coop bears: none, or as much as it takes of the fee. */
export const homeLossPpm = (hostSharePpm: Ppm, risk: CreditRisk): Ppm => (risk === "shared" ? wholePpm - hostSharePpm : 0n);

/** What we claim of a sister changes by so much, below zero where it is less: the reserve bears it. */
export const legsOfSettlementYielded = (sister: string, change: Money): readonly Leg[] => [
  debit(receivableOfCoop(sister), change),
  credit(pot("reserve"), change),
];

/** What we take upon us of a sister's claim changes by so much: the reserve bears it. */
export const legsOfSettlementConceded = (sister: string, change: Money): readonly Leg[] => [
  debit(pot("reserve"), change),
  credit(payableToCoop(sister), change),
];

/** What a sister bears of a loss of ours changes by so much: the guarantee bears the rest, as it would where we bear it alone. */
export const legsOfLossKept = (sister: string, change: Money): readonly Leg[] => [
  debit(pot("guarantee"), change),
  credit(payableToCoop(sister), change),
];

/** Both directions of a round become one balance: what we owe, what is owed to us, and the difference. */
export const legsOfSettlementNetted = (sister: string, payable: Money, receivable: Money): readonly Leg[] =>
  moved([
    debit(payableToCoop(sister), payable),
    credit(receivableOfCoop(sister), receivable),
    credit(settlementWithCoop(sister), minus(payable, receivable)),
  ]);

/** We owe the balance, and it leaves through the bank. */
export const legsOfSettlementPaid = (sister: string, money: Money): readonly Leg[] => [
  debit(settlementWithCoop(sister), money),
  credit(payoutTransit, money),
];

/** It was owed to us, and is there. */
export const legsOfSettlementReceived = (name: string, sister: string, money: Money): readonly Leg[] => [
  debit(bank(name), money),
  credit(settlementWithCoop(sister), money),
];
