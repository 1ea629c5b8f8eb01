// What can be asked of reviews: which wait, what was decided, and on which of one's own.
import { z } from "zod";
import { IdText, InstantJson, Line, listOf, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { Figures } from "../../platform/api/review.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { decisions } from "../rules/review.ts";

const asked = {
  id: IdText,
  refusal: z.string(),
  says: z.string().meta({ description: "what the refusal says, without its figures" }),
  rule: z.string().optional(),
  changedBy: z.string().optional(),
  facts: Figures,
  text: z.string(),
  at: InstantJson,
  answerBy: InstantJson,
};

export const listReviews = endpoint({
  does: "List what people asked about and nobody answered, those that have waited longest on top.",
  method: "GET",
  path: "/api/v1/desk/reviews",
  who: ["adviser", "board"],
  input: z.strictObject({ limit: pageOfList.limit }),
  answer: listOf(
    z.object({
      ...asked,
      name: z.string(),
      late: z.boolean().meta({ description: "the two working days are over" }),
      mine: z.boolean().meta({ description: "whoever asks the list asked this too, so another person answers" }),
    }),
  ),
});

export const decideReview = endpoint({
  does: "Answer what somebody asked about, in writing: whether what was refused stands, or who changes it. The answer itself changes nothing else.",
  method: "POST",
  path: "/api/v1/reviews/:review/decision",
  who: ["adviser", "board"],
  status: 201,
  input: z.strictObject({
    review: IdText,
    decision: z.enum(decisions),
    reason: Text(2_000, 1),
    doneBy: Line(120).optional().meta({ description: "who carries it out, where something changes" }),
  }),
  answer: Nothing,
  refusals: ["own-review", "decided-before", "done-by-missing", "review-decided"],
});

export const listOwnReviews = endpoint({
  does: "List what one asked a person about, newest first, with what was decided.",
  method: "GET",
  path: "/api/v1/reviews/mine",
  who: "person",
  input: z.strictObject({}),
  answer: listOf(
    z.object({
      ...asked,
      decided: z
        .object({ by: z.string(), decision: z.enum(decisions), reason: z.string(), doneBy: z.string().optional(), at: InstantJson })
        .optional(),
    }),
  ),
});
