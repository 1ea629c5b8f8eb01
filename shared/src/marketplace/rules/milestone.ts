// The law of milestones: how work is handed in, approved, changed or disputed, and how it comes to be paid.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import { leads, sideOf, type EngagementState, type Parties, type Side } from "./engagement.ts";
import { objectionToVerb, stateAfter, statesBefore, type Row } from "../../platform/table.ts";

export const problems = {
  "changes-asked-twice": {
    status: 409,
    says: "Changes were asked for twice. Approve the work, or open a dispute: an adviser then mediates.",
    rule: "two rounds of changes",
  },
  "lead-hands-in": { status: 403, says: "You lead this work: what is done is yours to hand in.", rule: "the lead of a team hands in" },
  "hand-in-empty": { status: 422, says: "A hand-in says something or brings a file." },
  "hand-in-changed": { status: 409, says: "The work is not what you were shown: something changed meanwhile. Read it again." },
  "not-your-dispute": { status: 403, says: "Only the side that opened the dispute can withdraw it." },
  "silence-not-over": { status: 409, says: "The client can answer until {until}." },
  "silence-approved": {
    status: 409,
    says: "The time to answer ended at {until}, and the work counts as approved.",
    rule: "silence approves",
    changedBy: "the members, by vote",
  },
} as const satisfies Problems;

export const milestoneStates = [
  "waiting",
  "underWay",
  "handedIn",
  "changesAsked",
  "disputed",
  "invoiced",
  "clientPaid",
  "memberPaid",
  "settled",
  "cancelled",
] as const;
export type MilestoneState = (typeof milestoneStates)[number];

export const milestoneVerbs = [
  "start",
  "handIn",
  "addPart",
  "approve",
  "approveBySilence",
  "followApproval",
  "remind",
  "askChanges",
  "dispute",
  "endDispute",
  "takeMediation",
  "propose",
  "suggest",
  "agree",
  "settle",
  "settleAtNothing",
  "clientPays",
  "memberIsPaid",
  "credit",
  "cancel",
  "amend",
  "drop",
] as const;
export type MilestoneVerb = (typeof milestoneVerbs)[number];

/** What the coop of a client elsewhere has approved counts in whatever state the milestone is here: what would have changed that was on its way and came too late. */
const followed = (state: MilestoneState): Row<MilestoneState, MilestoneVerb> => ({
  from: state,
  verb: "followApproval",
  who: "software",
  to: "invoiced",
  fact: "milestone.approved",
});

/**
 * The life of a milestone. What is handed in is handed in by who leads; others of a team add their part before. Approval and invoice are one step, so no state lies between them. A dispute that is withdrawn gives the work
 * back to the client as handed in, with a new clock; the client may also end it by approving, and both sides by agreeing on a share.
 */
export const milestoneTable: readonly Row<MilestoneState, MilestoneVerb>[] = [
  { from: "waiting", verb: "start", who: "software", to: "underWay", fact: "milestone.started" },
  { from: "underWay", verb: "handIn", who: "lead", to: "handedIn", fact: "milestone.handedIn" },
  { from: "changesAsked", verb: "handIn", who: "lead", to: "handedIn", fact: "milestone.handedIn" },
  { from: "underWay", verb: "addPart", who: "member", to: "underWay", fact: "milestone.partAdded" },
  { from: "changesAsked", verb: "addPart", who: "member", to: "changesAsked", fact: "milestone.partAdded" },
  { from: "handedIn", verb: "approve", who: "approver", to: "invoiced", fact: "milestone.approved" },
  { from: "handedIn", verb: "approveBySilence", who: "clock", to: "invoiced", fact: "milestone.approved" },
  followed("handedIn"),
  { from: "handedIn", verb: "remind", who: "clock", to: "handedIn", fact: "milestone.reminded" },
  { from: "handedIn", verb: "askChanges", who: "approver", to: "changesAsked", fact: "milestone.changesAsked" },
  { from: "handedIn", verb: "dispute", who: "either", to: "disputed", fact: "milestone.disputed" },
  { from: "changesAsked", verb: "dispute", who: "either", to: "disputed", fact: "milestone.disputed" },
  { from: "disputed", verb: "approve", who: "approver", to: "invoiced", fact: "milestone.approved" },
  followed("disputed"),
  followed("changesAsked"),
  { from: "disputed", verb: "endDispute", who: "either", to: "handedIn", fact: "milestone.disputeEnded" },
  { from: "disputed", verb: "takeMediation", who: "adviser", to: "disputed", fact: "milestone.mediationTaken" },
  { from: "disputed", verb: "propose", who: "either", to: "disputed", fact: "milestone.settlementProposed" },
  { from: "disputed", verb: "suggest", who: "adviser", to: "disputed", fact: "milestone.settlementProposed" },
  { from: "disputed", verb: "agree", who: "either", to: "disputed", fact: "milestone.settlementAgreed" },
  { from: "disputed", verb: "settle", who: "software", to: "invoiced", fact: "milestone.settledAtShare" },
  { from: "disputed", verb: "settleAtNothing", who: "software", to: "cancelled", fact: "milestone.settledAtShare" },
  { from: "invoiced", verb: "clientPays", who: "software", to: "clientPaid", fact: "milestone.clientPaid" },
  { from: "invoiced", verb: "memberIsPaid", who: "software", to: "memberPaid", fact: "milestone.memberPaid" },
  { from: "clientPaid", verb: "memberIsPaid", who: "software", to: "settled", fact: "milestone.memberPaid" },
  { from: "memberPaid", verb: "clientPays", who: "software", to: "settled", fact: "milestone.clientPaid" },
  { from: "invoiced", verb: "credit", who: "software", to: "cancelled", fact: "milestone.credited" },
  { from: "clientPaid", verb: "credit", who: "software", to: "cancelled", fact: "milestone.credited" },
  { from: "waiting", verb: "cancel", who: "software", to: "cancelled", fact: "engagement.cancelled" },
  { from: "underWay", verb: "cancel", who: "software", to: "cancelled", fact: "engagement.cancelled" },
  { from: "handedIn", verb: "cancel", who: "software", to: "cancelled", fact: "engagement.cancelled" },
  { from: "changesAsked", verb: "cancel", who: "software", to: "cancelled", fact: "engagement.cancelled" },
  { from: "waiting", verb: "amend", who: "software", to: "waiting", fact: "engagement.amended" },
  { from: "underWay", verb: "amend", who: "software", to: "underWay", fact: "engagement.amended" },
  { from: "waiting", verb: "drop", who: "software", to: "cancelled", fact: "engagement.amended" },
  { from: "underWay", verb: "drop", who: "software", to: "cancelled", fact: "engagement.amended" },
];

/** States that no verb leads out of: nothing of the milestone is open any more. */
export const endedStates: readonly MilestoneState[] = milestoneStates.filter((state) => !milestoneTable.some(({ from }) => from === state));

/** States of a milestone before anything of it was handed in. */
const untouchedStates: readonly MilestoneState[] = [
  ...statesBefore(milestoneTable, "start"),
  stateAfter(milestoneTable, "start"),
  "cancelled",
];

/** What a milestone is called outside its engagement: by both titles, unless the two are one. */
export const nameOf = (engagement: string, milestone: string): string =>
  engagement === milestone ? engagement : `${engagement}: ${milestone}`;

type Standing = { readonly state: MilestoneState; readonly parallel: boolean };

/** The milestones that begin now, of all in their order: the first and the parallel ones with the work, each other once the one before was handed in. */
export const startingNow = <One extends Standing>(milestones: readonly One[]): readonly One[] =>
  milestones.filter(({ state, parallel }, at) => {
    const before = milestones[at - 1];
    const free = parallel || before === undefined || !untouchedStates.includes(before.state);
    return free && statesBefore(milestoneTable, "start").includes(state);
  });

const roundsOfChanges = 2;

export type Milestone = Parties & {
  readonly engagementState: EngagementState;
  readonly state: MilestoneState;
  readonly version: bigint;
  readonly changesAsked: number;
  readonly approveBy?: Instant;
  /** A reminder to the client has not left yet. */
  readonly reminderOwed: boolean;
  readonly disputedBy?: Side;
};

/** What is handed in: words, files, or both. */
export type HandIn = { readonly text: string; readonly files: readonly Id[] };

/** Why there is nothing to hand in. */
export const objectionToEmptyHandIn = ({ text, files }: HandIn): Refusal | undefined =>
  text === "" && files.length === 0 ? refuse("hand-in-empty") : undefined;

/** Why this person may not hand in work. */
export function objectionToHandIn(milestone: Milestone, actor: Actor): Refusal | undefined {
  if (sideOf(actor, milestone) !== "member") return refuse("member-side-needed");
  if (milestone.engagementState !== "underWay") return refuse("not-in-this-state", { state: milestone.engagementState });
  return objectionToVerb(milestoneTable, milestone.state, "handIn") ?? (leads(actor, milestone) ? undefined : refuse("lead-needed"));
}

/** Why this person may not add a part to what the lead of their team will hand in. */
export function objectionToAddingPart(milestone: Milestone, actor: Actor): Refusal | undefined {
  if (sideOf(actor, milestone) !== "member") return refuse("member-side-needed");
  if (milestone.engagementState !== "underWay") return refuse("not-in-this-state", { state: milestone.engagementState });
  return objectionToVerb(milestoneTable, milestone.state, "addPart") ?? (leads(actor, milestone) ? refuse("lead-hands-in") : undefined);
}

/** Why this person may not approve the work as it was shown to them. */
export function objectionToApproval(milestone: Milestone, approver: Actor, shown: bigint): Refusal | undefined {
  if (sideOf(approver, milestone) !== "client") return refuse("approver-needed");
  return (
    objectionToVerb(milestoneTable, milestone.state, "approve") ?? (milestone.version === shown ? undefined : refuse("hand-in-changed"))
  );
}

/** Whether the time to answer is over. It is not while a reminder is owed: that one moves the limit when it leaves. */
export const isSilenceOver = ({ approveBy, reminderOwed }: Milestone, now: Instant): boolean =>
  approveBy !== undefined && !reminderOwed && !isBefore(now, approveBy);

/** From when an approval counts: one that comes after the limit was silence's already, so that no slow clock delays a member's money. */
export const approvedFrom = (milestone: Milestone, now: Instant): Instant =>
  isSilenceOver(milestone, now) && milestone.approveBy !== undefined ? milestone.approveBy : now;

/** Why nothing of this is approved by what another coop says. */
export function objectionToFollowing({ state, ...parties }: Milestone, client: Actor): Refusal | undefined {
  if (sideOf(client, parties) !== "client") return refuse("approver-needed");
  return objectionToVerb(milestoneTable, state, "followApproval");
}

/** From when an approval at another coop counts here: as that coop says, but not before the work was handed in, and not from a day to come. */
export function approvedElsewhere({ handedInAt }: { readonly handedInAt: Instant | null }, at: Instant, now: Instant): Instant {
  const first = handedInAt ?? now;
  return isBefore(now, at) ? now : isBefore(at, first) ? first : at;
}

/** Why silence does not approve yet. */
export function objectionToSilence(milestone: Milestone, now: Instant): Refusal | undefined {
  const unfit = objectionToVerb(milestoneTable, milestone.state, "approveBySilence");
  return unfit ?? (isSilenceOver(milestone, now) ? undefined : refuse("silence-not-over", { until: milestone.approveBy }));
}

/** Why it is too late to answer anything but yes. */
const objectionToLateAnswer = (milestone: Milestone, now: Instant): Refusal | undefined =>
  isSilenceOver(milestone, now) ? refuse("silence-approved", { until: milestone.approveBy }) : undefined;

/** Why a silent client is not reminded. */
export const objectionToReminder = ({ state, reminderOwed }: Milestone): Refusal | undefined =>
  objectionToVerb(milestoneTable, state, "remind") ?? (reminderOwed ? undefined : refuse("not-in-this-state", { state }));

/** Why this person may not ask for changes. */
export function objectionToChanges(milestone: Milestone, approver: Actor, now: Instant): Refusal | undefined {
  if (sideOf(approver, milestone) !== "client") return refuse("approver-needed");
  return (
    objectionToVerb(milestoneTable, milestone.state, "askChanges") ??
    objectionToLateAnswer(milestone, now) ??
    (milestone.changesAsked < roundsOfChanges ? undefined : refuse("changes-asked-twice"))
  );
}

/** Why this person may not open a dispute. */
export function objectionToDispute(milestone: Milestone, actor: Actor, now: Instant): Refusal | undefined {
  if (!sideOf(actor, milestone)) return refuse("approver-needed");
  return objectionToVerb(milestoneTable, milestone.state, "dispute") ?? objectionToLateAnswer(milestone, now);
}

/** Why this person may not withdraw the dispute. */
export function objectionToEndingDispute(milestone: Milestone, actor: Actor): Refusal | undefined {
  const side = sideOf(actor, milestone);
  if (!side) return refuse("approver-needed");
  return (
    objectionToVerb(milestoneTable, milestone.state, "endDispute") ??
    (side === milestone.disputedBy ? undefined : refuse("not-your-dispute"))
  );
}

/** Days after the hand-in on which a silent client is reminded: half-way, and the day before the last. */
export const reminderDays = (silenceDays: number): readonly [number, number] => [Math.floor(silenceDays / 2), silenceDays - 1];
