// Terms of a treaty by their hash: the same text at both coops, so that each knows what the other's members voted on.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Terms } from "@partcommune/shared/governance/rules/terms";

export const hashOfTerms = (terms: Terms): Buffer =>
  createHash("sha256")
    .update(canonicalize(terms) ?? "")
    .digest();
