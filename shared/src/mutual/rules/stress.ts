// What becomes of cash, coverage and pots over two years when something breaks: one pure function, in whole months and cents. Each named figure is rounded once.
import { pots, type PerPot } from "../../governance/rules/pots.ts";
import { apportioned } from "../../money/rules/split.ts";
import { divideHalfEven, wholePpm, type Ppm } from "../../platform/money.ts";

/** The coop as it stands. Amounts are minor units of one currency; those of flow are a month's. */
export type Standing = {
  readonly turnover: bigint;
  readonly vatRate: Ppm;
  readonly feeRate: Ppm;
  readonly fundSplit: PerPot<Ppm>;
  /** Months until clients pay, and days of a month's work that members are not paid for yet. */
  readonly clientMonths: number;
  readonly memberDays: number;
  readonly neverPaid: Ppm;
  readonly runningCost: bigint;
  readonly claims: bigint;
  readonly coaching: bigint;
  readonly cash: bigint;
  readonly pots: PerPot<bigint>;
  /** What members left on their budgets, and what of it was advanced to them. */
  readonly savings: bigint;
  readonly advances: bigint;
  readonly owedToSisters: bigint;
};

export type Shock = {
  /** Part of the turnover that is lost, and of those clients' open invoices the part that is never paid. */
  readonly lost: Ppm;
  readonly lostUnpaid: Ppm;
  /** How many months later all others pay. */
  readonly delay: number;
  /** Part of their savings that members ask back in month 1. */
  readonly askedBack: Ppm;
  /** Claims are so many times what they are, for so many months. */
  readonly claimsTimes: Ppm;
  readonly claimsMonths: number;
};

export type StressMonth = {
  readonly month: number;
  readonly collected: bigint;
  readonly toMembers: bigint;
  /** Without VAT. */
  readonly loss: bigint;
  readonly cash: bigint;
  readonly vatDue: bigint;
  /** What members have earned and not been paid, and what they left here. */
  readonly budgets: bigint;
  readonly savings: bigint;
  readonly owedToSisters: bigint;
  /** Absent where nothing is owed. */
  readonly coverage?: Ppm;
  readonly pots: PerPot<bigint>;
  /** What clients owe, with VAT, and the VAT asked back of what they will never pay. */
  readonly receivables: bigint;
  readonly vatRelief: bigint;
};

export const stressMonths = 24;
const daysInMonth = 30n;

const part = (minor: bigint, rate: Ppm): bigint => divideHalfEven(minor * rate, wholePpm);

/** Month 0 is today, and two years follow it. */
export function stress(standing: Standing, shock: Shock): readonly StressMonth[] {
  const months = [monthZero(standing)];
  const flow = flowOf(standing, shock);
  for (let month = 1; month <= stressMonths; month += 1)
    months.push(monthAfter(standing, shock, flow, months[month - 1] ?? monthZero(standing), month));
  return months;
}

/** A month's work: what members earn of it, what of that waits at the month's end, its VAT, and what of it is never paid. */
type Flow = {
  readonly turnover: bigint;
  readonly vat: bigint;
  readonly earned: bigint;
  readonly waits: bigint;
  readonly unpaid: bigint;
  readonly openingLoss: bigint;
};

const waitsOf = ({ feeRate, memberDays }: Standing, turnover: bigint): bigint =>
  divideHalfEven(turnover * (wholePpm - feeRate) * BigInt(memberDays), wholePpm * daysInMonth);

function flowOf(standing: Standing, { lost, lostUnpaid }: Shock): Flow {
  const { turnover: before, vatRate, feeRate, neverPaid, clientMonths } = standing;
  const turnover = part(before, wholePpm - lost);
  const unpaidPart = lost * lostUnpaid + (wholePpm - lost) * neverPaid;
  return {
    turnover,
    vat: part(turnover, vatRate),
    earned: part(turnover, wholePpm - feeRate),
    waits: waitsOf(standing, turnover),
    unpaid: part(turnover, neverPaid),
    openingLoss: divideHalfEven(BigInt(clientMonths) * before * unpaidPart, wholePpm * wholePpm),
  };
}

function monthZero(standing: Standing): StressMonth {
  const { turnover, vatRate, cash, savings, clientMonths } = standing;
  const vatDue = part(turnover, vatRate);
  const budgets = waitsOf(standing, turnover);
  return withCoverage(standing, {
    month: 0,
    collected: 0n,
    toMembers: 0n,
    loss: 0n,
    cash,
    vatDue,
    budgets,
    savings,
    pots: standing.pots,
    receivables: BigInt(clientMonths) * (turnover + vatDue),
    vatRelief: 0n,
  });
}

function withCoverage({ owedToSisters }: Standing, told: Omit<StressMonth, "owedToSisters">): StressMonth {
  const month = { ...told, owedToSisters };
  const owed = month.budgets + month.savings;
  return owed > 0n ? { ...month, coverage: ((month.cash - month.vatDue - owedToSisters) * wholePpm) / owed } : month;
}

function monthAfter(standing: Standing, shock: Shock, flow: Flow, before: StressMonth, month: number): StressMonth {
  const isSteady = month > standing.clientMonths + shock.delay;
  const loss = (month === 1 ? flow.openingLoss : 0n) + (isSteady ? flow.unpaid : 0n);
  const relief = part(loss, standing.vatRate);
  const collected = isSteady
    ? flow.turnover + flow.vat - flow.unpaid - part(flow.unpaid, standing.vatRate)
    : openingPaid(standing, shock, flow, month);
  const toMembers = before.budgets + flow.earned - flow.waits;
  const claims = month <= shock.claimsMonths ? part(standing.claims, shock.claimsTimes) : standing.claims;
  const askedBack = month === 1 ? part(standing.savings, shock.askedBack) : 0n;
  const spent = before.vatDue + claims + standing.coaching + standing.runningCost + askedBack;
  return withCoverage(standing, {
    month,
    collected,
    toMembers,
    loss,
    cash: before.cash + collected - toMembers - spent,
    vatDue: flow.vat,
    budgets: flow.waits,
    savings: before.savings - askedBack,
    pots: potsAfter(standing, flow, before.pots, { loss, claims }),
    receivables: before.receivables + flow.turnover + flow.vat - collected - loss - relief,
    vatRelief: before.vatRelief + relief,
  });
}

/** What clients owed on the first day and do pay comes in equal parts, each so much later as all are late. */
function openingPaid({ turnover, vatRate, clientMonths }: Standing, { delay }: Shock, { openingLoss }: Flow, month: number): bigint {
  const at = month - delay;
  if (at < 1) return 0n;
  const owed = BigInt(clientMonths) * (turnover + part(turnover, vatRate)) - openingLoss - part(openingLoss, vatRate);
  const until = (parts: number): bigint => divideHalfEven(owed * BigInt(parts), BigInt(clientMonths));
  return until(at) - until(at - 1);
}

/** The fee of what is paid comes in; what members were paid and clients never pay leaves the guarantee pot, with the cent that rounding leaves. */
function potsAfter(
  { feeRate, fundSplit, coaching, runningCost }: Standing,
  { turnover, earned }: Flow,
  before: PerPot<bigint>,
  { loss, claims }: { readonly loss: bigint; readonly claims: bigint },
): PerPot<bigint> {
  const fee = part(turnover - loss, feeRate);
  const parts = apportioned(
    fee,
    pots.map((pot) => fundSplit[pot]),
  );
  const out: PerPot<bigint> = {
    guarantee: earned + fee - (turnover - loss),
    insurance: claims,
    coaching,
    advances: 0n,
    reserve: runningCost,
    running: 0n,
  };
  return eachPot((pot, at) => before[pot] + (parts[at] ?? 0n) - out[pot]);
}

const eachPot = (of: (pot: (typeof pots)[number], at: number) => bigint): PerPot<bigint> =>
  Object.fromEntries(pots.map((pot, at) => [pot, of(pot, at)])) as PerPot<bigint>;
