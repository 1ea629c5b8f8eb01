// What can be asked about trades and skills: they are chosen by a name in any language and kept by identifier.
import { z } from "zod";
import { IdText, Line, listOf, Nothing } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { jobLanguages } from "../rules/job.ts";
import { mostMemberSkills, skillKinds } from "../rules/skill.ts";

/** The language in which names of skills are told. */
export const Labels = z
  .enum(jobLanguages)
  .default("en")
  .meta({ description: "language in which skills are named; English where it has no name" });

export const SkillCard = z.object({ id: IdText, label: z.string(), kind: z.enum(skillKinds) });

export const listSkills = endpoint({
  does: "Find trades and skills by a part of a name, in whatever language it is typed.",
  method: "GET",
  path: "/api/v1/skills",
  who: "anyone",
  input: z.strictObject({ text: Line(80), labels: Labels }),
  answer: listOf(SkillCard),
  mayLag: true,
});

export const listMySkills = endpoint({
  does: "List the skills a member says they have; they order the jobs shown to them.",
  method: "GET",
  path: "/api/v1/members/me/skills",
  who: "member",
  input: z.strictObject({ labels: Labels }),
  answer: listOf(SkillCard),
});

export const setMySkills = endpoint({
  does: "Say which skills one has, in place of those said before.",
  method: "PUT",
  path: "/api/v1/members/me/skills",
  who: "member",
  input: z.strictObject({ skills: z.array(IdText).max(mostMemberSkills) }),
  answer: Nothing,
  refusals: ["skill-unknown"],
});
