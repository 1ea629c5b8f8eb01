// Reads a backup from its first byte to its last before anything is done with it: what is cut, changed or missing is found here.
import { haltUnless } from "../halt.ts";
import { steps } from "../migrate.ts";
import { counting, sameSum, type Counting } from "./digest.ts";
import { readPieces } from "./file.ts";
import { errandsPart, Manifest, manifestPart, secretPart } from "./manifest.ts";
import { openSecret } from "./secret.ts";

export type Verified = { readonly manifest: Manifest; readonly secret: string };

// Read into memory, unlike the tables; those of a coop with a thousand tables would have a megabyte.
const longestPage = 2 ** 24;

/** The manifest and the secret of a file that is whole. */
export async function verifyBackup(path: string, passphrase: string): Promise<Verified> {
  const { parts, texts } = await readThrough(path);
  const [text, sealed] = [texts.get(manifestPart), texts.get(secretPart)];
  haltUnless(text !== undefined && sealed !== undefined, `${path} ends before its end: its last pages are missing.`);
  const secret = await openSecret(sealed, passphrase, text);
  haltUnless(secret !== undefined, `This passphrase does not open ${path}. If it is the right one, somebody has changed the file.`);
  const manifest = Manifest.parse(JSON.parse(text));
  const expected = [...manifest.tables, { name: errandsPart, ...manifest.errands }];
  for (const sum of expected)
    haltUnless(sameSum(sum, (parts.get(sum.name) ?? counting()).sum()), `${path} is damaged: ${sum.name} is not what was written.`);
  const named = new Set(expected.map(({ name }) => name));
  for (const name of parts.keys()) haltUnless(named.has(name), `${path} is damaged: it holds ${name}, which its manifest does not name.`);
  return { manifest, secret };
}

async function readThrough(path: string) {
  const parts = new Map<string, Counting>();
  const texts = new Map<string, string>();
  for await (const { part, bytes } of readPieces(path)) {
    if (part === manifestPart || part === secretPart) {
      const text = (texts.get(part) ?? "") + bytes.toString("utf8");
      haltUnless(text.length <= longestPage, `${path} is damaged: its last pages are longer than any backup's.`);
      texts.set(part, text);
      continue;
    }
    const sums = parts.get(part) ?? counting();
    sums.take(bytes);
    parts.set(part, sums);
  }
  return { parts, texts };
}

/** Stops where this software would make other tables than those the file was taken from. An older file is let through and brought up to date later. */
export async function assertSameSteps({ migrations, software }: Manifest): Promise<void> {
  const known = await steps();
  const differs = migrations.find(({ name, sha256 }, at) => known[at]?.name !== name || known[at]?.sha256 !== sha256);
  haltUnless(
    differs === undefined,
    `The backup was made by version ${software}, whose migration ${differs?.name ?? ""} this version has otherwise or not at all. Restore it with that version, then bring the coop up to date.`,
  );
}
