// The law of payroll: whoever is employed has the net of their pay, the social offices what is kept back, and the payroll office has the last word on both.
import { moneyText, sum, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import { budgetOfMember, payoutTransit, payrollEmployee, payrollEmployer, payrollNet } from "./accounts.ts";
import { objectionToCurrency } from "./bank-line.ts";
import { credit, debit, moved, type Leg } from "./legs.ts";
import { apportioned } from "./split.ts";

export const problems = {
  "payroll-wanted": {
    status: 409,
    says: "What {names} has in hand is not known yet, so nothing is paid for their work. The payroll office's figures decide it.",
    rule: "whoever is employed is paid through payroll",
    changedBy: "a treasurer, by reading in the payroll office's file",
  },
  "payroll-file-unreadable": {
    status: 422,
    says: "Line {line} is not one of a payroll file: a heading of {columns}, then as many cells in each line, the month as 2026-12.",
    rule: "a file of figures is read whole or not at all",
    changedBy: "the payroll office",
  },
  "payroll-member-unknown": {
    status: 422,
    says: "Line {line}: nobody who is employed here has this number. Nothing was read.",
    rule: "a file of figures is read whole or not at all",
    changedBy: "whoever keeps the office's list of members",
  },
  "payroll-twice": {
    status: 422,
    says: "Line {line}: this member stands in the file twice for {month}. Nothing was read.",
    rule: "a member and a month stand in a file once",
    changedBy: "the payroll office",
  },
  "payroll-sums": {
    status: 422,
    says: "Line {line}: net and the employee's part do not make the gross. Nothing was read.",
    rule: "gross is net and what is kept back",
    changedBy: "the payroll office",
  },
  "payroll-differs": {
    status: 409,
    says: "Line {line}: for {month} other figures of this member were read in before. Nothing was read.",
    rule: "a month of pay is corrected once",
    changedBy: "the payroll office, in a later month",
  },
  "payroll-unpaid": {
    status: 409,
    says: "Line {line}: there is no pay of this member in {month}. Nothing was read.",
    rule: "figures are of a month with pay",
    changedBy: "the payroll office",
  },
  "payroll-not-the-budget": {
    status: 422,
    says: "Line {line}: pay and contributions come to {told}, and the work of the month to {wanted}. Nothing was read.",
    rule: "pay that waits for the office is the whole of what was earned",
    changedBy: "the payroll office",
  },
} as const satisfies Problems;

/** The parts of what somebody's work costs: in their hand, and to the social offices of both sides. */
export type Pay = { readonly net: Money; readonly employee: Money; readonly employer: Money };

/** What somebody costs in all. */
export const costOf = ({ net, employee, employer }: Pay): Money => sum(net, employee, employer);

/** What leaves for somebody: the net, and what of earlier months was owed to them or is kept of this pay. */
export const inHand = ({ net, along }: Pick<Pay, "net"> & { readonly along: Money }): Money => sum(net, along);

/** The budget becomes pay, in one entry with what leaves: in the place of an ordinary payment. */
export const legsOfPayrollEstimated = (member: string, pay: Pay & { readonly along: Money }, into?: string): readonly Leg[] =>
  moved([
    debit(budgetOfMember(member, into), costOf(pay)),
    credit(payrollEmployee, pay.employee),
    credit(payrollEmployer, pay.employer),
    debit(payrollNet, pay.along),
    credit(payoutTransit, inHand(pay)),
  ]);

/** Net pay that came back from the bank leaves once more. */
export const legsOfNetOrdered = (money: Money): readonly Leg[] => [debit(payrollNet, money), credit(payoutTransit, money)];

/** The bank sent it back: it is pay that is owed, and nothing of the budget any more. */
export const legsOfNetRejected = (money: Money): readonly Leg[] => [debit(payoutTransit, money), credit(payrollNet, money)];

/** What the office says differs: the budget bears what the whole costs more, and has back what it costs less. */
export const legsOfPayrollCorrected = (member: string, off: Pay): readonly Leg[] =>
  moved([
    debit(budgetOfMember(member), costOf(off)),
    credit(payrollNet, off.net),
    credit(payrollEmployee, off.employee),
    credit(payrollEmployer, off.employer),
  ]);

/** What both sides owe the social offices until a day, and was never paid. */
export type PayrollOpen = { readonly until: Day; readonly employee: Money; readonly employer: Money };

/** Contributions are paid. */
export const legsOfPayrollRemitted = ({ employee, employer }: PayrollOpen): readonly Leg[] =>
  moved([debit(payrollEmployee, employee), debit(payrollEmployer, employer), credit(payoutTransit, sum(employee, employer))]);

/** Why a line of the bank does not pay the contributions until a day. */
export function objectionToRemitting(amount: Money, { employee, employer }: PayrollOpen): Refusal | undefined {
  const open = sum(employee, employer);
  const wrong = objectionToCurrency(amount, open.currency);
  if (wrong) return wrong;
  if (open.minor <= 0n) return refuse("nothing-open");
  return amount.minor === open.minor ? undefined : refuse("amount-differs", { wanted: moneyText(open) });
}

/** What earlier months cost otherwise than they were estimated, and what of that is net. */
export type Carried = { readonly cost: Money; readonly net: Money };

/** Which of the works of a member bears what earlier months cost otherwise: the largest, unless nothing of it would be left, or of the net that is told. */
export function bearsEarlier(lefts: readonly Money[], { cost, net }: Carried, told?: Money): number | undefined {
  if (cost.minor === 0n && net.minor === 0n) return undefined;
  const largest = lefts.reduce((so, { minor }) => (minor > so ? minor : so), 0n);
  // Of the net, the largest gets no less than if all were alike.
  const leavesNet = told === undefined || told.minor + net.minor * BigInt(lefts.length) > 0n;
  return cost.minor < largest && leavesNet ? lefts.findIndex(({ minor }) => minor === largest) : undefined;
}

/** What of a month's figures is each work's, to the cent: by what each costs. */
export function sharedOut(pay: Pay, costs: readonly bigint[]): readonly Pay[] {
  const { currency } = pay.net;
  const parts = (whole: Money): readonly Money[] => apportioned(whole.minor, costs).map((minor) => ({ minor, currency }));
  const [nets, employees] = [parts(pay.net), parts(pay.employee)];
  return costs.map((cost, at) => {
    const [net, employee] = [nets[at] ?? { ...pay.net, minor: 0n }, employees[at] ?? { ...pay.net, minor: 0n }];
    return { net, employee, employer: { minor: cost - net.minor - employee.minor, currency } };
  });
}

/** What was estimated of a month in sum, or waits for the office to say it. */
export type MonthOfPay = { readonly estimated: Pay | undefined; readonly waiting: Money | undefined };

/** A line of the office's file. */
export type OfficeLine = Pay & { readonly line: number; readonly member: string; readonly month: string; readonly gross: Money };

/** Why a line of the office's file does not fit what was worked and paid in its month. */
export function objectionToOfficeLine({ line, month, gross, ...pay }: OfficeLine, { estimated, waiting }: MonthOfPay): Refusal | undefined {
  if (gross.minor !== pay.net.minor + pay.employee.minor) return refuse("payroll-sums", { line });
  if (estimated) return undefined;
  if (!waiting) return refuse("payroll-unpaid", { line, month });
  const told = costOf(pay);
  return told.minor === waiting.minor
    ? undefined
    : refuse("payroll-not-the-budget", { line, told: moneyText(told), wanted: moneyText(waiting) });
}

/** What differs between what the office says and what was estimated. */
export const offOf = (says: Pay, estimated: Pay): Pay => {
  const less = (one: Money, other: Money): Money => ({ ...one, minor: one.minor - other.minor });
  return {
    net: less(says.net, estimated.net),
    employee: less(says.employee, estimated.employee),
    employer: less(says.employer, estimated.employer),
  };
};
