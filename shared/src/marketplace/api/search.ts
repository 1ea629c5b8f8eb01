// What can be asked about jobs that are open: searched by words and filters, counted by what they have in common, in an order that says why.
import { z } from "zod";
import { factors } from "../../governance/rules/factors.ts";
import { CountJson, IdText, InstantJson, Line, listOf, pageOfList, PpmJson } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { jobLanguages } from "../rules/job.ts";
import { priceKinds } from "../rules/price.ts";
import {
  amountPattern,
  closingDays,
  coopPattern,
  filterNames,
  longestQuestion,
  orders,
  placePattern,
  skillsPattern,
} from "../rules/search.ts";
import { Labels, SkillCard } from "./skills.ts";
import { priceTold } from "./terms.ts";

const Amount = z
  .string()
  .regex(amountPattern, "an amount in the coop's currency")
  .meta({ description: "decimal text, in the coop's currency" });

/** What narrows a search. */
export const filters = {
  q: Line(longestQuestion).optional().meta({ description: 'words; "several of them" together, -without, one or another' }),
  skills: z
    .string()
    .regex(skillsPattern)
    .optional()
    .meta({ description: "ids of skills, all of which the job names, with commas between them" }),
  trade: Line(80).optional(),
  place: z.string().regex(placePattern).optional().meta({ description: "remote, or a country in two capital letters" }),
  language: z.enum(jobLanguages).optional().meta({ description: "in which the job is written" }),
  priced: z.enum(priceKinds).optional().meta({ description: "how the price is asked for" }),
  min: Amount.optional(),
  max: Amount.optional(),
  closing: z.enum(closingDays).optional().meta({ description: "bids end within so many days" }),
  coop: z.string().regex(coopPattern).optional().meta({ description: "where they were posted: ours, or the id of another coop" }),
};

const PerFactor = z.object(
  Object.fromEntries(factors.map((factor) => [factor, PpmJson])) as Record<(typeof factors)[number], typeof PpmJson>,
);

/** The coop at which a job was posted, when it is not ours. */
export const Elsewhere = z.object({
  coop: z.string(),
  url: z.url(),
  hostSharePpm: PpmJson.optional().meta({
    description: "a treaty is in force: our members bid here, and this part of the fee stays with that coop",
  }),
});

export const JobFound = z.object({
  id: IdText,
  title: z.string(),
  language: z.enum(jobLanguages),
  client: z.string(),
  trade: z.string(),
  place: z.object({ town: z.string(), country: z.string() }).optional(),
  ...priceTold,
  bidsUntil: InstantJson,
  elsewhere: Elsewhere.optional(),
  why: z
    .object({ score: PpmJson, factors: PerFactor })
    .optional()
    .meta({ description: "why it stands where it stands, when the order is best" }),
});

const counted = <Shape extends z.ZodRawShape>(shape: Shape) => z.array(z.object({ ...shape, count: CountJson }));

/** How many jobs there are for each value, all other filters kept. */
export const Facets = z.object({
  total: CountJson,
  skills: counted(SkillCard.shape),
  trades: counted({ trade: z.string() }),
  places: counted({ place: z.string() }),
  languages: counted({ language: z.enum(jobLanguages) }),
  priceKinds: counted({ kind: z.enum(priceKinds) }),
  prices: counted({ min: z.string().optional(), max: z.string().optional() }),
  closing: counted({ days: z.enum(closingDays) }),
  coops: counted({ coop: z.string(), name: z.string() }).meta({ description: "where jobs were posted, when not all are ours" }),
  without: counted({ filter: z.enum(filterNames) }).meta({ description: "how many there would be without one of the filters" }),
});

export const searchJobs = endpoint({
  does: "Search the jobs open for bids. The first page also counts them by skill, trade, place, language, kind of price, price, closing day and coop; the order best holds at most 500.",
  method: "GET",
  path: "/api/v1/jobs",
  who: "anyone",
  input: z.strictObject({ ...filters, order: z.enum(orders).default("best"), labels: Labels, ...pageOfList }),
  answer: listOf(JobFound).extend({
    facets: Facets.optional(),
    weights: PerFactor.optional().meta({ description: "what members voted that each factor weighs, when the order is best" }),
    instead: z.string().optional().meta({ description: "words like these that would be found" }),
  }),
  mayLag: true,
});
