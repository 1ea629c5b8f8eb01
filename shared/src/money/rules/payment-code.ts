// The square code of a transfer: whoever points a bank's app at it has account, sum and reference without typing (European Payments Council, EPC069-12, version 002).
import { amountText, type Money } from "../../platform/money.ts";
import type { InvoicePaper } from "./invoice.ts";

type Transfer = {
  readonly to: string;
  readonly iban: string;
  readonly amount: Money;
  /** A checked one (ISO 11649). */
  readonly reference: string;
};

const longestName = 70;
/** 999 999 999.99 */
const most = 99_999_999_999n;
const mostBytes = 331;

/** What the code of an invoice says of this much of it; undefined where nothing can be paid by one: of a specimen, to no account, in another currency. */
export function paymentCodeOf({ coop: { name, iban }, reference, specimen }: InvoicePaper, amount: Money): string | undefined {
  return iban === undefined || specimen ? undefined : paymentCode({ to: name, iban, amount, reference });
}

/** What the code says, line by line; undefined for what this kind of transfer cannot say: another currency than the euro, nothing to pay. */
export function paymentCode({ to, iban, amount, reference }: Transfer): string | undefined {
  if (amount.currency !== "EUR" || amount.minor <= 0n || amount.minor > most) return undefined;
  const [bic, purpose] = ["", ""];
  const name = Array.from(to.replaceAll(/\s+/g, " ")).slice(0, longestName).join("");
  const code = ["BCD", "002", "1", "SCT", bic, name, iban, `EUR${amountText(amount)}`, purpose, reference].join("\n");
  return bytesOf(code) <= mostBytes ? code : undefined;
}

const bytesOf = (text: string): number => encodeURIComponent(text.toWellFormed()).replaceAll(/%../g, "-").length;
