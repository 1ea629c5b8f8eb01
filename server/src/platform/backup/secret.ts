// The coop's secret inside a backup: sealed under a passphrase, and bound to the manifest, so that it also proves that nothing else was changed.
import { createCipheriv, createDecipheriv, randomBytes, scrypt, type ScryptOptions } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
// Part of format 1 and not read from a file, so that no file can ask for a year of reckoning.
const cost = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 };

export const shortestPassphrase = 12;

const Sealed = z.strictObject({ salt: z.base64url(), nonce: z.base64url(), tag: z.base64url(), sealed: z.base64url() });

const keyFrom = (passphrase: string, salt: Buffer): Promise<Buffer> => derive(passphrase.normalize("NFC"), salt, 32, cost);

/** Seals the secret for who knows the passphrase and holds this very manifest. */
export async function sealSecret(secret: string, passphrase: string, manifest: string): Promise<string> {
  const [salt, nonce] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv("aes-256-gcm", await keyFrom(passphrase, salt), nonce).setAAD(Buffer.from(manifest));
  const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  const parts = { salt, nonce, tag: cipher.getAuthTag(), sealed };
  return JSON.stringify(Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString("base64url")])));
}

/** The secret; undefined where the passphrase is another or the manifest was changed. */
export async function openSecret(sealed: string, passphrase: string, manifest: string): Promise<string | undefined> {
  try {
    const [salt, nonce, tag, body] = partsOf(sealed);
    const decipher = createDecipheriv("aes-256-gcm", await keyFrom(passphrase, salt), nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(manifest)).setAuthTag(tag);
    return decipher.update(body, undefined, "utf8") + decipher.final("utf8");
  } catch {
    return undefined;
  }
}

function partsOf(text: string): readonly [salt: Buffer, nonce: Buffer, tag: Buffer, sealed: Buffer] {
  const { salt, nonce, tag, sealed } = Sealed.parse(JSON.parse(text));
  const bytes = (part: string): Buffer => Buffer.from(part, "base64url");
  return [bytes(salt), bytes(nonce), bytes(tag), bytes(sealed)];
}
