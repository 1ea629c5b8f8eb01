// What can be asked of questions on a job: ask one, answer one, read those that are one's to read.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { audiences, longestAnswer, longestQuestion } from "../rules/question.ts";

export const listQuestions = endpoint({
  does: "List the questions on a job: for everybody those that were asked in public and answered, for its client all, for a member their own as well.",
  method: "GET",
  path: "/api/v1/jobs/:job/questions",
  who: "anyone",
  input: z.strictObject({ job: IdText }),
  answer: listOf(
    z.object({
      id: IdText,
      audience: z.enum(audiences),
      text: z.string(),
      askedAt: InstantJson,
      asker: z.string().optional().meta({ description: "for the client, where the job hides no names" }),
      mine: z.boolean(),
      answer: z.string().optional(),
      answeredAt: InstantJson.optional(),
      answerable: z.boolean().meta({ description: "whether it waits for an answer of whoever asks" }),
    }),
  ),
});

export const askQuestion = endpoint({
  does: "Ask the client something about a job: in public, to be read by all once it is answered, or in private.",
  method: "POST",
  path: "/api/v1/jobs/:job/questions",
  who: "member",
  status: 201,
  input: z.strictObject({ job: IdText, text: Text(longestQuestion, 1), audience: z.enum(audiences) }),
  answer: z.object({ id: IdText }),
  refusals: [
    "questions-over",
    "question-needs-membership",
    "work-while-leaving",
    "question-on-own-job",
    "too-many-questions",
    "text-names-you",
  ],
});

export const answerQuestion = endpoint({
  does: "Answer a question on a job, once. To a public one everybody reads the answer.",
  method: "POST",
  path: "/api/v1/questions/:question/answer",
  who: "client",
  status: 201,
  input: z.strictObject({ question: IdText, text: Text(longestAnswer, 1) }),
  answer: Nothing,
  refusals: ["poster-needed", "not-in-this-state"],
});
