// Secrets at rest: sealed with a key that is not in the database, so that a copy of the database does not read them.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from "node:crypto";

export type Keys = {
  /** Seals a text for one purpose and owner; only the same purpose and owner open it. */
  readonly seal: (purpose: string, text: string, nonce: Uint8Array) => Buffer;
  readonly open: (purpose: string, sealed: Uint8Array) => string;
  /** A keyed digest: equal texts can be found equal, and nobody without the key can guess them. */
  readonly digest: (purpose: string, text: string) => Buffer;
};

/** Keys derived from the coop's one secret (HKDF-SHA-256), AES-256-GCM for sealing. */
export function keysFrom(secret: Uint8Array): Keys {
  const derived = (use: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "partcommune", use, 32));
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
  };
}
