// The verb that joins advances and promises: what is secured decides how much may be advanced.
import type * as api from "@partcommune/shared/money/api";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { askAdvance as ask } from "../../money/index.ts";
import type { Action } from "../../platform/scope.ts";
import { securedOf } from "../store/secured.ts";

/** Asks for an advance on what is promised to oneself. */
export const askAdvance: Action<InputOf<typeof api.askAdvance>, AnswerOf<typeof api.askAdvance>> = (scope, input) =>
  ask(scope, input, securedOf);
