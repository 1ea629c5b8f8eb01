// The member who acts, with the stage they are in. The door lets nobody else this far.
import type { Id } from "@partcommune/shared/platform/id";
import { memberCard, type MemberCard } from "../../membership/index.ts";
import { found, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";

export async function actingMember(scope: Scope): Promise<MemberCard & { readonly member: Id }> {
  const { actor } = scope;
  refuseUnless(actor.kind === "person" && actor.member !== undefined, "members-only");
  return { ...found(await memberCard(viewOf(scope), actor.member)), member: actor.member };
}
