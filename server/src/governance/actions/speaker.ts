// The member who acts, with the stage they are in: who owns a share writes, carries and votes.
import { objectionToSpeaking } from "@partcommune/shared/governance/rules/writing";
import type { Id } from "@partcommune/shared/platform/id";
import { memberCard, type MemberCard } from "../../membership/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Scope } from "../../platform/scope.ts";

/** The acting member's card. The door lets nobody else this far. */
export async function actingMember(scope: Scope): Promise<MemberCard & { readonly member: Id }> {
  const { actor } = scope;
  refuseUnless(actor.kind === "person" && actor.member !== undefined, "members-only");
  return { ...found(await memberCard(viewOf(scope), actor.member)), member: actor.member };
}

/** The same, refused unless they are an associate. */
export async function actingAssociate(scope: Scope): Promise<MemberCard & { readonly member: Id }> {
  const member = await actingMember(scope);
  refuseIf(objectionToSpeaking(member));
  return member;
}
