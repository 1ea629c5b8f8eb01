// The law of seals: how anybody reckons that an entry stands in the book that the coop put its name to. The browser asks it too.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { oneMeaning } from "../../platform/json.ts";
import { leafHash, rootFromPath } from "../../platform/merkle.ts";

/** An entry's way to a signed head: its leaf in its batch, and the batch's leaf in the log. */
export type SealShown = {
  readonly position: number;
  readonly batch: number;
  readonly root: string;
  readonly from: number;
  readonly to: number;
  readonly leaf: string;
  readonly path: readonly string[];
  readonly head?:
    | {
        readonly size: number;
        readonly root: string;
        /** The text that the log keeps of the batch. */
        readonly leaf: string;
        readonly path: readonly string[];
      }
    | undefined;
};

/** Where a seal is not what it says: the entry in its batch, or the batch in the log. */
export type SealFault = "batch" | "log";

type Step = { readonly leaf: Uint8Array; readonly index: number; readonly size: number; readonly path: readonly string[] };

const rootAbove = ({ leaf, index, size, path }: Step): string =>
  bytesToHex(rootFromPath(leaf, index, size, path.map(hexToBytes), sha256) ?? new Uint8Array());

/** What does not agree on the way from an entry's leaf to the head; undefined when all does. Whether the head is signed is another question. */
export function faultInSeal({ position, batch, root, from, to, leaf, path, head }: SealShown): SealFault | undefined {
  const reached = rootAbove({ leaf: hexToBytes(leaf), index: position - from, size: to - from + 1, path });
  if (reached !== root) return "batch";
  if (!head) return undefined;
  const logged = rootAbove({ leaf: leafHash(utf8ToBytes(head.leaf), sha256), index: batch - 1, size: head.size, path: head.path });
  const kept = Object(oneMeaning(head.leaf)?.value) as Partial<SealShown>;
  const isThatBatch = kept.batch === batch && kept.root === root && kept.from === from && kept.to === to;
  return isThatBatch && logged === head.root ? undefined : "log";
}
