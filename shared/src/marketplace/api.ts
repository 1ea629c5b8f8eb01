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
  pageOfList,
  PositiveMoney,
  Text,
} from "../platform/api.ts";
import { endpoint } from "../platform/endpoint.ts";
import { languages } from "../platform/page.ts";
import { jobStates } from "./rules.ts";

const Place = z.strictObject({ town: Line(80), country: z.string().regex(/^[A-Z]{2}$/) });

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
    language: z.enum(languages),
    trade: Line(80),
    place: Place.optional().meta({ description: "absent: the work is done remotely" }),
    startOn: DayText,
    endOn: DayText,
    price: PositiveMoney.optional().meta({ description: "excl. VAT; absent: bidders name theirs" }),
    bidsUntil: DayText,
  }),
  answer: z.object({ id: IdText }),
  refusals: ["poster-needed", "client-blocked", "dates-reversed", "deadline-too-near", "deadline-too-far", "currency-differs"],
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

export const listJobs = endpoint({
  does: "List the jobs open for bids, those that close first on top.",
  method: "GET",
  path: "/api/v1/jobs",
  who: "anyone",
  input: z.strictObject(pageOfList),
  answer: listOf(z.object(jobCard)),
  mayLag: true,
});

export const readJob = endpoint({
  does: "Read one job whole.",
  method: "GET",
  path: "/api/v1/jobs/:job",
  who: "anyone",
  input: z.strictObject({ job: IdText }),
  answer: z.object({
    ...jobCard,
    text: z.string(),
    language: z.enum(languages),
    startOn: DayJson,
    endOn: DayJson,
    zone: z.string(),
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
