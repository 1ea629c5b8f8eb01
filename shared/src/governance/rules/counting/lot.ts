// The lot that ends ties: an order nobody can choose, from a seed whose hash stood in the notice and which is told after the close.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/** Options in the order of the lot: HMAC-SHA-256 under the seed of the vote and the option, ascending. */
export function drawnBy(seed: string, vote: string, options: readonly string[]): readonly string[] {
  const ticket = (option: string): string => bytesToHex(hmac(sha256, hexToBytes(seed), utf8ToBytes(`${vote}\n${option}`)));
  const tickets = options.map((option) => ({ option, ticket: ticket(option) }));
  return tickets.toSorted((one, other) => (one.ticket < other.ticket ? -1 : 1)).map(({ option }) => option);
}
