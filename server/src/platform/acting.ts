// Who acts, where only a person can.
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import { refuseUnless } from "./refused.ts";

/** The person who acts or asks. */
export function personActing(actor: Actor): Id {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor.person;
}
