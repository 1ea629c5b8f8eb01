// The person of an act on money. The door lets nobody else this far; a caller without one is a fault of ours.
import type { Person } from "@partcommune/shared/platform/actor";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";

export function askingPerson({ actor }: Pick<Scope, "actor">): Person {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor;
}
