// The member who acts. The door lets nobody else this far.
import type { Person } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";

export function actingMember({ actor }: Pick<Scope, "actor">): Person & { readonly member: Id } {
  refuseUnless(actor.kind === "person" && actor.member !== undefined, "members-only");
  return { ...actor, member: actor.member };
}
