// Secrets at rest: sealed with a key that is not in the database, so that a copy of the database does not read them.
import { createCipheriv, createDecipheriv, createECDH, createHmac, hkdfSync } from "node:crypto";

export type Keys = {
  /** Seals a text for one purpose and owner; only the same purpose and owner open it. */
  readonly seal: (purpose: string, text: string, nonce: Uint8Array) => Buffer;
  readonly open: (purpose: string, sealed: Uint8Array) => string;
  /** A keyed digest: equal texts can be found equal, and nobody without the key can guess them. */
  readonly digest: (purpose: string, text: string) => Buffer;
  /** A key pair of P-256 for one use, as base64url: the same as long as the secret is, so that a restored coop signs as before. */
  readonly signing: (use: string) => { readonly publicKey: string; readonly privateKey: string };
};

/** Keys derived from the coop's one secret (HKDF-SHA-256), AES-256-GCM for sealing. */
export function keysFrom(secret: Uint8Array): Keys {
  // Uses are few and fixed in the code; each act needs some of them.
  const known = new Map<string, Buffer>();
  const derived = (use: string): Buffer => {
    const key = known.get(use) ?? Buffer.from(hkdfSync("sha256", secret, "partcommune", use, 32));
    known.set(use, key);
    return key;
  };
  return {
    seal(purpose, text, nonce) {
      const cipher = createCipheriv("aes-256-gcm", derived("seal"), nonce.subarray(0, 12)).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce.subarray(0, 12), cipher.getAuthTag(), body]);
    },
    open(purpose, sealed) {
      const decipher = createDecipheriv("aes-256-gcm", derived("seal"), sealed.subarray(0, 12)).setAAD(Buffer.from(purpose));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return decipher.update(sealed.subarray(28), undefined, "utf8") + decipher.final("utf8");
    },
    digest: (purpose, text) =>
      createHmac("sha256", derived(`digest:${purpose}`))
        .update(text)
        .digest(),
    signing: (use) => pairFrom(Buffer.from(hkdfSync("sha256", secret, "partcommune", `signing:${use}`, 48))),
  };
}

const orderOfP256 = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A private key from more bits than it has, so that none is likelier than another (FIPS 186-5, A.2.1). */
function pairFrom(bits: Buffer): { readonly publicKey: string; readonly privateKey: string } {
  const scalar = (BigInt(`0x${bits.toString("hex")}`) % (orderOfP256 - 1n)) + 1n;
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(scalar.toString(16).padStart(64, "0"), "hex");
  return {
    publicKey: pair.getPublicKey("base64url"),
    privateKey: Buffer.from(scalar.toString(16).padStart(64, "0"), "hex").toString("base64url"),
  };
}
