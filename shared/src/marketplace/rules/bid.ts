// The law of bids: who may offer what on which job, and until when.
import type { Stage } from "../../membership/rules.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import type { Id } from "../../platform/id.ts";
import { objectionToCrossing, type Passage } from "./across.ts";
import type { JobState } from "./job.ts";
import { objectionToOffer, objectionToOfferedPay, type Offer, type OfferedOn, type Pay } from "./price.ts";
import { objectionToVerb, statesBefore, type Row } from "../../platform/table.ts";

export const problems = {
  "job-not-open": { status: 409, says: "This job is not open for bids." },
  "bid-too-late": {
    status: 409,
    says: "The time for bids ended at {bidsUntil}.",
    rule: "time to bid",
    changedBy: "the client, who may reopen it",
  },
  "bid-on-own-job": {
    status: 403,
    says: "You speak for the organisation that posted this job, so you cannot bid on it.",
    rule: "no bid on one's own job",
  },
  "bid-needs-membership": {
    status: 403,
    says: "Bids come from members, from their trial on.",
    rule: "membership",
    changedBy: "the board, which admits members",
  },
  "work-while-leaving": {
    status: 409,
    says: "You are leaving the coop: you finish what you signed, and take on nothing new.",
    rule: "who leaves takes on no work",
    changedBy: "you, by staying",
  },
  "bid-placed-already": { status: 409, says: "You have a bid on this job already. Withdraw it to place another." },
  "too-many-open-bids": {
    status: 409,
    says: "You have {open} open bids; {most} is the most at one time.",
    rule: "open bids a member may have",
    changedBy: "the members, by vote",
  },
} as const satisfies Problems;

export const bidStates = ["assembling", "placed", "toConfirm", "withdrawn", "rejected", "accepted", "lapsed"] as const;
export type BidState = (typeof bidStates)[number];

export const bidVerbs = [
  "place",
  "assemble",
  "reassemble",
  "sign",
  "revise",
  "askAgain",
  "confirm",
  "withdraw",
  "accept",
  "reject",
  "lapse",
] as const;
export type BidVerb = (typeof bidVerbs)[number];

/**
 * The life of a bid. `assemble`: with colleagues, who sign it before its client sees it; the last signature places it. `reassemble`: one with
 * colleagues was revised, or its job changed: all sign again. `askAgain`: the job changed. `reject`: its client says no to it; or, by the software, another was signed or the job ended.
 * `lapse`: nobody confirmed it, or what it was accepted for came to nothing.
 */
export const bidTable: readonly Row<BidState, BidVerb>[] = [
  { from: "none", verb: "place", who: "member", to: "placed", fact: "bid.placed" },
  { from: "none", verb: "assemble", who: "member", to: "assembling", fact: "bid.assembled" },
  { from: "assembling", verb: "sign", who: "member", to: "placed", fact: "bid.placed" },
  { from: "assembling", verb: "reassemble", who: "software", to: "assembling", fact: "bid.assembled" },
  { from: "placed", verb: "reassemble", who: "software", to: "assembling", fact: "bid.assembled" },
  { from: "assembling", verb: "withdraw", who: "member", to: "withdrawn", fact: "bid.withdrawn" },
  { from: "assembling", verb: "reject", who: "software", to: "rejected", fact: "bid.rejected" },
  { from: "placed", verb: "revise", who: "member", to: "placed", fact: "bid.revised" },
  { from: "toConfirm", verb: "revise", who: "member", to: "placed", fact: "bid.revised" },
  { from: "placed", verb: "askAgain", who: "software", to: "toConfirm", fact: "bid.askedAgain" },
  { from: "toConfirm", verb: "askAgain", who: "software", to: "toConfirm", fact: "bid.askedAgain" },
  { from: "toConfirm", verb: "confirm", who: "member", to: "placed", fact: "bid.confirmed" },
  { from: "toConfirm", verb: "lapse", who: "clock", to: "lapsed", fact: "bid.lapsed" },
  { from: "placed", verb: "withdraw", who: "member", to: "withdrawn", fact: "bid.withdrawn" },
  { from: "toConfirm", verb: "withdraw", who: "member", to: "withdrawn", fact: "bid.withdrawn" },
  { from: "placed", verb: "accept", who: "approver", to: "accepted", fact: "bid.accepted" },
  { from: "placed", verb: "reject", who: "approver", to: "rejected", fact: "bid.rejected" },
  { from: "toConfirm", verb: "reject", who: "approver", to: "rejected", fact: "bid.rejected" },
  { from: "accepted", verb: "lapse", who: "software", to: "lapsed", fact: "bid.lapsed" },
];

/** The job as a bid meets it. */
export type BidOn = OfferedOn & {
  readonly client: Id;
  readonly state: JobState;
  readonly version: bigint;
  readonly bidsUntil: Instant;
  /** Posted at another coop. */
  readonly elsewhere?: boolean;
  /** Where it is done; absent: remotely. */
  readonly country?: string | undefined;
};
/** What the coop asks of every bid: how many may be open at once, and what work pays at least. */
export type BidLimits = Pay & {
  readonly mostOpen: number;
  /** What the treaty lets pass, where the job or the bidder is of another coop. */
  readonly passage?: Passage | undefined;
};
export type Bidder = {
  readonly stage: Stage;
  readonly buysFor: readonly Id[];
  readonly openBids: number;
  /** A member of another coop. */
  readonly elsewhere?: boolean;
};

/** Stages in which a member takes on work. */
export const bidding: readonly Stage[] = ["trial", "member", "associate"];

/** Why somebody does not take on work: they are leaving, or no member, which each act says in its own words. */
export function objectionToTakingOn(stage: Stage, needsMembership: string): Refusal | undefined {
  if (stage === "leaving") return refuse("work-while-leaving");
  return bidding.includes(stage) ? undefined : refuse(needsMembership);
}

/** Why this person may not place this bid now; undefined when nothing speaks against it. */
export function objectionToBid(job: BidOn, bidder: Bidder, offer: Offer, limits: BidLimits, now: Instant): Refusal | undefined {
  const shut = job.elsewhere || bidder.elsewhere ? objectionToCrossing(job, limits.passage) : undefined;
  if (shut) return shut;
  if (job.state !== "open") return refuse("job-not-open");
  if (!isBefore(now, job.bidsUntil)) return refuse("bid-too-late", { bidsUntil: job.bidsUntil });
  const idle = objectionToTakingOn(bidder.stage, "bid-needs-membership");
  if (idle) return idle;
  if (bidder.buysFor.includes(job.client)) return refuse("bid-on-own-job");
  const unfit = objectionToOffer(job, offer) ?? objectionToOfferedPay(job, offer, limits);
  if (unfit) return unfit;
  const { mostOpen: most } = limits;
  if (bidder.openBids >= most) return refuse("too-many-open-bids", { open: bidder.openBids, most });
  return undefined;
}

/** States of a bid that waits for an answer, or for its last signature. */
export const openStates = statesBefore(bidTable, "withdraw");
/** Why an offer made on a job as it was shown is none on the job as it is. */
export const objectionToShownJob = ({ version }: Pick<BidOn, "version">, shown: bigint | undefined): Refusal | undefined =>
  shown === undefined || shown === version ? undefined : refuse("job-changed");

/** Why a bid may not be withdrawn now. */
export const objectionToBidWithdrawal = (state: BidState): Refusal | undefined => objectionToVerb(bidTable, state, "withdraw");
