// Money of somebody whom nobody here knows, as a line of the bank: it came, and it is sent back.
import { objectionToSendingBack } from "@partcommune/shared/money/rules/bank-line";
import { legsOfStrayReceived, legsOfStraySentBack } from "@partcommune/shared/money/rules/legs";
import type { Id } from "@partcommune/shared/platform/id";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Line } from "../store/bank-lines.ts";
import { post } from "../store/ledger.ts";
import { heldStray } from "../store/strays.ts";
import { bankName, entryOf } from "./line-entry.ts";

/** It is nobody's income: it is owed to whoever sent it. */
export const bookStray = async (scope: Scope, line: Line): Promise<void> =>
  void (await post(scope, [entryOf(line, "stray.received", legsOfStrayReceived(bankName, line.amount))]));

/** It left again. Whether it may is asked once more: what came may have been told otherwise meanwhile. */
export async function bookSentBack(scope: Scope, line: Line, stray: Id): Promise<void> {
  refuseIf(objectionToSendingBack(line.amount, found(await heldStray(scope, stray, line.id))));
  await post(scope, [entryOf(line, "stray.returned", legsOfStraySentBack(bankName, line.amount))]);
}
