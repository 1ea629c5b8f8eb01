// What an applicant can read of their own application.
import { z } from "zod";
import { stages } from "../../membership/rules.ts";
import { IdText } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { ProposalCard } from "./proposal.ts";

export const readApplication = endpoint({
  does: "Show one's own application: what one was answered, what one shows the members, and what they were asked about it.",
  method: "GET",
  path: "/api/v1/me/application",
  who: "person",
  input: z.strictObject({}),
  answer: z.object({
    application: z
      .object({
        name: z.string(),
        stage: z.enum(stages),
        words: z.string().optional().meta({ description: "what members read of one; absent: nothing" }),
        refusedBecause: z.string().optional(),
        proposals: z.array(ProposalCard).meta({ description: "what members were asked about it, the newest first" }),
        appeal: IdText.optional().meta({ description: "one's own appeal, while it can be taken back" }),
      })
      .optional(),
  }),
});
