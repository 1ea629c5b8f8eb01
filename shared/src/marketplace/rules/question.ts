// The law of questions on a job: who asks, who answers, and who reads what.
import type { Stage } from "../../membership/rules.ts";
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { isBefore, type Instant } from "../../platform/time.ts";
import { objectionToTakingOn } from "./bid.ts";
import { postsFor, type JobState } from "./job.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

export const mostQuestions = 5;
export const longestQuestion = 1_000;
export const longestAnswer = 2_000;

export const problems = {
  "questions-over": {
    status: 409,
    says: "Questions are asked while a job is open for bids.",
    rule: "questions on a job",
    changedBy: "the client, who may post the job anew",
  },
  "question-needs-membership": {
    status: 403,
    says: "Questions come from members, from their trial on.",
    rule: "membership",
    changedBy: "the board, which admits members",
  },
  "question-on-own-job": {
    status: 403,
    says: "You speak for the organisation that posted this job: others ask, you answer.",
    rule: "questions on a job",
  },
  "too-many-questions": {
    status: 409,
    says: "You asked {asked} questions on this job; {most} is the most.",
    rule: "questions on a job",
  },
} as const satisfies Problems;

/** Who reads a question: everybody who sees the job, once it is answered, or the two sides alone. */
export const audiences = ["public", "private"] as const;
export type Audience = (typeof audiences)[number];

export const questionStates = ["asked", "answered"] as const;
export type QuestionState = (typeof questionStates)[number];

export const questionVerbs = ["ask", "answer"] as const;
export type QuestionVerb = (typeof questionVerbs)[number];

/** The life of a question. An answer stands as it was given, since others rely on it. */
export const questionTable: readonly Row<QuestionState, QuestionVerb>[] = [
  { from: "none", verb: "ask", who: "member", to: "asked", fact: "question.asked" },
  { from: "asked", verb: "answer", who: "poster", to: "answered", fact: "question.answered" },
];

/** `elsewhere`: posted at another coop, and only read here. */
export type AskedAbout = { readonly client: Id; readonly state: JobState; readonly bidsUntil: Instant; readonly elsewhere?: boolean };
export type Asker = { readonly stage: Stage; readonly buysFor: readonly Id[]; readonly asked: number };

/** Why this member may not ask on this job now. */
export function objectionToAsking(job: AskedAbout, asker: Asker, now: Instant): Refusal | undefined {
  if (job.elsewhere) return refuse("job-elsewhere");
  if (job.state !== "open" || !isBefore(now, job.bidsUntil)) return refuse("questions-over");
  const idle = objectionToTakingOn(asker.stage, "question-needs-membership");
  if (idle) return idle;
  if (asker.buysFor.includes(job.client)) return refuse("question-on-own-job");
  return asker.asked >= mostQuestions ? refuse("too-many-questions", { asked: asker.asked, most: mostQuestions }) : undefined;
}

/** Why this person may not answer this question. */
export function objectionToAnswering(question: { readonly client: Id; readonly state: QuestionState }, actor: Actor): Refusal | undefined {
  if (!postsFor(actor, question.client)) return refuse("poster-needed");
  return objectionToVerb(questionTable, question.state, "answer");
}
