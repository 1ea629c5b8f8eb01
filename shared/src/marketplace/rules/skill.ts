// The law of skills: how many a job and a member may name, and that each must be on the list.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Id } from "../../platform/id.ts";

export const problems = {
  "skill-unknown": {
    status: 422,
    says: "{count} of these skills are not on this coop's list.",
    rule: "list of skills",
    changedBy: "the operator, who imports lists",
  },
} as const satisfies Problems;

export const skillKinds = ["occupation", "skill"] as const;
export type SkillKind = (typeof skillKinds)[number];

export const mostJobSkills = 10;
export const mostMemberSkills = 60;

/** Why these skills may not be named: some are on no list. */
export function objectionToSkills(asked: readonly Id[], known: readonly Id[]): Refusal | undefined {
  const unknown = asked.filter((skill) => !known.includes(skill));
  return unknown.length > 0 ? refuse("skill-unknown", { count: unknown.length }) : undefined;
}
