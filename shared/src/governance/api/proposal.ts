// What can be asked about proposals.
import { z } from "zod";
import { CountJson, IdText, InstantJson, Line, listOf, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { grounds } from "../rules/grounds.ts";
import { proposalKinds, proposalStates } from "../rules/proposal.ts";
import { classes } from "../rules/words.ts";
import { PanelCard } from "./panel.ts";
import { PayloadJson } from "./payload.ts";

const ofProposal = { proposal: IdText };
const words = {
  title: Line(120, 3),
  text: Text(20_000, 1),
  language: z.enum(languages),
  payload: PayloadJson,
  inAssembly: z.boolean().default(false).meta({ description: "whether it waits, for some time, to be voted in an assembly" }),
};

export const ProposalCard = z.object({
  id: IdText,
  kind: z.enum(proposalKinds),
  class: z.enum(classes),
  title: z.string(),
  state: z.enum(proposalStates),
  author: z.string().optional().meta({ description: "by name; absent where the clock called an election" }),
  amends: IdText.optional(),
  sponsors: z.int(),
  sponsorsNeeded: z.int(),
  repeatsUntil: InstantJson.optional().meta({
    description: "members said no to a text about the same: until then this one needs twice the names",
  }),
  publishedAt: InstantJson.optional(),
  until: InstantJson.optional().meta({ description: "when this state ends by the clock" }),
  vote: IdText.optional(),
  version: CountJson.meta({ description: "of its words" }),
  inAssembly: z.boolean().meta({ description: "whether its author wants it voted in an assembly" }),
});

export const listProposals = endpoint({
  does: "List proposals, those in the states asked for, the newest first; all that were ever published unless said.",
  method: "GET",
  path: "/api/v1/proposals",
  who: "anyone",
  input: z.strictObject({ ...pageOfList, state: z.enum(proposalStates).optional() }),
  answer: listOf(ProposalCard),
  mayLag: true,
});

export const listOwnProposals = endpoint({
  does: "List one's own proposals, drafts included.",
  method: "GET",
  path: "/api/v1/me/proposals",
  who: "member",
  input: z.strictObject({}),
  answer: listOf(ProposalCard),
});

const Difference = z.object({ key: z.string(), unit: z.string(), before: z.json(), after: z.json(), base: z.int(), current: z.int() });

export const ProposalPage = ProposalCard.extend({
  text: z.string(),
  html: z.string(),
  language: z.string(),
  payload: PayloadJson,
  differences: z.array(Difference).meta({ description: "of bylaws: what stands now, and what would" }),
  reading: z.int(),
  revisions: z.array(z.object({ version: CountJson, at: InstantJson })),
  rivals: z.array(ProposalCard).meta({ description: "other versions of the same" }),
  arguments: z.array(z.object({ id: IdText, side: z.enum(["for", "against"]), by: z.string(), text: z.string(), at: InstantJson })).meta({
    description: "in an order by lot, another for each reader",
  }),
  judges: z.array(
    z.object({
      seat: z.enum(["board", "lot"]),
      name: z.string(),
      admissible: z.boolean().optional(),
      ground: z.string().optional(),
      text: z.string().optional(),
    }),
  ),
  candidates: z.array(z.object({ id: IdText.meta({ description: "what ballots name" }), name: z.string(), text: z.string() })),
  panels: z.array(PanelCard).meta({ description: "those who look at a no once more, the newest last" }),
  applicant: z
    .object({ name: z.string(), words: z.string().optional() })
    .optional()
    .meta({ description: "who would be admitted, with what they show of themselves beside this text" }),
  place: z.int().optional().meta({ description: "its place among those that wait for a day" }),
  assembly: z
    .object({ gathering: IdText, from: InstantJson })
    .optional()
    .meta({ description: "in which it is voted, and when that begins" }),
  mine: z.object({
    sponsored: z.boolean(),
    author: z.boolean(),
    judge: z.boolean(),
    standing: z.boolean(),
    mayStand: z.boolean(),
    verbs: z.array(z.string()),
  }),
});

export const readProposal = endpoint({
  does: "Show a proposal with everything that was said of it; a draft to its author alone.",
  method: "GET",
  path: "/api/v1/proposals/:proposal",
  who: "anyone",
  input: z.strictObject(ofProposal),
  answer: ProposalPage,
});

export const readRevision = endpoint({
  does: "Show an earlier wording of a proposal.",
  method: "GET",
  path: "/api/v1/proposals/:proposal/revisions/:version",
  who: "anyone",
  input: z.strictObject({ ...ofProposal, version: z.coerce.number().int().min(1) }),
  answer: z.object({ title: z.string(), text: z.string(), html: z.string(), payload: PayloadJson, at: InstantJson }),
});

/** Why what a payload asks cannot be asked. */
const unaskable = [
  "bylaw-twice",
  "bylaw-unfit",
  "bylaw-unchanged",
  "bylaw-moved",
  "bylaws-disagree",
  "begins-too-early",
  "seat-unknown",
  "applicant-unknown",
  "purpose-over",
  "college-seatless",
  "board-full",
  "election-runs",
] as const;

export const draftProposal = endpoint({
  does: "Begin a proposal, for oneself alone until it is published.",
  method: "POST",
  path: "/api/v1/proposals",
  who: "member",
  status: 201,
  input: z.strictObject({ ...words, amends: IdText.exactOptional() }),
  answer: z.object({ id: IdText }),
  refusals: ["associates-only", "treaty-at-its-page", "not-to-amend", ...unaskable],
});

export const reviseProposal = endpoint({
  does: "Word a proposal anew; sponsors are told and may take their name back.",
  method: "PUT",
  path: "/api/v1/proposals/:proposal",
  who: "member",
  input: z.strictObject({ ...ofProposal, ...words, version: CountJson }),
  answer: z.object({ version: CountJson }),
  refusals: ["author-only", "not-in-this-state", "proposal-changed", "kind-stays", "treaty-stays", "asked-otherwise-late", ...unaskable],
});

export const mergeProposal = endpoint({
  does: "Take up another version of one's proposal: it asks what that one asks, in its words, and that one ends. The names stay with each; everybody whose name it was is told.",
  method: "POST",
  path: "/api/v1/proposals/:proposal/merger",
  who: "member",
  input: z.strictObject({
    ...ofProposal,
    version: CountJson.meta({ description: "of one's own, as it was shown" }),
    other: IdText,
    otherVersion: CountJson.meta({ description: "of the other, as it was shown" }),
  }),
  answer: z.object({ version: CountJson }),
  refusals: ["author-only", "not-in-this-state", "proposal-changed", "kind-stays", "asked-otherwise-late", ...unaskable],
});

export const publishProposal = endpoint({
  does: "Publish a proposal, so that others may put their name to it.",
  method: "POST",
  path: "/api/v1/proposals/:proposal/publication",
  who: "member",
  input: z.strictObject(ofProposal),
  answer: Nothing,
  refusals: ["author-only", "not-in-this-state", "proposals-enough", ...unaskable],
});

export const withdrawProposal = endpoint({
  does: "Withdraw a proposal that is not fixed yet.",
  method: "POST",
  path: "/api/v1/proposals/:proposal/withdrawal",
  who: "member",
  input: z.strictObject(ofProposal),
  answer: Nothing,
  refusals: ["author-only", "not-in-this-state"],
});

export const sponsorProposal = endpoint({
  does: "Put one's name to a proposal. With the last name needed it goes into deliberation.",
  method: "PUT",
  path: "/api/v1/proposals/:proposal/sponsorship",
  who: "member",
  input: z.strictObject(ofProposal),
  answer: z.object({ sponsors: z.int() }),
  refusals: ["associates-only", "not-in-this-state"],
});

export const unsponsorProposal = endpoint({
  does: "Take one's name back from a proposal.",
  method: "DELETE",
  path: "/api/v1/proposals/:proposal/sponsorship",
  who: "member",
  input: z.strictObject(ofProposal),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const argueProposal = endpoint({
  does: "Say why one is for or against a proposal.",
  method: "POST",
  path: "/api/v1/proposals/:proposal/arguments",
  who: "member",
  status: 201,
  input: z.strictObject({ ...ofProposal, side: z.enum(["for", "against"]), text: Text(2_000, 1) }),
  answer: z.object({ id: IdText }),
  refusals: ["associates-only", "not-in-this-state"],
});

export const standForElection = endpoint({
  does: "Stand in an election, with some words on oneself.",
  method: "PUT",
  path: "/api/v1/proposals/:proposal/candidacy",
  who: "person",
  input: z.strictObject({ ...ofProposal, text: Text(4_000, 1) }),
  answer: Nothing,
  refusals: ["other-college", "not-an-election", "not-in-this-state", "seat-lasts", "terms-enough"],
});

export const stepBack = endpoint({
  does: "Take back one's candidacy.",
  method: "DELETE",
  path: "/api/v1/proposals/:proposal/candidacy",
  who: "person",
  input: z.strictObject(ofProposal),
  answer: Nothing,
  refusals: ["not-an-election", "not-in-this-state"],
});

export const judgeProposal = endpoint({
  does: "Say whether a proposal may be voted; on listed grounds alone. Two people are asked: one of the board, one drawn by lot.",
  method: "PUT",
  path: "/api/v1/proposals/:proposal/judgement",
  who: "person",
  input: z.strictObject({
    ...ofProposal,
    admissible: z.boolean(),
    ground: z.enum(grounds).exactOptional().meta({ description: "with a no" }),
    text: Text(2_000).exactOptional(),
  }),
  answer: Nothing,
  refusals: ["judge-needed", "ground-needed", "not-in-this-state"],
});

export const appealProposal = endpoint({
  does: "Ask a panel drawn by lot whether a proposal that two people kept from the vote may be voted after all.",
  method: "POST",
  path: "/api/v1/proposals/:proposal/appeal",
  who: "member",
  status: 201,
  input: z.strictObject({ ...ofProposal, text: Text(4_000, 1) }),
  answer: z.object({ panel: IdText }),
  refusals: ["author-only", "not-in-this-state", "appealed-already", "appeal-late"],
});
