// The law of a posted job: what its client may still change, how it gets more time, opens again, or ends by itself.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { moneyText, type Money } from "../../platform/money.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import type { Bidding } from "./choosing.ts";
import {
  jobTable,
  objectionToDeadline,
  objectionToLength,
  objectionToWithdrawal,
  postsFor,
  type Bargain,
  type JobLanguage,
  type JobState,
  type JobVerb,
} from "./job.ts";
import type { PlannedMilestone } from "./plan.ts";
import { priceKindOf } from "./price.ts";
import { objectionToVerb, verbsFor } from "../../platform/table.ts";

export const problems = {
  "job-changed": { status: 409, says: "The job is not the one you were shown. Read it again." },
  "nothing-changed": { status: 422, says: "The job says this already." },
  "deadline-not-later": { status: 422, says: "Bids are taken until {bidsUntil} already. Name a later day." },
  "reopen-too-late": {
    status: 409,
    says: "This job could be opened again until {reopenUntil}. Post it anew.",
    rule: "14 days to open again",
  },
} as const satisfies Problems;

/** Days after closing within which a job can be opened again, and after which it lapses, by the clocks of its zone. */
export const reopenDays = 14;
export const lapseDays = 30;

/** What a job says about the work. */
export type JobTerms = Bargain & {
  readonly title: string;
  readonly text: string;
  readonly language: JobLanguage;
  readonly trade: string;
  readonly skills: readonly Id[];
  readonly place?: { readonly town: string; readonly country: string } | undefined;
};

/** What a bid was made on: when any of it changes, the bidder is asked again. */
export const bidOnFields = [
  "title",
  "text",
  "trade",
  "place",
  "startOn",
  "endOn",
  "priceKind",
  "price",
  "least",
  "most",
  "milestones",
  "service",
] as const;
export type BidOnField = (typeof bidOnFields)[number];

const priced = (price: Money | undefined): string => (price ? Object.values(moneyText(price)).join(" ") : "");
const planned = ({ title, amount, dueOn, parallel }: PlannedMilestone): string =>
  JSON.stringify([title, priced(amount), dueOn ?? "", parallel]);

/** Each field as a text that is the same when the field says the same. */
const told: Readonly<Record<keyof JobTerms, (terms: JobTerms) => string>> = {
  title: ({ title }) => title,
  text: ({ text }) => text,
  language: ({ language }) => language,
  trade: ({ trade }) => trade,
  skills: ({ skills }) => skills.toSorted().join(" "),
  place: ({ place }) => (place ? `${place.town}, ${place.country}` : ""),
  startOn: ({ startOn }) => startOn,
  endOn: ({ endOn }) => endOn,
  priceKind: priceKindOf,
  price: ({ price }) => priced(price),
  least: ({ least }) => priced(least),
  most: ({ most }) => priced(most),
  milestones: ({ milestones = [] }) => milestones.map(planned).join(" "),
  service: ({ service = "" }) => service,
};

/** The fields in which two versions of a job differ. */
export const changedFields = (before: JobTerms, after: JobTerms): readonly (keyof JobTerms)[] =>
  (Object.keys(told) as (keyof JobTerms)[]).filter((field) => told[field](before) !== told[field](after));

export type PostedJob = {
  readonly client: Id;
  readonly state: JobState;
  readonly version: bigint;
  readonly openedAt: Instant;
  readonly bidsUntil: Instant;
  /** Of a closed job. */
  readonly reopenUntil?: Instant | undefined;
  /** Of a job that hid names: whether its shortlist is fixed, so that no later bid could be chosen. */
  readonly shortlisted?: boolean;
  readonly bidding?: Bidding;
};

/** Why this person may do nothing of the kind with this job now; a deadline that passed has closed it, whatever the clock has done. */
function objectionToPoster(job: PostedJob, verb: "change" | "extend", poster: Actor, now: Instant): Refusal | undefined {
  if (!postsFor(poster, job.client)) return refuse("poster-needed");
  const unfit = objectionToVerb(jobTable, job.state, verb);
  if (unfit) return unfit;
  return isBefore(now, job.bidsUntil) ? undefined : refuse("bid-too-late", { bidsUntil: job.bidsUntil });
}

/** Why this person may not change what the job says now. */
export const objectionToChanging = (job: PostedJob, poster: Actor, now: Instant): Refusal | undefined =>
  objectionToPoster(job, "change", poster, now);

/** Why this person may not change the job they were shown into this one. */
export function objectionToChange(before: JobTerms, after: JobTerms, shown: bigint, { version }: PostedJob): Refusal | undefined {
  if (shown !== version) return refuse("job-changed");
  return changedFields(before, after).length === 0 ? refuse("nothing-changed") : undefined;
}

/** Why bids on this job may not be taken until then. */
export function objectionToExtending(job: PostedJob, until: Instant, poster: Actor, now: Instant): Refusal | undefined {
  const unfit = objectionToPoster(job, "extend", poster, now);
  if (unfit) return unfit;
  if (until <= job.bidsUntil) return refuse("deadline-not-later", { bidsUntil: job.bidsUntil });
  return objectionToLength(until, job.openedAt);
}

/** Why this job may not be opened again now, whatever the day. */
function objectionToOpeningAgain(job: PostedJob, poster: Actor, now: Instant): Refusal | undefined {
  if (!postsFor(poster, job.client)) return refuse("poster-needed");
  const unfit = objectionToVerb(jobTable, job.state, "reopen");
  if (unfit) return unfit;
  if (job.shortlisted) return refuse("shortlist-fixed");
  if (job.bidding === "sealed") return refuse("bids-opened");
  const { reopenUntil } = job;
  return reopenUntil && !isBefore(now, reopenUntil) ? refuse("reopen-too-late", { reopenUntil }) : undefined;
}

/** Why this job may not be opened again until then: 90 days count anew. */
export const objectionToReopening = (job: PostedJob, until: Instant, poster: Actor, now: Instant): Refusal | undefined =>
  objectionToOpeningAgain(job, poster, now) ?? objectionToDeadline(until, now, now);

type Objection = (job: PostedJob, poster: Actor, now: Instant) => Refusal | undefined;

const toPosted: Readonly<Partial<Record<JobVerb, Objection>>> = {
  change: objectionToChanging,
  extend: (job, poster, now) => objectionToPoster(job, "extend", poster, now),
  reopen: objectionToOpeningAgain,
  // Of its bids: the page that compares them offers it.
  shortlist: () => refuse("not-in-this-state"),
  withdraw: objectionToWithdrawal,
};

/** What this person may do with a posted job now: buttons are made of this. */
export const actsOnJob = (job: PostedJob, poster: Actor, now: Instant): JobVerb[] =>
  verbsFor(jobTable, job.state, ["poster"]).filter((verb) => toPosted[verb]?.(job, poster, now) === undefined);
