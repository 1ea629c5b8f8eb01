// The verifiable lot: several people give a seed each before anybody can know the others', and whoever has the seeds and the pool draws the same order.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { leafHash, rootOf } from "../../platform/merkle.ts";

/** What one party gave: 32 bytes in hex, under the name it stands in the lot with. */
export type Seed = { readonly party: string; readonly seed: string };

/** What a party publishes before it shows its seed. */
export const commitmentOf = (seed: string): string => bytesToHex(sha256(hexToBytes(seed)));

/** The seed of the lot: SHA-256 over the seeds in the order of the parties' names. */
export const seedOf = (seeds: readonly Seed[]): string =>
  bytesToHex(
    sha256(concatBytes(...seeds.toSorted((one, other) => (one.party < other.party ? -1 : 1)).map(({ seed }) => hexToBytes(seed)))),
  );

/** The pool in the order of the lot: HMAC-SHA-256 under the seed of each entry, ascending. Whoever is first is drawn first. */
export function orderOf(seed: string, pool: readonly string[]): readonly string[] {
  const key = hexToBytes(seed);
  const tickets = pool.map((entry) => ({ entry, ticket: bytesToHex(hmac(sha256, key, utf8ToBytes(entry))) }));
  return tickets.toSorted((one, other) => (one.ticket < other.ticket ? -1 : 1)).map(({ entry }) => entry);
}

/** One hash for the whole pool, published before any seed is shown: the Merkle root (RFC 6962) over the entries in ascending order. */
export const poolRootOf = (pool: readonly string[]): string =>
  bytesToHex(
    rootOf(
      pool.toSorted().map((entry) => leafHash(utf8ToBytes(entry), sha256)),
      sha256,
    ),
  );
