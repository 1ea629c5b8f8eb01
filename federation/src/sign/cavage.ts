// Signatures as nearly every peer writes them: draft-cavage-http-signatures-12 with RSA and SHA-256.
import { sign, type KeyObject } from "node:crypto";
import { carriesBody, strictBase64, type Claim, type Incoming, type Outgoing } from "./claim.ts";
import { digestsOf, onlyHeader } from "./digest.ts";

// Both of the last name no other algorithm: the key does, and ours are RSA (section 2.3 of the draft).
const algorithms: readonly (string | undefined)[] = ["rsa-sha256", "hs2019", undefined];
const parameter = /([A-Za-z]+)=(?:"([^"\\]*)"|(\d{1,15}))(?: *, *|$)/gy;
const longest = 8_192;

/** Headers that sign a request. The signature covers method, target, host, date and, where there is a body, its digest. */
export function signCavage(
  request: Outgoing,
  key: { readonly id: string; readonly private: KeyObject },
  now: number,
): Record<string, string> {
  const { method, url, body } = request;
  const headers = {
    host: url.host,
    date: new Date(now).toUTCString(),
    ...(body && { digest: digestsOf(body).digest }),
  };
  const covered = Object.entries({ "(request-target)": targetOf(method, url.pathname + url.search), ...headers });
  const base = covered.map(([name, value]) => `${name}: ${value}`).join("\n");
  const signature = sign("sha256", Buffer.from(base, "latin1"), key.private).toString("base64");
  const names = covered.map(([name]) => name).join(" ");
  return { ...headers, signature: `keyId="${key.id}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"` };
}

/** What a signature of this flavour says; undefined where it cannot be read in one way or leaves something uncovered. */
export function readCavage(request: Incoming): Claim | undefined {
  const said = parametersOf(onlyHeader(request.headers, "signature") ?? "");
  if (!said || !algorithms.includes(said.get("algorithm")?.toLowerCase())) return undefined;
  const names = (said.get("headers") ?? "date").split(" ");
  const [keyId, signature] = [said.get("keyId"), strictBase64(said.get("signature") ?? "")];
  const base = coversEnough(names, request.method) ? baseOf(request, names, said) : undefined;
  if (!keyId || !signature || base === undefined) return undefined;
  return { keyId, flavour: "cavage", base, signature, created: secondsOf(said.get("created")), expires: secondsOf(said.get("expires")) };
}

/** The parameters of the header; undefined where one stands twice or something lies between them. */
function parametersOf(header: string): ReadonlyMap<string, string> | undefined {
  if (header.length > longest || /, *$/.test(header)) return undefined;
  const found = new Map<string, string>();
  let read = 0;
  for (const [whole, name = "", quoted, figure] of header.matchAll(parameter)) {
    if (found.has(name)) return undefined;
    found.set(name, quoted ?? figure ?? "");
    read += whole.length;
  }
  return read > 0 && read === header.length ? found : undefined;
}

function coversEnough(names: readonly string[], method: string): boolean {
  const has = (name: string): boolean => names.includes(name);
  if (new Set(names).size !== names.length || !has("(request-target)") || !has("host")) return false;
  return (has("date") || has("(created)")) && (!carriesBody(method) || has("digest"));
}

/** The text that was signed; undefined where a named header is missing or stands twice. */
function baseOf(request: Incoming, names: readonly string[], said: ReadonlyMap<string, string>): string | undefined {
  const lines = names.map((name) => {
    const value = valueOf(request, name, said);
    return value === undefined ? undefined : `${name}: ${value}`;
  });
  return lines.includes(undefined) ? undefined : lines.join("\n");
}

function valueOf({ method, target, headers }: Incoming, name: string, said: ReadonlyMap<string, string>): string | undefined {
  if (name === "(request-target)") return targetOf(method, target);
  if (name === "(created)" || name === "(expires)") return said.get(name.slice(1, -1));
  return onlyHeader(headers, name);
}

const targetOf = (method: string, target: string): string => `${method.toLowerCase()} ${target}`;
const secondsOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text) * 1000);
