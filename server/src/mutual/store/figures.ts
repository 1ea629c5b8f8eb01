// What the fund is measured by, read from the book at one moment: what it owes, on whom it hangs, and what two years of trouble would begin with.
import { bylawMinor } from "@partcommune/shared/governance/rules/bylaws";
import { pots, type PerPot } from "@partcommune/shared/governance/rules/pots";
import { calendarDaysOf } from "@partcommune/shared/mutual/rules/carrying";
import { concentrationsOf, type Concentration, type ConcentrationKind, type Slice } from "@partcommune/shared/mutual/rules/concentration";
import type { Standing } from "@partcommune/shared/mutual/rules/stress";
import type { Bylaws } from "@partcommune/shared/platform/bylaw";
import { dayAfter, dayOf, monthsAfter } from "@partcommune/shared/platform/calendar";
import { divideHalfEven, wholePpm, type Ppm } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { openingPlanOf } from "../../governance/index.ts";
import {
  advancesOut,
  balancesUnder,
  flowsSince,
  fundSums,
  receivableSoon,
  turnoverParts,
  type Flows,
  type FundSums,
} from "../../money/index.ts";
import type { View } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";

const measuredBy = [
  "fee.rate",
  "fund.split",
  "guarantee.workingDays",
  "payment.clientDays",
  "coverage.alert",
  "concentration.client",
  "concentration.branch",
  "reserve.targetWeeks",
  "pot.floors",
] as const;
export type Rules = { readonly [K in (typeof measuredBy)[number]]: Bylaws[K] };

export type Figures = {
  readonly currency: string;
  readonly rules: Rules;
  readonly sums: FundSums;
  readonly receivable: bigint;
  readonly potsNow: PerPot<bigint>;
  readonly concentrations: readonly Concentration[];
  readonly flows: Flows;
  /** What a month, or a week, of the last twelve months came to. */
  readonly monthly: (flow: bigint) => bigint;
  readonly weekly: (flow: bigint) => bigint;
  readonly runningCost: bigint;
  readonly clientDays: number;
  readonly memberDays: number;
};

const receivableWithinDays = 60;
const daysInYear = 365;

/** Every figure at this moment. */
export async function figuresOf(view: View): Promise<Figures> {
  const { currency, zone } = await bookOf(view.db);
  const today = dayOf(view.now, zone);
  const yearAgo = yearBefore(today);
  const rules = await rulesNow(view);
  const flows = await flowsSince(view, currency, yearAgo);
  const days = daysMeasured(flows.firstOn, today);
  const monthly = (flow: bigint): bigint => divideHalfEven(flow, BigInt(Math.max(1, Math.round((days * 12) / daysInYear))));
  return {
    currency,
    rules,
    sums: await fundSums(view, currency),
    receivable: await receivableSoon(view, today, dayAfter(today, receivableWithinDays)),
    potsNow: await potsHeld(view),
    concentrations: await hangingOn(view, currency, yearAgo, rules),
    flows,
    monthly,
    weekly: (flow) => divideHalfEven(flow * 7n, BigInt(days)),
    runningCost: await runningCostOf(view, currency, monthly(flows.costs)),
    clientDays: flows.clientDays ?? rules["payment.clientDays"],
    memberDays: calendarDaysOf(rules["guarantee.workingDays"]),
  };
}

/** A year of work, by the day it ends on. */
const yearBefore = (today: Day): Day => dayAfter(monthsAfter(today, -12));

/** On whom a year of work hangs: of all that the fund is measured by what takes longest, for every invoice of the year is read. */
export async function concentrationsNow(view: View): Promise<readonly Concentration[]> {
  const { currency, zone } = await bookOf(view.db);
  return hangingOn(view, currency, yearBefore(dayOf(view.now, zone)), await rulesNow(view));
}

async function hangingOn(view: View, currency: string, yearAgo: Day, rules: Rules): Promise<readonly Concentration[]> {
  const parts = await turnoverParts(view, yearAgo);
  const slices = parts.filter((each): each is Slice & { readonly by: ConcentrationKind } => each.by !== "all");
  const whole = parts.find(({ by }) => by === "all")?.minor ?? 0n;
  return concentrationsOf(slices, whole, { client: rules["concentration.client"], branch: rules["concentration.branch"] });
}

async function rulesNow({ bylaws, now }: View): Promise<Rules> {
  const read = await bylaws(measuredBy, now);
  return Object.fromEntries(read.map(({ key, value }) => [key, value])) as Rules;
}

/** A young coop is measured by the days it has worked, by thirty at least; another by a year. */
function daysMeasured(firstOn: Day | null, today: Day): number {
  const worked = firstOn === null ? 0 : Temporal.PlainDate.from(firstOn).until(today).days + 1;
  return Math.min(daysInYear, Math.max(30, worked));
}

/** What each pot holds, held back or not. */
export async function potsHeld(view: View): Promise<PerPot<bigint>> {
  const booked = new Map((await balancesUnder(view, "pot:")).map(({ account, balance }) => [account.code, -balance.minor]));
  return Object.fromEntries(pots.map((pot) => [pot, booked.get(`pot:${pot}`) ?? 0n])) as PerPot<bigint>;
}

/** What the coop itself costs a month: as booked; before anything is, as its founders expected. */
async function runningCostOf(view: View, currency: string, booked: bigint): Promise<bigint> {
  if (booked > 0n) return booked;
  const plan = await openingPlanOf(view);
  return plan ? bylawMinor(plan.runningCost, currency) : 0n;
}

const daysInMonth = 30;

/** The coop as a stress run takes it. */
export async function standingOf(view: View, figures: Figures): Promise<Standing> {
  const { flows, monthly, rules, sums, potsNow, clientDays, memberDays } = figures;
  const turnover = monthly(flows.net);
  const rate = (part: bigint, whole: bigint): Ppm => (whole > 0n ? (part * wholePpm) / whole : 0n);
  const waits = divideHalfEven(turnover * (wholePpm - rules["fee.rate"]) * BigInt(memberDays), wholePpm * BigInt(daysInMonth));
  const left = sums.owedToMembers + sums.inTransit - waits;
  return {
    turnover,
    vatRate: rate(flows.vat, flows.net),
    feeRate: rules["fee.rate"],
    fundSplit: rules["fund.split"],
    clientMonths: Math.max(1, Math.round(clientDays / daysInMonth)),
    memberDays,
    neverPaid: rate(flows.lost, flows.net + flows.vat),
    runningCost: figures.runningCost,
    claims: monthly(flows.claims),
    coaching: monthly(flows.coaching),
    cash: sums.bank,
    pots: potsNow,
    savings: left > 0n ? left : 0n,
    advances: await advancesOut(view, figures.currency),
    owedToSisters: sums.owedToSisters,
  };
}
