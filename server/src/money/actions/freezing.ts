// What is frozen: the very text that is kept, and its digest, by which anybody sees that it never changed.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** A paper in its canonical form (RFC 8785), with its SHA-256. */
export function frozenFrom(paper: object): { readonly frozen: string; readonly hash: Buffer } {
  const frozen = canonicalize(paper);
  if (frozen === undefined) throw new TypeError("a paper is an object");
  return { frozen, hash: createHash("sha256").update(frozen).digest() };
}
