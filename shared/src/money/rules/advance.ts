// The law of advances: how much a member may have ahead of their work, why so much and no more, how it is repaid, and when it is given up.
import { moneyText, minus, share, zero, type Money, type Ppm } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";
import type { Day } from "../../platform/time.ts";
import { advanceOfMember, budgetOfMember, payoutTransit, pot } from "./accounts.ts";
import { credit, debit, type Leg } from "./legs.ts";

export const problems = {
  "advance-over-limit": {
    status: 409,
    says: "You asked for {asked} and {free} is free. Of the most that anyone may owe, {cap} is left to you; of the part of your signed, guaranteed work that may be advanced, {secured}; the pot of advances has {pot}. The smallest of the three counts.",
    rule: "what may be advanced",
    changedBy: "you, by signing more guaranteed work or repaying; the members, by vote",
  },
  "advance-while-leaving": {
    status: 409,
    says: "Whoever is leaving is advanced nothing more. What you owe stays booked, and is repaid from what you still earn.",
    rule: "advances are for members who stay",
    changedBy: "you, by staying",
  },
  "nothing-to-repay": {
    status: 409,
    says: "You owe {owed}: there is not so much to repay.",
    rule: "nobody repays more than was advanced",
    changedBy: "whoever asks, with a smaller amount",
  },
  "not-enough-to-repay": {
    status: 409,
    says: "Of what you are owed, {available} is ready to be used and not ordered at the bank.",
    rule: "an advance is repaid from one's own money at the coop",
    changedBy: "your clients, as they pay",
  },
  "advance-loss-too-early": {
    status: 409,
    says: "An advance can be given up from {until} on, six months after the member's last income, and after somebody has talked with them.",
    rule: "when an advance is lost",
    changedBy: "nobody before that day; the member, by repaying",
  },
  "advance-talk-first": {
    status: 422,
    says: "A coach or an adviser talks with the member first, within the last 60 days: {talkedOn} is not such a day.",
    rule: "a talk before an advance is given up",
    changedBy: "a coach or an adviser, by talking with the member",
  },
  "advance-loss-proposed-already": {
    status: 409,
    says: "It is proposed already to give this advance up.",
    rule: "an advance is given up once",
    changedBy: "the second treasurer, who confirms or discards it",
  },
} as const satisfies Problems;

export const advanceStates = ["asked", "granted", "repaid", "lost"] as const;
export type AdvanceState = (typeof advanceStates)[number];

/** `grant` is the second signature under its payment; `repay` takes the last of it. */
export const advanceTable: readonly Row<AdvanceState, "ask" | "grant" | "repay" | "lose">[] = [
  { from: "none", verb: "ask", who: "member", to: "asked", fact: "advance.asked" },
  { from: "asked", verb: "grant", who: "treasurer", to: "granted", fact: "advance.granted" },
  { from: "granted", verb: "repay", who: "software", to: "repaid", fact: "advance.repaid" },
  { from: "granted", verb: "repay", who: "member", to: "repaid", fact: "advance.repaid" },
  { from: "granted", verb: "lose", who: "treasurer", to: "lost", fact: "advance.lost" },
];

/** What a limit is reckoned from. */
export type AdvanceFacts = {
  /** As voted: the most anyone may owe, and the part of secured work that may be advanced. */
  readonly cap: Money;
  readonly budgetShare: Ppm;
  /** Asked for or granted, and neither repaid nor lost. */
  readonly owed: Money;
  /** Budgets of signed, guaranteed work for which the member has not been paid. */
  readonly secured: Money;
  /** Of the pot: what is on it, what is held for advances, and the floor it keeps. */
  readonly pot: { readonly balance: Money; readonly held: Money; readonly floor: Money };
};

export const limitNames = ["cap", "secured", "pot"] as const;
export type LimitName = (typeof limitNames)[number];

/** One of the three: `whole` less `taken` is `free`. The smallest binds; of equal ones the first. */
export type LimitLine = {
  readonly of: LimitName;
  readonly whole: Money;
  readonly taken: Money;
  readonly free: Money;
  readonly binds: boolean;
};

const line = (of: LimitName, whole: Money, taken: Money): Omit<LimitLine, "binds"> => ({ of, whole, taken, free: minus(whole, taken) });

/** Why so much and no more. */
export function limitLines({ cap, budgetShare, owed, secured, pot: on }: AdvanceFacts): readonly LimitLine[] {
  const { balance, held, floor } = on;
  const lines = [
    line("cap", cap, owed),
    line("secured", share(secured, budgetShare), owed),
    line("pot", balance, { minor: held.minor + floor.minor, currency: balance.currency }),
  ];
  const least = lines.reduce((so, { free }) => (free.minor < so ? free.minor : so), lines[0]?.free.minor ?? 0n);
  const binding = lines.find(({ free }) => free.minor === least);
  return lines.map((each) => ({ ...each, binds: each === binding }));
}

/** What may be asked for now; never below zero. */
export function limitOf(lines: readonly LimitLine[], currency: string): Money {
  const binding = lines.find(({ binds }) => binds);
  return binding && binding.free.minor > 0n ? binding.free : zero(currency);
}

/** Why this is not advanced. `until`: the day on which something of what is owed is repaid by itself, where one is known. */
export function objectionToAdvance(asked: Money, facts: AdvanceFacts, isLeaving: boolean, until?: Day): Refusal | undefined {
  const { currency } = facts.cap;
  if (isLeaving) return refuse("advance-while-leaving");
  if (asked.currency !== currency) return refuse("currency-differs", { wanted: currency, given: asked.currency });
  const lines = limitLines(facts);
  const free = limitOf(lines, currency);
  if (asked.minor <= free.minor) return undefined;
  const left = Object.fromEntries(lines.map(({ of, free: of1 }) => [of, moneyText(of1.minor > 0n ? of1 : zero(currency))]));
  const binds = lines.find((each) => each.binds)?.of;
  return refuse("advance-over-limit", { asked: moneyText(asked), free: moneyText(free), ...left, binds, ...(until ? { until } : {}) });
}

/** An advance that stands: what is left of it is owed. */
export type Standing = { readonly id: string; readonly left: Money };

/** One part of a repayment. */
export type Repayment<Of extends Standing = Standing> = { readonly advance: Of; readonly amount: Money; readonly left: Money };

/** Shares out so much over advances, the oldest first. */
export function repaymentsOf<Of extends Standing>(amount: Money, advances: readonly Of[]): readonly Repayment<Of>[] {
  let rest = amount.minor;
  return advances.flatMap((advance) => {
    const { left } = advance;
    const part = rest < left.minor ? rest : left.minor;
    rest -= part;
    return part > 0n ? [{ advance, amount: { ...left, minor: part }, left: { ...left, minor: left.minor - part } }] : [];
  });
}

/** What of a credit repays advances by itself: at most its share, and never more than is owed. Rounded down: a cent stays the member's. */
export function shareRepaid(earned: Money, owed: Money, repaymentShare: Ppm): Money {
  const most = (earned.minor * repaymentShare) / 1_000_000n;
  return { minor: most < owed.minor ? most : owed.minor, currency: earned.currency };
}

/** Why so much is not repaid by choice. */
export function objectionToRepaying(amount: Money, owed: Money, available: Money): Refusal | undefined {
  if (amount.currency !== owed.currency) return refuse("currency-differs", { wanted: owed.currency, given: amount.currency });
  if (amount.minor > owed.minor) return refuse("nothing-to-repay", { owed: moneyText(owed) });
  return amount.minor > available.minor ? refuse("not-enough-to-repay", { available: moneyText(available) }) : undefined;
}

/** So many months without income, before an advance may be given up. */
export const monthsToLoss = 6;
/** A talk that is older counts no more. */
export const talkCounts = 60;

/** Why an advance is not given up; `from` is the first day on which it may be. */
export function objectionToAdvanceLoss(from: Day, today: Day, talkedOn: Day, talkFrom: Day): Refusal | undefined {
  if (today < from) return refuse("advance-loss-too-early", { until: from });
  return talkedOn > today || talkedOn < talkFrom ? refuse("advance-talk-first", { talkedOn }) : undefined;
}

/** The name of what is held of the pot for an advance. It only ever shrinks, so its figure makes the name unique. */
export const advanceHoldKey = (advance: string, left: Money): string => `advance:${advance}:${left.minor}`;

/** It is ordered at the bank: the member owes it. */
export const legsOfAdvanceGranted = (member: string, money: Money): readonly Leg[] => [
  debit(advanceOfMember(member), money),
  credit(payoutTransit, money),
];

/** Part of what a member earned repays it. */
export const legsOfAdvanceRepaid = (member: string, money: Money, into?: string): readonly Leg[] => [
  debit(budgetOfMember(member, into), money),
  credit(advanceOfMember(member), money),
];

/** The pot bears it. */
export const legsOfAdvanceLost = (member: string, money: Money): readonly Leg[] => [
  debit(pot("advances"), money),
  credit(advanceOfMember(member), money),
];
