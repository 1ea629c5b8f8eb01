// A payout that did not arrive: the member is owed it as before, whether the bank refused it or sent it back.
import type { Entry } from "@partcommune/shared/money/rules/entry";
import { legsOfPayoutCameBack, legsOfPayoutRejected } from "@partcommune/shared/money/rules/legs";
import { legsOfNetRejected } from "@partcommune/shared/money/rules/payroll";
import type { Id } from "@partcommune/shared/platform/id";
import type { Day } from "@partcommune/shared/platform/time";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Line } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import type { Paid } from "../store/payouts.ts";
import { returnItem, type ReturnedItem } from "../store/settling.ts";
import { bankName, entryOf } from "./line-entry.ts";

/** What an entry of a payout points at. */
export const citesOf = (paid: Paid): Entry["cites"] & object =>
  paid.about === "invoice" ? { document: paid.invoice, engagement: paid.engagement } : {};

/** The bank has sent a payout back: it is on the account again, and the member is owed it as before. */
export async function bookReturn(scope: Scope, line: Line, item: Id): Promise<void> {
  const returned = await returnItem(scope, item, line);
  refuseUnless(returned !== undefined, "not-in-this-state", { state: "settled" });
  await post(scope, [
    entryOf(line, "payout.settled", legsOfPayoutCameBack(bankName, line.amount), citesOf(returned)),
    rejectedEntry(returned, line.bookedOn),
  ]);
  tellReturned(scope, returned);
}

/** It is no longer under way. */
export const rejectedEntry = (returned: ReturnedItem, on: Day): Entry => ({
  kind: "payout.rejected",
  key: `payout-item:${returned.item}:rejected`,
  on,
  legs: returned.isPay ? legsOfNetRejected(returned.amount) : legsOfPayoutRejected(returned.member, returned.amount, returned.into),
  bylaws: [],
  cites: citesOf(returned),
});

export function tellReturned(scope: Scope, returned: ReturnedItem): void {
  const { payable, member } = returned;
  if (returned.about !== "invoice") {
    scope.emit({
      type: `${returned.about}.returned`,
      subject: returned.source,
      body: { member },
      about: [`member:${member}`, "desk:money"],
    });
    return;
  }
  const { engagement, milestone } = returned;
  const about = [`engagement:${engagement}`, `member:${member}`, "desk:money"];
  scope.emit({ type: "payable.returned", subject: payable, body: { engagement, milestone, member }, about });
}
