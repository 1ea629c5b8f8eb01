// The record key: signs what a coop leaves behind for others to hold against it (a wind-down folder, heads of its logs). It is made of the coop's secret, so that it is there as long as that is.
import { calculateJwkThumbprint, CompactSign, compactVerify, decodeProtectedHeader, importJWK, type JWK } from "jose";
import type { Keys } from "./keys.ts";

function jwkOf(keys: Keys): { readonly open: JWK; readonly secret: JWK } {
  const { publicKey, privateKey } = keys.signing("record");
  const point = Buffer.from(publicKey, "base64url"); // 4, x, y
  const open: JWK = {
    kty: "EC",
    crv: "P-256",
    x: point.subarray(1, 33).toString("base64url"),
    y: point.subarray(33).toString("base64url"),
  };
  return { open, secret: { ...open, d: privateKey } };
}

/** What the key is known by. */
export const recordThumbprint = (keys: Keys): Promise<string> => calculateJwkThumbprint(jwkOf(keys).open);

/** What a signed text is: one kind never passes for another. */
export type RecordKind = "wind-down" | "tree-head";

/** Signs a text (JWS, ES256), with the public key beside it so that it is checked without asking anybody. */
export async function signedRecord(keys: Keys, kind: RecordKind, text: string): Promise<string> {
  const { open, secret } = jwkOf(keys);
  const header = { alg: "ES256", typ: `${kind}+jws`, jwk: open };
  return new CompactSign(Buffer.from(text)).setProtectedHeader(header).sign(await importJWK(secret, "ES256"));
}

/** The text that was signed, and the thumbprint of the key that did; undefined where the signature is not that of its key, or was written otherwise than it is written. */
export async function readRecord(kind: RecordKind, jws: string): Promise<{ readonly text: string; readonly key: string } | undefined> {
  try {
    const { jwk, typ } = decodeProtectedHeader(jws);
    if (jwk === undefined || typ !== `${kind}+jws` || !isWrittenOnce(jws)) return undefined;
    const { payload } = await compactVerify(jws, await importJWK(jwk, "ES256"), { algorithms: ["ES256"] });
    return { text: Buffer.from(payload).toString(), key: await calculateJwkThumbprint(jwk) };
  } catch {
    return undefined;
  }
}

/** The last character of base64url has bits that mean nothing: whoever changes those changes the text and not what it says. */
const isWrittenOnce = (jws: string): boolean =>
  jws.split(".").every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
