// What the marketplace records.
import type { Id } from "../platform/id.ts";
import type { Outcome } from "./rules/amendment.ts";
import type { CoverCheck } from "./rules/cover.ts";
import type { Side } from "./rules/engagement.ts";
import type { JobTerms } from "./rules/posted.ts";
import type { Proposer } from "./rules/settlement.ts";

declare module "../platform/events.ts" {
  interface Facts {
    /** Somebody began to write one; what they type is nobody's log. */
    "job.drafted": { readonly client: Id };
    "job.opened": { readonly client: Id };
    "job.closed": { readonly client: Id };
    /** Of a job that hid names: its client has lifted the veil of so many bids. */
    "job.shortlisted": { readonly client: Id; readonly bids: number };
    "job.withdrawn": { readonly client: Id };
    /** With colleagues, who have not all signed. */
    "bid.assembled": { readonly job: Id };
    /** One of a team signed, and others have not. */
    "bid.signed": { readonly job: Id };
    /** Its client said the work anew: the fields that differ. */
    "job.changed": { readonly client: Id; readonly fields: readonly (keyof JobTerms)[] };
    "job.extended": { readonly client: Id };
    "job.reopened": { readonly client: Id };
    "job.lapsed": { readonly client: Id };
    /** A job of another coop came into our search. */
    "job.heard": { readonly origin: string };
    /** What another coop says of it now: it was changed, is open again, or is no more. */
    "job.heardAgain": { readonly origin: string; readonly open: boolean };
    "invitation.sent": { readonly job: Id };
    "invitation.declined": { readonly job: Id };
    "question.asked": { readonly job: Id };
    "question.answered": { readonly job: Id };
    "bid.placed": { readonly job: Id };
    "bid.revised": { readonly job: Id };
    /** The job changed: the bidder confirms, revises or withdraws. */
    "bid.askedAgain": { readonly job: Id };
    "bid.confirmed": { readonly job: Id };
    "bid.withdrawn": { readonly job: Id };
    "bid.accepted": { readonly job: Id; readonly engagement: Id };
    /** Its client said no to it, another bid was signed, or the job was withdrawn or lapsed. */
    "bid.rejected": { readonly job: Id };
    /** A bid of a sister's member was not taken, by a rule of ours: it is told so. */
    "bid.turnedAway": { readonly job: Id; readonly client: Id; readonly offer: string; readonly from: string; readonly because: string };
    /** What a sister's client accepted is not followed: it is told so. */
    "agreement.turnedAway": { readonly member: Id; readonly accept: string; readonly from: string; readonly because: string };
    /** The coop of the member does not follow what our client accepted: its reason. */
    "agreement.refused": { readonly host: Id; readonly because: string };
    /** Nobody confirmed it after the job changed, or what it was accepted for came to nothing. */
    "bid.lapsed": { readonly job: Id };
    "engagement.quoted": { readonly job: Id; readonly hash: string };
    /** A member brought work of a client of their own. */
    "engagement.declared": { readonly client: Id; readonly hash: string };
    /** One of a side signed, and others have not. */
    "engagement.partSigned": { readonly hash: string };
    /** Both sides signed the same quote. */
    "engagement.signed": { readonly job?: Id; readonly hash: string };
    /** By the checks, or by an adviser with a note. */
    "engagement.covered": { readonly by: "rule" | "adviser" };
    /** A check does not hold: an adviser is asked. */
    "engagement.heldUp": { readonly checks: readonly CoverCheck[] };
    /** An adviser looks at it; no other answers meanwhile. */
    "engagement.taken": { readonly adviser: Id };
    "engagement.released": { readonly adviser: Id };
    "engagement.sentBack": Record<string, never>;
    "engagement.started": Record<string, never>;
    /** By one who does it; into which is theirs to know. */
    "engagement.budgetChosen": Record<string, never>;
    "engagement.cancellationAsked": { readonly by: Side };
    /** One of those whose word it needs agreed; others have not. */
    "engagement.cancellationAgreed": { readonly by: Side };
    /** `by` is the side that cancelled alone, or asked the other one to. */
    "engagement.cancelled": { readonly by: Side };
    /** A side elsewhere asks to end what has ended here: it has not understood the end, and is told of it again. */
    "engagement.endMissed": Record<string, never>;
    "engagement.finished": Record<string, never>;
    "engagement.amendmentProposed": { readonly by: Side; readonly hash: string; readonly checks: readonly CoverCheck[] };
    /** One side signed a change; with the other's signature it is in force. */
    "engagement.amendmentSigned": { readonly by: Side };
    /** An adviser answered for the checks that held a change up. */
    "engagement.amendmentCovered": Record<string, never>;
    /** Both sides signed the changed paper, which is the one in force from now on. */
    "engagement.amended": { readonly hash: string };
    "engagement.amendmentEnded": { readonly by: Side; readonly because: Exclude<Outcome, "open" | "signed"> };
    "reference.invited": { readonly engagement: Id };
    "reference.written": { readonly engagement: Id };
    /** Both are in, or the time is up: from now on others read it. */
    "reference.published": { readonly engagement: Id };
    "reference.lapsed": { readonly engagement: Id };
    "reference.answered": { readonly engagement: Id };
    "reference.withheld": { readonly engagement: Id };
    "milestone.started": { readonly engagement: Id };
    /** One of a team added to what its lead will hand in. */
    "milestone.partAdded": { readonly engagement: Id };
    "milestone.handedIn": { readonly engagement: Id };
    /** What a sister's member handed in was not taken, by a rule of ours: they are told so. */
    "milestone.turnedAway": { readonly milestone: Id; readonly engagement: Id; readonly activity: string; readonly because: string };
    "milestone.reminded": { readonly engagement: Id };
    "milestone.changesAsked": { readonly engagement: Id };
    /** `word`: how often this side has opened or ended a dispute about it. */
    "milestone.disputed": { readonly engagement: Id; readonly by: Side; readonly word: number };
    "milestone.disputeEnded": { readonly engagement: Id; readonly word: number };
    "milestone.mediationTaken": { readonly engagement: Id };
    /** Its mediator is no adviser any more. */
    "milestone.mediationFreed": { readonly engagement: Id };
    "milestone.settlementProposed": { readonly engagement: Id; readonly by: Proposer };
    "milestone.settlementAgreed": { readonly engagement: Id; readonly by: Side };
    /** Both sides agreed to a share of the price, in per cent; at none there is no invoice. */
    "milestone.settledAtShare": { readonly engagement: Id; readonly share: number; readonly invoice?: Id };
    "milestone.approved": { readonly engagement: Id; readonly invoice: Id; readonly bySilence: boolean };
    "milestone.clientPaid": { readonly engagement: Id };
    /** Its invoice was wholly credited. */
    "milestone.credited": { readonly engagement: Id };
    "milestone.memberPaid": { readonly engagement: Id };
    "engagement.lapsed": { readonly job?: Id; readonly because: "declined" | "unsigned" };
    /** What somebody looks for is nobody else's: only that they do. */
    "search.saved": Record<string, never>;
    "search.changed": Record<string, never>;
    "search.ended": Record<string, never>;
    /** A member said which skills they have; which they are is nobody's log. */
    "skills.said": { readonly count: number };
    /** A list of skills was read in. */
    "skills.imported": { readonly source: string; readonly added: number; readonly changed: number; readonly gone: number };
    /** Somebody has said that a skill of a list is one of our own. */
    "skill.linked": { readonly as: Id };
  }
}
