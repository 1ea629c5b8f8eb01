// Statements: what one coop says to another with its signature under the very words, so that each can show later what was said (JWS, EdDSA).
import type { KeyObject } from "node:crypto";
import canonicalize from "canonicalize";
import { compactVerify, CompactSign, decodeProtectedHeader } from "jose";
import { z } from "zod";
import { findings } from "@partcommune/shared/federation/rules/witness";
import { MoneyJson } from "@partcommune/shared/platform/api";
import { faultIn, type JsonObject } from "@partcommune/shared/platform/json";
import { isIri, originOf, type Iri } from "./iri.ts";
import { keyFromMultibase } from "./sign/key.ts";

const Address = z.string().refine((text) => isIri(text));
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Party = Address.refine((text) => text === `${originOf(text)}/actor`);

/** What every statement says: who, to whom, when in seconds, and under which address it stands. */
const envelope = { v: z.literal(1), iss: Party, aud: Party, iat: z.int().min(0), jti: Address };

const Jws = z.string().max(4_000);

const Milestone = z.string().regex(/^m[1-9]\d{0,3}$/);

const mostClaims = 5_000;

const figures = { gross: MoneyJson, fee: MoneyJson, hostFund: MoneyJson, homeFund: MoneyJson, member: MoneyJson, due: MoneyJson };
const Reason = z.string().min(1).max(2_000);

const payloads = {
  "settlement-claim": z.strictObject({
    ...envelope,
    treaty: Address,
    engagement: Address,
    milestone: Milestone,
    /** None about the work itself; the first about what its client never pays, each later one about what of that came in after all. */
    turn: z.int().min(0).max(9_999).default(0),
    ...figures,
    /** The statement of the same claim that this one takes the place of. */
    replaces: Address.optional(),
    reason: Reason.optional(),
  }),
  "settlement-withdrawal": z.strictObject({ ...envelope, claim: Address, sha256: Sha256, reason: Reason }),
  "settlement-answer": z.strictObject({
    ...envelope,
    claim: Address,
    sha256: Sha256,
    answer: z.enum(["accepted", "disputed"]),
    /** What was expected instead; absent where nothing was. */
    expected: z.strictObject(figures).optional(),
    reason: Reason.optional(),
  }),
  "netting-round": z.strictObject({
    ...envelope,
    round: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])\/[A-Z]{3}$/),
    parties: z.array(Party).max(20),
    claims: z.array(z.strictObject({ id: Address, sha256: Sha256 })).max(mostClaims),
    net: z.array(z.strictObject({ party: Party, amount: z.string().max(20) })).max(20),
    sha256: Sha256,
    /** The statement that this one answers. */
    answers: Address.optional(),
  }),
  "tree-head": z.strictObject({
    ...envelope,
    /** The head as its coop's record key signed it. */
    head: Jws,
    /** How many leaves the head had that the receiver witnessed last, and the hashes that show that this one continues it. */
    from: z.int().min(0),
    proof: z.array(Sha256).max(64),
  }),
  "tree-witness": z.strictObject({
    ...envelope,
    log: z.string().max(100),
    size: z.int().min(1),
    root: Sha256,
    finding: z.enum(findings),
    /** The newest head that the witness keeps: what the other one has to continue. */
    kept: Jws.optional(),
  }),
} as const;

export type StatementType = keyof typeof payloads;
export type Statement<Type extends StatementType = StatementType> = {
  [Each in Type]: z.output<(typeof payloads)[Each]> & { readonly typ: Each };
}[Type];

export const isStatementType = (text: string): text is StatementType => Object.hasOwn(payloads, text);

/** A claim as it was stated and kept. */
export const claimFrom = (payload: string): z.output<(typeof payloads)["settlement-claim"]> =>
  payloads["settlement-claim"].parse(JSON.parse(payload));

/** An answer to one. */
export const answerFrom = (payload: string): z.output<(typeof payloads)["settlement-answer"]> =>
  payloads["settlement-answer"].parse(JSON.parse(payload));

/** The media type under which a statement travels. */
export const statementMediaType = "application/jose";

/** The words of a statement as they are signed: in canonical form (RFC 8785), so that both sides hash the same. */
export const statementText = (payload: JsonObject): string => canonicalize(payload) ?? "";

/** Signs a statement. */
export const statementOf = (
  type: StatementType,
  payload: JsonObject,
  key: { readonly id: Iri; readonly private: KeyObject },
): Promise<string> =>
  new CompactSign(Buffer.from(statementText(payload)))
    .setProtectedHeader({ alg: "EdDSA", typ: `${type}+jws`, kid: key.id })
    .sign(key.private);

export type Reading = {
  /** The actor that sent it: nobody brings another's words. */
  readonly from: Iri;
  readonly to: Iri;
  /** In milliseconds. */
  readonly now: number;
  /** A key of the sender's own document, as multibase. */
  readonly keyOf: (key: Iri) => Promise<string | undefined>;
};

export type Read = { readonly statement: Statement; readonly payload: JsonObject };

const header = z.strictObject({ alg: z.literal("EdDSA"), typ: z.string(), kid: z.string() });
const ahead = 300;
/** Longer than anything is on its way. */
const oldest = 60 * 86_400;

/** What a statement says; undefined where it is not signed by its sender's own key, is for somebody else, is of another time, or says anything its type does not. */
export async function readStatement(jws: string, { from, to, now, keyOf }: Reading): Promise<Read | undefined> {
  try {
    const { typ, kid } = header.parse(decodeProtectedHeader(jws));
    const type = /^([a-z-]+)\+jws$/.exec(typ)?.[1] ?? "";
    if (!isStatementType(type) || !kid.startsWith(`${from}#`)) return undefined;
    const key = keyFromMultibase((await keyOf(kid)) ?? "");
    if (!key) return undefined;
    const { payload: bytes } = await compactVerify(jws, key, { algorithms: ["EdDSA"] });
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (faultIn(text) !== undefined) return undefined;
    const payload = JSON.parse(text) as JsonObject;
    const said = payloads[type].parse(payload);
    const seconds = now / 1_000;
    const isOfNow = said.iat <= seconds + ahead && said.iat >= seconds - oldest;
    if (said.iss !== from || said.aud !== to || originOf(said.jti) !== originOf(from) || !isOfNow) return undefined;
    return { statement: { ...said, typ: type } as Statement, payload };
  } catch {
    return undefined;
  }
}
