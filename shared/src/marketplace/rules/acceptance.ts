// The law of accepting a bid: who may bind a client, and to what they were shown.
import { buyingOf, type Actor, type BuyerRole } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import type { Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { bidTable, type BidState } from "./bid.ts";
import { jobTable, type JobState } from "./job.ts";
import { objectionToVerb } from "../../platform/table.ts";

export const problems = {
  "approver-needed": {
    status: 403,
    says: "Only the owner of the organisation, or a person it made approver, may do this.",
    rule: "roles of a client",
    changedBy: "the owner of the organisation",
  },
  "bid-changed": { status: 409, says: "The bid is not the one you were shown. Read it again." },
  "job-already-awarded": { status: 409, says: "This job was awarded, or withdrawn, a moment ago." },
} as const satisfies Problems;

/** Who may bind a client. */
export const approvers: readonly BuyerRole[] = ["owner", "approver"];

/** Whether this person buys for a client in any part: such a person sees what its jobs are offered. */
export const buysFrom = (actor: Actor, client: Id): boolean => buyingOf(actor).some((buying) => buying.client === client);

/** Whether this person may bind a client: accept, sign, approve. */
export const approvesFor = (actor: Actor, client: Id): boolean =>
  buyingOf(actor).some((buying) => buying.client === client && approvers.includes(buying.role));

export type Shown = { readonly version: bigint; readonly amount: Money };
export type BidToAccept = Shown & { readonly client: Id; readonly state: BidState; readonly jobState: JobState };

/** Why this person may not say no to this bid as it was shown to them. */
export function objectionToRejection(bid: BidToAccept, shown: bigint, approver: Actor): Refusal | undefined {
  if (!approvesFor(approver, bid.client)) return refuse("approver-needed");
  return objectionToVerb(bidTable, bid.state, "reject") ?? (bid.version === shown ? undefined : refuse("bid-changed"));
}

/** Why this person may not accept this bid as it was shown to them. */
export function objectionToAcceptance(bid: BidToAccept, shown: Shown, approver: Actor): Refusal | undefined {
  if (!approvesFor(approver, bid.client)) return refuse("approver-needed");
  if (bid.jobState === "awarded") return refuse("job-already-awarded");
  const unfit = objectionToVerb(jobTable, bid.jobState, "award") ?? objectionToVerb(bidTable, bid.state, "accept");
  if (unfit) return unfit;
  const same = bid.version === shown.version && bid.amount.minor === shown.amount.minor && bid.amount.currency === shown.amount.currency;
  return same ? undefined : refuse("bid-changed");
}
