// A folder that proves itself: its files, a list of their digests, and a signature under that list.
import { createReadStream } from "node:fs";
import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createHash, type Hash } from "node:crypto";
import { dirname, join, relative } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { Instant } from "@partcommune/shared/platform/time";
import { checkingWindDown, type Piece } from "../mutual/index.ts";
import { Halt } from "../platform/halt.ts";
import type { Keys } from "../platform/keys.ts";
import { readRecord, signedRecord } from "../platform/record-key.ts";
import { version } from "../platform/version.ts";

const sealName = "manifest.jws";
const manifestName = "manifest.json";

const Manifest = z.object({
  format: z.literal(1),
  software: z.string(),
  at: z.string(),
  files: z.record(z.string(), z.object({ bytes: z.int(), sha256: z.string() })),
});
type Manifest = z.output<typeof Manifest>;

type Wanted = { readonly keys: Keys; readonly at: Instant };

/** Writes every piece, then the list of all files and the signature under it. The folder must not be there before. */
export async function writeFolder(folder: string, pieces: AsyncIterable<Piece>, { keys, at }: Wanted): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    throw new Halt(`${folder} cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  });
  const sums = new Map<string, { readonly hash: Hash; bytes: number }>();
  for await (const { name, text } of pieces) {
    const sum = sums.get(name) ?? { hash: createHash("sha256"), bytes: 0 };
    if (!sums.has(name)) await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    sum.hash.update(text);
    sum.bytes += Buffer.byteLength(text);
    sums.set(name, sum);
    await appendFile(join(folder, name), text, { mode: 0o600 });
  }
  const files = Object.fromEntries([...sums].map(([name, { hash, bytes }]) => [name, { bytes, sha256: hash.digest("hex") }]));
  const manifest: Manifest = { format: 1, software: version, at, files };
  const text = `${JSON.stringify(manifest, undefined, 1)}\n`;
  await writeFile(join(folder, manifestName), text, { mode: 0o600 });
  await writeFile(join(folder, sealName), await signedRecord(keys, "wind-down", text), { mode: 0o600 });
}

export type Checked = { readonly files: number; readonly bytes: number; readonly key: string; readonly faults: readonly string[] };

/** Reads a folder to its end: each file against its digest, the list against its signature, the sums against the book. It needs nothing else. */
export async function checkFolder(folder: string): Promise<Checked> {
  const seal = await readRecord("wind-down", await readText(folder, sealName));
  const manifest = seal && Manifest.safeParse(JSON.parse(seal.text)).data;
  if (!seal || !manifest) return { files: 0, bytes: 0, key: "", faults: [`${sealName} is not signed by the key it names.`] };
  const names = Object.keys(manifest.files);
  const bytes = Object.values(manifest.files).reduce((sum, each) => sum + each.bytes, 0);
  const list = (await readText(folder, manifestName)) === seal.text ? [] : [`${manifestName} is not what was signed.`];
  const changed = await changedIn(folder, manifest);
  const sums = changed.length > 0 ? [] : await sumFaults(folder, names);
  return { files: names.length, bytes, key: seal.key, faults: [...list, ...changed, ...(await strangersIn(folder, manifest)), ...sums] };
}

async function changedIn(folder: string, { files }: Manifest): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const [name, { sha256 }] of Object.entries(files)) {
    const found = await digestOf(join(folder, name)).catch(() => undefined);
    if (found !== sha256) faults.push(found === undefined ? `${name} is missing.` : `${name} is not what was signed.`);
  }
  return faults;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

/** What lies in the folder and was not signed. */
async function strangersIn(folder: string, { files }: Manifest): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  return names
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => !(name in files) && name !== sealName && name !== manifestName)
    .map((name) => `${name} was not part of it.`);
}

/** Whether its sums are those of the book that lies in it. */
async function sumFaults(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const checking = checkingWindDown();
  for (const name of names.filter((each) => /\.jsonl?$/.test(each) && !each.startsWith("papers/"))) {
    if (name.endsWith(".json")) await checking.take({ name, text: await readText(folder, name) });
    else for await (const line of createInterface(createReadStream(join(folder, name)))) await checking.take({ name, text: line });
  }
  return checking.faults();
}

const readText = (folder: string, name: string): Promise<string> =>
  readFile(join(folder, name), "utf8").catch(() => {
    throw new Halt(`${join(folder, name)} cannot be read: this is no wind-down file.`);
  });
