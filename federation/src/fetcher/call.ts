// One call: to an address that was checked, for a time that ends, and of its answer no more than fits.
import { request as plainRequest, type IncomingHttpHeaders, type RequestOptions } from "node:http";
import { request as secureRequest } from "node:https";
import { isIPv4, type LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, type BrotliOptions, type ZlibOptions } from "node:zlib";

export interface Call {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
}

/** The head of an answer, and its body as a stream. */
export type Answered = Readable & { readonly statusCode?: number | undefined; readonly headers: IncomingHttpHeaders };

/** How a call leaves: over the network, or in a simulation of one. */
export type Transport = (call: Call, addresses: readonly string[], signal: AbortSignal) => Promise<Answered>;

class TooLarge extends Error {}

const mostBytes = 1_048_576;
const unpackers: Readonly<Record<string, (bytes: Buffer, limit: { readonly maxOutputLength: number }) => Promise<Buffer> | Buffer>> = {
  identity: (bytes) => bytes,
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  br: promisify<Buffer, BrotliOptions, Buffer>(brotliDecompress),
};

/** The head of the answer that comes from one of these addresses; its body is still to be read, or destroyed. */
export const call: Transport = async ({ method, url, headers, body }, addresses, signal) => {
  const options: RequestOptions = {
    method,
    signal,
    agent: false,
    lookup: pinned(addresses),
    headers: { "user-agent": "Partcommune", ...(body && { "content-length": String(body.length) }), ...headers },
  };
  const request = (url.protocol === "https:" ? secureRequest : plainRequest)(url, options);
  return new Promise((answered, failed) => {
    // Stays for good: what breaks after the head would otherwise end the process.
    request.on("error", failed);
    request.once("response", answered);
    request.end(body);
  });
};

/** A look-up that knows the addresses which were checked and asks nobody. */
const pinned =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, done) => {
    const found = addresses.map((address) => ({ address, family: isIPv4(address) ? 4 : 6 }));
    const [first = { address: "", family: 0 }] = found;
    if (all) done(null, found);
    else done(null, first.address, first.family);
  };

/** The body of an answer as it was before it was packed, at most one mebibyte of it. Undefined when it is packed in an unknown way. */
export async function bodyOf(answer: Answered, signal: AbortSignal): Promise<Buffer | undefined> {
  const packed = answer.headers["content-encoding"]?.toLowerCase() ?? "identity";
  const unpack = Object.hasOwn(unpackers, packed) ? unpackers[packed] : undefined;
  if (!unpack) {
    answer.destroy();
    return undefined;
  }
  const pieces: Buffer[] = [];
  await pipeline(
    answer,
    async (source: AsyncIterable<Buffer>) => {
      let size = 0;
      for await (const piece of source) {
        size += piece.length;
        if (size > mostBytes) throw new TooLarge();
        pieces.push(piece);
      }
    },
    { signal },
  );
  return unpack(Buffer.concat(pieces), { maxOutputLength: mostBytes });
}

/** Whether a fault says that an answer holds more than we read of any. */
export const isTooLarge = (fault: unknown): boolean =>
  fault instanceof TooLarge || (fault instanceof RangeError && "code" in fault && fault.code === "ERR_BUFFER_TOO_LARGE");
