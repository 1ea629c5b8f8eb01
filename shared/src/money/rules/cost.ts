// What the coop itself pays and earns beside its members' work: bills, charges, interest. Until the year is closed each stands on an account of its own.
import { minus, zero, type Money, type Ppm } from "../../platform/money.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import { bank, earned, payoutTransit, pot, spent, vatInput, type Cost, type Income } from "./accounts.ts";
import { objectionToCurrency } from "./bank-line.ts";
import { objectionToVatWithin } from "./expense.ts";
import { credit, debit, legsOfVatOwed, moved, type Leg } from "./legs.ts";
import { vatOf } from "./vat.ts";

/** Who asks for the VAT of a bill: its supplier, in the sum that was paid; or, where it comes from another country, the state asks us for it. */
export const vatAskers = ["supplier", "us"] as const;

/** VAT of a bill, its rate and its sum. Without VAT: the supplier is exempt, or what was paid bears none. */
export type BillVat = { readonly by: (typeof vatAskers)[number]; readonly rate: Ppm; readonly vat: Money };

/** The VAT of a bill from another country at the rate of ours: owed to the state, and to be deducted in the same return (Directive 2006/112/EC, articles 196 and 168). */
export const vatOwedOn = (amount: Money, rate: Ppm): BillVat => ({ by: "us", rate, vat: vatOf(amount, rate) });

/** Why a sum is not the coop's bill as it is written. */
export function objectionToBill(amount: Money, currency: string, vat: BillVat | undefined): Refusal | undefined {
  const wrong = objectionToCurrency(amount, currency);
  if (wrong || vat?.by !== "supplier") return wrong;
  if (vat.vat.currency !== currency) return refuse("currency-differs", { wanted: currency, given: vat.vat.currency });
  return objectionToVatWithin({ amount, rate: vat.rate, vat: vat.vat });
}

export type Bill = { readonly cost: Cost; readonly amount: Money; readonly vat?: BillVat | undefined };

/** A bill is paid: what it cost without the VAT that is deducted. */
export function legsOfCostPaid(name: string, country: string, { cost, amount, vat }: Bill): readonly Leg[] {
  const none = zero(amount.currency);
  const [asked, owed] = vat?.by === "us" ? [none, vat.vat] : [vat?.vat ?? none, none];
  return moved([
    debit(spent(cost), minus(amount, asked)),
    debit(vatInput(country), asked),
    ...legsOfVatOwed(country, owed),
    credit(bank(name), amount),
  ]);
}

/** Money of a bill comes back from whoever was paid. */
export const legsOfCostRefunded = (name: string, country: string, bill: Bill): readonly Leg[] =>
  legsOfCostPaid(name, country, bill).map(({ account, money }) => credit(account, money));

/** Interest, and what else comes in. */
export const legsOfIncome = (name: string, income: Income, amount: Money): readonly Leg[] => [
  debit(bank(name), amount),
  credit(earned(income), amount),
];

/** What an insurer asks for the cover of members is the pot's. */
export const legsOfPremiumPaid = (amount: Money): readonly Leg[] => [debit(pot("insurance"), amount), credit(payoutTransit, amount)];
