// The law of review: what a rule refuses or holds up, a person looks at when asked, and another person than the first.
import type { Id } from "../../platform/id.ts";
import { isReviewable, refuse, type Problem, type Problems, type Refusal } from "../../platform/refusal.ts";

export const problems = {
  "not-reviewable": { status: 422, says: "No rule of the coop speaks here, so there is nothing for a person to decide." },
  "review-waits": { status: 409, says: "You have asked about this already. A person answers you in writing by {answerBy}." },
  "own-review": {
    status: 403,
    says: "You asked this yourself. Another person answers it.",
    rule: "another person than the first",
    changedBy: "any other adviser or board member",
  },
  "decided-before": {
    status: 403,
    says: "You decided on this once. Asked again, it is another person's to answer.",
    rule: "another person than the first",
    changedBy: "any other adviser or board member",
  },
  "done-by-missing": { status: 422, says: "Something is to change: say who does it." },
  "review-decided": { status: 409, says: "This was answered a moment ago." },
} as const satisfies Problems;

export const decisions = ["stands", "changes"] as const;
export type Decision = (typeof decisions)[number];

/** Working days within which a person answers. */
export const reviewDays = 2;

/** Why nobody is asked about this: only a rule can be wrong about somebody. */
export const objectionToAsking = (problem: Problem | undefined): Refusal | undefined =>
  problem && isReviewable(problem) ? undefined : refuse("not-reviewable");

export type Review = {
  readonly askedBy: Id;
  /** Who decided when the same was asked before. */
  readonly decidedBefore: readonly Id[];
  readonly isDecided: boolean;
};

/** Why this person does not answer this. */
export function objectionToDeciding(
  { askedBy, decidedBefore, isDecided }: Review,
  person: Id,
  decision: Decision,
  doneBy: string | undefined,
): Refusal | undefined {
  if (isDecided) return refuse("review-decided");
  if (askedBy === person) return refuse("own-review");
  if (decidedBefore.includes(person)) return refuse("decided-before");
  return decision === "changes" && doneBy === undefined ? refuse("done-by-missing") : undefined;
}
