// Walking into a demo: whoever lives there may be anyone.
import type * as api from "@partcommune/shared/membership/api/demo";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { found } from "../../platform/refused.ts";
import type { Action } from "../../platform/scope.ts";
import { demoPerson } from "../store/demo.ts";
import { openSession } from "../store/people.ts";

/** Opens a session as one of the demo's people. In any other coop nobody is found. */
export const enterDemo: Action<InputOf<typeof api.enterDemo>, AnswerOf<typeof api.enterDemo>> = async (scope, { person }) => {
  await openSession(scope, found(await demoPerson(scope, person)), "demo");
  return {};
};
