// The law of a bid that stands: how its bidder alters it, and answers again after the job changed.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import { bidTable, objectionToBidWithdrawal, type BidOn, type BidState, type BidVerb } from "./bid.ts";
import { objectionToOffer, objectionToOfferedPay, type Offer, type Pay } from "./price.ts";
import { objectionToVerb, verbsFor } from "../../platform/table.ts";

export const problems = {
  "confirm-too-late": {
    status: 409,
    says: "The job changed, and this bid could be confirmed until {confirmUntil}.",
    rule: "72 hours to answer a changed job",
  },
} as const satisfies Problems;

/** How long a bidder has to answer a changed job. */
export const confirmMs = 72 * 3_600_000;

export type StandingBid = Offer & {
  readonly state: BidState;
  readonly version: bigint;
  /** Of a bid to confirm. */
  readonly confirmUntil?: Instant | undefined;
};

/** Why this bid is no longer answered: a placed one until the deadline of an open job, one to confirm for its 72 hours. */
function objectionToTime({ state, confirmUntil }: StandingBid, job: BidOn, now: Instant): Refusal | undefined {
  if (state === "toConfirm") return confirmUntil && !isBefore(now, confirmUntil) ? refuse("confirm-too-late", { confirmUntil }) : undefined;
  if (job.state !== "open") return refuse("job-not-open");
  return isBefore(now, job.bidsUntil) ? undefined : refuse("bid-too-late", { bidsUntil: job.bidsUntil });
}

/** Why this bid may not be altered now, whatever to. */
const objectionToAltering = (bid: StandingBid, job: BidOn, now: Instant): Refusal | undefined =>
  objectionToVerb(bidTable, bid.state, "revise") ?? objectionToTime(bid, job, now);

export type Revision = { readonly offer: Offer; readonly shown: bigint; readonly pay: Pay };

/** Why this bid may not become this offer. */
export function objectionToRevision(bid: StandingBid, job: BidOn, { offer, shown, pay }: Revision, now: Instant): Refusal | undefined {
  const unfit = objectionToAltering(bid, job, now);
  if (unfit) return unfit;
  return shown === bid.version ? (objectionToOffer(job, offer) ?? objectionToOfferedPay(job, offer, pay)) : refuse("bid-changed");
}

/** Why this bid may not stand as it is for the job as it is now. */
const objectionToStanding = (bid: StandingBid, job: BidOn, now: Instant): Refusal | undefined =>
  objectionToVerb(bidTable, bid.state, "confirm") ?? objectionToTime(bid, job, now) ?? objectionToOffer(job, bid);

/** Why this bid may not be confirmed as its bidder was shown it. */
export const objectionToConfirming = (bid: StandingBid, job: BidOn, shown: bigint, now: Instant): Refusal | undefined =>
  objectionToStanding(bid, job, now) ?? (shown === bid.version ? undefined : refuse("bid-changed"));

type Objection = (bid: StandingBid, job: BidOn, now: Instant) => Refusal | undefined;

const toStanding: Readonly<Partial<Record<BidVerb, Objection>>> = {
  revise: objectionToAltering,
  confirm: objectionToStanding,
  withdraw: ({ state }) => objectionToBidWithdrawal(state),
};

/** What its bidder may do with a bid now: buttons are made of this. */
export const actsOnBid = (bid: StandingBid, job: BidOn, now: Instant): BidVerb[] =>
  verbsFor(bidTable, bid.state, ["member"]).filter((verb) => toStanding[verb]?.(bid, job, now) === undefined);
