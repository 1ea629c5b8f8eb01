// The law of the roll: who may vote in a coop, and when a coop is still being founded.
import type { Problems } from "../../platform/refusal.ts";
import { dayMs, later, type Instant } from "../../platform/time.ts";

export const problems = {
  "not-on-roll": {
    status: 403,
    says: "You are not on the roll of this vote. It was frozen when the vote opened, with those who had been associates long enough.",
    rule: "roll.seniorityDays",
    changedBy: "the members, by vote",
  },
} as const satisfies Problems;

/** An organisation votes when it has paid an invoice to the end in so many months before. */
export const paidWithinMonths = 24;

const foundingDays = 90;

/** The end of the founding, by the first assembly. */
export const foundingEnds = (firstAssembly: Instant): Instant => later(firstAssembly, foundingDays * dayMs);

/** Until 90 days after the first assembly a coop is being founded: whoever has a share votes, however new. */
export const isFounding = (firstAssembly: Instant | undefined, now: Instant): boolean =>
  firstAssembly === undefined || now < foundingEnds(firstAssembly);

/** From when on a member had to be an associate to stand on a roll that is frozen now. */
export const associateBy = (firstAssembly: Instant | undefined, seniorityDays: number, now: Instant): Instant =>
  isFounding(firstAssembly, now) ? now : later(now, -seniorityDays * dayMs);
