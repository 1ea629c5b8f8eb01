// The law of the yearly report of what members were paid (Directive 2011/16/EU, annex V, sections I and III): whose income it tells, in which quarter, and what kept of it.
import type { Id } from "../../platform/id.ts";
import { divideHalfEven, exponentOf, type Money } from "../../platform/money.ts";
import { euCountries } from "../../platform/packs.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, isBefore, later, type Day, type Instant } from "../../platform/time.ts";

export const problems = {
  "income-year-open": {
    status: 409,
    says: "What members were paid in {year} is reported once the year is over.",
    rule: "Directive 2011/16/EU, annex V, section III: a calendar year is reported after its end",
    changedBy: "nobody; wait for the first day of the next year",
  },
  "income-coop-unknown": {
    status: 409,
    says: "The coop's papers bear no tax number, and a report says whose it is.",
    rule: "Directive 2011/16/EU, annex V, section III, B(1)",
    changedBy: "the board, on the page of the coop's papers",
  },
  "income-left-out-differs": {
    status: 409,
    says: "Who would be left out has changed since you looked. Look again, and say it once more.",
    rule: "whoever reports says whom the report leaves out",
    changedBy: "whoever asks, by looking again",
  },
  "income-nothing-new": {
    status: 409,
    says: "Everybody whose income of {year} can be reported is reported.",
    rule: "income is reported once; what changes later is a correction",
    changedBy: "members who are left out, by saying who they are for the tax office",
  },
} as const satisfies Problems;

/** What reached a member for one piece of work, on the day their bank had it or on which it repaid an advance. */
export type Payment = {
  readonly on: Day;
  readonly work: Id;
  /** With the VAT that is theirs to declare: nothing of it was withheld. */
  readonly paidMinor: bigint;
  /** Of the part of the price that is the members'. */
  readonly partMinor: bigint;
  /** What the work brought the coop without VAT, and what of that those who did it earn together. */
  readonly priceMinor: bigint;
  readonly earnedMinor: bigint;
};

export type Quarter = { readonly paidMinor: bigint; readonly feesMinor: bigint; readonly works: number };
/** In the order of the year. */
export type Quarters = readonly [Quarter, Quarter, Quarter, Quarter];

/** What the coop kept of the price of what is paid: in the proportion of the whole. */
export const feeOn = ({ partMinor, priceMinor, earnedMinor }: Omit<Payment, "on" | "work" | "paidMinor">): bigint =>
  earnedMinor === 0n ? 0n : divideHalfEven(partMinor * (priceMinor - earnedMinor), earnedMinor);

/** A member's payments of one year by quarters. Work that is paid in parts counts in each quarter that it is paid in. */
export function quartersOf(payments: readonly Payment[]): Quarters {
  const byQuarter = Map.groupBy(payments, ({ on }) => Math.floor((Number(on.slice(5, 7)) - 1) / 3));
  const quarter = (at: number): Quarter => together(byQuarter.get(at) ?? []);
  return [quarter(0), quarter(1), quarter(2), quarter(3)];
}

const together = (payments: readonly Payment[]): Quarter => ({
  paidMinor: payments.reduce((so, { paidMinor }) => so + paidMinor, 0n),
  feesMinor: payments.reduce((so, payment) => so + feeOn(payment), 0n),
  works: new Set(payments.map(({ work }) => work)).size,
});

/** Whether a year came to something else than it was told as. */
export const differ = (one: Quarters, other: Quarters): boolean =>
  one.some(({ paidMinor, feesMinor, works }, at) => {
    const told = other[at];
    return told?.paidMinor !== paidMinor || told.feesMinor !== feesMinor || told.works !== works;
  });

/** As the form asks for amounts: in whole units of the currency, without decimals. */
export const wholeUnits = ({ minor, currency }: Money): bigint => divideHalfEven(minor, 10n ** BigInt(exponentOf(currency)));

/** What is known of somebody who was paid on invoices: where they live, once they said how they bill, and whether they said who they are for the tax office. */
export type Known = { readonly country: string | null; readonly taxpayer: Id | null };

export const lacks = ["address", "taxpayer"] as const;
export type Lack = (typeof lacks)[number];

/** What is missing of somebody before they can be reported. */
export const lacksOf = ({ country, taxpayer }: Known): readonly Lack[] => [
  ...(country === null ? (["address"] as const) : []),
  ...(taxpayer === null ? (["taxpayer"] as const) : []),
];

/** Whoever lives outside the Union is no seller whom this report tells. */
export const isReportable = ({ country }: Known): boolean => country === null || euCountries.has(country);

/** Whose report is asked for, on which day, by whom it leaves whom out, and what there is to report. */
export type Reporting = {
  readonly year: number;
  readonly today: Day;
  readonly coopKnown: boolean;
  /** How many would be left out, the hash of them now, and the one that whoever reports has read. */
  readonly lacking: number;
  readonly leftOut: string;
  readonly saidLeftOut: string;
  readonly ready: number;
  /** How many reports of this year there are. */
  readonly before: number;
};

/** A year is reported from the first day after it on. */
export const reportedFrom = (year: number): Day => `${year + 1}-01-01` as Day;

/** Why the income of a year is not reported now. Where nobody was paid, one report says so. */
export function objectionToReporting({
  year,
  today,
  coopKnown,
  lacking,
  leftOut,
  saidLeftOut,
  ready,
  before,
}: Reporting): Refusal | undefined {
  if (today < reportedFrom(year)) return refuse("income-year-open", { year });
  if (!coopKnown) return refuse("income-coop-unknown");
  if (saidLeftOut !== leftOut) return refuse("income-left-out-differs");
  return ready === 0 && (before > 0 || lacking > 0) ? refuse("income-nothing-new", { year }) : undefined;
}

const daysBetweenAskings = 14;

/** Whether somebody is asked now: who was asked lately is not asked again yet. */
export const mayBeAsked = (askedAt: Instant | undefined, now: Instant): boolean =>
  askedAt === undefined || !isBefore(now, later(askedAt, daysBetweenAskings * dayMs));
