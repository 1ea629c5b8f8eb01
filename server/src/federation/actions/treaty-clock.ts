// What the clock does to treaties: the board hears that one ends soon, and one whose time is over ends.
import type { Id } from "@partcommune/shared/platform/id";
import type { Action } from "../../platform/scope.ts";
import { noteWarned } from "../store/treaties-due.ts";
import * as store from "../store/treaties.ts";
import { aboutSisters, partyOf, treatyFor } from "./treaties.ts";

type Step<Input> = Action<Input, Record<string, never>>;

export const expireTreaty: Step<{ host: Id }> = async (scope, { host }) => {
  const treaty = await treatyFor(scope, host, "expire");
  if (treaty.terms.expiresAt <= scope.now && (await store.moveTreaty(scope, treaty, "expire")))
    scope.emit({
      type: "treaty.ended",
      subject: treaty.id,
      body: { ...partyOf(treaty), byUs: false, because: "expiry" },
      about: aboutSisters,
    });
  return {};
};

export const warnOfEnd: Step<{ host: Id; days: number }> = async (scope, { host, days }) => {
  const treaty = await treatyFor(scope, host, "expire");
  if (await noteWarned(scope, treaty.id, days))
    scope.emit({ type: "treaty.ending", subject: treaty.id, body: { ...partyOf(treaty), days }, about: [] });
  return {};
};
