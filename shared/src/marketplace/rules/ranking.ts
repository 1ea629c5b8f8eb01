// The order of jobs for a reader: seven factors between 0 and 1, each times the weight that members voted. What was paid, earned or said of anybody is none of them.
import { factors, type Factor, type PerFactor } from "../../governance/rules/factors.ts";
import type { Id } from "../../platform/id.ts";
import { wholePpm, type Ppm } from "../../platform/money.ts";
import { dayMs, millisecondsOf, type Instant } from "../../platform/time.ts";

/** A job as it is ordered. `rank` is what the words weigh in it, in any unit that is the same for the whole list. */
export type Candidate = {
  readonly id: Id;
  readonly rank: bigint;
  readonly skills: readonly Id[];
  readonly country?: string | undefined;
  readonly openedAt: Instant;
  readonly bidsUntil: Instant;
  readonly bids: number;
};

/** Who looks: `has` are skills they have or ask for, `hasBroader` skills of which they have a broader one; `idle` without work for 90 days. */
export type Reader = {
  readonly has: ReadonlySet<Id>;
  readonly hasBroader: ReadonlySet<Id>;
  readonly country: string | undefined;
  readonly idle: boolean;
};

/** Why a job stands where it stands: what it has of each factor, and what that makes. */
export type Why = { readonly score: Ppm; readonly factors: PerFactor<Ppm> };
export type Ranked<Job extends Candidate> = Job & { readonly why: Why };

export const freshDays = 14;
export const manyBids = 10;
export const closingHours = 48;
export const idleDays = 90;
/** As many as are ordered; who wants to see further narrows the search or takes the newest first. */
export const mostRanked = 500;

const part = (of: number | bigint, whole: number | bigint): Ppm => (BigInt(of) * wholePpm) / BigInt(whole);
const allOrNothing = (holds: boolean): Ppm => (holds ? wholePpm : 0n);

/** What a job has of each factor for this reader at this instant; `best` is the highest rank of the list. */
export function factorsOf(job: Candidate, { has, hasBroader, country, idle }: Reader, best: bigint, now: Instant): PerFactor<Ppm> {
  const halves = job.skills.reduce((sum, skill) => sum + (has.has(skill) ? 2 : hasBroader.has(skill) ? 1 : 0), 0);
  const age = Math.max(0, millisecondsOf(now) - millisecondsOf(job.openedAt));
  const left = millisecondsOf(job.bidsUntil) - millisecondsOf(now);
  return {
    text: best > 0n ? part(job.rank, best) : 0n,
    skills: job.skills.length > 0 ? part(halves, 2 * job.skills.length) : 0n,
    place: allOrNothing(job.country === undefined || job.country === country),
    fresh: part(Math.max(0, freshDays * dayMs - age), freshDays * dayMs),
    fewBids: part(Math.max(0, manyBids - job.bids), manyBids),
    closing: allOrNothing(left <= closingHours * 3_600_000),
    firstChance: allOrNothing(idle),
  };
}

/** What each factor adds to the score: weight times value. */
export const pointsOf = (factor: Factor, values: PerFactor<Ppm>, weights: PerFactor<Ppm>): Ppm =>
  (weights[factor] * values[factor]) / wholePpm;

export const scoreOf = (values: PerFactor<Ppm>, weights: PerFactor<Ppm>): Ppm =>
  factors.reduce((sum, factor) => sum + pointsOf(factor, values, weights), 0n);

/** Whether one stands before another: the higher score, and between equals the smaller id, so that the order is one. */
export const standsBefore = (one: { readonly score: Ppm; readonly id: Id }, other: { readonly score: Ppm; readonly id: Id }): boolean =>
  one.score === other.score ? one.id < other.id : one.score > other.score;

/** The jobs in order, each with why it stands there. */
export function ranked<Job extends Candidate>(
  jobs: readonly Job[],
  reader: Reader,
  weights: PerFactor<Ppm>,
  now: Instant,
): readonly Ranked<Job>[] {
  const best = jobs.reduce((most, { rank }) => (rank > most ? rank : most), 0n);
  const told = jobs.map((job) => {
    const values = factorsOf(job, reader, best, now);
    return { ...job, why: { score: scoreOf(values, weights), factors: values } };
  });
  return told.toSorted((one, other) => (standsBefore({ ...one.why, id: one.id }, { ...other.why, id: other.id }) ? -1 : 1));
}
