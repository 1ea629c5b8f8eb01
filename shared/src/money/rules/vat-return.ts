// VAT of a time that is closed: what was asked of clients less what others asked of us is paid to the state, or comes back from it.
import { monthsAfter } from "../../platform/calendar.ts";
import { exponentOf, minus, moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";
import { bank, payoutTransit, rounding, vatDue, vatInput, type AccountCode } from "./accounts.ts";
import { objectionToCurrency } from "./bank-line.ts";
import { credit, debit, moved, type Leg } from "./legs.ts";

export const problems = {
  "vat-period-open": {
    status: 409,
    says: "VAT is settled for months that are closed. The book is closed until {closedUntil}.",
    rule: "VAT is settled for what can change no more",
    changedBy: "two treasurers, who close the month",
  },
} as const satisfies Problems;

/** What was asked of clients and what others asked of us until a day, and was never settled with the state. */
export type VatOpen = { readonly until: Day; readonly due: Money; readonly input: Money };

/** What the state is owed; below zero it owes us. */
export const owedOf = ({ due, input }: Pick<VatOpen, "due" | "input">): Money => minus(due, input);

/** The first day of the quarter a day lies in. */
export const quarterOf = (day: Day): Day =>
  `${day.slice(0, 5)}${String(Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1).padStart(2, "0")}-01` as Day;

export const quartersAfter = (quarter: Day, count: number): Day => monthsAfter(quarter, 3 * count);

export type VatLine = "vatPaid" | "vatRefunded";

// A return in whole units rounds each of its lines (France: bofip BOI-TVA-DECLA-20-20-10-10).
const mostRoundedUnits = 2n;

/** Why a line of the bank does not settle VAT until a day. */
export function objectionToVat(kind: VatLine, amount: Money, open: VatOpen, closedUntil: Day): Refusal | undefined {
  if (open.until > closedUntil) return refuse("vat-period-open", { closedUntil });
  const owed = owedOf(open);
  const wanted = kind === "vatPaid" ? owed : { ...owed, minor: -owed.minor };
  const wrong = objectionToCurrency(amount, wanted.currency);
  if (wrong) return wrong;
  if (wanted.minor <= 0n) return refuse("nothing-open");
  const off = amount.minor - wanted.minor;
  const bound = mostRoundedUnits * 10n ** BigInt(exponentOf(amount.currency));
  return off > -bound && off < bound ? undefined : refuse("amount-differs", { wanted: moneyText(wanted) });
}

/** Both sides of VAT are cleared; what the return rounded away is a cost. */
function legsOfVat(country: string, { due, input }: VatOpen, paid: Money, by: AccountCode): readonly Leg[] {
  return moved([
    debit(vatDue(country), due),
    credit(vatInput(country), input),
    debit(rounding, minus(paid, minus(due, input))),
    credit(by, paid),
  ]);
}

/** VAT is paid to the state. */
export const legsOfVatPaid = (country: string, open: VatOpen, paid: Money): readonly Leg[] => legsOfVat(country, open, paid, payoutTransit);

/** VAT comes back from the state. */
export const legsOfVatRefunded = (country: string, open: VatOpen, back: Money, at: string): readonly Leg[] =>
  legsOfVat(country, open, { ...back, minor: -back.minor }, bank(at));
