// A member's own page: they write it, and say whether others see it.
import type * as api from "@partcommune/shared/membership/api/directory";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { refuseUnless } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import * as profiles from "../store/profiles.ts";
import { askingPerson } from "./asking-person.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Keeps one's own page. */
export const saveProfile: Act<typeof api.saveProfile> = async (scope, profile) => {
  const { member } = askingPerson(scope);
  refuseUnless(member !== undefined, "members-only");
  refuseUnless(await profiles.keepProfile(scope, member, profile), "handle-taken", { handle: profile.handle });
  scope.emit({ type: "profile.saved", subject: member, body: { shown: profile.shown }, about: ["directory"] });
  return {};
};
