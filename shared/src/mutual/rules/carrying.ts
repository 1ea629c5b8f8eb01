// What an opening fund can carry: for how many engagements at once the coop could pay before the client does, and when its cash would run out.
import type { PerPot } from "../../governance/rules/pots.ts";
import { feeOf, splitFee } from "../../money/rules/split.ts";
import { vatOf } from "../../money/rules/vat.ts";
import { exponentOf, minus, share, sum, wholePpm, type Money, type Ppm } from "../../platform/money.ts";
import { holdFor } from "./guarantee.ts";

/** A coop as its founders expect it: equal jobs, evenly over the month. */
export type Expected = {
  /** Without VAT. */
  readonly averageJob: Money;
  readonly jobsAMonth: number;
  /** From the invoice on: until clients pay, and until a guaranteed member is paid whatever the client does. */
  readonly clientDays: number;
  readonly memberDays: number;
  readonly vatRate: Ppm;
  readonly feeRate: Ppm;
  readonly fundSplit: PerPot<Ppm>;
  /** A month. */
  readonly runningCost: Money;
  /** On the first day: in the guarantee pot, and on the bank account for all pots together. */
  readonly pot: Money;
  readonly cash: Money;
  readonly floor: Money;
  readonly holdShare: Ppm;
  readonly clientExposure: Money;
  readonly startAmount: Money;
  readonly clientShare: Ppm;
};

/** How a month ends, and how little there was on its worst day. */
export type MonthCarried = { readonly month: number; readonly cash: Money; readonly lowest: Money; readonly pot: Money };

export type Carried = {
  /** What one member is paid for one job, and what of the pot that binds. */
  readonly budget: Money;
  readonly hold: Money;
  /** Engagements that can be guaranteed at once on the first day: by the pot, by the cash, and of one client alone. */
  readonly byPot: number;
  readonly byCash: number;
  readonly atOnce: number;
  readonly ofOneClient: number;
  /** How many will be in front at a time. */
  readonly needed: number;
  /** The first month in which cash is not enough; absent where it lasts. */
  readonly emptyIn?: number;
  readonly months: readonly MonthCarried[];
};

const daysInMonth = 30;
export const monthsForeseen = 36;

/** Working days as days of the calendar. */
export const calendarDaysOf = (workingDays: number): number => Math.ceil((workingDays * 7) / 5);

const times = (room: bigint, each: bigint): number => (each > 0n && room > 0n ? Number(room / each) : 0);

/** What a coop can carry on its first day, and month by month after it. */
export function carrying(expected: Expected): Carried {
  const { averageJob, feeRate, pot, floor, cash, jobsAMonth, clientDays, memberDays } = expected;
  const budget = minus(averageJob, feeOf(averageJob, feeRate));
  const hold = holdFor(budget, expected.holdShare);
  const [byPot, byCash] = [times(pot.minor - floor.minor, hold.minor), times(cash.minor, budget.minor)];
  const months = foreseen(expected, budget, hold);
  const empty = months.find(({ lowest }) => lowest.minor < 0n);
  return {
    budget,
    hold,
    byPot,
    byCash,
    atOnce: Math.min(byPot, byCash),
    ofOneClient: Math.min(byPot, byCash, times(roomOfOneClient(expected), budget.minor)),
    needed: Math.ceil((jobsAMonth * Math.max(0, clientDays - memberDays)) / daysInMonth),
    ...(empty ? { emptyIn: empty.month } : {}),
    months,
  };
}

/** Below the start amount a client may be any part of the pot; above it only the voted part, and never more than the voted sum. */
function roomOfOneClient({ clientExposure, startAmount, clientShare, pot }: Expected): bigint {
  const ofPot = share(pot, clientShare).minor;
  const room = ofPot > startAmount.minor ? ofPot : startAmount.minor;
  return room < clientExposure.minor ? room : clientExposure.minor;
}

/** What founders begin with: in the guarantee pot, and on the bank account for all pots together. */
export type Fund = Pick<Expected, "pot" | "cash">;

const larger = (one: bigint, other: bigint): bigint => (one > other ? one : other);

/** The least fund, in whole thousands, that has as many engagements in front as there will be, and still has when the client that owes most fails. */
export function fundNeeded(expected: Expected): Fund {
  const { averageJob, jobsAMonth, runningCost, floor } = expected;
  const { currency } = averageJob;
  const plenty = { minor: (averageJob.minor * BigInt(jobsAMonth) + runningCost.minor) * BigInt(monthsForeseen) + floor.minor, currency };
  const { budget, hold, needed, months } = carrying({ ...expected, pot: plenty, cash: plenty });
  const left = floor.minor + BigInt(needed) * hold.minor;
  const lost = lostBeside(left, expected);
  const taken = months.reduce((most, { lowest }) => larger(most, plenty.minor - lowest.minor), BigInt(needed) * budget.minor);
  // Whoever worked for the client that failed was paid from the bank, too.
  return { pot: inThousands(left + lost, currency), cash: inThousands(taken + lost, currency) };
}

/** What one client may owe to a pot that is to have so much left without it. */
function lostBeside(left: bigint, { clientExposure, startAmount, clientShare }: Expected): bigint {
  const kept = wholePpm - clientShare;
  const room = kept > 0n ? larger(startAmount.minor, (left * clientShare) / kept) : clientExposure.minor;
  return room < clientExposure.minor ? room : clientExposure.minor;
}

/** As people round who collect money: upwards. */
function inThousands(minor: bigint, currency: string): Money {
  const thousand = 10n ** BigInt(exponentOf(currency) + 3);
  return { minor: ((minor + thousand - 1n) / thousand) * thousand, currency };
}

/** Jobs approved on one day: those the fund answers for, and those whose members wait for the client. */
type Approved = { readonly guaranteed: bigint; readonly waiting: bigint };

/** What one job moves, in minor units. */
type Job = { readonly gross: bigint; readonly vat: bigint; readonly intoPot: bigint; readonly budget: bigint; readonly hold: bigint };

type Standing = { readonly cash: bigint; readonly pot: bigint; readonly held: bigint };

/** Day by day: clients pay, members are paid, and with the month go the VAT of the month before and what the coop costs. */
function foreseen(expected: Expected, { minor: budget, currency }: Money, { minor: hold }: Money): readonly MonthCarried[] {
  const { averageJob, jobsAMonth, vatRate, feeRate, fundSplit, runningCost } = expected;
  const vat = vatOf(averageJob, vatRate);
  const intoPot = splitFee(feeOf(averageJob, feeRate), fundSplit).guarantee.minor;
  const job = { gross: sum(averageJob, vat).minor, vat: vat.minor, intoPot, budget, hold };
  const approved: Approved[] = [];
  const months: MonthCarried[] = [];
  let standing: Standing = { cash: expected.cash.minor, pot: expected.pot.minor, held: 0n };
  for (let month = 1; month <= monthsForeseen; month += 1) {
    let lowest = standing.cash;
    for (let day = 1; day <= daysInMonth; day += 1) {
      standing = dayPassed(expected, job, standing, approved, jobsOn(day, jobsAMonth));
      if (standing.cash < lowest) lowest = standing.cash;
    }
    const cash = standing.cash - runningCost.minor - (month > 1 ? job.vat * BigInt(jobsAMonth) : 0n);
    standing = { ...standing, cash };
    if (cash < lowest) lowest = cash;
    months.push({ month, cash: { minor: cash, currency }, lowest: { minor: lowest, currency }, pot: { minor: standing.pot, currency } });
  }
  return months;
}

/** Evenly over the month, in whole jobs. */
const jobsOn = (day: number, aMonth: number): bigint =>
  BigInt(Math.floor((day * aMonth) / daysInMonth) - Math.floor(((day - 1) * aMonth) / daysInMonth));

/** What is approved today joins what was approved before, the last of which is today's. */
function dayPassed(
  { clientDays, memberDays, floor }: Expected,
  { gross, intoPot, budget, hold }: Job,
  { cash, pot, held }: Standing,
  approved: Approved[],
  jobs: bigint,
): Standing {
  const rooms = cash < budget ? 0n : BigInt(times(pot - held - floor.minor, hold));
  const guaranteed = jobs < rooms ? jobs : rooms;
  approved.push({ guaranteed, waiting: jobs - guaranteed });
  const due = approved.at(-1 - memberDays)?.guaranteed ?? 0n;
  const paid = approved.at(-1 - clientDays) ?? { guaranteed: 0n, waiting: 0n };
  return {
    cash: cash + gross * (paid.guaranteed + paid.waiting) - budget * (paid.waiting + due),
    pot: pot + intoPot * jobs,
    held: held + hold * (guaranteed - paid.guaranteed),
  };
}
