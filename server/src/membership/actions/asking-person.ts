// The signed-in person of an act. The door lets nobody else this far; a caller without one is a fault of ours.
import type { Decider } from "@partcommune/shared/membership/rules";
import type { Person } from "@partcommune/shared/platform/actor";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";

export function askingPerson({ actor }: Pick<Scope, "actor">): Person {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor;
}

/** Who decides: the asking person, or nobody where the operator's command brings in what was decided elsewhere, or a vote what members decided. */
export const deciderOf = (scope: Pick<Scope, "actor">): Decider =>
  scope.actor.kind === "operator" || scope.actor.kind === "clock" ? null : askingPerson(scope).person;
