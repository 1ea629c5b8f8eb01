// What the clock does for help with spelling.
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/words.ts";

/** Refreshes the words that help with spelling. */
export const refreshWords: Action<Record<string, never>, Record<string, never>> = async (scope) => {
  await store.refreshWords(scope);
  return {};
};
