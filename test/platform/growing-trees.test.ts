// A tree that only grew can show it, and one that was rewritten cannot: the proofs of RFC 6962, 2.1.1 and 2.1.2, and the few nodes they are made of.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { test } from "tap";
import * as merkle from "@partcommune/shared/platform/merkle";

const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const leavesOf = (count: number, word = "leaf"): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => merkle.leafHash(Buffer.from(`${word} ${at}`), sha256));
const treeOf = (leaves: readonly Uint8Array[]): merkle.Tree => ({ size: leaves.length, root: merkle.rootOf(leaves, sha256) });
const pair = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(Buffer.concat([Buffer.of(1), left, right]));

test("the examples of RFC 6962, 2.1.3: seven leaves that were three, four and six", (t) => {
  const leaves = leavesOf(7);
  const [a, b, c, d, e, f, j] = leaves as readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const [g, h, i] = [pair(a, b), pair(c, d), pair(e, f)];
  const [k, l] = [pair(g, h), pair(i, j)];
  const paths = [
    [0, [b, h, l]],
    [3, [c, g, l]],
    [4, [f, j, k]],
    [6, [i, k]],
  ] as const;
  for (const [leaf, path] of paths) t.same(merkle.pathOf(leaves, leaf, sha256).map(hex), path.map(hex), `PATH(${leaf}, D[7])`);
  const proofs = [
    [3, [c, d, g, l]],
    [4, [l]],
    [6, [i, j, k]],
  ] as const;
  for (const [before, proof] of proofs)
    t.same(merkle.consistencyOf(leaves, before, sha256).map(hex), proof.map(hex), `PROOF(${before}, D[7])`);
  t.end();
});

const sizes = fc.integer({ min: 1, max: 200 }).chain((size) => fc.tuple(fc.integer({ min: 0, max: size }), fc.constant(size)));
const flipped = (hash: Uint8Array, bit: number): Uint8Array =>
  hash.map((byte, at) => (at === Math.floor(bit / 8) ? byte ^ (1 << (bit % 8)) : byte));

test("whatever grew shows it, and nothing else can", (t) => {
  fc.assert(
    fc.property(sizes, fc.nat(), fc.nat({ max: 255 }), ([before, size], where, bit) => {
      const leaves = leavesOf(size);
      const [earlier, later] = [treeOf(leaves.slice(0, before)), treeOf(leaves)];
      const proof = merkle.consistencyOf(leaves, before, sha256);
      const shows = (after: merkle.Tree, hashes: readonly Uint8Array[]): boolean => merkle.isConsistent(earlier, after, hashes, sha256);
      if (before === 0) return shows(later, proof);
      // One leaf of those that stood before is another: its root is another, and no proof leads from the old one to it.
      const rewritten = leaves.map((leaf, at) => (at === where % before ? merkle.leafHash(Buffer.of(bit), sha256) : leaf));
      const bent = proof.map((hash, at) => (at === where % proof.length ? flipped(hash, bit) : hash));
      const lies = [
        shows(treeOf(rewritten), merkle.consistencyOf(rewritten, before, sha256)),
        shows(treeOf(rewritten), proof),
        shows(later, [...proof, later.root]),
        proof.length > 0 && (shows(later, proof.slice(1)) || shows(later, bent)),
      ];
      return shows(later, proof) && !lies.includes(true);
    }),
  );
  t.notOk(merkle.isConsistent(treeOf(leavesOf(3)), treeOf(leavesOf(2)), [], sha256), "no tree grows smaller");
  t.end();
});

test("the few nodes that are kept come to the same roots and proofs as all leaves", (t) => {
  const most = 70;
  const leaves = leavesOf(most);
  const kept = new Map<string, Uint8Array>();
  const at = ({ level, index }: merkle.Place): Uint8Array => kept.get(`${level}:${index}`) ?? Buffer.of();
  const rootIn = (span: merkle.Span): string => hex(merkle.rootOver(merkle.placesIn(span).map(at), sha256));
  let edge: readonly Uint8Array[] = [];
  for (const [size, leaf] of leaves.entries()) {
    for (const [level, hash] of merkle.nodesAdded(size, edge, leaf, sha256).entries()) kept.set(`${level}:${size >> level}`, hash);
    edge = merkle.edgeAfter(size, edge, leaf, sha256);
    const grown = leaves.slice(0, size + 1);
    t.equal(hex(merkle.rootOver(edge, sha256)), hex(merkle.rootOf(grown, sha256)), `the edge of ${size + 1}`);
    t.same(
      edge.map(hex),
      merkle.placesIn([0, size + 1]).map((place) => hex(at(place))),
    );
    for (let before = 0; before <= size + 1; before += 3) {
      const spans = merkle.spansOfConsistency(before, size + 1);
      t.same(spans.map(rootIn), merkle.consistencyOf(grown, before, sha256).map(hex));
    }
    t.same(merkle.spansOfPath(size, [0, size + 1]).map(rootIn), merkle.pathOf(grown, size, sha256).map(hex));
  }
  t.ok(kept.size < 2 * most, "less than two nodes a leaf");
  t.end();
});
