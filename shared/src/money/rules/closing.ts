// When the book is closed for a month: from then on nothing is dated into it, and with December the year's result is borne.
import { dayAfter, monthOf, monthsAfter } from "../../platform/calendar.ts";
import { minus, moneyText, sum, zero, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import { pot, type AccountCode } from "./accounts.ts";
import { debit, moved, type Leg } from "./legs.ts";

export const problems = {
  "closing-out-of-turn": {
    status: 409,
    says: "Months are closed one after the other, and none before it is over. The next one ends on {next}.",
    rule: "the book is closed month by month",
    changedBy: "time",
  },
  "closing-lines-wait": {
    status: 409,
    says: "Lines of the bank of that month or before are not booked yet: {lines}.",
    rule: "a closed month lacks nothing that the bank has booked",
    changedBy: "the treasury, on its desk: each line is explained by one person and confirmed by another",
  },
  "closing-bank-differs": {
    status: 409,
    says: "The statement says {bank} for that day, and the book {book}.",
    rule: "a month is closed where book and bank agree to the cent",
    changedBy: "the treasury: a line is missing, or booked on the wrong day",
  },
  "closing-unsealed": {
    status: 409,
    says: "Entries of that month are not sealed yet: {entries}.",
    rule: "what is closed is sealed",
    changedBy: "the clock, within minutes; an operator where it stands still",
  },
  "closing-proposed-already": {
    status: 409,
    says: "This month waits for a second person already.",
    rule: "one proposal at a time",
    changedBy: "another treasurer, who confirms it, or whoever discards it",
  },
} as const satisfies Problems;

/**
 * The last day of the month that is closed next: that of the first entry after what is closed, since empty months are closed with it, though
 * never beyond the year.
 */
export function nextClosing(closedUntil: Day, first: Day | undefined): Day {
  const next = dayAfter(closedUntil);
  const [month, december] = [endOfMonth(first ?? next), `${next.slice(0, 4)}-12-31` as Day];
  return month < december ? month : december;
}

const endOfMonth = (day: Day): Day => dayAfter(monthsAfter(monthOf(day), 1), -1);

/** What a month looks like before it is closed. */
export type OpenMonth = {
  /** Its last day. */
  readonly until: Day;
  /** Lines of the bank of its days or before that are not booked. */
  readonly lines: number;
  /** Entries of its days or before that no seal covers. */
  readonly unsealed: number;
  /** What the book holds at the bank at the end of it. */
  readonly bank: Money;
};

/** Why a month is not closed, by what the bank's own statement says of its last day. */
export function objectionToClosing(open: OpenMonth, until: Day, bank: Money, today: Day): Refusal | undefined {
  if (until !== open.until || today <= until) return refuse("closing-out-of-turn", { next: open.until });
  if (open.lines > 0) return refuse("closing-lines-wait", { lines: open.lines });
  if (bank.currency !== open.bank.currency || bank.minor !== open.bank.minor)
    return refuse("closing-bank-differs", { bank: moneyText(bank), book: moneyText(open.bank) });
  return open.unsealed > 0 ? refuse("closing-unsealed", { entries: open.unsealed }) : undefined;
}

/** With it the year ends. */
export const endsYear = (until: Day): boolean => until.endsWith("-12-31");

/** What is left on an account of costs or returns; costs are above zero. */
export type Result = { readonly account: AccountCode; readonly left: Money };

/** Costs of a year are borne by the running pot as far as it reaches, then by the reserve; what was earned beside the fee is the reserve's. */
export function legsOfYearClosed(results: readonly Result[], running: Money): readonly Leg[] {
  const cost = sum(zero(running.currency), ...results.map(({ left }) => left));
  const borne = cost.minor <= 0n || running.minor <= 0n ? zero(cost.currency) : running.minor < cost.minor ? running : cost;
  return moved([
    ...results.map(({ account, left }) => debit(account, { ...left, minor: -left.minor })),
    debit(pot("running"), borne),
    debit(pot("reserve"), minus(cost, borne)),
  ]);
}
