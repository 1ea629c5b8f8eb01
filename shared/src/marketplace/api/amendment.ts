// What can be asked of changes to signed work: proposed by one side, signed by both over the same hash, looked at by an adviser where a check fails.
import { z } from "zod";
import { PromiseCard } from "../../mutual/api.ts";
import {
  DayJson,
  DayText,
  IdText,
  InstantJson,
  Line,
  listOf,
  MoneyJson,
  Nothing,
  pageOfList,
  PositiveMoney,
  Text,
} from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { outcomes } from "../rules/amendment.ts";
import { coverChecks } from "../rules/cover.ts";
import { mostMilestones } from "../rules/plan.ts";

const Part = z.object({ title: z.string(), amount: MoneyJson, dueOn: DayJson.optional(), parallel: z.boolean() });
const Sum = z.object({ price: MoneyJson, fee: MoneyJson, budget: MoneyJson });

/** A change with everything that differs, line by line: what was, and what becomes of it. */
export const Amendment = z.object({
  by: z.enum(["client", "member"]),
  reason: z.string(),
  at: InstantJson,
  standsUntil: InstantJson,
  outcome: z.enum(outcomes),
  endedAt: InstantJson.optional(),
  endedBecause: z.string().optional().meta({ description: "an adviser's reason, or the milestone that was handed in meanwhile" }),
  paper: z.string().meta({ description: "canonical JSON (RFC 8785)" }),
  hash: z.string().meta({ description: "SHA-256 of the paper, hexadecimal" }),
  clientSignedAt: InstantJson.optional(),
  memberSignedAt: InstantJson.optional(),
  endOn: z.object({ was: DayJson, becomes: DayJson }).optional(),
  text: z.object({ was: z.string(), becomes: z.string() }).optional(),
  milestones: z.array(z.object({ number: z.int(), was: Part.optional(), becomes: Part.optional() })),
  money: z.object({ was: Sum, becomes: Sum }).meta({ description: "by the fee of the first signature" }),
  parts: z
    .array(z.object({ number: z.int(), name: z.string(), was: MoneyJson, becomes: MoneyJson, signed: z.boolean() }))
    .meta({ description: "of each who does the work, of the price: in the proportion that all have signed" }),
  checks: z.array(z.enum(coverChecks)).meta({ description: "that do not hold, so that an adviser looks first" }),
  coverNote: z.string().optional(),
  promise: PromiseCard.optional().meta({
    description: "what the guarantee answers for the milestones that are added or cost more; absent where there are none",
  }),
  wouldLose: z.string().optional().meta({ description: "a guaranteed milestone that cannot cost more, since its promise would be lost" }),
});

const ofEngagement = { engagement: IdText };
const shown = { ...ofEngagement, hash: z.string().regex(/^[0-9a-f]{64}$/) };

export const proposeAmendment = endpoint({
  does: "Propose to change signed work: its text, its last day, and the milestones of which nothing was handed in. Both sides then sign the changed paper.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/amendment",
  who: "person",
  status: 201,
  input: z.strictObject({
    ...ofEngagement,
    reason: Text(1_000, 1),
    text: Text(20_000, 1),
    endOn: DayText,
    milestones: z
      .array(
        z.strictObject({
          id: IdText.optional().meta({ description: "absent: a new one" }),
          title: Line(120),
          amount: PositiveMoney,
          dueOn: DayText.optional(),
          parallel: z.boolean(),
        }),
      )
      .max(mostMilestones)
      .meta({ description: "those nothing was handed in of, as they are wanted, and new ones; one that is left out is dropped" }),
  }),
  answer: z.object({ hash: z.string(), standsUntil: InstantJson }),
  refusals: [
    "approver-needed",
    "amendment-open",
    "milestone-stays",
    "amendment-changes-nothing",
    "amendment-leaves-nothing",
    "currency-differs",
    "dates-reversed",
    "end-past",
    "milestone-outside-dates",
    "below-wage-floor",
    "below-a-day",
    "not-in-this-state",
  ],
});

export const signAmendment = endpoint({
  does: "Sign the changed paper one was shown, named by its hash. With the second signature it is the one in force.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/amendment/signatures",
  who: "person",
  status: 201,
  input: z.strictObject(shown),
  answer: z.object({ outcome: z.enum(outcomes) }),
  refusals: [
    "approver-needed",
    "amendment-over",
    "amendment-held-up",
    "signed-already",
    "quote-differs",
    "promise-would-be-lost",
    "end-past",
    "below-wage-floor",
    "below-a-day",
    "not-in-this-state",
  ],
});

export const declineAmendment = endpoint({
  does: "Decline a change that the other side proposed: what was signed stays as it is.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/amendment/refusal",
  who: "person",
  input: z.strictObject(shown),
  answer: Nothing,
  refusals: ["approver-needed", "amendment-over", "quote-differs", "own-amendment", "not-in-this-state"],
});

export const withdrawAmendment = endpoint({
  does: "Withdraw a change that one's own side proposed.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/amendment/withdrawal",
  who: "person",
  input: z.strictObject(shown),
  answer: Nothing,
  refusals: ["approver-needed", "amendment-over", "quote-differs", "others-amendment", "not-in-this-state"],
});

export const listAmendments = endpoint({
  does: "List the changes of signed work that a check holds up, oldest first.",
  method: "GET",
  path: "/api/v1/desk/amendments",
  who: ["adviser"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      engagement: IdText,
      title: z.string(),
      client: z.string(),
      member: z.string(),
      amendment: Amendment.omit({ promise: true }),
    }),
  ),
});

export const coverAmendment = endpoint({
  does: "Answer in writing, as an adviser, for a change that a check holds up: both sides may sign it.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/amendment/cover",
  who: ["adviser"],
  input: z.strictObject({ ...shown, note: Text(1_000, 1) }),
  answer: Nothing,
  refusals: ["own-engagement", "amendment-over", "quote-differs", "not-in-this-state"],
});

export const sendBackAmendment = endpoint({
  does: "Send a change back with the reason, as an adviser: what was signed stays as it is, and either side may propose another.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/amendment/sending-back",
  who: ["adviser"],
  input: z.strictObject({ ...shown, reason: Text(1_000, 1) }),
  answer: Nothing,
  refusals: ["own-engagement", "amendment-over", "quote-differs", "not-in-this-state"],
});
