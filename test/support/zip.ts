// ZIP archives of a test, honest and otherwise, written record by record (APPNOTE 6.3); and those that the coop writes, read to their end.
import { text } from "node:stream/consumers";
import { crc32, deflateRawSync } from "node:zlib";
import { fromBufferPromise } from "yauzl";

/** `locked` says that a password is needed; `says` is a size that lies. */
export type Entry = { readonly name: string; readonly bytes: Buffer; readonly locked?: boolean; readonly says?: number };

const ints = (...values: readonly (readonly [value: number, size: 2 | 4])[]): Buffer =>
  Buffer.concat(
    values.map(([value, size]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntLE(value, 0, size);
      return bytes;
    }),
  );

function recordsOf({ name, bytes, locked, says }: Entry, at: number): { readonly local: Buffer; readonly central: Buffer } {
  const [called, packed] = [Buffer.from(name), deflateRawSync(bytes)];
  const flags: readonly [number, 2] = [locked ? 1 : 0, 2];
  const sizes = [
    [crc32(bytes), 4],
    [packed.length, 4],
    [says ?? bytes.length, 4],
    [called.length, 2],
    [0, 2],
  ] as const;
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), ints([20, 2], flags, [8, 2], [0, 4], ...sizes), called, packed]);
  const after = ints([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
  const central = Buffer.concat([
    Buffer.from("PK\u0001\u0002", "latin1"),
    ints([20, 2], [20, 2], flags, [8, 2], [0, 4], ...sizes),
    after,
    called,
  ]);
  return { local, central };
}

/** An archive of these entries. */
export function zipOf(entries: readonly Entry[]): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const entry of entries) {
    const { local, central } = recordsOf(entry, at);
    locals.push(local);
    centrals.push(central);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = ints([0, 2], [0, 2], [entries.length, 2], [entries.length, 2], [directory.length, 4], [at, 4], [0, 2]);
  return Buffer.concat([...locals, directory, Buffer.from("PK\u0005\u0006", "latin1"), end]);
}

/** The files of an archive by their names, each read to its end: its length and its checksum are compared on the way. */
export async function filesIn(archive: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(archive, { strictFileNames: true, validateEntrySizes: true });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) files.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  return files;
}
