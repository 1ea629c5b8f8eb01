// The law of a payout batch: frozen by one treasurer, signed by another, taken to the bank as a file, and settled by what the bank says.
import type { Id } from "../../platform/id.ts";
import type { Language } from "../../platform/page.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";
import type { Instant } from "../../platform/time.ts";
import type { payoutStates } from "../api.ts";
import type { OutlayAbout } from "./payout.ts";

export const problems = {
  "house-account-missing": {
    status: 409,
    says: "The coop has not said from which account it pays. Two treasurers set it; then there is a file.",
    rule: "always two people",
    changedBy: "two treasurers",
  },
  "file-not-taken": {
    status: 409,
    says: "Nobody downloads such a file without a trace: take it first.",
    rule: "who takes a file with people's accounts is written down",
    changedBy: "whoever asks, by taking the file",
  },
} as const satisfies Problems;

export type PayoutState = (typeof payoutStates)[number];
type Verb = "order" | "sign" | "cancel" | "export" | "settle" | "refuse";

/** `order` freezes it with the first signature, `sign` is the second. `export`: somebody takes the file for the bank, the same each time. `settle`: the bank has booked its last item. `refuse`: it has refused all of them. */
export const payoutTable: readonly Row<PayoutState, Verb>[] = [
  { from: "none", verb: "order", who: "treasurer", to: "ordered", fact: "payout.ordered" },
  { from: "ordered", verb: "sign", who: "treasurer", to: "signed", fact: "payout.signed" },
  { from: "ordered", verb: "cancel", who: "treasurer", to: "cancelled", fact: "payout.cancelled" },
  { from: "signed", verb: "export", who: "treasurer", to: "exported", fact: "payout.exported" },
  { from: "exported", verb: "export", who: "treasurer", to: "exported", fact: "payout.exported" },
  { from: "signed", verb: "settle", who: "treasurer", to: "settled", fact: "payable.paid" },
  { from: "exported", verb: "settle", who: "treasurer", to: "settled", fact: "payable.paid" },
  { from: "exported", verb: "refuse", who: "treasurer", to: "refused", fact: "payable.returned" },
];

/** What a payment is for where no invoice has a number, as members read it on their bank's statement. */
export const bankWords: Readonly<Record<Language, Readonly<Record<OutlayAbout, string>>>> = {
  en: { advance: "Advance", expense: "Expenses", billedVat: "VAT" },
  fr: { advance: "Avance", expense: "Frais", billedVat: "TVA" },
};

/** What both treasurers sign. Of an account it holds the keyed digest; the name and what it is for stand in the file as they stand here. */
export type FrozenBatch = {
  readonly payout: Id;
  readonly orderedBy: Id;
  readonly orderedAt: Instant;
  readonly currency: string;
  readonly total: string;
  readonly items: readonly {
    readonly item: Id;
    readonly payable: Id;
    readonly member: Id;
    readonly name: string;
    readonly about: string;
    readonly amount: string;
    readonly iban: string;
  }[];
};

/** Why there is no file of this batch to take. */
export const objectionToFile = (state: PayoutState, hasAccount: boolean): Refusal | undefined =>
  objectionToVerb(payoutTable, state, "export") ?? (hasAccount ? undefined : refuse("house-account-missing"));
