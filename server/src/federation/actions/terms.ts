// Terms of a treaty by their hash: the same text at both coops, so that each knows what the other's members voted on.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { unproved } from "@partcommune/federation/translate/engagement";
import type { Terms } from "@partcommune/shared/governance/rules/terms";

export const hashOfTerms = (terms: Terms): Buffer =>
  createHash("sha256")
    .update(canonicalize(terms) ?? "")
    .digest();

/** The hash of an agreement without its proof, by which the other side signs it. */
export const hashOfAgreement = (agreement: JsonObject): string =>
  createHash("sha256")
    .update(canonicalize(unproved(agreement)) ?? "")
    .digest("base64url");
