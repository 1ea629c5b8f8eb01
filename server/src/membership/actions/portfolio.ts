// Naming who follows a member: by the board, or handed over by the adviser who follows them now.
import type * as api from "@partcommune/shared/membership/api/portfolio";
import { placed } from "@partcommune/shared/membership/rules";
import { objectionToNaming } from "@partcommune/shared/membership/rules/portfolio";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import { membershipOf } from "../store/members.ts";
import * as portfolio from "../store/portfolio.ts";
import { isKnown } from "../store/roles.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Names the adviser who follows a member from now on. */
export const nameAdviser: Act<typeof api.nameAdviser> = async (scope, { member, adviser, note }) => {
  const by = askingPerson(scope);
  const { person: memberPerson, stage } = found(await membershipOf(scope, member));
  refuseUnless(placed.includes(stage), "not-in-this-state", { state: stage });
  const present = await portfolio.followerHeld(scope, member);
  found(await isKnown(scope, adviser));
  const nextRoles = await portfolio.rolesHeld(scope, adviser);
  refuseIf(objectionToNaming({ memberPerson, present, next: adviser, nextRoles, note }, by));
  await portfolio.follow(scope, { member, adviser, note, by: by.person });
  scope.emit({ type: "adviser.named", subject: member, body: { adviser, by: by.person }, about: ["desk:people", "desk:portfolio"] });
  return {};
};
