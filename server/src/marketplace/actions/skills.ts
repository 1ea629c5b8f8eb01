// What a member says of their own skills.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToSkills } from "@partcommune/shared/marketplace/rules/skill";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/skills.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Says which skills one has, in place of those said before. */
export const setMySkills: Act<typeof api.setMySkills> = async (scope, input) => {
  const { actor } = scope;
  refuseUnless(actor.kind === "person" && actor.member !== undefined, "members-only");
  const skills = [...new Set(input.skills)];
  refuseIf(objectionToSkills(skills, await store.knownSkills(scope, skills)));
  await store.saveMemberSkills(scope, actor.member, skills);
  scope.emit({ type: "skills.said", subject: actor.member, body: { count: skills.length }, about: [] });
  return {};
};
