// The law of engagements: how a quote is signed, declined or lapses, and how the work is covered, begun and ended.
import { memberActing, type Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, isBefore, type Instant } from "../../platform/time.ts";
import { approvesFor } from "./acceptance.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

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
  "signed-already": { status: 409, says: "You, or your side, signed this already." },
} as const satisfies Problems;

export const engagementStates = ["quoted", "signed", "covered", "underWay", "finished", "cancelled", "lapsed"] as const;
export type EngagementState = (typeof engagementStates)[number];

/** Whether it ended before all of it was done. */
export const isCalledOff = (state: EngagementState): boolean => state === "cancelled" || state === "lapsed";

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
  "chooseBudget",
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

/** Each who does the work says into which budget their part goes, as long as some of it may still be invoiced. */
const paidInto = (state: EngagementState): Row<EngagementState, EngagementVerb> => ({
  from: state,
  verb: "chooseBudget",
  who: "member",
  to: state,
  fact: "engagement.budgetChosen",
});

/** The life of an engagement. `sign` leads on with the last signature; `cover` is the checks' or an adviser's. */
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
  ...(["quoted", "signed", "covered", "underWay"] as const).map(paidInto),
];

/** How long a quote waits for its signatures. */
export const signMs = 14 * dayMs;

export type Side = "client" | "member";
export type Parties = {
  readonly client: Id;
  /** Who leads the work. */
  readonly member: Id;
  /** Everybody who does it, the lead first; one who works alone is a team of one. */
  readonly team: readonly Id[];
};

/** For which side this person may bind an engagement; undefined for everyone else. */
export function sideOf(actor: Actor, { client, team }: Pick<Parties, "client" | "team">): Side | undefined {
  if (isOf(team, actor)) return "member";
  return approvesFor(actor, client) ? "client" : undefined;
}

/** Whether this person is one of a team. */
export function isOf(team: readonly Id[], actor: Actor): boolean {
  const member = memberActing(actor);
  return member !== undefined && team.includes(member);
}

/** Whether this person leads the work. */
export const leads = (actor: Actor, { member }: Pick<Parties, "member">): boolean => memberActing(actor) === member;

/** Whose word binds: `client`, by whoever may bind it, or the id of one of the team, who speaks for nobody else. */
export type Word = string;

/** Whose word this person gives; undefined for who is no side. */
export function wordOf(actor: Actor, parties: Pick<Parties, "client" | "team">): Word | undefined {
  const side = sideOf(actor, parties);
  return side === "member" ? memberActing(actor) : side && "client";
}

/** Whose word is still missing: what lessens the pay of several needs the word of each. */
export const missingWords = ({ team }: Pick<Parties, "team">, given: readonly Word[]): readonly Word[] =>
  (["client", ...team] as const).filter((word) => !given.includes(word));

export type Quote = Parties & {
  readonly state: EngagementState;
  readonly hash: string;
  readonly signUntil: Instant;
  /** The client once one of its people signed, and every one of the team who did. */
  readonly signedBy: readonly Word[];
};

/** Why this person may not sign this quote with this hash now. */
export function objectionToSigning(quote: Quote, signer: Actor, hash: string, now: Instant): Refusal | undefined {
  const word = wordOf(signer, quote);
  return word === undefined ? refuse("approver-needed") : objectionToSignature(quote, word, hash, now);
}

/** Why this signature under this hash is not taken now, whoever gives it. */
export function objectionToSignature(quote: Quote, word: Word, hash: string, now: Instant): Refusal | undefined {
  const unfit = objectionToVerb(engagementTable, quote.state, "sign");
  if (unfit) return unfit;
  if (!isBefore(now, quote.signUntil)) return refuse("quote-too-late", { signUntil: quote.signUntil });
  if (quote.signedBy.includes(word)) return refuse("signed-already");
  return hash === quote.hash ? undefined : refuse("quote-differs");
}

/** Why this person may not decline this quote. */
export function objectionToDeclining(quote: Quote, decliner: Actor): Refusal | undefined {
  if (!sideOf(decliner, quote)) return refuse("approver-needed");
  return objectionToVerb(engagementTable, quote.state, "decline");
}

/** Why this person may not say into which budget the money of this work goes. */
export function objectionToChoosingBudget(
  engagement: Pick<Parties, "client" | "team"> & { readonly state: EngagementState },
  chooser: Actor,
): Refusal | undefined {
  if (sideOf(chooser, engagement) !== "member") return refuse("member-side-needed");
  return objectionToVerb(engagementTable, engagement.state, "chooseBudget");
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
