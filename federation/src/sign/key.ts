// Keys of an actor: two kinds, made here, and at rest only as a text that opens under one name and with a key that is not in the database.
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, type webcrypto } from "node:crypto";
import { promisify } from "node:util";
import { base58 } from "@scure/base";
import { compactDecrypt, CompactEncrypt } from "jose";

export type JsonWebKey = webcrypto.JsonWebKey;

/** RSA signs HTTP messages, since that is what every peer reads; Ed25519 signs documents. */
export type KeyKind = "rsa" | "ed25519";

/** The public half as others read it: PEM of an RSA key, multibase of an Ed25519 key (`z6Mk…`). */
export type NewKey = { readonly public: string; readonly private: JsonWebKey };

const generate = promisify(generateKeyPair);

/** Makes a key. */
export async function newKey(kind: KeyKind): Promise<NewKey> {
  if (kind === "rsa") {
    const pair = await generate("rsa", { modulusLength: 2048 });
    return {
      public: pair.publicKey.export({ type: "spki", format: "pem" }),
      private: pair.privateKey.export({ format: "jwk" }),
    };
  }
  const pair = await generate("ed25519");
  return { public: multibaseOf(pair.publicKey), private: pair.privateKey.export({ format: "jwk" }) };
}

/** Seals a private key under the name of its key; `under` is the key-encryption key of 32 bytes and its version. */
export async function sealKey(
  privateKey: JsonWebKey,
  id: string,
  under: { readonly version: string; readonly bytes: Uint8Array },
): Promise<string> {
  return new CompactEncrypt(Buffer.from(JSON.stringify(privateKey)))
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", kid: under.version, pck: id })
    .encrypt(under.bytes);
}

/** Opens a sealed key. Rejects what was sealed under another name, with an unknown version, or was touched. */
export async function openKey(jwe: string, id: string, under: (version: string) => Uint8Array | undefined): Promise<KeyObject> {
  const choose = ({ kid, pck }: { readonly kid?: string; readonly pck?: unknown }): Uint8Array => {
    const bytes = typeof kid === "string" && pck === id ? under(kid) : undefined;
    if (!bytes) throw new Error(`no key opens ${id}`);
    return bytes;
  };
  const { plaintext } = await compactDecrypt(jwe, choose, {
    keyManagementAlgorithms: ["dir"],
    contentEncryptionAlgorithms: ["A256GCM"],
  });
  return createPrivateKey({ key: JSON.parse(Buffer.from(plaintext).toString("utf8")) as JsonWebKey, format: "jwk" });
}

// The multicodec of an Ed25519 public key (W3C Controlled Identifiers, Multikey).
const ed25519Codec = Buffer.from([0xed, 0x01]);

const multibaseOf = (key: KeyObject): string =>
  `z${base58.encode(Buffer.concat([ed25519Codec, Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url")]))}`;

/** An Ed25519 public key from its multibase; undefined for any other text. */
export function keyFromMultibase(text: string): KeyObject | undefined {
  // Of an untrusted length base58 takes time that grows with its square; a key has 48 signs.
  if (!/^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/.test(text)) return undefined;
  try {
    const bytes = Buffer.from(base58.decode(text.slice(1)));
    if (bytes.length !== 34 || !bytes.subarray(0, 2).equals(ed25519Codec)) return undefined;
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: bytes.subarray(2).toString("base64url") }, format: "jwk" });
  } catch {
    return undefined;
  }
}
