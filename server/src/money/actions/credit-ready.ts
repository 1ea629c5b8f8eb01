// Something became ready to be paid to whoever did the work: first a share of it repays advances, then it covers what they spent.
import type { Scope } from "../../platform/scope.ts";
import { whoWait, type Ready } from "../store/draws.ts";
import { coverWaiting } from "./expenses.ts";
import { repayFromCredit } from "./repaying.ts";

/** The client has paid, a sister answers for it, or it was set aside ahead of the client. */
export async function creditIsReady(scope: Scope, ready: Ready): Promise<void> {
  await repayFromCredit(scope, ready);
  for (const member of await whoWait(scope, ready)) await coverWaiting(scope, member);
}
