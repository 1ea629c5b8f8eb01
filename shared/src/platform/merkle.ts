// Merkle trees of RFC 6962: one root for many leaves, a short proof that a leaf is under it, and one that a tree only grew.

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

/** Leaves that stand side by side: from one, up to but without another. */
export type Span = readonly [from: number, to: number];

/** The leaves under each hash that leads from one leaf to the root, lowest first (RFC 6962, 2.1.1). */
export function spansOfPath(index: number, [from, to]: Span): readonly Span[] {
  if (to - from <= 1) return [];
  const cut = from + largestPowerBelow(to - from);
  return index < cut ? [...spansOfPath(index, [from, cut]), [cut, to]] : [...spansOfPath(index, [cut, to]), [from, cut]];
}

/** The leaves under each hash that shows that a tree of `before` leaves became this one by growing alone (RFC 6962, 2.1.2). */
export function spansOfConsistency(before: number, size: number): readonly Span[] {
  return before <= 0 ? [] : grownFrom(before, [0, size], true);
}

/** `whole`: whoever asks knows the root over all that stood here before. */
function grownFrom(before: number, [from, to]: Span, whole: boolean): readonly Span[] {
  if (before >= to) return whole ? [] : [[from, to]];
  const cut = from + largestPowerBelow(to - from);
  return before <= cut ? [...grownFrom(before, [from, cut], whole), [cut, to]] : [...grownFrom(before, [cut, to], false), [from, cut]];
}

/** The hashes that lead from one leaf to the root, lowest first. */
export const pathOf = (leaves: readonly Uint8Array[], index: number, sha256: Sha256): readonly Uint8Array[] =>
  spansOfPath(index, [0, leaves.length]).map((span) => rootOf(leaves.slice(...span), sha256));

/** The hashes that show that the first `before` of these leaves were a tree of which this one is the continuation. */
export const consistencyOf = (leaves: readonly Uint8Array[], before: number, sha256: Sha256): readonly Uint8Array[] =>
  spansOfConsistency(before, leaves.length).map((span) => rootOf(leaves.slice(...span), sha256));

/** A tree as it was published: so many leaves, and the root over them. */
export type Tree = { readonly size: number; readonly root: Uint8Array };

/** Whether the hashes show that the later tree is the earlier one with leaves added, and nothing else. */
export function isConsistent(earlier: Tree, later: Tree, proof: readonly Uint8Array[], sha256: Sha256): boolean {
  if (earlier.size < 0 || earlier.size > later.size) return false;
  if (earlier.size === 0) return proof.length === 0 && areSame(earlier.root, rootOf([], sha256));
  const roots = rootsFromProof(earlier, later.size, { whole: true, proof, sha256 });
  return roots !== undefined && areSame(roots.before, earlier.root) && areSame(roots.after, later.root);
}

type Proving = { readonly whole: boolean; readonly proof: readonly Uint8Array[]; readonly sha256: Sha256 };
type Roots = { readonly before: Uint8Array; readonly after: Uint8Array };

/** The two roots that a proof comes to: over what stood before, and over everything. */
function rootsFromProof({ size: before, root }: Tree, size: number, { whole, proof, sha256 }: Proving): Roots | undefined {
  const last = proof.at(-1);
  if (before === size && whole) return last ? undefined : { before: root, after: root };
  if (!last) return undefined;
  if (before === size) return proof.length === 1 ? { before: last, after: last } : undefined;
  const cut = largestPowerBelow(size);
  const rest = proof.slice(0, -1);
  if (before <= cut) {
    const left = rootsFromProof({ size: before, root }, cut, { whole, proof: rest, sha256 });
    return left && { before: left.before, after: nodeHash(left.after, last, sha256) };
  }
  const right = rootsFromProof({ size: before - cut, root }, size - cut, { whole: false, proof: rest, sha256 });
  return right && { before: nodeHash(last, right.before, sha256), after: nodeHash(last, right.after, sha256) };
}

const areSame = (one: Uint8Array, other: Uint8Array): boolean => one.length === other.length && one.every((byte, at) => byte === other[at]);

/** A node that covers 2^level leaves, all of them there, the first of them at index · 2^level. What stands in it never changes again. */
export type Place = { readonly level: number; readonly index: number };

/** The fewest whole nodes that cover a span of a tree, from the left: as many as the length of it has bits. */
export function placesIn([from, to]: Span): readonly Place[] {
  if (from >= to) return [];
  const length = largestPowerBelow(to - from + 1);
  return [{ level: Math.log2(length), index: from / length }, ...placesIn([from + length, to])];
}

/** The root over a span, from the nodes that cover it. */
export function rootOver([first, ...rest]: readonly Uint8Array[], sha256: Sha256): Uint8Array {
  if (first === undefined) return sha256(new Uint8Array());
  return rest.length === 0 ? first : nodeHash(first, rootOver(rest, sha256), sha256);
}

/** The nodes that become whole when a leaf is added behind so many, lowest first; `edge`: the nodes that cover the leaves before. */
export function nodesAdded(size: number, edge: readonly Uint8Array[], leaf: Uint8Array, sha256: Sha256): readonly Uint8Array[] {
  const left = edge.at(-1);
  if (size % 2 === 0 || left === undefined) return [leaf];
  return [leaf, ...nodesAdded((size - 1) / 2, edge.slice(0, -1), nodeHash(left, leaf, sha256), sha256)];
}

/** The edge after a leaf was added: what it made whole takes the place of the nodes it was made of. */
export function edgeAfter(size: number, edge: readonly Uint8Array[], leaf: Uint8Array, sha256: Sha256): readonly Uint8Array[] {
  const added = nodesAdded(size, edge, leaf, sha256);
  return [...edge.slice(0, edge.length - added.length + 1), ...added.slice(-1)];
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
