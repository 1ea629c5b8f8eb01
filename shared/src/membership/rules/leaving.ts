// The law of leaving: what is finished before a membership ends, each line with what it comes to.
import type { Money } from "../../platform/money.ts";
import { dayMs, isBefore, later, type Instant } from "../../platform/time.ts";

export const openKinds = ["works", "payables", "budget", "advances", "expenses", "employment", "day"] as const;
export type OpenKind = (typeof openKinds)[number];

/** What may still be open between a member and the coop. */
export type Standing = {
  /** Agreed works that are not over, a quote that waits for signatures among them. */
  readonly works: number;
  /** What is owed to the member and the bank has not booked. */
  readonly payables: Money;
  /** What is on their budgets, below zero where they lack something. */
  readonly budget: Money;
  readonly advances: Money;
  /** Expenses that nobody has answered, or that are not repaid. */
  readonly expenses: number;
  /** Employments at the social office whose last day is not entered. */
  readonly employments: number;
  /** When they gave notice; absent: they have not. */
  readonly leavingAt?: Instant | undefined;
};

export type Open = { readonly kind: OpenKind; readonly count?: number; readonly amount?: Money; readonly until?: Instant };

/** Nobody has left before a day has passed: a notice given in anger, or by a thief, is taken back in time. */
const thinkMs = dayMs;

/** What is open before somebody has left, in the order in which it is settled. Nothing: they may go. */
export function openBeforeLeaving(standing: Standing, now: Instant): readonly Open[] {
  const { works, payables, budget, advances, expenses, employments, leavingAt } = standing;
  const open: Open[] = [];
  if (works > 0) open.push({ kind: "works", count: works });
  if (payables.minor !== 0n) open.push({ kind: "payables", amount: payables });
  // As long as something is to be paid, that is what the budgets hold; what stays on them after it is no payment's.
  else if (budget.minor !== 0n) open.push({ kind: "budget", amount: budget });
  if (advances.minor !== 0n) open.push({ kind: "advances", amount: advances });
  if (expenses > 0) open.push({ kind: "expenses", count: expenses });
  if (employments > 0) open.push({ kind: "employment", count: employments });
  const until = leavingAt && later(leavingAt, thinkMs);
  if (until !== undefined && isBefore(now, until)) open.push({ kind: "day", until });
  return open;
}
