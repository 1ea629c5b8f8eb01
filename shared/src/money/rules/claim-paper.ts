// What a coop keeps of work that its member did for a client elsewhere: no invoice, but the paper by which it is owed.
import { moneyText, type MoneyText } from "../../platform/money.ts";
import type { Day } from "../../platform/time.ts";
import type { Figures } from "./split.ts";

/** The paper as it is frozen; `gross` is what the other coop owes, and no VAT is ours to claim of its client. */
export type ClaimPaper = {
  readonly kind: "claim";
  readonly number: string;
  /** Nobody pays a claim by itself, so it is known by its number. */
  readonly reference: string;
  readonly issuedOn: Day;
  readonly sister: { readonly host: string; readonly name: string };
  readonly engagement: string;
  readonly milestone: string;
  readonly doneBy: string;
  readonly price: MoneyText;
  readonly fee: MoneyText;
  readonly hostFund: MoneyText;
  readonly homeFund: MoneyText;
  readonly member: MoneyText;
  readonly net: MoneyText;
  readonly vat: MoneyText;
  readonly gross: MoneyText;
};

type Parts = Pick<ClaimPaper, "number" | "reference" | "issuedOn" | "sister" | "engagement" | "milestone" | "doneBy">;

export const claimPaper = (parts: Parts, { gross, fee, hostFund, homeFund, member, due }: Figures): ClaimPaper => ({
  kind: "claim",
  ...parts,
  price: moneyText(gross),
  fee: moneyText(fee),
  hostFund: moneyText(hostFund),
  homeFund: moneyText(homeFund),
  member: moneyText(member),
  net: moneyText(due),
  vat: moneyText({ ...due, minor: 0n }),
  gross: moneyText(due),
});

/** Gap-free in a series of their own: `FR-2026-S00012`. */
export const claimNumberText = (branch: string, year: number, count: bigint): string =>
  `${branch}-${year}-S${count.toString().padStart(5, "0")}`;
