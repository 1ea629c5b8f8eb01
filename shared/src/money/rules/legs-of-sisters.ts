// The law of money between coops: one has the client, the other the member. Each writes in its own book, and the two mirror each other.
import { pots, type PerPot } from "../../governance/rules/pots.ts";
import type { CreditRisk } from "../../governance/rules/terms.ts";
import { minus, share, sum, zero, type Money, type Ppm } from "../../platform/money.ts";
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
  vatRelief,
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

/** Into the pots by the vote; nothing but the fee's own mirror ever takes it out again. */
const intoPots = (fee: Money, fundSplit: PerPot<Ppm>): readonly Leg[] => {
  const shares = splitFee(fee, fundSplit);
  return pots.map((name) => credit(pot(name), shares[name]));
};

const outOfPots = (fee: Money, fundSplit: PerPot<Ppm>): readonly Leg[] => {
  const shares = splitFee(fee, fundSplit);
  return pots.map((name) => debit(pot(name), shares[name]));
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

/** What the member's coop bears of a price that the client never pays: nothing, or the part that it takes of the fee. */
export const lossOfHome = ({ price, hostSharePpm }: PriceAcross, risk: CreditRisk): Money =>
  risk === "shared" ? minus(price, share(price, hostSharePpm)) : zero(price.currency);

/** The client never pays: the unearned fee leaves the pots as it came, VAT is asked back, and the guarantee carries the rest of what is owed. */
export function legsOfLossHost({ client, country, vatRate, sister, fundSplit, ...across }: HostFacts, risk: CreditRisk): readonly Leg[] {
  const { gross, hostFund, due } = figuresOf(across);
  const borne = lossOfHome(across, risk);
  const vat = vatOf(gross, vatRate);
  return moved([
    debit(payableToCoop(sister), borne),
    debit(pot("guarantee"), minus(due, borne)),
    ...outOfPots(hostFund, fundSplit),
    debit(vatRelief(country), vat),
    credit(receivableOfClient(client), sum(gross, vat)),
  ]);
}

/** The same at the member's coop, which kept its promise to the member. Where the host bears it all, nothing moves. */
export function legsOfLossHome({ sister, fundSplit, ...across }: WorkAcross, risk: CreditRisk): readonly Leg[] {
  if (risk === "host") return [];
  const { homeFund } = figuresOf(across);
  const borne = lossOfHome(across, risk);
  return moved([
    credit(receivableOfCoop(sister), borne),
    debit(pot("guarantee"), minus(borne, homeFund)),
    ...outOfPots(homeFund, fundSplit),
  ]);
}

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
