// What can be asked of invitations to bid: send, decline, and list them for either side.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { handlePattern } from "../../membership/rules/profile.ts";
import { invitationStates } from "../rules/invitation.ts";

export const inviteMember = endpoint({
  does: "Invite a member of the directory to bid on a job. From then on they see it, whoever else may.",
  method: "POST",
  path: "/api/v1/jobs/:job/invitations",
  who: "client",
  status: 201,
  input: z.strictObject({ job: IdText, handle: z.string().regex(handlePattern).meta({ description: "of the member's page" }) }),
  answer: z.object({ id: IdText }),
  refusals: ["poster-needed", "blind-takes-no-invitations", "job-not-open", "too-many-invitations", "invited-already"],
});

export const listInvitations = endpoint({
  does: "List whom the client invited to a job: for the client's people all of them, for anybody else none.",
  method: "GET",
  path: "/api/v1/jobs/:job/invitations",
  who: "client",
  input: z.strictObject({ job: IdText }),
  answer: listOf(
    z.object({
      id: IdText,
      member: z.string(),
      handle: z.string().optional().meta({ description: "of the member's page, while they show it" }),
      state: z.enum(invitationStates),
      invitedAt: InstantJson,
    }),
  ),
});

export const listMyInvitations = endpoint({
  does: "List the open jobs to which the member who asks is invited, newest first.",
  method: "GET",
  path: "/api/v1/invitations",
  who: "member",
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, job: IdText, title: z.string(), client: z.string(), bidsUntil: InstantJson })),
});

export const declineInvitation = endpoint({
  does: "Decline an invitation. The client is told; the job stays in sight.",
  method: "POST",
  path: "/api/v1/invitations/:invitation/refusal",
  who: "member",
  status: 201,
  input: z.strictObject({ invitation: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});
