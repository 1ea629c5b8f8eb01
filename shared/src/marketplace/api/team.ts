// What can be asked of teams: the shares of a bid, its signatures, one's own bids, and what each adds to the work.
import { z } from "zod";
import { CountJson, IdText, listOf, MoneyJson, Nothing, pageOfList, PositiveMoney, Text, InstantJson } from "../../platform/api.ts";
import { FileCard, Files } from "../../platform/api/files.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { handlePattern } from "../../membership/rules/profile.ts";
import { bidStates } from "../rules/bid.ts";
import { mostParts } from "../rules/team.ts";

const wholePpm = 1_000_000;

const Share = z.union([z.strictObject({ ppm: z.int().min(1).max(wholePpm) }), z.strictObject({ amount: PositiveMoney })]);

/** With whom somebody bids, and how the whole is shared out: the part of whoever bids comes first. */
export const Team = z
  .strictObject({
    own: Share,
    others: z
      .array(z.strictObject({ handle: z.string().regex(handlePattern), share: Share }))
      .min(1)
      .max(mostParts - 1),
  })
  .refine(
    ({ own, others }) => others.every(({ share }) => "ppm" in share === "ppm" in own),
    "Shares are all in parts per million, or all amounts.",
  )
  .optional()
  .meta({ description: "members by the address of their page, and shares that together are the whole; absent: one bids alone" });

/** One part of a bid as it is read. */
export const BidPart = z.object({
  number: z.int(),
  name: z.string(),
  handle: z.string().optional(),
  amount: MoneyJson.meta({ description: "of the whole, without VAT" }),
  ppm: z.int().optional().meta({ description: "where the share was named so" }),
  signed: z.boolean(),
  you: z.boolean(),
});

export const signBid = endpoint({
  does: "Put one's name to a bid with colleagues, as it was shown. With the last signature its client sees it.",
  method: "POST",
  path: "/api/v1/bids/:bid/signatures",
  who: "member",
  status: 201,
  input: z.strictObject({ bid: IdText, version: CountJson }),
  answer: z.object({ state: z.enum(bidStates) }),
  refusals: [
    "not-in-this-state",
    "bid-changed",
    "signed-already",
    "job-not-open",
    "bid-too-late",
    "bid-needs-membership",
    "work-while-leaving",
    "bid-on-own-job",
    "too-many-open-bids",
    "bid-placed-already",
  ],
});

export const listOwnBids = endpoint({
  does: "List the bids that whoever asks is on and that wait for a signature or an answer, newest first.",
  method: "GET",
  path: "/api/v1/bids",
  who: "member",
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      job: IdText,
      title: z.string(),
      bidder: z.string(),
      people: z.int(),
      amount: MoneyJson,
      share: MoneyJson.meta({ description: "of whoever asks" }),
      state: z.enum(bidStates),
      waitsForYou: z.boolean(),
    }),
  ),
});

/** What one of a team added, as it is read. */
export const PartAdded = z.object({ by: z.string(), at: InstantJson, text: z.string(), files: z.array(FileCard) });

/** Who does which part of an engagement, as both sides read it. */
export const EngagementPart = z.object({
  number: z.int(),
  name: z.string(),
  amount: MoneyJson.meta({ description: "of the price, without VAT" }),
  signedAt: InstantJson.optional(),
  you: z.boolean(),
  into: IdText.optional().meta({ description: "of whoever asks, the budget that their part goes into; absent: the first" }),
});

export const addPart = endpoint({
  does: "Add one's part, in words or files, to what the lead of the team will hand in.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/parts",
  who: "member",
  status: 201,
  input: z.strictObject({ milestone: IdText, text: Text(20_000), files: Files }),
  answer: Nothing,
  refusals: ["member-side-needed", "lead-hands-in", "not-in-this-state", "hand-in-empty", "file-not-ready"],
});
