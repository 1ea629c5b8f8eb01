// Digests of a body: the old header and the new one, both over the bytes as they came.
import { createHash } from "node:crypto";

/** Headers as they came: names in lower case, each line by itself, so that what stands twice is seen. */
export type RawHeaders = readonly (readonly [name: string, value: string])[];

/** The value of a header that stands once; undefined when it is missing or stands twice. */
export function onlyHeader(headers: RawHeaders, wanted: string): string | undefined {
  const [first, ...others] = headers.filter(([name]) => name === wanted);
  return others.length === 0 ? first?.[1].trim() : undefined;
}

export const hasHeader = (headers: RawHeaders, wanted: string): boolean => headers.some(([name]) => name === wanted);

/** The values of both headers for a body. */
export function digestsOf(body: Buffer): { readonly digest: string; readonly contentDigest: string } {
  const hash = createHash("sha256").update(body).digest("base64");
  return { digest: `SHA-256=${hash}`, contentDigest: `sha-256=:${hash}:` };
}

/** Whether a digest came and every one that came is that of the body. Of each header one SHA-256 counts; other algorithms are not read. */
export function digestHolds(headers: RawHeaders, body: Buffer): boolean {
  const { digest, contentDigest } = digestsOf(body);
  const came = [
    ["digest", digest],
    ["content-digest", contentDigest],
  ].filter(([name = ""]) => hasHeader(headers, name));
  return came.length > 0 && came.every(([name = "", wanted = ""]) => says(onlyHeader(headers, name), wanted));
}

/** Whether a list of digests names SHA-256 once, with this value. */
function says(list: string | undefined, wanted: string): boolean {
  const [found, ...others] = (list ?? "")
    .split(",")
    .map((each) => each.trim())
    .filter((each) => /^sha-256=/i.test(each));
  return found !== undefined && others.length === 0 && found.slice("sha-256=".length) === wanted.slice("sha-256=".length);
}
