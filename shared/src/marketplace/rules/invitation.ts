// The law of who sees a job, and of whom its client invites to bid.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import { postsFor, type JobState } from "./job.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

export const mostInvitations = 50;

export const problems = {
  "too-many-invitations": {
    status: 409,
    says: "You invited {invited} members to this job; {most} is the most.",
    rule: "invitations to a job",
  },
  "invited-already": { status: 409, says: "This member is invited to this job already." },
} as const satisfies Problems;

/** Who sees a job: everybody, members from their trial on, or those alone whom its client invites. Its client always does, and whoever has a bid on it. */
export const visibilities = ["public", "members", "invited"] as const;
export type Visibility = (typeof visibilities)[number];

export const invitationStates = ["invited", "declined"] as const;
export type InvitationState = (typeof invitationStates)[number];

export const invitationVerbs = ["invite", "decline"] as const;
export type InvitationVerb = (typeof invitationVerbs)[number];

/** The life of an invitation. Whoever declines still sees the job, and may bid on second thoughts. */
export const invitationTable: readonly Row<InvitationState, InvitationVerb>[] = [
  { from: "none", verb: "invite", who: "poster", to: "invited", fact: "invitation.sent" },
  { from: "invited", verb: "decline", who: "member", to: "declined", fact: "invitation.declined" },
];

export type InvitedTo = { readonly client: Id; readonly state: JobState; readonly bidsUntil: Instant; readonly invited: number };

/** Why this person may not invite one more member to this job now. */
export function objectionToInviting(job: InvitedTo, actor: Actor, now: Instant): Refusal | undefined {
  if (!postsFor(actor, job.client)) return refuse("poster-needed");
  if (job.state !== "open" || !isBefore(now, job.bidsUntil)) return refuse("job-not-open");
  return job.invited >= mostInvitations ? refuse("too-many-invitations", { invited: job.invited, most: mostInvitations }) : undefined;
}

/** Why an invitation may not be declined now. */
export const objectionToDecliningInvitation = (state: InvitationState): Refusal | undefined =>
  objectionToVerb(invitationTable, state, "decline");
