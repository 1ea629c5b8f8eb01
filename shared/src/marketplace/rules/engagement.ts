// The law of engagements: how a quote is signed, declined or lapses, and how the work is covered, begun and ended.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, isBefore, type Instant } from "../../platform/time.ts";
import { approvesFor } from "./acceptance.ts";
import { objectionToVerb, type Row } from "./table.ts";

export const problems = {
  "quote-differs": { status: 409, says: "This is not the quote you were shown. Read it again before you sign." },
  "quote-too-late": { status: 409, says: "The quote could be signed until {signUntil}.", rule: "14 days to sign" },
  "member-side-needed": { status: 403, says: "Only the member who does the work may do this.", rule: "sides of an engagement" },
  "engagement-held-up": {
    status: 409,
    says: "An adviser looks at “{title}” first. The lines under “Cover” say which check does not hold.",
    rule: "checks before work",
    changedBy: "an adviser, in writing",
  },
  "signed-already": { status: 409, says: "Your side signed already." },
} as const satisfies Problems;

export const engagementStates = ["quoted", "signed", "covered", "underWay", "finished", "cancelled", "lapsed"] as const;
export type EngagementState = (typeof engagementStates)[number];
export const engagementVerbs = [
  "quote",
  "declare",
  "sign",
  "decline",
  "lapse",
  "cover",
  "sendBack",
  "start",
  "cancel",
  "askCancellation",
  "agreeToCancel",
  "finish",
  "proposeAmendment",
  "signAmendment",
  "declineAmendment",
  "withdrawAmendment",
  "coverAmendment",
  "sendBackAmendment",
  "lapseAmendment",
  "voidAmendment",
] as const;
export type EngagementVerb = (typeof engagementVerbs)[number];

/** What happens to a proposed change of signed work. It moves no state: with both signatures the paper in force is another one. */
const amending = (state: EngagementState): readonly Row<EngagementState, EngagementVerb>[] => [
  { from: state, verb: "proposeAmendment", who: "either", to: state, fact: "engagement.amendmentProposed" },
  { from: state, verb: "signAmendment", who: "either", to: state, fact: "engagement.amended" },
  { from: state, verb: "declineAmendment", who: "either", to: state, fact: "engagement.amendmentEnded" },
  { from: state, verb: "withdrawAmendment", who: "either", to: state, fact: "engagement.amendmentEnded" },
  { from: state, verb: "coverAmendment", who: "adviser", to: state, fact: "engagement.amendmentCovered" },
  { from: state, verb: "sendBackAmendment", who: "adviser", to: state, fact: "engagement.amendmentEnded" },
  { from: state, verb: "lapseAmendment", who: "clock", to: state, fact: "engagement.amendmentEnded" },
  { from: state, verb: "voidAmendment", who: "software", to: state, fact: "engagement.amendmentEnded" },
];

/** The life of an engagement. `sign` leads on with the second signature; `cover` is the checks' or an adviser's. */
export const engagementTable: readonly Row<EngagementState, EngagementVerb>[] = [
  { from: "none", verb: "quote", who: "software", to: "quoted", fact: "engagement.quoted" },
  { from: "none", verb: "declare", who: "member", to: "quoted", fact: "engagement.declared" },
  { from: "quoted", verb: "sign", who: "either", to: "signed", fact: "engagement.signed" },
  { from: "quoted", verb: "decline", who: "either", to: "lapsed", fact: "engagement.lapsed" },
  { from: "quoted", verb: "lapse", who: "clock", to: "lapsed", fact: "engagement.lapsed" },
  { from: "signed", verb: "cover", who: "adviser", to: "covered", fact: "engagement.covered" },
  { from: "signed", verb: "sendBack", who: "adviser", to: "quoted", fact: "engagement.sentBack" },
  { from: "covered", verb: "start", who: "member", to: "underWay", fact: "engagement.started" },
  { from: "covered", verb: "start", who: "clock", to: "underWay", fact: "engagement.started" },
  { from: "signed", verb: "cancel", who: "either", to: "cancelled", fact: "engagement.cancelled" },
  { from: "covered", verb: "cancel", who: "either", to: "cancelled", fact: "engagement.cancelled" },
  { from: "underWay", verb: "cancel", who: "either", to: "cancelled", fact: "engagement.cancelled" },
  { from: "underWay", verb: "askCancellation", who: "either", to: "underWay", fact: "engagement.cancellationAsked" },
  { from: "underWay", verb: "agreeToCancel", who: "either", to: "cancelled", fact: "engagement.cancelled" },
  { from: "underWay", verb: "finish", who: "software", to: "finished", fact: "engagement.finished" },
  ...amending("covered"),
  ...amending("underWay"),
];

/** How long a quote waits for its signatures. */
export const signMs = 14 * dayMs;

export type Side = "client" | "member";
export type Parties = { readonly client: Id; readonly member: Id };

/** For which side this person may bind an engagement; undefined for everyone else. */
export function sideOf(actor: Actor, { client, member }: Parties): Side | undefined {
  if (actor.kind !== "person") return undefined;
  if (actor.member === member) return "member";
  return approvesFor(actor, client) ? "client" : undefined;
}

export type Quote = Parties & {
  readonly state: EngagementState;
  readonly hash: string;
  readonly signUntil: Instant;
  readonly signedBy: readonly Side[];
};

/** Why this person may not sign this quote with this hash now. */
export function objectionToSigning(quote: Quote, signer: Actor, hash: string, now: Instant): Refusal | undefined {
  const side = sideOf(signer, quote);
  return side ? objectionToSignature(quote, side, hash, now) : refuse("approver-needed");
}

/** Why this side's signature under this hash is not taken now, whoever gives it. */
export function objectionToSignature(quote: Quote, side: Side, hash: string, now: Instant): Refusal | undefined {
  const unfit = objectionToVerb(engagementTable, quote.state, "sign");
  if (unfit) return unfit;
  if (!isBefore(now, quote.signUntil)) return refuse("quote-too-late", { signUntil: quote.signUntil });
  if (quote.signedBy.includes(side)) return refuse("signed-already");
  return hash === quote.hash ? undefined : refuse("quote-differs");
}

/** Why this person may not decline this quote. */
export function objectionToDeclining(quote: Quote, decliner: Actor): Refusal | undefined {
  if (!sideOf(decliner, quote)) return refuse("approver-needed");
  return objectionToVerb(engagementTable, quote.state, "decline");
}

/** Why the work may not begin by this person's word; the clock begins it on its first day. */
export function objectionToStarting(
  engagement: Parties & { readonly state: EngagementState; readonly title?: string },
  starter: Actor,
): Refusal | undefined {
  if (starter.kind !== "clock" && sideOf(starter, engagement) !== "member") return refuse("member-side-needed");
  // What the checks pass is covered in the act of the second signature: whatever is still signed waits for an adviser.
  if (engagement.state === "signed") return refuse("engagement-held-up", { title: engagement.title });
  return objectionToVerb(engagementTable, engagement.state, "start");
}
