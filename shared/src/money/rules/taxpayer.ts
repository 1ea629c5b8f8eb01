// Who a member who is paid on an invoice is for the tax office: what Directive 2011/16/EU, annex V, section II wants known of a seller and their invoices do not say.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";

export const problems = {
  "birth-date-unlike": {
    status: 422,
    says: "{bornOn} is nobody's birth date who works today.",
    rule: "whoever works was born, and not before 1900",
    changedBy: "whoever asks, with the day that stands on their papers",
  },
  "tax-number-or-birth-place": {
    status: 422,
    says: "Give your tax number, or the place where you were born if no office gave you one.",
    rule: "Directive 2011/16/EU, annex V, section II, B(1)(c)",
    changedBy: "whoever asks, with one of the two",
  },
} as const satisfies Problems;

/** Somebody who works in their own name. Without a tax number the place of their birth stands in for it. */
export type Individual = {
  readonly kind: "individual";
  readonly firstName: string;
  readonly lastName: string;
  readonly bornOn: Day;
  readonly taxNumber?: string;
  readonly bornIn?: { readonly town: string; readonly country: string };
};

/** A company, called as it is on its invoices. */
export type Company = { readonly kind: "company"; readonly taxNumber: string; readonly registerNumber: string };

export type Taxpayer = Individual | Company;
export const taxpayerKinds = ["individual", "company"] as const satisfies readonly Taxpayer["kind"][];

const firstBirth = "1900-01-01" as Day;

/** Why this is not enough to tell a tax office who somebody is. */
export function objectionToTaxpayer(taxpayer: Taxpayer, today: Day): Refusal | undefined {
  if (taxpayer.kind === "company") return undefined;
  const { bornOn, taxNumber, bornIn } = taxpayer;
  if (bornOn < firstBirth || bornOn >= today) return refuse("birth-date-unlike", { bornOn });
  return taxNumber === undefined && bornIn === undefined ? refuse("tax-number-or-birth-place") : undefined;
}
