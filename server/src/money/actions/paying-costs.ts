// What the coop itself pays and earns as a line of the bank: bills with their VAT, charges, interest, premiums.
import type * as api from "@partcommune/shared/money/api/cost";
import {
  legsOfCostPaid,
  legsOfCostRefunded,
  legsOfIncome,
  legsOfPremiumPaid,
  objectionToBill,
  vatOwedOn,
  type Bill,
} from "@partcommune/shared/money/rules/cost";
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfPayoutSettled } from "@partcommune/shared/money/rules/legs";
import { standardVat } from "@partcommune/shared/platform/packs";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Money } from "@partcommune/shared/platform/money";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import { sendFiles } from "../../platform/files/store.ts";
import { found, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { lineToBook, type Line, type OfCost } from "../store/bank-lines.ts";
import { houseOf } from "../store/house.ts";
import { post } from "../store/ledger.ts";
import { askingPerson } from "./asking-person.ts";
import { bankName, entryOf, orderedAndPaid } from "./line-entry.ts";

/** Why an amount cannot mean this. */
export async function objectionToCost({ tx }: Scope, means: OfCost, amount: Money): Promise<Refusal | undefined> {
  const { currency } = await bookOf(tx);
  const vat = "cost" in means && means.vat?.by === "supplier" ? means.vat : undefined;
  return objectionToBill(amount, currency, vat);
}

/** Books it as it was said; whoever is asked for VAT by the state owes it at the rate of that day. */
export async function bookCost(scope: Scope, line: Line, means: OfCost): Promise<void> {
  await post(scope, await entriesOf(scope, line, means));
}

async function entriesOf(scope: Scope, line: Line, means: OfCost): Promise<readonly Entry[]> {
  const { amount, bookedOn } = line;
  if (means.kind === "incomeReceived") return [entryOf(line, "income.received", legsOfIncome(bankName, means.income, amount))];
  if (means.kind === "premiumPaid") {
    const ordered = { kind: "premium.paid", legs: legsOfPremiumPaid(amount) } as const;
    return orderedAndPaid(line, ordered, entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, amount)));
  }
  const { country } = await houseOf(scope.tx);
  const rate = standardVat(country, bookedOn) ?? 0n;
  const bill: Bill = { cost: means.cost, amount, vat: means.vat?.by === "us" ? vatOwedOn(amount, rate) : means.vat };
  return [
    means.kind === "costPaid"
      ? entryOf(line, "cost.paid", legsOfCostPaid(bankName, country, bill))
      : entryOf(line, "cost.refunded", legsOfCostRefunded(bankName, country, bill)),
  ];
}

/** Keeps what proves a line with it, before it is booked or after: an auditor asks for the bill when the year is closed. */
export const keepBill: Action<InputOf<typeof api.keepBill>, AnswerOf<typeof api.keepBill>> = async (scope, { line: id, files }) => {
  const { person } = askingPerson(scope);
  const { state } = found(await lineToBook(scope, id));
  refuseUnless(state !== "discarded", "not-in-this-state", { state });
  await sendFiles(scope, person, { subjectKind: "bankLine", subject: id }, id, files);
  scope.emit({ type: "bankLine.proven", subject: id, body: { files: files.length }, about: ["desk:money"] });
  return {};
};
