// The member who acts. The door lets nobody else this far.
import { buyingOf, memberActing, type Buying } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";

export function actingMember({ actor }: Pick<Scope, "actor">): { readonly member: Id; readonly buysFor: readonly Buying[] } {
  const member = memberActing(actor);
  refuseUnless(member !== undefined, "members-only");
  return { member, buysFor: buyingOf(actor) };
}
