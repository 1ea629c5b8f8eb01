// What somebody may do now: the rows say whose verbs fit the state, the law what else speaks against each. Buttons are made of this.
import type { Actor } from "../../platform/actor.ts";
import { refuse, type Refusal } from "../../platform/refusal.ts";
import type { Instant } from "../../platform/time.ts";
import { objectionToAmending, objectionToAnswering, type Amendment } from "./amendment.ts";
import { objectionToAskingCancellation, objectionToCancelling, objectionToJointCancellation, type Cancelling } from "./cancellation.ts";
import {
  engagementTable,
  objectionToChoosingBudget,
  objectionToDeclining,
  objectionToSigning,
  objectionToStarting,
  leads,
  sideOf,
  type EngagementVerb,
  type Parties,
  type Quote,
} from "./engagement.ts";
import {
  milestoneTable,
  objectionToAddingPart,
  objectionToApproval,
  objectionToChanges,
  objectionToDispute,
  objectionToEndingDispute,
  objectionToHandIn,
  type Milestone,
  type MilestoneVerb,
} from "./milestone.ts";
import { verbsFor, type Hand } from "../../platform/table.ts";

type Objection<Thing> = (thing: Thing, actor: Actor, now: Instant) => Refusal | undefined;
type Objections<Verb extends string, Thing> = Readonly<Partial<Record<Verb, Objection<Thing>>>>;

/** The hands this person has in an engagement: whoever may not bind a side has none. */
function handsOf(actor: Actor, parties: Parties): readonly Hand[] {
  const side = sideOf(actor, parties);
  if (!side) return [];
  if (side === "client") return ["approver", "either"];
  return ["member", "either", ...(leads(actor, parties) ? (["lead"] as const) : [])];
}

type Engaged = Quote & Cancelling & { readonly amendment?: Amendment | undefined };

/** The paper of the change that whoever reads is shown. */
const shownIn = ({ amendment }: Engaged): string => amendment?.hash ?? "";

const toEngagement: Objections<EngagementVerb, Engaged> = {
  sign: (engagement, actor, now) => objectionToSigning(engagement, actor, engagement.hash, now),
  decline: objectionToDeclining,
  start: objectionToStarting,
  cancel: objectionToCancelling,
  askCancellation: objectionToAskingCancellation,
  agreeToCancel: objectionToJointCancellation,
  proposeAmendment: objectionToAmending,
  signAmendment: (engagement, actor, now) => objectionToAnswering(engagement, actor, "signAmendment", shownIn(engagement), now),
  declineAmendment: (engagement, actor, now) => objectionToAnswering(engagement, actor, "declineAmendment", shownIn(engagement), now),
  chooseBudget: objectionToChoosingBudget,
  withdrawAmendment: (engagement, actor, now) => objectionToAnswering(engagement, actor, "withdrawAmendment", shownIn(engagement), now),
};

/** What this person may do about an engagement now. */
export const actsOnEngagement = (engagement: Engaged, actor: Actor, now: Instant): EngagementVerb[] =>
  verbsFor(engagementTable, engagement.state, handsOf(actor, engagement)).filter((verb) => !toEngagement[verb]?.(engagement, actor, now));

const toMilestone: Objections<MilestoneVerb, Milestone> = {
  handIn: objectionToHandIn,
  addPart: objectionToAddingPart,
  approve: (milestone, actor) => objectionToApproval(milestone, actor, milestone.version),
  askChanges: objectionToChanges,
  dispute: objectionToDispute,
  endDispute: objectionToEndingDispute,
  // Of a proposal, not of the milestone: each says by itself whether it can be agreed to.
  agree: () => refuse("not-in-this-state"),
};

/** What this person may do about a milestone now. */
export const actsOnMilestone = (milestone: Milestone, actor: Actor, now: Instant): MilestoneVerb[] =>
  verbsFor(milestoneTable, milestone.state, handsOf(actor, milestone)).filter((verb) => !toMilestone[verb]?.(milestone, actor, now));
