// Who asks for a document: a coop that has to do with us may sign for it, and then sees also what is for it alone.
import type { FastifyRequest } from "fastify";
import type { Ports } from "@partcommune/federation/inbox";
import { originOf } from "@partcommune/federation/iri";
import { readSignature } from "@partcommune/federation/sign/incoming";
import type { Reader } from "../index.ts";
import { sisterAt } from "../store/sisters.ts";
import type { Edge } from "./edge.ts";
import { headersOf, hereOf } from "./inbox.ts";

const nothing = Buffer.alloc(0);

/** Whose signature an ask carries. Nobody is looked up for it but coops that a treaty binds to us, or that are on the way to one. */
export async function readerOf(edge: Edge, ports: Ports, request: FastifyRequest): Promise<Reader> {
  if (request.headers["signature"] === undefined) return "anybody";
  const incoming = { method: request.method, target: request.url, headers: headersOf(request), body: nothing };
  const signed = readSignature(incoming, hereOf(edge));
  const origin = signed && originOf(signed.keyId);
  if (!signed || origin === undefined || !signed.keyId.startsWith(`${origin}/actor#`)) return "anybody";
  const { circles } = await ports.footings.now(origin);
  if (!circles.includes("sister") && !circles.includes("applicant")) return "anybody";
  const actor = `${origin}/actor`;
  for (const anew of [false, true]) {
    const key = await ports.keyOf(actor, signed.keyId, anew);
    if (key === undefined || !signed.holds(key)) continue;
    const sister = await sisterAt(edge.db, origin);
    return { signed: actor, ...(sister ? { host: sister.host } : {}) };
  }
  return "anybody";
}
