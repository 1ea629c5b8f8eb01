// What can be asked about jobs that are not posted yet, and about one's own.
import { z } from "zod";
import { CountJson, IdText, InstantJson, listOf, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { services } from "../../platform/packs.ts";
import { biddings } from "../rules/choosing.ts";
import { visibilities } from "../rules/invitation.ts";
import { jobLanguages, jobStates } from "../rules/job.ts";
import { priceKinds } from "../rules/price.ts";
import { mostMilestones } from "../rules/plan.ts";
import { mostJobSkills } from "../rules/skill.ts";
import { Labels, SkillCard } from "./skills.ts";

const Typed = {
  title: Text(120),
  text: Text(20_000),
  language: z.enum(jobLanguages),
  trade: Text(80),
  town: Text(80),
  startOn: Text(10),
  endOn: Text(10),
  priceKind: z.enum(priceKinds),
  currency: Text(3).default("").meta({ description: "empty: the coop's own money" }),
  price: Text(20),
  least: Text(20),
  most: Text(20),
  service: z
    .enum(["", ...services])
    .default("")
    .meta({ description: "empty: taxed like other work" }),
  bidsUntil: Text(10),
  visibility: z.enum(visibilities),
  bidding: z.enum(biddings),
  blind: z.boolean(),
  steps: z.array(z.strictObject({ title: Text(120), amount: Text(20), dueOn: Text(10), parallel: z.boolean() })).max(mostMilestones),
};

/** A job as far as it is typed: any field may be empty, or not yet what it has to be. */
export const DraftWords = z.strictObject({ ...Typed, skills: z.array(IdText).max(mostJobSkills) });

export const beginDraft = endpoint({
  does: "Keep a job that is being written. Nobody but those who post for its client reads it.",
  method: "POST",
  path: "/api/v1/job-drafts",
  who: "client",
  status: 201,
  input: z.strictObject({ client: IdText, words: DraftWords }),
  answer: z.object({ id: IdText, version: CountJson }),
  refusals: ["poster-needed", "too-many-drafts"],
});

export const keepDraft = endpoint({
  does: "Keep what was typed since.",
  method: "PUT",
  path: "/api/v1/job-drafts/:draft",
  who: "client",
  input: z.strictObject({ draft: IdText, client: IdText, version: CountJson, words: DraftWords }),
  answer: z.object({ version: CountJson }),
  refusals: ["poster-needed", "draft-changed"],
});

export const listDrafts = endpoint({
  does: "List the drafts of those for whom one posts, the last written first.",
  method: "GET",
  path: "/api/v1/job-drafts",
  who: "client",
  input: z.strictObject({}),
  answer: listOf(z.object({ id: IdText, title: z.string(), client: z.string(), keptAt: InstantJson })),
});

export const readDraft = endpoint({
  does: "Read a draft whole, to go on writing.",
  method: "GET",
  path: "/api/v1/job-drafts/:draft",
  who: "client",
  input: z.strictObject({ draft: IdText, labels: Labels }),
  answer: z.object({
    id: IdText,
    client: IdText,
    version: CountJson,
    keptAt: InstantJson,
    words: z.object({ ...Typed, skills: z.array(SkillCard) }),
  }),
});

export const discardDraft = endpoint({
  does: "Throw a draft away. Nobody else has read it, and nothing of it stays.",
  method: "POST",
  path: "/api/v1/job-drafts/:draft/withdrawal",
  who: "client",
  input: z.strictObject({ draft: IdText }),
  answer: Nothing,
});

export const listOwnJobs = endpoint({
  does: "List the jobs of those for whom one buys, whatever became of them, the newest first.",
  method: "GET",
  path: "/api/v1/own-jobs",
  who: "client",
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      title: z.string(),
      client: z.string(),
      state: z.enum(jobStates),
      bidsUntil: InstantJson,
      lapsesAt: InstantJson.optional(),
      bids: CountJson.optional().meta({ description: "that wait for an answer; absent while they are sealed" }),
    }),
  ),
});
