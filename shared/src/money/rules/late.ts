// The law of clients who are late: when they are reminded, when what they owe is formally demanded, and when it is given up.
import { minus, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";

export const problems = {
  "loss-too-early": {
    status: 409,
    says: "This invoice can be given up from {from} on, 60 days after its last day. Before that only where the client is insolvent.",
    rule: "when what a client owes is lost",
    changedBy: "nobody before that day; two treasurers, where the client is insolvent",
  },
  "loss-proposed-already": {
    status: 409,
    says: "This invoice was given up already, or waits for the second treasurer to say so.",
    rule: "an invoice is given up once",
    changedBy: "the second treasurer, who confirms or discards it",
  },
  "invoice-lost": {
    status: 409,
    says: "This invoice was given up as lost. What comes in of it is booked as recovered; no credit note is issued any more.",
    rule: "no credit note after a loss",
    changedBy: "nobody; the client can still pay",
  },
  "nothing-open": {
    status: 409,
    says: "Nothing of this invoice is open.",
    rule: "only what is open of an invoice is paid, credited or given up",
    changedBy: "nobody: the invoice is settled",
  },
} as const satisfies Problems;

export const dunningKinds = ["reminder", "demand"] as const;
export type DunningKind = (typeof dunningKinds)[number];

/** Of steps that come so many days after an invoice's last day, the last is the formal demand. */
export const kindOfStep = (step: number, days: readonly number[]): DunningKind => (step < days.length ? "reminder" : "demand");

/** How many steps are due by then. */
export const stepsDue = (daysLate: number, days: readonly number[]): number => days.filter((after) => daysLate >= after).length;

/** A client who is later than this with an invoice that was guaranteed is guaranteed nothing more until it is paid. */
export const blockedAfterDays = 30;

/** From so many days after its last day on an invoice may be given up. */
export const lostAfterDays = 60;

export const lossReasons = ["overdue", "insolvent"] as const;
export type LossReason = (typeof lossReasons)[number];

export type ToLose = {
  readonly open: Money;
  readonly because: LossReason;
  /** The first day on which it may be given up though the client still exists. */
  readonly from: Day;
  readonly today: Day;
};

/** Why an invoice cannot be given up. */
export function objectionToLoss({ open, because, from, today }: ToLose): Refusal | undefined {
  if (open.minor <= 0n) return refuse("nothing-open");
  return because === "overdue" && today < from ? refuse("loss-too-early", { from }) : undefined;
}

/** What is left to pay of an invoice, by what it was, what was credited and what was paid. */
export const openOf = (gross: Money, credited: Money, paid: Money): Money => minus(minus(gross, credited), paid);
