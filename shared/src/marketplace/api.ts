// What can be asked of the marketplace.
import { z } from "zod";
import {
  CountJson,
  DayJson,
  DayText,
  IdText,
  InstantJson,
  Line,
  listOf,
  MoneyJson,
  Nothing,
  PositiveMoney,
  Text,
} from "../platform/api.ts";
import { endpoint } from "../platform/endpoint.ts";
import { Place, Plan, PlannedMilestone } from "./api/plan.ts";
import { ReferenceCard } from "./api/reference.ts";
import { Labels, SkillCard } from "./api/skills.ts";
import { BidPart, Team } from "./api/team.ts";
import { bidStates } from "./rules/bid.ts";
import { jobLanguages, jobStates } from "./rules/job.ts";
import { mostJobSkills } from "./rules/skill.ts";

export * from "./api/cancellation.ts";
export * from "./api/declaration.ts";
export * from "./api/engagement.ts";
export * from "./api/settlement.ts";
export { changeSearch, endSearch, endSearchByLetter, listSearches, saveSearch } from "./api/saved.ts";
export { searchJobs } from "./api/search.ts";
export { listMySkills, listSkills, setMySkills } from "./api/skills.ts";
export * from "./api/reference.ts";
export * from "./api/desk.ts";
export * from "./api/team.ts";

export const postJob = endpoint({
  does: "Post a job: it is open for bids at once, until the end of the day it names in the coop's zone.",
  method: "POST",
  path: "/api/v1/jobs",
  who: "client",
  status: 201,
  input: z.strictObject({
    client: IdText,
    title: Line(120, 3),
    text: Text(20_000, 1),
    language: z.enum(jobLanguages).meta({ description: "of title and text" }),
    trade: Line(80),
    skills: z.array(IdText).min(1).max(mostJobSkills).optional(),
    place: Place.optional().meta({ description: "absent: the work is done remotely" }),
    startOn: DayText,
    endOn: DayText,
    price: PositiveMoney.optional().meta({ description: "excl. VAT; absent: bidders name theirs" }),
    bidsUntil: DayText,
    milestones: Plan,
  }),
  answer: z.object({ id: IdText }),
  refusals: [
    "poster-needed",
    "client-blocked",
    "dates-reversed",
    "deadline-too-near",
    "deadline-too-far",
    "currency-differs",
    "milestones-need-price",
    "milestones-differ-from-price",
    "milestone-outside-dates",
    "skill-unknown",
  ],
});

const jobCard = {
  id: IdText,
  title: z.string(),
  client: z.string(),
  trade: z.string(),
  place: z.object({ town: z.string(), country: z.string() }).optional(),
  price: MoneyJson.optional(),
  state: z.enum(jobStates),
  bidsUntil: InstantJson,
};

export const readJob = endpoint({
  does: "Read one job whole.",
  method: "GET",
  path: "/api/v1/jobs/:job",
  who: "anyone",
  input: z.strictObject({ job: IdText, labels: Labels }),
  answer: z.object({
    ...jobCard,
    text: z.string(),
    language: z.enum(jobLanguages),
    skills: z.array(SkillCard),
    startOn: DayJson,
    endOn: DayJson,
    zone: z.string(),
    milestones: z.array(PlannedMilestone).meta({ description: "empty: one milestone, the whole" }),
    mine: z.boolean(),
    version: CountJson,
  }),
});

export const withdrawJob = endpoint({
  does: "Withdraw a job that nobody was awarded. Its page stays and says so.",
  method: "POST",
  path: "/api/v1/jobs/:job/withdrawal",
  who: "client",
  input: z.strictObject({ job: IdText }),
  answer: Nothing,
  refusals: ["poster-needed", "not-in-this-state"],
});

export const Bid = z.object({
  id: IdText,
  bidder: z.string().meta({ description: "who leads; alone, who does it all" }),
  parts: z.array(BidPart).meta({ description: "in order, the lead first; one where nobody else is on it" }),
  amount: MoneyJson,
  pitch: z.string(),
  state: z.enum(bidStates),
  placedAt: InstantJson,
  mine: z.boolean().meta({ description: "whoever asks is on it" }),
  acts: z.array(z.enum(["sign", "withdraw"])).meta({ description: "what whoever asks may do with it now" }),
  version: CountJson,
  handle: z.string().optional().meta({ description: "of the bidder's page, where they show one; for the client" }),
  references: z.array(ReferenceCard).meta({ description: "what clients wrote about those on it, the newest five of each; for the client" }),
});

export const placeBid = endpoint({
  does: "Offer to do a job for an amount excl. VAT: alone, or with colleagues who each sign it before its client sees it.",
  method: "POST",
  path: "/api/v1/jobs/:job/bids",
  who: "member",
  status: 201,
  input: z.strictObject({ job: IdText, amount: PositiveMoney, pitch: Text(4_000, 1), team: Team }),
  answer: z.object({ id: IdText }),
  refusals: [
    "job-not-open",
    "bid-too-late",
    "bid-needs-membership",
    "bid-on-own-job",
    "bid-currency-differs",
    "bid-differs-from-fixed",
    "too-many-open-bids",
    "bid-placed-already",
    "currency-differs",
    "shares-not-whole",
    "share-of-nothing",
    "named-twice",
    "colleague-unknown",
  ],
});

export const listBids = endpoint({
  does: "List the bids on a job: all of them for its client, one's own for a member, none for anybody else.",
  method: "GET",
  path: "/api/v1/jobs/:job/bids",
  who: "anyone",
  input: z.strictObject({ job: IdText }),
  answer: listOf(Bid),
});

export const withdrawBid = endpoint({
  does: "Take back a bid that was not accepted. Anybody on it may.",
  method: "POST",
  path: "/api/v1/bids/:bid/withdrawal",
  who: "member",
  input: z.strictObject({ bid: IdText }),
  answer: Nothing,
  refusals: ["not-in-this-state"],
});

export const acceptBid = endpoint({
  does: "Accept a bid as it was shown; it becomes an engagement, quoted, for both sides to sign.",
  method: "POST",
  path: "/api/v1/bids/:bid/acceptance",
  who: "client",
  status: 201,
  input: z.strictObject({ bid: IdText, version: CountJson, amount: PositiveMoney }),
  answer: z.object({ engagement: IdText }),
  refusals: ["approver-needed", "job-already-awarded", "not-in-this-state", "bid-changed"],
});
