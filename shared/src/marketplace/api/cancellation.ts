// What can be asked of cancelling: alone while nothing is handed in, afterwards together.
import { z } from "zod";
import { IdText, InstantJson, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";

const ofEngagement = { engagement: IdText };

/** What one side asked of the other. */
export const Request = z.object({
  by: z.enum(["client", "member"]),
  reason: z.string(),
  standsUntil: InstantJson,
  missing: z.array(z.string()).meta({ description: "names of those of a team who have not agreed; of one alone none" }),
  last: z.boolean().meta({ description: "the agreement of whoever asks ends it" }),
});

export const cancelEngagement = endpoint({
  does: "Cancel an engagement of which nothing is handed in.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/cancellation",
  who: "person",
  input: z.strictObject({ ...ofEngagement, reason: Text(1_000, 1) }),
  answer: Nothing,
  refusals: ["approver-needed", "handed-in-already", "not-in-this-state"],
});

export const askCancellation = endpoint({
  does: "Ask the other side to cancel what is neither approved nor settled; it stands for 10 days and replaces an earlier request.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/cancellation-request",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofEngagement, reason: Text(1_000, 1) }),
  answer: z.object({ standsUntil: InstantJson }),
  refusals: ["approver-needed", "cancel-alone", "dispute-open", "nothing-left", "not-in-this-state"],
});

export const agreeToCancellation = endpoint({
  does: "Agree to cancel what was asked, and with the last agreement it is cancelled; of a team each agrees for themselves: what is approved stays invoiced and is paid, the rest is cancelled.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/cancellation-agreement",
  who: "person",
  input: z.strictObject(ofEngagement),
  answer: Nothing,
  refusals: ["approver-needed", "other-side-agrees", "request-lapsed", "dispute-open", "nothing-left", "not-in-this-state"],
});
