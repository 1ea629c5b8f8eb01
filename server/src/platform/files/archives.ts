// Looking into an archive: unpacked piece by piece and counted, never believed and never kept. Office documents are archives too.
import { fromBufferPromise, type Entry, type ZipFile } from "yauzl";
import { refuse } from "@partcommune/shared/platform/refusal";
import { mostUnpacked } from "@partcommune/shared/platform/rules/files";
import { Refused, refuseUnless } from "../refused.ts";
import { isHarmful } from "./harm.ts";

const mostEntries = 10_000;
const deepest = 3;
const begins = Buffer.from("PK\u0003\u0004", "latin1");

/** What may still be unpacked, over all archives within archives. */
type Left = { bytes: number };

/** Refuses an archive that grows too much, is locked, climbs out of its folder, or cannot be read. */
export async function lookIntoArchive(bytes: Buffer): Promise<void> {
  await walk(bytes, { bytes: mostUnpacked(bytes.length) }, 1);
}

async function walk(bytes: Buffer, left: Left, depth: number): Promise<void> {
  refuseUnless(depth <= deepest, "archive-grows");
  try {
    const archive = await fromBufferPromise(bytes, { strictFileNames: true, validateEntrySizes: true });
    refuseUnless(archive.entryCount <= mostEntries, "archive-grows");
    for await (const entry of archive.eachEntry()) await lookIntoEntry(archive, entry, left, depth);
  } catch (error) {
    // Names that climb out, sizes that lie and broken records are faults of the archive.
    throw error instanceof Refused ? error : new Refused(refuse("file-broken"));
  }
}

async function lookIntoEntry(archive: ZipFile, entry: Entry, left: Left, depth: number): Promise<void> {
  refuseUnless(!entry.isEncrypted(), "archive-locked");
  const pieces: Buffer[] = [];
  for await (const piece of await archive.openReadStreamPromise(entry)) {
    left.bytes -= (piece as Buffer).length;
    refuseUnless(left.bytes >= 0, "archive-grows");
    if (pieces.length === 0 || isArchive(pieces)) pieces.push(piece as Buffer);
  }
  refuseUnless(!isHarmful(pieces[0] ?? Buffer.alloc(0)), "file-harmful");
  if (isArchive(pieces)) await walk(Buffer.concat(pieces), left, depth + 1);
}

const isArchive = ([first]: readonly Buffer[]): boolean => first?.subarray(0, 4).equals(begins) === true;
