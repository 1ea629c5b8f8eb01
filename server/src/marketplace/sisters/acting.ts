// In whose name something that came from a sister is done here: its member's, or its client's.
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../../platform/scope.ts";

/** The same act, by somebody of the coop that sent it. A client's coop speaks for whoever may bind the client. */
export function actingFor(scope: Scope, who: { readonly member: Id } | { readonly client: Id }): Scope {
  const { actor } = scope;
  if (actor.kind !== "peer") throw new TypeError("only another server speaks for its people");
  const { origin } = actor;
  return {
    ...scope,
    actor: {
      kind: "peer",
      origin,
      ...("member" in who ? { member: who.member } : { buysFor: [{ client: who.client, role: "owner" as const }] }),
    },
  };
}
