// Keys of actors: made in two kinds, kept under a name, and what they prove in a document is what the published examples say.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { base58 } from "@scure/base";
import fc from "fast-check";
import { CompactEncrypt } from "jose";
import { test } from "tap";
import { ctx } from "@partcommune/federation/vocabulary";
import { keyFromMultibase, newKey, openKey, sealKey, type JsonWebKey } from "@partcommune/federation/sign/key";
import { proofHolds, proofOf, prove } from "@partcommune/federation/sign/proof";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";

const under = { version: "2", bytes: Buffer.alloc(32, 7) };
const versions = (version: string): Uint8Array | undefined => (version === under.version ? under.bytes : undefined);

/** The key of the published examples. */
const published: JsonWebKey = {
  kty: "OKP",
  crv: "Ed25519",
  d: "yW756hDF5BTEcXI6_53nLDX6W3D66X6IMuysfS4rjtY",
  x: "sA2Nk45_dz1RVlqtNqYj9TRPf10ZYPnPPo4SYg6igQ8",
};
const publishedName = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";

test("a key of either kind opens under its own name alone, and signs as before", async (t) => {
  for (const kind of ["rsa", "ed25519"] as const) {
    const made = await newKey(kind);
    const sealed = await sealKey(made.private, "https://atelier.example/actor#a", under);
    t.notMatch(sealed, made.private.d ?? "-", "nothing private stands in it");
    const opened = await openKey(sealed, "https://atelier.example/actor#a", versions);
    const key = kind === "rsa" ? createPublicKey(made.public) : keyFromMultibase(made.public);
    const algorithm = kind === "rsa" ? "sha256" : null;
    t.equal(key && verify(algorithm, Buffer.from("a"), key, sign(algorithm, Buffer.from("a"), opened)), true, kind);
    await t.rejects(openKey(sealed, "https://atelier.example/jobs#a", versions), "moved to another row");
    await t.rejects(
      openKey(sealed, "https://atelier.example/actor#a", () => undefined),
      "a version that is not known",
    );
    await t.rejects(
      openKey(sealed, "https://atelier.example/actor#a", () => Buffer.alloc(32, 8)),
      "another key",
    );
    const parts = sealed.split(".");
    const renamed = Buffer.from(JSON.stringify({ alg: "dir", enc: "A256GCM", kid: "2", pck: "https://atelier.example/jobs#a" }));
    await t.rejects(
      openKey([renamed.toString("base64url"), ...parts.slice(1)].join("."), "https://atelier.example/jobs#a", versions),
      "renamed",
    );
  }
  for (const header of [
    { alg: "dir", enc: "A256GCM", kid: "2" },
    { alg: "dir", enc: "A256GCM", pck: "a" },
  ]) {
    const odd = await new CompactEncrypt(Buffer.from(JSON.stringify(published))).setProtectedHeader(header).encrypt(under.bytes);
    await t.rejects(openKey(odd, "a", versions), JSON.stringify(header));
  }
  const otherWay = await new CompactEncrypt(Buffer.from(JSON.stringify(published)))
    .setProtectedHeader({ alg: "A256GCMKW", enc: "A256GCM", kid: "2", pck: "a" })
    .encrypt(under.bytes);
  await t.rejects(openKey(otherWay, "a", versions), "another way to seal");
  t.match((await newKey("rsa")).public, /^-----BEGIN PUBLIC KEY-----\n/);
});

test("what names no Ed25519 key is none", (t) => {
  const whole = publishedName;
  t.ok(keyFromMultibase(whole));
  const odd = [
    "",
    "z",
    whole.slice(1),
    whole.slice(0, -1),
    `${whole}2`,
    whole.replace("z6Mk", "z6Lk"),
    `z6Mk${"0".repeat(44)}`,
    `z${"6Mk".repeat(1e6)}`,
  ];
  for (const text of odd) t.equal(keyFromMultibase(text), undefined, text.slice(0, 60));
  t.end();
});

const alice = "https://server.example/users/alice#ed25519-key";

/** The example of FEP-8b32 (fep-8b32.feature). */
const fep: JsonObject = {
  "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"],
  id: "https://server.example/activities/1",
  type: "Create",
  actor: "https://server.example/users/alice",
  object: {
    id: "https://server.example/objects/1",
    type: "Note",
    attributedTo: "https://server.example/users/alice",
    content: "Hello world",
    location: { type: "Place", longitude: -71.184902, latitude: 25.273962 },
  },
};
const fepProof = "zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z";

/** The example of the W3C's EdDSA cryptosuites (Data Integrity EdDSA Cryptosuites 1.0, appendix B.3). */
const w3c: JsonObject = {
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
  id: "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
  type: ["VerifiableCredential", "AlumniCredential"],
  name: "Alumni Credential",
  description: "A minimum viable example of an Alumni Credential.",
  issuer: "https://vc.example/issuers/5678",
  validFrom: "2023-01-01T00:00:00Z",
  credentialSubject: { id: "did:example:abcdefgh", alumniOf: "The School of Examples" },
};
const w3cProof = "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4";
const issuer = `https://vc.example/issuers/5678#${publishedName}`;

const at = Date.parse("2023-02-24T23:36:38.999Z");
const privateKey = createPrivateKey({ key: published, format: "jwk" });

/** A proven document with another word in its proof. */
const saying = (document: JsonObject, words: JsonObject): JsonObject => ({
  ...document,
  proof: { ...(document["proof"] as JsonObject), ...words },
});

test("our proofs are those of the published examples, to the last sign", (t) => {
  for (const [document, id, proofValue] of [
    [fep, alice, fepProof],
    [w3c, issuer, w3cProof],
  ] as const) {
    const proven = prove(document, { id, private: privateKey }, at);
    t.match(proven["proof"], { proofValue, created: "2023-02-24T23:36:38Z" });
    t.same(proofOf(proven), { verificationMethod: id, created: "2023-02-24T23:36:38Z" });
    t.equal(proofHolds(proven, publishedName), true);
    t.equal(proofHolds(saying(proven, { "@context": document["@context"] ?? null }), publishedName), true, "the context told again");
    t.equal(proofHolds({ ...proven, proof: [proven["proof"] ?? null] }, publishedName), true, "a list of one");
    t.equal(
      proofHolds(JSON.parse(JSON.stringify(proven, Object.keys(flat(proven)).toSorted())) as JsonObject, publishedName),
      true,
      "another order",
    );
  }
  t.end();
});

/** Every key of a document at one level, to sort by. */
function flat(value: unknown): Record<string, true> {
  if (typeof value !== "object" || value === null) return {};
  return Object.entries(value).reduce((all, [name, each]) => Object.assign(all, { [name]: true }, flat(each)), {});
}

/** A document with a proof of other options, signed over by the right key: RFC 8785 written another way, for documents of plain texts. */
function signedOver(document: JsonObject, words: JsonObject): JsonObject {
  const options: JsonObject = { ...(prove(document, { id: alice, private: privateKey }, at)["proof"] as JsonObject), ...words };
  const { proofValue: _, ...claimed } = options;
  const hash = (value: JsonObject): Buffer => createHash("sha256").update(ordered(value)).digest();
  const bytes = Buffer.concat([hash({ ...claimed, "@context": document["@context"] ?? null }), hash(document)]);
  return { ...document, proof: { ...options, proofValue: `z${base58.encode(sign(null, bytes, privateKey))}` } };
}

function ordered(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(ordered).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([name, each]) => `${JSON.stringify(name)}:${ordered(each)}`).join(",")}}`;
}

test("a proof of another kind is none, though the right key signed it", (t) => {
  t.equal(proofHolds(signedOver(fep, {}), publishedName), true);
  t.equal(proofHolds(signedOver(fep, { nonce: "a" }), publishedName), true, "a word that asks for nothing");
  for (const words of [
    { expires: "2033-02-24T23:36:38Z" },
    { previousProof: "urn:uuid:1" },
    { proofPurpose: "authentication" },
    { cryptosuite: "eddsa-rdfc-2022" },
    { type: "Ed25519Signature2020" },
    { created: 1 },
    { verificationMethod: [alice] },
  ])
    t.equal(proofHolds(signedOver(fep, words), publishedName), false, JSON.stringify(words));
  t.end();
});

test("a proof is none when anything was changed, or when it leans on what is not checked", async (t) => {
  const document: JsonObject = { ...fep, "@context": ctx };
  const proven = prove(document, { id: alice, private: privateKey }, at);
  t.equal(proofHolds(proven, publishedName), true);
  t.equal(proofHolds({ ...proven, signature: { type: "RsaSignature2017" } }, publishedName), true, "an older kind beside it");
  t.equal(proofHolds(proven, (await newKey("ed25519")).public), false, "another key");
  for (const [what, odd] of [
    ["another word", { ...proven, actor: "https://server.example/users/bob" }],
    ["a signature of no kind beside it", { ...proven, signature: { type: "Note" } }],
    ["a word more", { ...proven, to: "https://server.example/users/bob" }],
    ["another context", { ...proven, "@context": fep["@context"] ?? null }],
    ["another context in the proof", saying(proven, { "@context": fep["@context"] ?? null })],
    ["no proof", document],
    ["two proofs", { ...proven, proof: [proven["proof"] ?? null, proven["proof"] ?? null] }],
    ["a text for a proof", { ...proven, proof: "z" }],
    ["another time", saying(proven, { created: "2023-02-24T23:36:39Z" })],
    ["another method", saying(proven, { verificationMethod: "https://server.example/users/bob#a" })],
    ["a value cut short", saying(proven, { proofValue: fepProof.slice(0, -1) })],
    ["a value of another base", saying(proven, { proofValue: `u${fepProof.slice(1)}` })],
    ["a long value", saying(proven, { proofValue: `z${"2".repeat(1e6)}` })],
  ] as readonly (readonly [string, JsonObject])[])
    t.equal(proofHolds(odd, publishedName), false, what);
});

test("any document is proven, and not with another word in it", (t) => {
  const key = { id: alice, private: privateKey };
  const documents = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue({ maxDepth: 3 })).filter((each) => !("proof" in each));
  fc.assert(
    fc.property(documents, fc.string(), (made, word) => {
      const document = JSON.parse(JSON.stringify(made)) as JsonObject;
      const proven = prove(document, key, at);
      const changed = { ...proven, word };
      return proofHolds(proven, publishedName) && (document["word"] === word || !proofHolds(changed, publishedName));
    }),
  );
  t.end();
});
