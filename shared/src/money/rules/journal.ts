// The book as hledger reads it: every leg with its amount, nothing left to be inferred.
import { amountText } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";

export type JournalledEntry = {
  readonly uid: string;
  readonly kind: string;
  readonly on: Day;
  readonly bylaws: readonly string[];
  readonly legs: readonly (readonly [code: string, currency: string, minor: string])[];
};

/** One transaction: its day, its kind, and by which of the book's names it is found again. */
export function hledgerTransaction({ uid, kind, on, bylaws, legs }: JournalledEntry): string {
  const cited = bylaws.length > 0 ? `, bylaws: ${bylaws.join(" ")}` : "";
  const width = Math.max(0, ...legs.map(([code]) => code.length));
  const postings = legs.map(
    ([code, currency, minor]) => `    ${code.padEnd(width)}  ${amountText({ minor: BigInt(minor), currency })} ${currency}\n`,
  );
  return `${on} * ${kind}  ; entry: ${uid}${cited}\n${postings.join("")}\n`;
}
