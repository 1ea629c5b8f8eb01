// What the past would have been under other bylaws: an invoice and all that followed of it, by the same functions that post.
import { minus, sum, zero, type Money, type Ppm } from "../../platform/money.ts";
import type { PerPot } from "../../governance/rules/pots.ts";
import { budgetOfMember, payoutTransit, vatInput, type AccountCode } from "./accounts.ts";
import {
  legsOfBought,
  legsOfInvoice,
  legsOfInvoiceCredited,
  legsOfPayoutSettled,
  type Credited,
  type InvoiceFacts,
  type Leg,
} from "./legs.ts";
import { legsOfNetOrdered, legsOfPayrollEstimated, type Pay } from "./payroll.ts";
import { apportioned } from "./split.ts";
import { vatOf } from "./vat.ts";

/** The bylaws that decide legs, with the values that are proposed. Whatever else is voted moves no posted leg of the past. */
export type Proposed = { readonly "fee.rate"?: Ppm; readonly "fund.split"?: PerPot<Ppm> };

/** What was posted of an invoice after it was issued. */
export type Followed =
  | { readonly kind: "credited"; readonly credited: Credited }
  /** With the VAT rate of the invoice in the member's name, where it was paid by one. */
  | { readonly kind: "ordered"; readonly member: string; readonly vatRate: Ppm; readonly pay?: PayPosted | undefined }
  | { readonly kind: "settled"; readonly member: string; readonly bank: string }
  /** Part of it repaid an advance: how much is no matter of these bylaws, so it is as it was posted. */
  | { readonly kind: "used"; readonly member: string; readonly posted: readonly Leg[] };

/** What a budget became that is paid through payroll; `kept` of it an earlier month cost more. */
export type PayPosted = Pay & { readonly along: Money; readonly kept: Money };

/** An invoice as it was posted, and what followed of it in the order of the book. */
export type Past = { readonly facts: InvoiceFacts; readonly followed: readonly Followed[] };

/** `earned`: the invoice and its credit notes. `paid`: what then left the members' budgets for the bank. */
export type Legs = { readonly earned: readonly Leg[]; readonly paid: readonly Leg[] };

/** The legs an invoice would have under proposed bylaws; where none is proposed, those it has. */
export function replayed({ facts, followed }: Past, proposed: Proposed): Legs {
  const { "fee.rate": feeRate = facts.feeRate, "fund.split": fundSplit = facts.fundSplit } = proposed;
  const issued = legsOfInvoice({ ...facts, feeRate, fundSplit });
  const credits: Leg[] = [];
  const used: Extract<Followed, { kind: "used" }>[] = [];
  const paid: Leg[] = [];
  const ordered = new Map<string, Money>();
  for (const step of followed) {
    if (step.kind === "credited") {
      credits.push(...legsOfInvoiceCredited(issued, credits, step.credited));
      continue;
    }
    if (step.kind === "used") {
      used.push(step);
      paid.push(...step.posted);
      continue;
    }
    const into = facts.team.find(({ member }) => member === step.member)?.into;
    const before = ordered.get(step.member);
    const theirs = used.flatMap(({ member, posted }) => (member === step.member ? posted : []));
    const own = before ?? left([...issued, ...credits, ...theirs], budgetOfMember(step.member, into), facts.price.currency);
    const billed = taxed(theirs, vatInput(facts.country), facts.price.currency);
    const moves =
      step.kind === "settled" ? legsOfPayoutSettled(step.bank, own) : legsOrdered(step, facts.country, { own, billed, before }, into);
    ordered.set(step.member, step.kind === "settled" ? own : leftFor(moves));
    paid.push(...moves);
  }
  return { earned: [...issued, ...credits], paid };
}

/** The VAT of what was used and billed: it is of the budget, and bears none itself. */
const taxed = (legs: readonly Leg[], input: AccountCode, currency: string): Money =>
  sum(zero(currency), ...legs.flatMap(({ account, money }) => (account.code === input.code ? [money] : [])));

/** What a budget has of these legs: it is ordered as one, so a payout is always the whole of it. */
function left(legs: readonly Leg[], budget: AccountCode, currency: string): Money {
  const minor = legs.reduce((so, { account, money }) => (account.code === budget.code ? so - money.minor : so), zero(currency).minor);
  return { minor, currency };
}

/** Paid once more after the bank sent it back, nothing is bought again, and nothing becomes pay again. */
function legsOrdered(
  { member, vatRate, pay }: Extract<Followed, { kind: "ordered" }>,
  country: string,
  { own, billed, before }: { readonly own: Money; readonly billed: Money; readonly before: Money | undefined },
  into: string | undefined,
): readonly Leg[] {
  if (pay && before) return legsOfNetOrdered(before);
  if (pay) return legsOfPayrollEstimated(member, { ...payOf(minus(own, pay.kept), pay), along: pay.along }, into);
  return legsOfBought(member, country, own, before === undefined ? vatOf(minus(own, billed), vatRate) : zero(own.currency), into);
}

/** The same pay of another cost, part by part: no model is asked about what was not. */
function payOf(cost: Money, { net, employee, employer }: Pay): Pay {
  const [first = 0n, second = 0n, third = 0n] = apportioned(cost.minor, [net.minor, employee.minor, employer.minor]);
  const money = (minor: bigint): Money => ({ minor, currency: cost.currency });
  return { net: money(first), employee: money(second), employer: money(third) };
}

/** What left for the bank by these legs. */
function leftFor(legs: readonly Leg[]): Money {
  const way = legs.find(({ account }) => account.code === payoutTransit.code);
  if (!way) throw new Error("what is ordered leaves");
  return { ...way.money, minor: -way.money.minor };
}
