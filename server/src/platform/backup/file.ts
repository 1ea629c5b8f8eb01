// The file of a backup: a tar of small parts, compressed with zstd, so that any machine opens it with `tar --zstd`. Neither way is it ever whole in memory.
import { createReadStream, createWriteStream } from "node:fs";
import { access, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress, createZstdDecompress } from "node:zlib";
import { extract, pack } from "tar-stream";
import { Halt, haltUnless } from "../halt.ts";
import { counting, type Sum } from "./digest.ts";

const mostInPart = 2 ** 20;

/** Adds bytes to a part; they are written as pieces of at most 1 MiB, numbered from 1. */
export type Add = (part: string, bytes: AsyncIterable<Buffer>) => Promise<Sum>;

/** Writes a file under another name, and gives it its own once every byte of it is on the disk. */
export async function writeFileOf(path: string, fill: (add: Add) => Promise<void>): Promise<Sum> {
  await access(path).then(
    () => haltUnless(false, `${path} is there already; nothing is written over it.`),
    () => undefined,
  );
  const unfinished = `${path}.unfinished-${process.pid}`;
  try {
    const sum = await writeTar(unfinished, fill);
    await rename(unfinished, path);
    const folder = await open(dirname(path));
    await folder.sync().finally(() => folder.close());
    return sum;
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function writeTar(path: string, fill: (add: Add) => Promise<void>): Promise<Sum> {
  const tar = pack();
  const whole = counting();
  const written = pipeline(
    tar,
    createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const bytes of chunks) {
        whole.take(bytes);
        yield bytes;
      }
    },
    createWriteStream(path, { mode: 0o600, flush: true }),
  );
  const filled = fill(async (part, bytes) => {
    const sums = counting();
    let number = 0;
    for await (const piece of pieces(bytes)) {
      sums.take(piece);
      number += 1;
      await entry(tar, `${part}/${String(number).padStart(6, "0")}`, piece);
    }
    return sums.sum();
  }).then(
    () => tar.finalize(),
    (error: Error) => tar.destroy(error),
  );
  await Promise.all([written, filled]);
  return whole.sum();
}

const entry = (tar: ReturnType<typeof pack>, name: string, bytes: Buffer): Promise<void> =>
  new Promise((done, failed) => void tar.entry({ name, mode: 0o600 }, bytes, (error) => (error ? failed(error) : done())));

/** The same bytes in pieces of at most 1 MiB. */
async function* pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let [waiting, length]: [Buffer[], number] = [[], 0];
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length;) {
      const taken = chunk.subarray(from, from + mostInPart - length);
      waiting.push(taken);
      [from, length] = [from + taken.length, length + taken.length];
      if (length < mostInPart) continue;
      yield Buffer.concat(waiting);
      [waiting, length] = [[], 0];
    }
  }
  if (length > 0) yield Buffer.concat(waiting);
}

export type Piece = { readonly part: string; readonly bytes: Buffer };

/** The pieces of a file in their order. What is no backup, or no longer a whole one, is said in a sentence. */
export async function* readPieces(path: string): AsyncGenerator<Piece> {
  const tar = extract();
  const unpacked = createZstdDecompress();
  const read = pipeline(createReadStream(path), unpacked, tar);
  read.catch(() => undefined); // the loop below meets the same error
  try {
    for await (const piece of tar) {
      const { name, size, type } = piece.header;
      if (type !== "file" || size > mostInPart) throw new Error(`it holds ${name}, which no backup holds`);
      const chunks: Buffer[] = [];
      for await (const chunk of piece) chunks.push(chunk as Buffer);
      yield { part: name.replace(/\/\d{6}$/, ""), bytes: Buffer.concat(chunks) };
    }
    await read;
    if (unpacked.bytesWritten !== (await stat(path)).size) throw new Error("something follows its end");
  } catch (error) {
    throw error instanceof Halt
      ? error
      : new Halt(`${path} cannot be read whole: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
