// What can be asked of disputes: mediation by an adviser, proposals to settle, and the agreement of both sides.
import { z } from "zod";
import { IdText, InstantJson, listOf, MoneyJson, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { FileCard } from "../../platform/api/files.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { milestoneStates } from "../rules/milestone.ts";
import { shareStep, standings } from "../rules/settlement.ts";

const sides = ["client", "member"] as const;

/** What went to and fro about a milestone. */
export const Said = {
  handIns: z
    .array(
      z.object({
        at: InstantJson,
        text: z.string(),
        html: z.string().meta({ description: "the text, safe to show" }),
        files: z.array(FileCard),
      }),
    )
    .meta({ description: "newest last" }),
  changes: z.array(z.object({ at: InstantJson, points: z.array(z.string()) })).meta({ description: "newest last" }),
};

const Proposal = z.object({
  id: IdText,
  by: z.enum([...sides, "adviser"]),
  share: z.int().meta({ description: "per cent of the milestone's price" }),
  price: MoneyJson.meta({ description: "what that comes to, without VAT" }),
  reason: z.string(),
  at: InstantJson,
  standsUntil: InstantJson,
  agreed: z.array(z.enum(sides)).meta({ description: "a team has agreed once each of them has" }),
  missing: z.array(z.string()).meta({ description: "names of those of a team who have not agreed; of one alone none" }),
  last: z.boolean().meta({ description: "the agreement of whoever asks settles it" }),
  standing: z.enum(standings),
  acts: z.array(z.enum(["agree"])).meta({ description: "what whoever asks may do now" }),
});

/** An open dispute with every proposal made in it, newest last. */
export const Dispute = z.object({
  by: z.enum(sides),
  at: InstantJson,
  reason: z.string(),
  mediator: z.string().optional().meta({ description: "the adviser who took the mediation" }),
  proposals: z.array(Proposal),
});

const ofMilestone = { milestone: IdText };

const wanted = {
  ...ofMilestone,
  share: z
    .int()
    .min(0)
    .max(100)
    .multipleOf(shareStep)
    .meta({ description: "per cent of the milestone's price, in steps of 5; 0: nothing is owed" }),
  reason: Text(1_000, 1),
};

export const listDisputes = endpoint({
  does: "List the open disputes, oldest first. What was said in one is read by the adviser who took its mediation.",
  method: "GET",
  path: "/api/v1/desk/disputes",
  who: ["adviser"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      milestone: IdText,
      title: z.string(),
      client: z.string(),
      member: z.string(),
      amount: MoneyJson,
      at: InstantJson,
      mediator: z.string().optional(),
      acts: z.array(z.enum(["takeMediation", "suggest"])),
      said: z.object({ ...Said, dispute: Dispute }).optional(),
    }),
  ),
});

export const takeMediation = endpoint({
  does: "Take the mediation of a dispute as an adviser who is no side of it: to read what was said, and to suggest a share.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/mediation",
  who: ["adviser"],
  input: z.strictObject(ofMilestone),
  answer: Nothing,
  refusals: ["own-engagement", "mediated-already", "not-in-this-state"],
});

export const proposeSettlement = endpoint({
  does: "Propose for one's side to settle a dispute at a share of the price; it stands for 10 days and replaces the side's earlier one.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/settlements",
  who: "person",
  status: 201,
  input: z.strictObject(wanted),
  answer: z.object({ id: IdText, standsUntil: InstantJson }),
  refusals: ["approver-needed", "share-too-small", "not-in-this-state"],
});

export const suggestSettlement = endpoint({
  does: "Suggest as the mediating adviser to settle at a share of the price. Both sides still have to agree.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/mediation/settlements",
  who: ["adviser"],
  status: 201,
  input: z.strictObject(wanted),
  answer: z.object({ id: IdText, standsUntil: InstantJson }),
  refusals: ["mediator-needed", "share-too-small", "not-in-this-state"],
});

export const agreeToSettlement = endpoint({
  does: "Agree to a proposal: for one's client, or for oneself where a team did the work. With the last agreement the milestone is settled: invoiced at that share, or cancelled at none.",
  method: "POST",
  path: "/api/v1/settlements/:settlement/agreement",
  who: "person",
  input: z.strictObject({ settlement: IdText }),
  answer: z.object({ state: z.enum(milestoneStates) }),
  refusals: ["approver-needed", "proposal-replaced", "proposal-lapsed", "agreed-already", "not-in-this-state"],
});
