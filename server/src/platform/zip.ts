// Several files as one, written while it is sent: each is made when its turn comes, so that no archive is ever whole in memory.
import { Readable, type PassThrough } from "node:stream";
import { ZipFile } from "yazl";
import type { Instant } from "@partcommune/shared/platform/time";

/** A file in an archive, and how its parts are made. */
export type Packed = { readonly name: string; readonly parts: () => AsyncIterable<string | Uint8Array> };

/** The archive of these, each dated by one instant. If one cannot be made, the archive breaks off, and nobody takes it for whole. */
export async function* zipped(files: readonly Packed[], at: Instant): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const out = zip.outputStream as PassThrough;
  for (const { name, parts } of files)
    zip.addReadStreamLazy(name, { mtime: new Date(at) }, (take) => {
      const made = Readable.from(parts(), { objectMode: false });
      // The library listens to the archive alone: without this nobody would hear it, and the process would end.
      made.on("error", (error) => void out.destroy(error));
      take(null, made);
    });
  zip.end();
  for await (const part of out) yield part as Uint8Array;
}
