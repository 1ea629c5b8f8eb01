// Terms of a treaty by their hash: the same text at both coops, so that each knows what the other's members voted on.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Terms } from "@partcommune/shared/governance/rules/terms";

export const hashOfTerms = (terms: Terms): Buffer =>
  createHash("sha256")
    .update(canonicalize(terms) ?? "")
    .digest();

/** The hash of an agreement without its proof, by which the other side signs it. */
export function hashOfAgreement({ proof: _, ...agreement }: JsonObject): string {
  const bytes = canonicalize(agreement) ?? "";
  return createHash("sha256").update(bytes).digest("base64url");
}
