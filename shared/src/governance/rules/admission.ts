// The law of asking the members to be let in: who may, and when one's words on oneself may change.
import { outside, type Stage } from "../../membership/rules.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";

export const problems = {
  "admission-asked": {
    status: 409,
    says: "Members are asked about your application already. What you say of yourself stands as they read it until that is settled.",
    rule: "members decide on what they were shown",
  },
} as const satisfies Problems;

/** Why somebody may not ask the members to be let in: the board answers first. */
export const objectionToAppeal = (stage: Stage, asked: boolean): Refusal | undefined =>
  stage === "refused" ? objectionToWording(asked) : refuse("not-in-this-state", { state: stage });

/** Why an applicant may not show or hide words on themselves now. */
export const objectionToPresenting = (stage: Stage, asked: boolean): Refusal | undefined =>
  outside.includes(stage) ? objectionToWording(asked) : refuse("not-in-this-state", { state: stage });

const objectionToWording = (asked: boolean): Refusal | undefined => (asked ? refuse("admission-asked") : undefined);
