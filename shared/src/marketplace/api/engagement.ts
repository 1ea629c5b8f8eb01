// What can be asked of engagements: signing, cover, the work, and its approval.
import { z } from "zod";
import { Dunning, payableStates } from "../../money/api.ts";
import { WaitingCredit } from "../../money/api/credit.ts";
import { PromiseCard } from "../../mutual/api.ts";
import { CountJson, DayJson, IdText, InstantJson, Line, listOf, MoneyJson, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { Files } from "../../platform/api/files.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { Amendment } from "./amendment.ts";
import { EngagementPart, PartAdded } from "./team.ts";
import { Request } from "./cancellation.ts";
import { PlannedMilestone } from "./plan.ts";
import { Dispute, Said } from "./settlement.ts";
import { coverChecks } from "../rules/cover.ts";
import { engagementStates, engagementVerbs } from "../rules/engagement.ts";
import { milestoneStates, milestoneVerbs } from "../rules/milestone.ts";

const engagementCard = {
  id: IdText,
  job: IdText.optional().meta({ description: "absent for work that a member declared with a client of their own" }),
  title: z.string(),
  client: z.string(),
  member: z.string().meta({ description: "of a team all names, the lead first" }),
  amount: MoneyJson,
  state: z.enum(engagementStates),
  side: z.enum(["client", "member"]),
  signUntil: InstantJson,
  startOn: DayJson,
  endOn: DayJson,
};

const Milestone = z.object({
  ...PlannedMilestone.shape,
  dropped: z.boolean().meta({ description: "no part of the price any more: both sides signed so" }),
  id: IdText,
  state: z.enum(milestoneStates),
  version: CountJson,
  ...Said,
  added: z.array(PartAdded).meta({ description: "what others of a team added, newest last; its client reads it once it was handed in" }),
  hours: z
    .object({ minutes: z.int(), rate: MoneyJson, cap: MoneyJson })
    .optional()
    .meta({ description: "paid by the hour, once handed in: the amount is that time at the rate, and at most the cap" }),
  approveBy: InstantJson.optional().meta({ description: "from this instant on silence approves" }),
  approvedAt: InstantJson.optional(),
  bySilence: z.boolean(),
  dispute: Dispute.optional(),
  settledAt: z
    .object({ share: z.int(), price: MoneyJson })
    .optional()
    .meta({ description: "both sides agreed to so many per cent of the price, after a dispute" }),
  invoice: z
    .object({
      id: IdText,
      number: z.string(),
      gross: MoneyJson,
      payBy: DayJson,
      paid: MoneyJson,
      credited: MoneyJson,
      lost: MoneyJson,
      dunning: z.array(Dunning),
    })
    .optional(),
  credit: WaitingCredit.optional().meta({ description: "proposed by a treasurer, and not to be issued before both sides agree" }),
  payable: z
    .object({ amount: MoneyJson, dueOn: DayJson.optional(), state: z.enum(payableStates) })
    .optional()
    .meta({ description: "the budget of the member who asks, and by when it is paid; for the client that of all together" }),
  acts: z.array(z.enum(milestoneVerbs)).meta({ description: "what whoever asks may do now" }),
});

export const listEngagements = endpoint({
  does: "List the engagements of the person who asks, as member and as buyer, newest first.",
  method: "GET",
  path: "/api/v1/engagements",
  who: "person",
  input: z.strictObject(pageOfList),
  answer: listOf(z.object(engagementCard)),
});

export const readEngagement = endpoint({
  does: "Read an engagement: the frozen quote with its SHA-256, and who signed it.",
  method: "GET",
  path: "/api/v1/engagements/:engagement",
  who: "person",
  input: z.strictObject({ engagement: IdText }),
  answer: z.object({
    ...engagementCard,
    quote: z.string().meta({ description: "canonical JSON (RFC 8785)" }),
    hash: z.string().meta({ description: "SHA-256 of the quote, hexadecimal" }),
    clientSignedAt: InstantJson.optional(),
    memberSignedAt: InstantJson.optional().meta({ description: "of a team, when the last one did" }),
    rate: MoneyJson.optional().meta({ description: "for an hour, where work is paid so: the amount is then the most it can come to" }),
    team: z.array(EngagementPart).meta({ description: "in order, the lead first; one where nobody else is on it" }),
    zone: z.string(),
    clientId: IdText,
    shared: z
      .object({ coop: z.string(), isHome: z.boolean() })
      .optional()
      .meta({ description: "the other coop, where two share the work; at home the member is ours, else the client is" }),
    checks: z.array(z.object({ check: z.enum(coverChecks), holds: z.boolean() })).meta({ description: "empty before both signed" }),
    coveredBy: z.enum(["rule", "adviser"]).optional(),
    coverNote: z.string().optional(),
    sentBackBecause: z.string().optional(),
    cancelledBecause: z.string().optional(),
    cancellation: Request.optional().meta({ description: "what one side asked of the other, while it stands" }),
    promise: PromiseCard.optional().meta({
      description:
        "what the guarantee answered at signing, before it, what it would answer now: to each of a team for themselves, to the client for all",
    }),
    amendments: z.array(Amendment).meta({ description: "changes proposed since it was signed, newest last" }),
    milestones: z.array(Milestone),
    acts: z.array(z.enum(engagementVerbs)).meta({ description: "what whoever asks may do now" }),
    version: CountJson,
  }),
});

export const signEngagement = endpoint({
  does: "Sign the quote one was shown, named by its hash. With the last signature the engagement is signed: the client's, and that of each who does the work.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/signatures",
  who: "person",
  status: 201,
  input: z.strictObject({ engagement: IdText, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  answer: z.object({ state: z.enum(engagementStates) }),
  refusals: ["approver-needed", "not-in-this-state", "quote-too-late", "signed-already", "quote-differs"],
});

export const declineEngagement = endpoint({
  does: "Decline a quote that is not signed by both sides; its job takes other bids again.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/refusal",
  who: "person",
  input: z.strictObject({ engagement: IdText }),
  answer: Nothing,
  refusals: ["approver-needed", "not-in-this-state"],
});

export const listUncovered = endpoint({
  does: "List the signed engagements that a check holds up, with the same list of checks that the member sees.",
  method: "GET",
  path: "/api/v1/desk/engagements",
  who: ["adviser"],
  input: z.strictObject(pageOfList),
  answer: listOf(
    z.object({
      id: IdText,
      title: z.string(),
      client: z.string(),
      member: z.string(),
      amount: MoneyJson,
      startOn: DayJson,
      endOn: DayJson,
      signedAt: InstantJson,
      checks: z.array(z.object({ check: z.enum(coverChecks), holds: z.boolean() })),
      country: z.string().optional().meta({ description: "where the work is done; absent: anywhere" }),
      team: z
        .array(z.object({ member: IdText, name: z.string(), employed: z.boolean() }))
        .meta({ description: "who does the work, and of them who is declared to the social office before" }),
      answerBy: InstantJson.meta({ description: "the end of the first working day after it was signed" }),
      alarm: z.boolean().meta({ description: "two working days have passed" }),
      taken: z.object({ by: z.string(), mine: z.boolean(), until: InstantJson }).optional().meta({ description: "by which adviser" }),
    }),
  ),
});

const ofEngagement = { engagement: IdText };
const ofMilestone = { milestone: IdText };

export const coverEngagement = endpoint({
  does: "Cover an engagement that the checks held up, with a written note: the member may begin.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/cover",
  who: ["adviser"],
  input: z.strictObject({ ...ofEngagement, note: Text(1_000, 1) }),
  answer: Nothing,
  refusals: ["own-engagement", "not-in-this-state", "engagement-taken", "work-undeclared"],
});

export const sendBackEngagement = endpoint({
  does: "Send an engagement back to be signed anew, with the reason: both signatures are void.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/sending-back",
  who: ["adviser"],
  input: z.strictObject({ ...ofEngagement, reason: Text(1_000, 1) }),
  answer: Nothing,
  refusals: ["own-engagement", "not-in-this-state", "engagement-taken"],
});

export const startEngagement = endpoint({
  does: "Begin the work before its first day; on that day it begins by itself.",
  method: "POST",
  path: "/api/v1/engagements/:engagement/start",
  who: "member",
  input: z.strictObject(ofEngagement),
  answer: Nothing,
  refusals: ["member-side-needed", "engagement-held-up", "not-in-this-state"],
});

export const handIn = endpoint({
  does: "Hand in the work of a milestone, as the one who leads it; from now the client has the voted days to answer, and then silence approves.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/hand-ins",
  who: "member",
  status: 201,
  input: z.strictObject({
    ...ofMilestone,
    text: Text(20_000),
    files: Files,
    minutes: z
      .int()
      .min(1)
      .max(600_000)
      .optional()
      .meta({ description: "it took, where work is paid by the hour: the price is that time at the agreed rate, and never above the cap" }),
  }),
  answer: z.object({ approveBy: InstantJson }),
  refusals: [
    "member-side-needed",
    "lead-needed",
    "not-in-this-state",
    "hand-in-empty",
    "hours-needed",
    "hours-not-asked",
    "file-not-ready",
  ],
});

export const approveHandIn = endpoint({
  does: "Approve the work as it was shown: in the same step the invoice is issued, and the fee is in the common pots.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/approval",
  who: "client",
  input: z.strictObject({ ...ofMilestone, version: CountJson }),
  answer: z.object({ invoice: z.object({ id: IdText, number: z.string() }) }),
  refusals: ["approver-needed", "hand-in-changed", "not-in-this-state"],
});

export const askChanges = endpoint({
  does: "Ask for changes, point by point; the clock stops. Twice at most.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/changes",
  who: "client",
  status: 201,
  input: z.strictObject({ ...ofMilestone, points: z.array(Line(500)).min(1).max(20) }),
  answer: Nothing,
  refusals: ["approver-needed", "changes-asked-twice", "not-in-this-state"],
});

export const openDispute = endpoint({
  does: "Open a dispute about work that was handed in; the clocks stop until it ends.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/dispute",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofMilestone, reason: Text(4_000, 1) }),
  answer: Nothing,
  refusals: ["approver-needed", "not-in-this-state"],
});

export const endDispute = endpoint({
  does: "Withdraw the dispute one opened: the work is handed in again, with a new clock.",
  method: "POST",
  path: "/api/v1/milestones/:milestone/dispute-ending",
  who: "person",
  input: z.strictObject(ofMilestone),
  answer: Nothing,
  refusals: ["approver-needed", "not-your-dispute", "not-in-this-state"],
});
