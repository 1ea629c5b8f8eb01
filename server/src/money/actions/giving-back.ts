// Money of a client beyond what is owed, as a line of the bank: it came, and it is given back.
import { objectionToOverpaying, objectionToRepaying } from "@partcommune/shared/money/rules/bank-line";
import { legsOfClientOverpaid, legsOfClientRepaid } from "@partcommune/shared/money/rules/legs";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Line } from "../store/bank-lines.ts";
import { countOver } from "../store/collections.ts";
import { post } from "../store/ledger.ts";
import { bankName, entryOf } from "./line-entry.ts";

/** What is open, or was paid too much, is asked once more: another line may have been booked meanwhile. */
export async function bookOver(scope: Scope, line: Line, invoice: Id): Promise<void> {
  const { amount } = line;
  const isBack = line.kind === "clientRepaid";
  const standing = found(await countOver(scope, invoice, isBack ? -amount.minor : amount.minor));
  refuseIf(isBack ? objectionToRepaying(amount, standing) : objectionToOverpaying(amount, standing));
  const { client, engagement } = standing;
  const cites = { document: invoice, engagement };
  await post(scope, [
    isBack
      ? entryOf(line, "client.repaid", legsOfClientRepaid(client, bankName, amount), cites)
      : entryOf(line, "client.overpaid", legsOfClientOverpaid(client, bankName, amount), cites),
  ]);
  const body = { minor: String(isBack ? -amount.minor : amount.minor), currency: amount.currency };
  scope.emit({ type: "invoice.over", subject: invoice, body, about: [`invoice:${invoice}`, "desk:money"] });
}
