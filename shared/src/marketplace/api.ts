// What can be asked of the marketplace.
import { z } from "zod";
import {
  CountJson,
  CurrencyCode,
  DayJson,
  DayText,
  IdText,
  InstantJson,
  listOf,
  MoneyJson,
  Nothing,
  PositiveMoney,
  PpmJson,
  Text,
} from "../platform/api.ts";
import { endpoint } from "../platform/endpoint.ts";
import { services } from "../platform/packs.ts";
import { PlannedMilestone, ServiceAsked } from "./api/plan.ts";
import { Offer, priceTold, termsAsked } from "./api/terms.ts";
import { ReferenceCard } from "./api/reference.ts";
import { Elsewhere } from "./api/search.ts";
import { Labels, SkillCard } from "./api/skills.ts";
import { BidPart, Team } from "./api/team.ts";
import { bidStates, bidVerbs } from "./rules/bid.ts";
import { biddings } from "./rules/choosing.ts";
import { visibilities } from "./rules/invitation.ts";
import { jobLanguages, jobStates, jobVerbs } from "./rules/job.ts";

export * from "./api/amendment.ts";
export * from "./api/budget.ts";
export * from "./api/budgets.ts";
export * from "./api/cancellation.ts";
export * from "./api/declaration.ts";
export * from "./api/engagement.ts";
export * from "./api/leaving.ts";
export * from "./api/posted.ts";
export { beginDraft, discardDraft, keepDraft, listDrafts, listOwnJobs, readDraft } from "./api/draft.ts";
export * from "./api/settlement.ts";
export { changeSearch, endSearch, endSearchByLetter, listSearches, saveSearch } from "./api/saved.ts";
export { searchJobs } from "./api/search.ts";
export { listMySkills, listSkills, setMySkills } from "./api/skills.ts";
export * from "./api/choosing.ts";
export * from "./api/invitation.ts";
export * from "./api/question.ts";
export * from "./api/reference.ts";
export * from "./api/desk.ts";
export * from "./api/feed.ts";
export * from "./api/team.ts";

export const postJob = endpoint({
  does: "Post a job: it is open for bids at once, until the end of the day it names in the coop's zone.",
  method: "POST",
  path: "/api/v1/jobs",
  who: "client",
  status: 201,
  input: z.strictObject({
    client: IdText,
    ...termsAsked,
    service: ServiceAsked,
    currency: CurrencyCode.optional().meta({
      description: "the money it is paid in, of which a rate is known; absent: that of its amounts, else the coop's own",
    }),
    bidsUntil: DayText,
    draft: IdText.optional().meta({ description: "the draft it was written as, which becomes this job" }),
    visibility: z.enum(visibilities).default("public").meta({ description: "who sees it" }),
    bidding: z.enum(biddings).default("open").meta({ description: "whether bids are read as they come, or all at once at the end" }),
    blind: z.boolean().default(false).meta({ description: "whether the client chooses a shortlist without names" }),
  }),
  answer: z.object({ id: IdText }),
  refusals: [
    "poster-needed",
    "client-blocked",
    "dates-reversed",
    "deadline-too-near",
    "deadline-too-far",
    "currency-differs",
    "rate-missing",
    "price-unlike-its-kind",
    "bounds-reversed",
    "service-taxed-alike",
    "milestones-need-price",
    "milestones-differ-from-price",
    "milestone-outside-dates",
    "skill-unknown",
    "blind-takes-no-invitations",
  ],
});

const jobCard = {
  id: IdText,
  title: z.string(),
  client: z.string(),
  trade: z.string(),
  place: z.object({ town: z.string(), country: z.string() }).optional(),
  ...priceTold,
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
    text: z.string().meta({ description: "Markdown, as it was written" }),
    html: z.string().meta({ description: "the text, safe to show" }),
    language: z.enum(jobLanguages),
    skills: z.array(SkillCard),
    startOn: DayJson,
    endOn: DayJson,
    weekdays: z.int().meta({ description: "of the work, without Saturdays and Sundays" }),
    zone: z.string(),
    currency: z.string().meta({ description: "the money it is paid in" }),
    visibility: z.enum(visibilities),
    bidding: z.enum(biddings),
    blind: z.boolean(),
    milestones: z.array(PlannedMilestone).meta({ description: "empty: one milestone, the whole" }),
    service: z.enum(services).optional().meta({ description: "what the law taxes otherwise than other work" }),
    mine: z.boolean(),
    version: CountJson,
    changedAt: InstantJson.optional().meta({ description: "when what bids are made on changed last" }),
    reopenUntil: InstantJson.optional().meta({ description: "of a closed job; until then its client may open it again" }),
    lapsesAt: InstantJson.optional().meta({ description: "of a closed job" }),
    acts: z.array(z.enum(jobVerbs)).meta({ description: "what the asker may do with it now" }),
    elsewhere: Elsewhere.optional(),
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
  bidder: z.string().optional().meta({ description: "who leads; alone, who does it all; absent while the job hides names" }),
  parts: z.array(BidPart).meta({ description: "in order, the lead first; one where nobody else is on it; none while the job hides names" }),
  place: z.int().min(1).optional().meta({ description: "among all bids, drawn by lot; for the client" }),
  amount: MoneyJson.meta({ description: "by the hour, the most it can come to" }),
  rate: MoneyJson.optional().meta({ description: "for an hour, of an hourly job" }),
  days: z.int().optional().meta({ description: "of work it is for, where it says so" }),
  outside: z.enum(["below", "above"]).optional().meta({ description: "of the bounds of an open price" }),
  pitch: z.string(),
  state: z.enum(bidStates),
  placedAt: InstantJson,
  mine: z.boolean().meta({ description: "whoever asks is on it" }),
  version: CountJson,
  rejectedBecause: z.string().optional().meta({ description: "what its client wrote when they said no, if anything" }),
  confirmUntil: InstantJson.optional().meta({ description: "the job changed: until then the bidder confirms or revises it" }),
  acts: z.array(z.enum(bidVerbs)).meta({ description: "what the asker may do with it now, as one who is on it" }),
  earlier: z
    .array(z.object({ amount: MoneyJson, rate: MoneyJson.optional(), days: z.int().optional(), pitch: z.string(), revisedAt: InstantJson }))
    .meta({ description: "what it said before each revision, the newest first" }),
  home: z
    .object({ coop: z.string(), feePpm: PpmJson })
    .optional()
    .meta({ description: "of which other coop the bidder is a member, and its fee" }),
  way: z
    .object({ coop: z.string(), state: z.enum(["due", "sent", "refused", "dead"]), tries: z.int(), at: InstantJson })
    .optional()
    .meta({ description: "of one's own bid on a job of a sister: how far it has come, and at which try" }),
  handle: z.string().optional().meta({ description: "of the bidder's page, where they show one; for the client" }),
  matched: z.array(IdText).meta({ description: "skills of the job that those on it have; for the client" }),
  shortlisted: z.boolean().meta({ description: "on a job that hides names: whether this one's is shown" }),
  references: z
    .array(ReferenceCard)
    .meta({ description: "what clients wrote about those on it, the newest five of each; for the client, with the names" }),
});

export const placeBid = endpoint({
  does: "Offer to do a job for an amount excl. VAT: alone, or with colleagues who each sign it before its client sees it.",
  method: "POST",
  path: "/api/v1/jobs/:job/bids",
  who: "member",
  status: 201,
  input: z.strictObject({
    job: IdText,
    version: CountJson.optional().meta({ description: "of the job that was read; another than the present one is refused" }),
    ...Offer,
    team: Team,
  }),
  answer: z.object({ id: IdText }),
  refusals: [
    "job-elsewhere",
    "currency-outside-treaty",
    "country-outside-treaty",
    "service-stays-home",
    "alone-across",
    "job-not-open",
    "bid-too-late",
    "bid-needs-membership",
    "work-while-leaving",
    "bid-on-own-job",
    "bid-currency-differs",
    "bid-differs-from-fixed",
    "rate-needed",
    "rate-not-asked",
    "rate-above-cap",
    "rate-below-floor",
    "below-wage-floor",
    "below-a-day",
    "too-many-open-bids",
    "job-changed",
    "bid-placed-already",
    "text-names-you",
    "currency-differs",
    "shares-not-whole",
    "share-of-nothing",
    "named-twice",
    "colleague-unknown",
  ],
});

export const listBids = endpoint({
  does: "List the bids on a job in the order of its lot: all of them for its client, one's own for a member, none for anybody else. While they are sealed, to its client none.",
  method: "GET",
  path: "/api/v1/jobs/:job/bids",
  who: "anyone",
  input: z.strictObject({ job: IdText }),
  answer: listOf(Bid).extend({
    sealedUntil: InstantJson.optional().meta({ description: "nobody but its bidder sees a bid before" }),
    shortlist: z
      .object({ at: InstantJson, by: z.string() })
      .optional()
      .meta({ description: "who fixed it, and so lifted the veil; for the client and the bidders" }),
  }),
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
  refusals: [
    "approver-needed",
    "bids-sealed",
    "shortlist-needed",
    "job-already-awarded",
    "not-in-this-state",
    "bid-changed",
    "job-elsewhere",
    "currency-outside-treaty",
    "country-outside-treaty",
    "service-stays-home",
    "exposure-limit",
  ],
});

export const rejectBid = endpoint({
  does: "Say no to a bid as it was shown, with or without a reason. Its bidder is told.",
  method: "POST",
  path: "/api/v1/bids/:bid/rejection",
  who: "client",
  input: z.strictObject({ bid: IdText, version: CountJson, reason: Text(2_000, 1).optional() }),
  answer: Nothing,
  refusals: ["approver-needed", "bids-sealed", "not-in-this-state", "bid-changed"],
});
