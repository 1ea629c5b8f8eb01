// The link that switches a person's mail of notices off: who has it needs no session, and nobody can make one up.
import { timingSafeEqual } from "node:crypto";
import { idPattern, type Id } from "@partcommune/shared/platform/id";
import type { Keys } from "../keys.ts";

const signature = (keys: Keys, person: Id): Buffer => keys.digest("unsubscribe", person);

export const linkOf = (keys: Keys, person: Id): string => `${person}.${signature(keys, person).toString("base64url")}`;

/** Whose link this is; nobody's when it was not made here. */
export function personOfLink(keys: Keys, link: string): Id | undefined {
  const [person = "", signed = ""] = link.split(".", 2);
  if (!idPattern.test(person)) return undefined;
  const [given, made] = [Buffer.from(signed, "base64url"), signature(keys, person)];
  return given.length === made.length && timingSafeEqual(given, made) ? person : undefined;
}
