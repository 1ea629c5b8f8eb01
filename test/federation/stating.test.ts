// Statements between coops: read when they are what their sender signed for us now, and refused for every other reason.
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { CompactSign } from "jose";
import { test } from "tap";
import { base58 } from "@scure/base";
import { readStatement, statementOf, statementText } from "@partcommune/federation/statement";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import { moneyText } from "@partcommune/shared/platform/money";
import type { JsonObject } from "@partcommune/shared/platform/json";

const lille = "https://filature.example/actor";
const brussels = "https://atelier.example/actor";
const now = Date.parse("2026-12-20T12:00:00Z");
const { gross, fee, hostFund, homeFund, member, due } = figuresOf({
  price: { minor: 200_000n, currency: "EUR" },
  feePpm: 85_000n,
  hostSharePpm: 200_000n,
});

const claim: JsonObject = {
  v: 1,
  iss: lille,
  aud: brussels,
  iat: now / 1_000,
  jti: "https://filature.example/statements/8",
  treaty: "https://filature.example/treaties/3",
  engagement: "https://atelier.example/engagements/7",
  milestone: "m1",
  ...Object.fromEntries(Object.entries({ gross, fee, hostFund, homeFund, member, due }).map(([name, money]) => [name, moneyText(money)])),
};

const pair = (): { readonly id: string; readonly private: KeyObject; readonly public: string } => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  return { id: `${lille}#ed-1`, private: privateKey, public: `z${base58.encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}` };
};
const key = pair();
const reading = { from: lille, to: brussels, now, keyOf: async (id: string) => (id === key.id ? key.public : undefined) };

const signedWith = (header: object, payload: string | JsonObject = claim, by: KeyObject = key.private): Promise<string> =>
  new CompactSign(Buffer.from(typeof payload === "string" ? payload : statementText(payload)))
    .setProtectedHeader({ alg: "EdDSA", typ: "settlement-claim+jws", kid: key.id, ...header })
    .sign(by);

test("a statement is read as it was signed", async (t) => {
  const read = await readStatement(await statementOf("settlement-claim", claim, key), reading);
  t.match(read?.statement, { typ: "settlement-claim", milestone: "m1", due: { minor: 196_600n, currency: "EUR" } });
  t.equal(statementText(read?.payload ?? {}), statementText(claim), "both sides hash the same words");
});

test("and is refused for every other reason", async (t) => {
  const good = await statementOf("settlement-claim", claim, key);
  const [head = "", body = "", signature = ""] = good.split(".");
  const altered = Buffer.from(Buffer.from(body, "base64url").toString().replace("1966.00", "2966.00")).toString("base64url");
  const unsigned = Buffer.from(JSON.stringify({ alg: "none", typ: "settlement-claim+jws", kid: key.id })).toString("base64url");
  const rows: readonly (readonly [what: string, jws: string | Promise<string>])[] = [
    ["altered words", [head, altered, signature].join(".")],
    ["no signature", [head, body, ""].join(".")],
    ["an algorithm that signs nothing", [unsigned, body, ""].join(".")],
    ["the algorithm under another name", signedWith({ alg: "Ed25519" })],
    ["no type", signedWith({ typ: undefined })],
    ["a type of something else", signedWith({ typ: "vc+jwt" })],
    ["the type of another statement", signedWith({ typ: "netting-round+jws" })],
    ["a key that it brings along", signedWith({ jwk: { kty: "OKP" } })],
    ["a word that must be understood", signedWith({ crit: ["b64"], b64: true })],
    ["a key of another origin", signedWith({ kid: "https://evil.example/actor#ed-1" })],
    ["a key of one of its members", signedWith({ kid: "https://filature.example/members/anna#ed-1" })],
    ["a key that is not listed", signedWith({ kid: `${lille}#ed-2` })],
    ["another's signature", signedWith({}, claim, pair().private)],
    ["for somebody else", signedWith({}, { ...claim, aud: "https://weberei.example/actor" })],
    ["in somebody else's name", signedWith({}, { ...claim, iss: "https://weberei.example/actor" })],
    ["under another's address", signedWith({}, { ...claim, jti: "https://weberei.example/statements/8" })],
    ["from the future", signedWith({}, { ...claim, iat: now / 1_000 + 301 })],
    ["too old", signedWith({}, { ...claim, iat: now / 1_000 - 61 * 86_400 })],
    ["a word more", signedWith({}, { ...claim, note: "pay twice" })],
    ["a word less", signedWith({}, Object.fromEntries(Object.entries(claim).filter(([name]) => name !== "due")))],
    ["a sum that is a number", signedWith({}, { ...claim, due: { amount: 1966, currency: "EUR" } })],
    ["a sum with a third decimal", signedWith({}, { ...claim, due: { amount: "1966.001", currency: "EUR" } })],
    ["the same word twice", signedWith({}, statementText(claim).replace('"v":1', '"v":1,"v":1'))],
    ["no JSON", signedWith({}, "1966.00")],
    ["no statement at all", "a.b.c"],
  ];
  for (const [what, jws] of rows) t.equal(await readStatement(await jws, reading), undefined, what);
  t.ok(await readStatement(good, reading));
  t.equal(await readStatement(good, { ...reading, from: "https://evil.example/actor" }), undefined, "brought by somebody else");
});
