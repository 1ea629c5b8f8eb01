// What anybody may ask of the coop's transparency logs: their signed heads, that one grew out of another, and that a leaf is in it.
import { z } from "zod";
import { InstantJson, listOf, pageOfList } from "../api.ts";
import { endpoint } from "../endpoint.ts";

export const LogName = z.string().regex(/^[a-z][a-z0-9/-]{0,99}$/);
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
export const Proof = z.array(Sha256Hex).max(64).readonly();

/** What a coop puts its name to: so many leaves, and the root over them. */
export const Head = z.strictObject({
  v: z.literal(1),
  log: LogName,
  origin: z.string().max(300),
  size: z.int().min(1),
  root: Sha256Hex,
  at: InstantJson,
});
export type Head = z.output<typeof Head>;

export const SignedHead = z.object({
  size: z.int(),
  root: z.string().meta({ description: "of the first so many leaves (RFC 6962), hexadecimal" }),
  at: InstantJson,
  jws: z.string().meta({ description: "ES256, with the public key in it; it holds log, origin, size, root and time" }),
});

const size = z.coerce.number().int().min(1);

export const readHead = endpoint({
  does: "Show the newest signed head of a log. The ledger's holds a leaf for each sealed batch of the book.",
  method: "GET",
  path: "/api/v1/logs/:log/head",
  who: "anyone",
  input: z.strictObject({ log: LogName }),
  answer: SignedHead,
});

export const listHeads = endpoint({
  does: "List the signed heads of a log, the newest first.",
  method: "GET",
  path: "/api/v1/logs/:log/heads",
  who: "anyone",
  input: z.strictObject({ log: LogName, ...pageOfList }),
  answer: listOf(SignedHead),
});

export const readConsistency = endpoint({
  does: "Prove that a log of so many leaves is the one of fewer with leaves added, and nothing else (RFC 6962, 2.1.2).",
  method: "GET",
  path: "/api/v1/logs/:log/consistency",
  who: "anyone",
  perMinute: 120,
  input: z.strictObject({ log: LogName, from: size, to: size }),
  answer: z.object({ from: z.int(), to: z.int(), proof: Proof }),
});

export const readInclusion = endpoint({
  does: "Show a leaf of a log with the hashes that lead from it to the root over the first so many (RFC 6962, 2.1.1). Batch n of the book is leaf n - 1 of the ledger's log.",
  method: "GET",
  path: "/api/v1/logs/:log/leaves/:index",
  who: "anyone",
  perMinute: 120,
  input: z.strictObject({ log: LogName, index: z.coerce.number().int().min(0), size }),
  answer: z.object({
    index: z.int(),
    size: z.int(),
    leaf: z.string().meta({ description: "the very text that is hashed" }),
    path: Proof,
  }),
});
