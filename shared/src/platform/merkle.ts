// Merkle trees of RFC 6962: one root for many leaves, and a short proof that a leaf is under it.

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

// The first byte keeps a leaf from ever passing for a node (RFC 6962, 2.1).
const leafPrefix = 0;
const nodePrefix = 1;

/** The hash of a leaf's bytes. */
export const leafHash = (bytes: Uint8Array, sha256: Sha256): Uint8Array => sha256(joined(leafPrefix, bytes));

/** The root over leaf hashes. The root of nothing is the hash of nothing. */
export function rootOf(leaves: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  const cut = largestPowerBelow(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, cut), sha256), rootOf(leaves.slice(cut), sha256), sha256);
}

/** The hashes that lead from one leaf to the root, lowest first. */
export function pathOf(leaves: readonly Uint8Array[], index: number, sha256: Sha256): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const cut = largestPowerBelow(leaves.length);
  return index < cut
    ? [...pathOf(leaves.slice(0, cut), index, sha256), rootOf(leaves.slice(cut), sha256)]
    : [...pathOf(leaves.slice(cut), index - cut, sha256), rootOf(leaves.slice(0, cut), sha256)];
}

/** The root that a leaf and its path come to in a tree of so many leaves; undefined when such a tree has no such path. */
export function rootFromPath(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  sha256: Sha256,
): Uint8Array | undefined {
  if (index < 0 || index >= size) return undefined;
  if (size === 1) return path.length === 0 ? leaf : undefined;
  const sibling = path.at(-1);
  const below = path.slice(0, -1);
  const cut = largestPowerBelow(size);
  const half = index < cut ? rootFromPath(leaf, index, cut, below, sha256) : rootFromPath(leaf, index - cut, size - cut, below, sha256);
  if (!half || !sibling) return undefined;
  return index < cut ? nodeHash(half, sibling, sha256) : nodeHash(sibling, half, sha256);
}

const nodeHash = (left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array => sha256(joined(nodePrefix, left, right));

function joined(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((length, part) => length + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The largest power of two smaller than n, where RFC 6962 cuts a tree in two. */
function largestPowerBelow(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}
