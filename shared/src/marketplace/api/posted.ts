// What can be asked about a posted job and the bids that stand on it: more time, another beginning, a change and the answers to it.
import { z } from "zod";
import { CountJson, DayText, IdText, InstantJson, listOf, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { bidOnFields } from "../rules/posted.ts";
import { Offer, TermsTold, termsAsked } from "./terms.ts";

const job = IdText;
const bid = IdText;
const version = CountJson;

export const extendJob = endpoint({
  does: "Take bids on an open job for longer, until the end of a later day.",
  method: "POST",
  path: "/api/v1/jobs/:job/extension",
  who: "client",
  input: z.strictObject({ job, bidsUntil: DayText }),
  answer: z.object({ bidsUntil: InstantJson }),
  refusals: ["poster-needed", "not-in-this-state", "bid-too-late", "deadline-not-later", "deadline-too-far"],
});

export const reopenJob = endpoint({
  does: "Take bids again on a job that closed; bids that stand stay.",
  method: "POST",
  path: "/api/v1/jobs/:job/reopening",
  who: "client",
  input: z.strictObject({ job, bidsUntil: DayText }),
  answer: z.object({ bidsUntil: InstantJson }),
  refusals: [
    "poster-needed",
    "not-in-this-state",
    "shortlist-fixed",
    "bids-opened",
    "reopen-too-late",
    "deadline-too-near",
    "deadline-too-far",
  ],
});

export const changeJob = endpoint({
  does: "Say the work of an open job anew. Where it differs in what bids were made on, each bidder is asked to confirm or revise within 72 hours.",
  method: "PUT",
  path: "/api/v1/jobs/:job",
  who: "client",
  input: z.strictObject({ job, version: version.meta({ description: "of the job as it was shown" }), ...termsAsked }),
  answer: z.object({
    version,
    askedAgain: z.int().optional().meta({ description: "bidders who are asked again; absent while bids are sealed" }),
  }),
  refusals: [
    "poster-needed",
    "not-in-this-state",
    "bid-too-late",
    "job-changed",
    "nothing-changed",
    "dates-reversed",
    "currency-differs",
    "price-unlike-its-kind",
    "bounds-reversed",
    "service-taxed-alike",
    "milestones-need-price",
    "milestones-differ-from-price",
    "milestone-outside-dates",
    "skill-unknown",
  ],
});

export const listJobChanges = endpoint({
  does: "List what changed in a job since it was posted, field by field, the newest first.",
  method: "GET",
  path: "/api/v1/jobs/:job/changes",
  who: "anyone",
  input: z.strictObject({ job }),
  answer: listOf(z.object({ version, changedAt: InstantJson, fields: z.array(z.enum(bidOnFields)), before: TermsTold, after: TermsTold })),
});

export const confirmBid = endpoint({
  does: "Let a bid stand as it is for a job that changed.",
  method: "POST",
  path: "/api/v1/bids/:bid/confirmation",
  who: "member",
  input: z.strictObject({ bid, version }),
  answer: Nothing,
  refusals: ["not-in-this-state", "confirm-too-late", "bid-differs-from-fixed", "rate-needed", "rate-not-asked", "bid-changed"],
});

export const reviseBid = endpoint({
  does: "Offer another amount or say it in other words: until the deadline, and for 72 hours after the job changed.",
  method: "POST",
  path: "/api/v1/bids/:bid/revision",
  who: "member",
  input: z.strictObject({ bid, version, ...Offer }),
  answer: z.object({ version }),
  refusals: [
    "not-in-this-state",
    "bids-opened",
    "text-names-you",
    "job-not-open",
    "bid-too-late",
    "confirm-too-late",
    "bid-changed",
    "bid-currency-differs",
    "bid-differs-from-fixed",
    "rate-needed",
    "rate-not-asked",
    "rate-above-cap",
    "rate-below-floor",
    "below-wage-floor",
    "below-a-day",
  ],
});
