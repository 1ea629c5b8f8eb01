// The law of witnessing: what a signed head of a sister's book is to the coop that kept the ones before it.
import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import { isConsistent, type Tree } from "../../platform/merkle.ts";
import { isBefore, type Instant } from "../../platform/time.ts";

/** It continues what was kept; it cannot, since the book was rewritten; or nothing shows which of the two. */
export const findings = ["extends", "forked", "unproven"] as const;
export type Finding = (typeof findings)[number];

/** A head: so many leaves, the root over them, and when it was signed. */
export type HeadSeen = { readonly size: number; readonly root: string; readonly at: Instant };

/** What is sent along to show that it continues the one over so many leaves. */
export type ProofSent = { readonly from: number; readonly proof: readonly string[] };

/** What was kept of this sister: the newest head that continued all before it, and the one of the same size. */
export type KeptBefore = { readonly newest?: HeadSeen | undefined; readonly same?: HeadSeen | undefined };

const treeOf = ({ size, root }: Pick<HeadSeen, "size" | "root">): Tree => ({ size, root: hexToBytes(root) });

/** What a head is beside those that were kept; undefined where it says nothing new. A coop has one book: of one size there is one root, and it never shrinks. */
export function findingOn(head: HeadSeen, { from, proof }: ProofSent, { newest, same }: KeptBefore): Finding | undefined {
  if (same) return same.root === head.root ? undefined : "forked";
  if (!newest) return "extends";
  // One that was signed before the newest came late; one that was signed after it says that leaves are gone.
  if (head.size < newest.size) return isBefore(head.at, newest.at) ? undefined : "forked";
  if (from !== newest.size) return "unproven";
  return isConsistent(treeOf(newest), treeOf(head), proof.map(hexToBytes), sha256) ? "extends" : "forked";
}
