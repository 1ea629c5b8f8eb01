// What an entry is before it is posted: one movement of money, with the business fact that names it and the rules it obeyed.
import type { Day, Instant } from "../../platform/time.ts";
import type { AccountCode } from "./accounts.ts";
import type { Leg } from "./legs.ts";
import type { Money } from "../../platform/money.ts";

/** Every kind the book knows; docs/entries.md shows their legs. */
export const entryKinds = [
  "invoice.issued",
  "invoice.credited",
  "invoice.lost",
  "client.paid",
  "client.overpaid",
  "client.repaid",
  "stray.received",
  "stray.returned",
  "bank.unmatched",
  "bank.matched",
  "guarantee.paid",
  "guarantee.lost",
  "guarantee.recovered",
  "payout.ordered",
  "payout.settled",
  "payout.rejected",
  "member.billed",
  "vat.billed",
  "vat.owed",
  "advance.granted",
  "advance.repaid",
  "advance.lost",
  "expense.repaid",
  "claim.approved",
  "claim.ordered",
  "premium.paid",
  "cost.paid",
  "cost.refunded",
  "income.received",
  "coaching.held",
  "payroll.estimated",
  "payroll.corrected",
  "payroll.remitted",
  "fund.endowed",
  "share.paid",
  "share.repaid",
  "vat.paid",
  "vat.relieved",
  "vat.refused",
  "fee.host",
  "fee.home",
  "loss.host",
  "loss.home",
  "recovery.home",
  "settlement.yielded",
  "settlement.conceded",
  "settlement.netted",
  "settlement.paid",
  "settlement.received",
  "loan.received",
  "loan.repaid",
  "loan.lent",
  "loan.borrowed",
  "reinsurance.ceded",
  "reinsurance.paid",
  "reinsurance.received",
  "initiative.funded",
  "initiative.paid",
  "initiative.returned",
  "fx.revalued",
  "correction",
  "year.closed",
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What of a member's work leaves their budget for their bank: whether the client had paid, and whether there is an invoice of theirs or they are employed, makes the kind. */
export const paysWork = ["guarantee.paid", "payout.ordered", "member.billed", "payroll.estimated"] as const satisfies readonly EntryKind[];

export type HoldKind = "uncollected" | "guarantee" | "advance" | "claim" | "expense" | "smoothing" | "loan";

/** Money set aside: it lowers what is available, not the balance. */
export type Hold = {
  readonly account: AccountCode;
  readonly money: Money;
  readonly kind: HoldKind;
  readonly key: string;
  readonly expiresAt?: Instant;
};

/** A hold ends once: posted for a part or the whole of it, voided, or expired. What is left over gets a new hold. */
export type HoldEnd =
  | { readonly key: string; readonly outcome: "posted"; readonly posted: Money }
  | { readonly key: string; readonly outcome: "voided" | "expired" };

/** What an entry points at. No words: only the digest of words that live elsewhere and can be erased. */
export type Cites = {
  readonly document?: string;
  readonly engagement?: string;
  readonly bankLine?: string;
  readonly sister?: string;
  /** Who carries a correction. */
  readonly bearer?: string;
  /** SHA-256 in hexadecimal. */
  readonly words?: string;
};

export type Entry = {
  readonly kind: EntryKind;
  /** The business fact, like `invoice:{uid}:issued`. It is posted once, for ever. */
  readonly key: string;
  /** The day of value; it decides year and period. */
  readonly on: Day;
  readonly legs: readonly Leg[];
  /** The bylaw versions it obeyed. */
  readonly bylaws: readonly bigint[];
  readonly cites?: Cites;
  readonly holds?: readonly Hold[];
  readonly ends?: readonly HoldEnd[];
  /** The key of the entry that this one takes back, in part or whole. */
  readonly reverses?: string;
};
