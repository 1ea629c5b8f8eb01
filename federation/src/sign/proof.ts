// Proofs inside a document (FEP-8b32, cryptosuite eddsa-jcs-2022): who holds the document can see who made it, however it came.
import { createHash, sign, verify, type KeyObject } from "node:crypto";
import { base58 } from "@scure/base";
import canonicalize from "canonicalize";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { keyFromMultibase } from "./key.ts";

/** What a proof says of itself, before its key is known. */
export interface Proof {
  readonly verificationMethod: string;
  readonly created: string;
}

const kind = { type: "DataIntegrityProof", cryptosuite: "eddsa-jcs-2022", proofPurpose: "assertionMethod" } as const;

/** The document with a proof. `at` in milliseconds; a proof states whole seconds, since some peers refuse others. */
export function prove(document: JsonObject, key: { readonly id: string; readonly private: KeyObject }, at: number): JsonObject {
  const created = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const options = { ...kind, verificationMethod: key.id, created };
  const signature = sign(null, hashOf(document, options), key.private);
  return { ...document, proof: { ...options, proofValue: `z${base58.encode(signature)}` } };
}

/** What the one proof of a document says of itself; undefined where it has none that we could check. */
export function proofOf(document: JsonObject): Proof | undefined {
  const proof = optionsOf(document);
  if (!proof) return undefined;
  const { verificationMethod, created } = proof;
  return typeof verificationMethod === "string" && typeof created === "string" ? { verificationMethod, created } : undefined;
}

/** Whether the document's one proof was made by this Ed25519 key. */
export function proofHolds(document: JsonObject, publicMultibase: string): boolean {
  const [options, key] = [optionsOf(document), keyFromMultibase(publicMultibase)];
  const { proofValue, ...claimed } = options ?? {};
  // 64 bytes; base58 of more would take time that grows with the square of its length.
  if (!key || !proofOf(document) || typeof proofValue !== "string" || !/^z[1-9A-HJ-NP-Za-km-z]{64,88}$/.test(proofValue)) return false;
  try {
    return verify(null, hashOf(document, claimed), key, base58.decode(proofValue.slice(1)));
  } catch {
    return false; // what has no canonical form was not signed
  }
}

/** The proof, where there is one of our kind that needs nothing we do not check. */
function optionsOf(document: JsonObject): JsonObject | undefined {
  const proof = Array.isArray(document["proof"]) && document["proof"].length === 1 ? document["proof"][0] : document["proof"];
  if (!isObject(proof) || proof["expires"] !== undefined || proof["previousProof"] !== undefined) return undefined;
  if (Object.entries(kind).some(([name, value]) => proof[name] !== value)) return undefined;
  const stated = proof["@context"];
  return stated === undefined || canonicalize(stated) === canonicalize(document["@context"]) ? proof : undefined;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Without a Linked-Data Signature, which peers put beside a proof once that is made, and which is to be taken off before it is checked (FEP-8b32). */
function withoutOlder(document: JsonObject): JsonObject {
  const { signature, ...rest } = document;
  return isObject(signature) && signature["type"] === "RsaSignature2017" ? rest : document;
}

/** The bytes that are signed: a hash of the proof's options under the document's context, then one of the document. */
function hashOf(document: JsonObject, options: JsonObject): Buffer {
  const { proof: _, ...bare } = withoutOlder(document);
  const context = document["@context"] === undefined ? {} : { "@context": document["@context"] };
  const hash = (value: JsonObject): Buffer =>
    createHash("sha256")
      .update(canonicalize(value) ?? "")
      .digest();
  return Buffer.concat([hash({ ...options, ...context }), hash(bare)]);
}
