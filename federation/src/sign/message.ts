// Signatures as the standard writes them: HTTP Message Signatures (RFC 9421) with RSA and SHA-256.
import { sign, type KeyObject } from "node:crypto";
import { parseDictionary, serializeDictionary, serializeInnerList, type Dictionary, type InnerList, type Item } from "structured-headers";
import { carriesBody, type Claim, type Here, type Incoming, type Outgoing } from "./claim.ts";
import { digestsOf, onlyHeader } from "./digest.ts";

const algorithm = "rsa-v1_5-sha256";
const label = "sig1";

/** Headers that sign a request. The signature covers method, address and, where there is a body, its digest. */
export function signMessage(
  request: Outgoing,
  key: { readonly id: string; readonly private: KeyObject },
  now: number,
): Record<string, string> {
  const { method, url, body } = request;
  const covered = Object.entries({
    "@method": method,
    "@target-uri": url.origin + url.pathname + url.search,
    ...(body && { "content-digest": digestsOf(body).contentDigest }),
  });
  const list: InnerList = [
    covered.map(([name]): Item => [name, new Map()]),
    new Map<string, string | number>([
      ["created", Math.floor(now / 1000)],
      ["keyid", key.id],
      ["alg", algorithm],
    ]),
  ];
  const bytes = sign("sha256", Buffer.from(baseOf(covered, list), "latin1"), key.private);
  return {
    host: url.host,
    ...(body && { "content-digest": digestsOf(body).contentDigest }),
    "signature-input": serializeDictionary(new Map([[label, list]])),
    signature: serializeDictionary(new Map<string, Item>([[label, [bytes, new Map()]]])),
  };
}

/** What a signature of this flavour says; undefined where it cannot be read in one way or leaves something uncovered. */
export function readMessage(request: Incoming, here: Here): Claim | undefined {
  const read = onlySignature(request);
  if (!read) return undefined;
  const { list, signature } = read;
  const covered = list[0].map(([name, parameters]) => [parameters.size === 0 ? String(name) : "", valueOf(request, here, name)] as const);
  const names = covered.map(([name]) => name);
  const [keyId, created, expires, alg] = ["keyid", "created", "expires", "alg"].map((name) => list[1].get(name));
  if (typeof keyId !== "string" || !isSeconds(created) || !(expires === undefined || isSeconds(expires))) return undefined;
  if (![undefined, algorithm].includes(alg as string) || !coversEnough(names, request)) return undefined;
  if (covered.some(([name, value]) => name === "" || value === undefined)) return undefined;
  const base = baseOf(covered as readonly (readonly [string, string])[], list);
  return { keyId, flavour: "rfc9421", base, signature, created: created * 1000, expires: expires && expires * 1000 };
}

/** The one signature of a request, where it has exactly one and there is one way to read it. */
function onlySignature({ headers }: Incoming): { readonly list: InnerList; readonly signature: Buffer } | undefined {
  try {
    const [inputs, signatures] = ["signature-input", "signature"].map((name) => onlyMeaning(onlyHeader(headers, name) ?? ""));
    const [[name, list] = []] = inputs ?? [];
    const [bytes] = signatures?.get(name ?? "") ?? [];
    return list && isInnerList(list) && bytes instanceof ArrayBuffer ? { list, signature: Buffer.from(bytes) } : undefined;
  } catch {
    return undefined; // the header is none of this kind
  }
}

/** A dictionary of one member. A parser believes the last of two of one name: what it would write is what came, or something stood twice. */
function onlyMeaning(text: string): Dictionary | undefined {
  const read = parseDictionary(text);
  return read.size === 1 && serializeDictionary(read) === text.replaceAll(/; +/g, ";") ? read : undefined;
}

const isInnerList = (member: Item | InnerList): member is InnerList => Array.isArray(member[0]);
const isSeconds = (value: unknown): value is number => Number.isInteger(value);

function coversEnough(names: readonly string[], { method, target }: Incoming): boolean {
  const has = (name: string): boolean => names.includes(name);
  const path = has("@request-target") || (has("@path") && (has("@query") || !target.includes("?")));
  const whole = has("@target-uri") || (has("@authority") && path);
  return new Set(names).size === names.length && has("@method") && whole && (!carriesBody(method) || has("content-digest"));
}

/** The value of a component (sections 2.1 and 2.2); undefined for one that is missing, stands twice, or that we do not know. */
function valueOf({ method, target, headers }: Incoming, { host, origin }: Here, name: unknown): string | undefined {
  const cut = target.includes("?") ? target.indexOf("?") : target.length;
  const derived: Readonly<Record<string, string>> = {
    "@method": method,
    "@target-uri": `${origin}${target}`,
    "@authority": host,
    "@scheme": origin.slice(0, origin.indexOf(":")),
    "@request-target": target,
    "@path": target.slice(0, cut),
    "@query": `?${target.slice(cut + 1)}`,
  };
  if (typeof name !== "string") return undefined;
  return name.startsWith("@") ? derived[name] : onlyHeader(headers, name);
}

const baseOf = (covered: readonly (readonly [name: string, value: string])[], list: InnerList): string =>
  [...covered.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${serializeInnerList(list)}`].join("\n");
