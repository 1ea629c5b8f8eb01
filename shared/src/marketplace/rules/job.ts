// The law of the marketplace: what a job must say, and when it may be published.
import type { Actor, BuyerRole } from "../../platform/actor.ts";
import { serviceLaw, type Service } from "../../platform/packs.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, later, type Day, type Instant } from "../../platform/time.ts";
import type { Id } from "../../platform/id.ts";
import { objectionToPlan, type PlannedMilestone } from "./plan.ts";
import { objectionToAsking, type PriceAsked } from "./price.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

export const problems = {
  "poster-needed": {
    status: 403,
    says: "Only the owner of an organisation, or a person it made poster, posts its jobs.",
    rule: "roles of a client",
    changedBy: "the owner of the organisation",
  },
  "client-blocked": {
    status: 403,
    says: "The coop takes no work from this organisation at the moment: {reason}.",
    rule: "blocked clients",
    changedBy: "the board",
  },
  "currency-differs": { status: 422, says: "{wanted} is asked for; this amount is in {given}.", rule: "one book currency" },
  "service-taxed-alike": {
    status: 422,
    says: "The law of {country} taxes this like any other service.",
    rule: "services that the law of the coop's country taxes otherwise",
    changedBy: "the operator, with a release that has the law",
  },
  "dates-reversed": { status: 422, says: "The work ends before it begins: {startOn} to {endOn}." },
  "deadline-too-near": { status: 422, says: "Bids need at least a day. The earliest end is {earliest}.", rule: "time to bid" },
  "deadline-too-far": { status: 422, says: "A job stays open for at most 90 days, until {latest}.", rule: "time to bid" },
} as const satisfies Problems;

/** Languages in which jobs are written and found; the pages speak fewer. */
export const jobLanguages = ["fr", "nl", "en", "de", "es", "it"] as const;
export type JobLanguage = (typeof jobLanguages)[number];

export const jobStates = ["draft", "open", "closed", "awarded", "withdrawn", "lapsed"] as const;
export type JobState = (typeof jobStates)[number];

export const jobVerbs = [
  "draft",
  "publish",
  "change",
  "extend",
  "close",
  "reopen",
  "award",
  "free",
  "shortlist",
  "withdraw",
  "lapse",
] as const;
export type JobVerb = (typeof jobVerbs)[number];

/**
 * The life of a job. `draft`: kept while it is written, for its client alone. `free`: what it was awarded to came to nothing.
 * `shortlist`: of a job that hides names, whose are shown. `lapse`: nobody was chosen in time.
 */
export const jobTable: readonly Row<JobState, JobVerb>[] = [
  { from: "none", verb: "draft", who: "poster", to: "draft", fact: "job.drafted" },
  { from: "none", verb: "publish", who: "poster", to: "open", fact: "job.opened" },
  { from: "draft", verb: "publish", who: "poster", to: "open", fact: "job.opened" },
  { from: "open", verb: "change", who: "poster", to: "open", fact: "job.changed" },
  { from: "open", verb: "extend", who: "poster", to: "open", fact: "job.extended" },
  { from: "open", verb: "close", who: "clock", to: "closed", fact: "job.closed" },
  { from: "closed", verb: "reopen", who: "poster", to: "open", fact: "job.reopened" },
  { from: "open", verb: "award", who: "approver", to: "awarded", fact: "bid.accepted" },
  { from: "closed", verb: "award", who: "approver", to: "awarded", fact: "bid.accepted" },
  { from: "awarded", verb: "free", who: "software", to: "closed", fact: "job.closed" },
  { from: "closed", verb: "shortlist", who: "poster", to: "closed", fact: "job.shortlisted" },
  { from: "draft", verb: "withdraw", who: "poster", to: "withdrawn", fact: "job.withdrawn" },
  { from: "open", verb: "withdraw", who: "poster", to: "withdrawn", fact: "job.withdrawn" },
  { from: "closed", verb: "withdraw", who: "poster", to: "withdrawn", fact: "job.withdrawn" },
  { from: "closed", verb: "lapse", who: "clock", to: "lapsed", fact: "job.lapsed" },
];

const leastMs = dayMs;
const mostMs = 90 * dayMs;
/** Who speaks for a client about its jobs. */
export const posters: readonly BuyerRole[] = ["owner", "poster"];

/** When the work is done, for how much, and how that is parted. */
export type Bargain = PriceAsked & {
  /** What the law taxes otherwise than other work. */
  readonly service?: Service | undefined;
  readonly startOn: Day;
  readonly endOn: Day;
  readonly milestones?: readonly PlannedMilestone[] | undefined;
};
export type Draft = Bargain & { readonly client: Id; readonly bidsUntil: Instant };
export type Client = { readonly blockedReason: string | null };
export type Coop = { readonly currency: string; readonly country: string; readonly today: Day };

/** Whether this actor may speak for a client about its jobs: who has a part in it, and the operator's command, which brings lists in. */
export const postsFor = (actor: Actor, client: Id): boolean =>
  actor.kind === "operator" ||
  (actor.kind === "person" && actor.buysFor.some((buying) => buying.client === client && posters.includes(buying.role)));

/** Why bids may not end then: the earliest is a day from now, the latest 90 days from the opening. */
export function objectionToDeadline(bidsUntil: Instant, openedAt: Instant, now: Instant): Refusal | undefined {
  if (bidsUntil < later(now, leastMs)) return refuse("deadline-too-near", { earliest: later(now, leastMs) });
  return objectionToLength(bidsUntil, openedAt);
}

/** Why a job may not stay open that long. */
export function objectionToLength(bidsUntil: Instant, openedAt: Instant): Refusal | undefined {
  const latest = later(openedAt, mostMs);
  return bidsUntil > latest ? refuse("deadline-too-far", { latest }) : undefined;
}

/** Why this work is taxed like any other. */
export const objectionToService = (
  service: Service | undefined,
  { country, today }: Pick<Coop, "country" | "today">,
): Refusal | undefined =>
  service === undefined || serviceLaw(country, service, today) ? undefined : refuse("service-taxed-alike", { country });

/** Why nobody can offer on such dates and such a price. */
export function objectionToBargain(bargain: Bargain, coop: Coop): Refusal | undefined {
  const { price, startOn, endOn, milestones, service } = bargain;
  const unfit = objectionToAsking(bargain, coop.currency) ?? objectionToService(service, coop);
  if (unfit) return unfit;
  if (endOn < startOn) return refuse("dates-reversed", { startOn, endOn });
  return milestones && (price ? objectionToPlan(milestones, price, { startOn, endOn }) : refuse("milestones-need-price"));
}

/** Why this job may not be published now; undefined when nothing speaks against it. */
export function objectionToPublishing(draft: Draft, client: Client, coop: Coop, poster: Actor, now: Instant): Refusal | undefined {
  if (!postsFor(poster, draft.client)) return refuse("poster-needed");
  if (client.blockedReason !== null) return refuse("client-blocked", { reason: client.blockedReason });
  return objectionToBargain(draft, coop) ?? objectionToDeadline(draft.bidsUntil, now, now);
}

/** Why this job may not be withdrawn by this person; a stranger's job is not theirs to see in this way. */
export function objectionToWithdrawal(job: { readonly state: JobState; readonly client: Id }, poster: Actor): Refusal | undefined {
  if (!postsFor(poster, job.client)) return refuse("poster-needed");
  return objectionToVerb(jobTable, job.state, "withdraw");
}
