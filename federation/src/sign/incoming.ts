// Whether a request is signed: by one signature, over all that matters, for us, just now. Whose key it is, is asked elsewhere.
import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { readCavage } from "./cavage.ts";
import { carriesBody, type Claim, type Flavour, type Here, type Incoming } from "./claim.ts";
import { digestHolds, hasHeader, onlyHeader } from "./digest.ts";
import { readMessage } from "./message.ts";

export type { Here, Incoming } from "./claim.ts";

/** A signature that may hold; whether it does, a key says. */
export interface Signed {
  readonly keyId: string;
  readonly flavour: Flavour;
  /** True only where this RSA key made it. */
  holds(publicKeyPem: string): boolean;
}

// Every attempt is signed anew, so that a wider window would only help whoever caught a request.
const windowMs = 300_000;
const leastBits = 2048;
const mostBits = 4096;
const longestPem = 2_048;

/** The signature of a request; undefined where it is none that could be believed, whoever made it. */
export function readSignature(request: Incoming, here: Here): Signed | undefined {
  if (!isWhole(request) || !isForUs(request, here)) return undefined;
  const claim = hasHeader(request.headers, "signature-input") ? readMessage(request, here) : readCavage(request);
  if (!claim || !isInTime(claim, request, here.now)) return undefined;
  return { keyId: claim.keyId, flavour: claim.flavour, holds: (pem) => holds(claim, pem) };
}

/** A body comes with its digest or not at all, and there is one place for a signature and one for the time. */
function isWhole({ method, headers, body }: Incoming): boolean {
  if (hasHeader(headers, "x-date") || headers.some(([name, value]) => name === "authorization" && /^signature/i.test(value))) return false;
  if (carriesBody(method)) return digestHolds(headers, body);
  return method === "GET" && body.length === 0;
}

function isForUs({ target, headers }: Incoming, { host }: Here): boolean {
  return target.startsWith("/") && onlyHeader(headers, "host") === host;
}

/** Every time that the request states lies within the window, and it has not expired. */
function isInTime({ created, expires }: Claim, { headers }: Incoming, now: number): boolean {
  const stated = [
    ...(created === undefined ? [] : [created]),
    ...(hasHeader(headers, "date") ? [dateOf(onlyHeader(headers, "date"))] : []),
  ];
  const isNow = stated.length > 0 && stated.every((each) => each !== undefined && Math.abs(now - each) <= windowMs);
  return isNow && (expires === undefined || now < expires);
}

/** An HTTP date in its one form (RFC 9110, section 5.6.7); undefined for anything else, as a day that does not exist. */
function dateOf(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) || new Date(ms).toUTCString() !== text ? undefined : ms;
}

/** Keys as they were read from their texts: whoever speaks does so often, and reading a key takes longer than asking it. */
const read = new Map<string, KeyObject>();
const mostRead = 1_000;

/** The RSA key in a text; undefined where it is none that counts. */
function keyIn(pem: string): KeyObject | undefined {
  const known = read.get(pem);
  if (known) return known;
  const key = createPublicKey(pem);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < leastBits || bits > mostBits) return undefined;
  const [first] = read.keys();
  if (read.size >= mostRead && first !== undefined) read.delete(first);
  read.set(pem, key);
  return key;
}

function holds({ base, signature }: Claim, pem: string): boolean {
  if (pem.length > longestPem) return false;
  try {
    const key = keyIn(pem);
    return key !== undefined && verify("sha256", Buffer.from(base, "latin1"), key, signature);
  } catch {
    return false; // what cannot be read as a key has signed nothing
  }
}
