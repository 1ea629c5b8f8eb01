// The lot that ends ties: an order that nobody chose and nobody knew before the close.
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * What the lot of a vote is drawn from: 32 bytes whose hash stood in the notice, and every receipt in the order of the roll. Whoever holds
 * the first cannot know the second before nothing is cast any more.
 */
export const chanceOf = (seed: string, receipts: readonly string[]): string =>
  bytesToHex(hmac(sha256, hexToBytes(seed), utf8ToBytes(receipts.join("\n"))));

/** Lines of a roll-call in the order of the roll: by college, then by entry. */
export const inOrderOfRoll = <Line extends { readonly college: string; readonly entry: string }>(lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((one, other) => (`${one.college} ${one.entry}` < `${other.college} ${other.entry}` ? -1 : 1));

/** Options in the order of the lot: HMAC-SHA-256 under the chance of the vote and the option, ascending. */
export function drawnBy(chance: string, vote: string, options: readonly string[]): readonly string[] {
  const ticket = (option: string): string => bytesToHex(hmac(sha256, hexToBytes(chance), utf8ToBytes(`${vote}\n${option}`)));
  const tickets = options.map((option) => ({ option, ticket: ticket(option) }));
  return tickets.toSorted((one, other) => (one.ticket < other.ticket ? -1 : 1)).map(({ option }) => option);
}
