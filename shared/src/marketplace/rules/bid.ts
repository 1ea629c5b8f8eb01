// The law of bids: who may offer, take back and accept, and why not.
import type { Actor, BuyerRole } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import type { Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import type { JobState } from "../rules.ts";

export const problems = {
  "job-not-open": { status: 409, says: "This job takes no bids: it is {state}." },
  "bid-too-late": { status: 409, says: "The time for bids ended at {bidsUntil}.", rule: "time to bid" },
  "bid-on-own-job": { status: 403, says: "You buy for this organisation; you cannot bid on its job.", rule: "no deals with oneself" },
  "bidder-leaving": { status: 403, says: "A member who is leaving places no new bids.", rule: "stages of membership" },
  "bid-currency-differs": { status: 422, says: "The client asked for offers in {wanted}." },
  "bid-not-the-fixed-price": { status: 422, says: "The price of this job is fixed at {price}." },
  "bid-placed-already": { status: 409, says: "You have an open bid on this job. Withdraw it first." },
  "too-many-open-bids": {
    status: 409,
    says: "You have {most} open bids already.",
    rule: "marketplace.openBids",
    changedBy: "a vote of the members",
  },
  "approver-needed": {
    status: 403,
    says: "Only the owner of the organisation, or a person it made approver, may do this.",
    rule: "roles of a client",
    changedBy: "the owner of the organisation",
  },
  "bid-changed": { status: 409, says: "The bid is not the one you were shown. Read it again." },
  "job-already-awarded": { status: 409, says: "This job was awarded, or withdrawn, a moment ago." },
} as const satisfies Problems;

export const bidStates = ["placed", "accepted", "rejected", "withdrawn", "lapsed"] as const;
export type BidState = (typeof bidStates)[number];

/** What a bid goes through: from, verb, who, to, and the fact that is recorded. */
export const bidTable = [
  { from: "none", verb: "place", who: "member", to: "placed", fact: "bid.placed" },
  { from: "placed", verb: "withdraw", who: "bidder", to: "withdrawn", fact: "bid.withdrawn" },
  { from: "placed", verb: "accept", who: "approver", to: "accepted", fact: "bid.accepted" },
  { from: "placed", verb: "reject", who: "the job", to: "rejected", fact: "bid.rejected" },
  { from: "accepted", verb: "lapse", who: "clock or either side", to: "lapsed", fact: "bid.lapsed" },
] as const satisfies readonly { from: BidState | "none"; verb: string; who: string; to: BidState; fact: string }[];

export type JobForBid = {
  readonly client: Id;
  readonly state: JobState;
  readonly bidsUntil: Instant;
  readonly currency: string;
  readonly price?: Money | undefined;
};
export type Bidder = { readonly buysFor: readonly Id[]; readonly leaving: boolean };

/** Why this member may not place this bid now; undefined when nothing speaks against it. */
export function objectionToBid(job: JobForBid, bidder: Bidder, offer: Money, now: Instant): Refusal | undefined {
  if (job.state !== "open") return refuse("job-not-open", { state: job.state });
  if (!isBefore(now, job.bidsUntil)) return refuse("bid-too-late", { bidsUntil: job.bidsUntil });
  if (bidder.buysFor.includes(job.client)) return refuse("bid-on-own-job");
  if (bidder.leaving) return refuse("bidder-leaving");
  if (offer.currency !== job.currency) return refuse("bid-currency-differs", { wanted: job.currency });
  if (job.price && offer.minor !== job.price.minor) return refuse("bid-not-the-fixed-price");
  return undefined;
}

const approvers: readonly BuyerRole[] = ["owner", "approver"];

/** Whether this person buys for a client in any part: such a person sees what its jobs are offered. */
export const buysFrom = (actor: Actor, client: Id): boolean =>
  actor.kind === "person" && actor.buysFor.some((buying) => buying.client === client);

/** Whether this person may bind a client: accept, sign, approve. */
export const approvesFor = (actor: Actor, client: Id): boolean =>
  actor.kind === "person" && actor.buysFor.some((buying) => buying.client === client && approvers.includes(buying.role));

export type Shown = { readonly version: bigint; readonly amount: Money };
export type BidToAccept = Shown & { readonly client: Id; readonly state: BidState; readonly jobState: JobState };

/** Why this person may not accept this bid as it was shown to them. */
export function objectionToAcceptance(bid: BidToAccept, shown: Shown, approver: Actor): Refusal | undefined {
  if (!approvesFor(approver, bid.client)) return refuse("approver-needed");
  if (bid.jobState === "awarded") return refuse("job-already-awarded");
  if (bid.jobState !== "open" && bid.jobState !== "closed") return refuse("job-not-open", { state: bid.jobState });
  if (bid.state !== "placed") return refuse("not-in-this-state", { state: bid.state });
  const same = bid.version === shown.version && bid.amount.minor === shown.amount.minor && bid.amount.currency === shown.amount.currency;
  return same ? undefined : refuse("bid-changed");
}

/** Why a bid may not be taken back any more. */
export const objectionToTakingBack = ({ state }: { readonly state: BidState }): Refusal | undefined =>
  state === "placed" ? undefined : refuse("not-in-this-state", { state });
