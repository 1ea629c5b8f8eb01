// What can be asked of references: what both sides of a finished engagement wrote about each other.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { referenceStates } from "../rules/reference.ts";

/** A reference as others read it. */
export const ReferenceCard = z.object({
  id: IdText,
  from: z.string().meta({ description: "who wrote it: the client, or the member" }),
  title: z.string().optional().meta({ description: "of the job, where everybody saw it" }),
  text: z.string(),
  again: z.boolean().meta({ description: "whether they would work together again" }),
  publishedAt: InstantJson,
  answer: z.string().optional(),
});

export const listReferences = endpoint({
  does: "List the two references of an engagement for its sides: one's own from when it is written, the other's from when both are in or the time is up.",
  method: "GET",
  path: "/api/v1/engagements/:engagement/references",
  who: "person",
  input: z.strictObject({ engagement: IdText }),
  answer: listOf(
    z.object({
      id: IdText,
      by: z.enum(["client", "member"]),
      mine: z.boolean(),
      state: z.enum(referenceStates),
      writeBy: InstantJson,
      text: z.string().optional(),
      again: z.boolean().optional(),
      answer: z.string().optional(),
      withheldBecause: z.string().optional(),
      acts: z.array(z.enum(["write", "answer"])),
    }),
  ),
});

export const listMemberReferences = endpoint({
  does: "List what clients wrote about a member who shows a page, newest first.",
  method: "GET",
  path: "/api/v1/directory/:handle/references",
  who: "anyone",
  input: z.strictObject({ handle: z.string().max(40), limit: pageOfList.limit }),
  answer: listOf(ReferenceCard),
  mayLag: true,
});

const ofReference = { reference: IdText };

export const writeReference = endpoint({
  does: "Write one's reference about the other side, once. Nobody sees it before both are in or the time is up.",
  method: "POST",
  path: "/api/v1/references/:reference/text",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofReference, text: Text(4_000, 1), again: z.boolean() }),
  answer: z.object({ state: z.enum(referenceStates) }),
  refusals: ["approver-needed", "other-side-needed", "reference-too-late", "not-in-this-state"],
});

export const answerReference = endpoint({
  does: "Answer a reference about oneself, once.",
  method: "POST",
  path: "/api/v1/references/:reference/answer",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofReference, answer: Text(2_000, 1) }),
  answer: Nothing,
  refusals: ["approver-needed", "other-side-needed", "not-in-this-state"],
});

export const withholdReference = endpoint({
  does: "Withhold a published reference for unlawful words, with the reason; both sides read it.",
  method: "POST",
  path: "/api/v1/references/:reference/withholding",
  who: ["adviser"],
  status: 201,
  input: z.strictObject({ ...ofReference, reason: Text(1_000, 1) }),
  answer: Nothing,
  refusals: ["own-engagement", "not-in-this-state"],
});
