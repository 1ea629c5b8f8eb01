// The lot of the tellers: whoever has the seed and the names of those who came draws the same two.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Id } from "../../platform/id.ts";

export const tellersDrawn = 2;

/** The first of those present in the order of the lot: HMAC-SHA-256 under the seed of each person's id, ascending. */
export function drawTellers(seed: string, present: readonly Id[]): readonly Id[] {
  const tickets = present.map((person) => ({ person, ticket: bytesToHex(hmac(sha256, hexToBytes(seed), utf8ToBytes(person))) }));
  return tickets
    .toSorted((one, other) => (one.ticket < other.ticket ? -1 : 1))
    .slice(0, tellersDrawn)
    .map(({ person }) => person);
}
