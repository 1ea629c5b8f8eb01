// A request counts as somebody's when one signature covers all that matters, is for us and just made; whatever else came is nobody's.
import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { test } from "tap";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { digestHolds, digestsOf, type RawHeaders } from "@partcommune/federation/sign/digest";
import { readSignature, type Here, type Incoming } from "@partcommune/federation/sign/incoming";
import { signMessage } from "@partcommune/federation/sign/message";

const pair = (bits = 2048): { readonly pem: string; readonly private: KeyObject } => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  return { pem: publicKey.export({ type: "spki", format: "pem" }), private: privateKey };
};
const [anna, rotated] = [pair(), pair()];
const key = { id: "https://filature.example/members/anna#rsa-1", private: anna.private };
const here: Here = { host: "atelier.example", origin: "https://atelier.example", now: Date.parse("2026-11-24T10:00:00Z") };
const body = Buffer.from('{"id":"https://filature.example/acts/15","type":"Follow"}');
const flavours = { cavage: signCavage, rfc9421: signMessage };
const minute = 60_000;

type Sent = Incoming & { readonly headers: (readonly [string, string])[] };
type Signer = typeof signCavage;

/** What arrives of a request that was signed and sent to a path of ours. */
function sent(signer: Signer, method: "GET" | "POST", target: string, at = here.now): Sent {
  const bytes = method === "POST" ? body : undefined;
  const headers = signer({ method, url: new URL(target, here.origin), body: bytes }, key, at);
  return { method, target, headers: Object.entries(headers), body: bytes ?? Buffer.alloc(0) };
}

/** Whether a request is taken to be of whoever holds the key. */
const isBelieved = (request: Incoming, pem = anna.pem, at = here): boolean => readSignature(request, at)?.holds(pem) === true;

const without = (request: Incoming, ...names: string[]): Incoming => ({
  ...request,
  headers: request.headers.filter(([name]) => !names.includes(name)),
});
const having = (request: Incoming, ...headers: RawHeaders): Incoming => ({ ...request, headers: [...request.headers, ...headers] });
const changed = (request: Incoming, name: string, change: (value: string) => string): Incoming => ({
  ...request,
  headers: request.headers.map(([each, value]) => [each, each === name ? change(value) : value] as const),
});

test("every cell: flavour, method, algorithm said, query, age, body, key", (t) => {
  for (const [flavour, signer] of Object.entries(flavours))
    for (const method of ["GET", "POST"] as const)
      for (const target of ["/inbox", "/actor/inbox?page=1&x=%20"])
        for (const said of ["as signed", "hs2019", "absent", "unknown"])
          for (const [age, inTime] of [
            [0, true],
            [-5 * minute, true],
            [5 * minute, true],
            [-5 * minute - 1000, false],
            [5 * minute + 1000, false],
          ] as const) {
            const whole = saying(sent(signer, method, target, here.now + age), flavour, said);
            const believed = inTime && said !== "unknown" && !(flavour === "rfc9421" && said !== "as signed");
            const cell = [flavour, method, target, said, age].join(" ");
            t.equal(isBelieved(whole), believed, cell);
            t.equal(isBelieved(whole, rotated.pem), false, `${cell}, another key`);
            t.equal(isBelieved({ ...whole, body: Buffer.from(`${whole.body.toString()} `) }), false, `${cell}, another body`);
            t.equal(isBelieved({ ...whole, target: `${target}x` }), false, `${cell}, another path`);
            t.equal(isBelieved({ ...whole, method: method === "GET" ? "POST" : "GET" }), false, `${cell}, another method`);
            t.equal(isBelieved(without(whole, "signature")), false, `${cell}, no signature`);
            t.equal(
              isBelieved(whole, anna.pem, { ...here, host: "filature.example", origin: "https://filature.example" }),
              false,
              `${cell}, for another coop`,
            );
          }
  t.end();
});

/** The same request with another word about its algorithm. Of the standard it is part of what is signed, so that only the signer could change it. */
function saying(request: Incoming, flavour: string, said: string): Incoming {
  if (said === "as signed") return request;
  if (flavour === "cavage")
    return changed(request, "signature", (value) =>
      value.replace('algorithm="rsa-sha256",', said === "absent" ? "" : `algorithm="${said === "unknown" ? "hmac-sha256" : said}",`),
    );
  return changed(request, "signature-input", (value) => value.replace(/;alg="[^"]+"/, said === "absent" ? "" : `;alg="${said}"`));
}

test("what both sides of the standard sign without naming an algorithm, or by host and path, is read", (t) => {
  const list = (names: string, more = "") => `(${names})${more};created=${here.now / 1000};keyid="${key.id}"`;
  const line: Readonly<Record<string, string>> = {
    "@method": "POST",
    "@authority": "atelier.example",
    "@path": "/inbox",
    "@query": "?a=b",
    "@request-target": "/inbox?a=b",
    "@scheme": "https",
    "@target-uri": "https://atelier.example/inbox?a=b",
    "content-digest": digestsOf(body).contentDigest,
    host: "atelier.example",
  };
  const byHand = (names: readonly string[], parameters = list(names.map((name) => `"${name}"`).join(" "))): Incoming => {
    const base = [...names.map((name) => `"${name}": ${line[name]}`), `"@signature-params": ${parameters}`].join("\n");
    const signature = sign("sha256", Buffer.from(base), anna.private).toString("base64");
    return {
      method: "POST",
      target: "/inbox?a=b",
      body,
      headers: [
        ["host", "atelier.example"],
        ["content-digest", line["content-digest"] ?? ""],
        ["signature-input", `peer=${parameters}`],
        ["signature", `peer=:${signature}:`],
      ],
    };
  };
  for (const [names, believed] of [
    ["@method @target-uri content-digest", true],
    ["@method @authority @path @query content-digest host", true],
    ["@scheme @method @authority @request-target content-digest", true],
    ["@method @authority @path content-digest", false], // the query could be changed
    ["@method @path @query content-digest", false], // for whom?
    ["@authority @path @query content-digest", false],
    ["@method @target-uri", false],
    ["content-digest", false],
  ] as const)
    t.equal(isBelieved(byHand(names.split(" "))), believed, names);
  const names = ["@method", "@target-uri", "content-digest"];
  const quoted = names.map((name) => `"${name}"`).join(" ");
  const now = here.now / 1000;
  for (const [parameters, believed] of [
    [`(${quoted});keyid="${key.id}";created=${now}`, true],
    [`(${quoted});created=${now};keyid="${key.id}";expires=${now + 1};nonce="a";tag="b"`, true],
    [`(${quoted});created=${now};keyid="${key.id}";alg="rsa-v1_5-sha256"`, true],
    [`(${quoted});created=${now};keyid="${key.id}";alg="rsa-pss-sha512"`, false],
    [`(${quoted});created=${now};keyid="${key.id}";alg="hmac-sha256"`, false],
    [`(${quoted});created=${now};keyid="${key.id}";expires=${now}`, false],
    [`(${quoted});keyid="${key.id}"`, false],
    [`(${quoted});created=${now}`, false],
    [`(${quoted});created="${now}";keyid="${key.id}"`, false],
    [`(${quoted});created=${now}.5;keyid="${key.id}"`, false],
    [`(${quoted});created=1;created=${now};keyid="${key.id}"`, false],
    [`(${quoted} "@method");created=${now};keyid="${key.id}"`, false],
    [`(${quoted.replace('"content-digest"', '"content-digest";req')});created=${now};keyid="${key.id}"`, false],
  ] as const)
    t.equal(isBelieved(byHand(names, parameters)), believed, parameters);
  t.equal(
    isBelieved(changed(byHand(names), "signature-input", (value) => value.replace(";created", "; created"))),
    true,
    "a space that means nothing",
  );
  for (const [name, change] of [
    ["signature-input", (value) => `${value}, other=${value.slice(5)}`],
    ["signature", (value) => `${value}, other=${value.slice(5)}`],
    ["signature", (value) => value.replace("peer", "other")],
    ["signature", (value) => value.replace(/.==:$/, (end) => `${String.fromCharCode(end.charCodeAt(0) + 1)}==:`)],
    ["signature", () => "peer=::"],
    ["signature", () => 'peer="text"'],
    ["signature", () => "peer=("],
    ["signature-input", () => "peer"],
    ["signature-input", () => `peer=("${"a".repeat(65_536)}`],
  ] as readonly (readonly [string, (value: string) => string])[])
    t.equal(isBelieved(changed(byHand(names), name, change)), false, name);
  t.end();
});

test("of the old flavour, what leaves something uncovered or can be read in two ways is nobody's", (t) => {
  const post = sent(signCavage, "POST", "/inbox");
  const date = new Date(here.now).toUTCString();
  const lines: Readonly<Record<string, string>> = {
    "(request-target)": "post /inbox",
    "(created)": String(here.now / 1000),
    host: "atelier.example",
    date,
    digest: digestsOf(body).digest,
  };
  const covering = (names: string, parameters = "", said = date): Incoming => {
    const base = names.split(" ").map((name) => `${name}: ${name === "date" ? said : lines[name]}`);
    const signature = sign("sha256", Buffer.from(base.join("\n")), anna.private).toString("base64");
    const signed = changed(post, "signature", () => `keyId="${key.id}",headers="${names}"${parameters},signature="${signature}"`);
    return changed(signed, "date", () => said);
  };
  const dated = (said: string): Incoming => covering("(request-target) host date digest", "", said);
  const now = here.now / 1000;
  for (const [names, parameters, believed] of [
    ["(request-target) host date digest", "", true],
    ["digest date host (request-target)", "", true],
    ["(request-target) host (created) digest", `,created=${now}`, true],
    ["date", "", false],
    ["(request-target)", "", false],
    ["(request-target) host date", "", false],
    ["(request-target) date digest", "", false],
    ["host date digest", "", false],
    ["(request-target) host digest", "", false],
    ["(request-target) host (created) digest", "", false],
    ["(request-target) host date digest", `,created=${now + 301}`, false],
    ["(request-target) host date digest", `,expires=${now}`, false],
    ["(request-target) host date digest digest", "", false],
    ["(request-target) host date digest content-type", "", false],
  ] as const)
    t.equal(isBelieved(covering(names, parameters)), believed, `${names} ${parameters}`);
  for (const [what, request] of [
    ["the date is missing", without(post, "date")],
    ["the date stands twice", having(post, ["date", date])],
    ["another date stands beside it", having(post, ["x-date", date])],
    ["the date is of another form", dated(new Date(here.now).toISOString())],
    ["the date of another day of the week", dated(date.replace("Tue", "Wed"))],
    ["a date in another zone", dated(date.replace("10:00:00 GMT", "11:00:00 +0100"))],
    ["thirteen hours ago", sent(signCavage, "POST", "/inbox", here.now - 780 * minute)],
    ["the host stands twice", having(post, ["host", "atelier.example"])],
    ["the signature stands twice", having(post, ["signature", post.headers.find(([name]) => name === "signature")?.[1] ?? ""])],
    ["another signature stands in another header", having(post, ["authorization", 'Signature keyId="a"'])],
    ["the digest is missing", without(post, "digest")],
    ["the new digest lies", having(post, ["content-digest", digestsOf(Buffer.from("{}")).contentDigest])],
    ["a parameter stands twice", changed(post, "signature", (value) => `keyId="https://evil.example/a",${value}`)],
    ["words lie behind", changed(post, "signature", (value) => `${value},or`)],
    ["words lie between", changed(post, "signature", (value) => value.replace('",', '" or ",'))],
    ["nothing is signed", changed(post, "signature", (value) => value.replace(/signature="[^"]+"/, 'signature=""'))],
    ["the signature is cut", changed(post, "signature", (value) => value.replace(/.{9}"$/, '"'))],
    ["base64 of another form", changed(post, "signature", (value) => value.replace(/="$/, '"'))],
    ["64 kB", changed(post, "signature", () => 'keyId="a",'.repeat(6_554))],
    ["64 kB of spaces", changed(post, "signature", () => `keyId="a"${" ".repeat(65_536)}`)],
    ["an empty header", changed(post, "signature", () => "")],
    ["an address as target", { ...post, target: "https://atelier.example/inbox" }],
    ["a body that is asked for", { ...sent(signCavage, "GET", "/inbox"), body }],
    ["another method", { ...post, method: "PUT" }],
  ] as readonly (readonly [string, Incoming])[])
    t.equal(isBelieved(request), false, what);
  t.equal(isBelieved(having(post, ["content-digest", digestsOf(body).contentDigest])), true, "both digests, both right");
  t.end();
});

test("only an RSA key of a fair size verifies, and what is no key verifies nothing", (t) => {
  const signature = readSignature(sent(signCavage, "POST", "/inbox"), here);
  t.match(signature, { keyId: key.id, flavour: "cavage" });
  const small = pair(1024);
  const other = generateKeyPairSync("rsa-pss", { modulusLength: 2048 });
  for (const [pem, privateKey] of [
    [small.pem, small.private],
    [other.publicKey.export({ type: "spki", format: "pem" }), other.privateKey],
  ] as const) {
    const headers = signCavage({ method: "GET", url: new URL("/inbox", here.origin) }, { id: key.id, private: privateKey }, here.now);
    t.equal(isBelieved({ method: "GET", target: "/inbox", headers: Object.entries(headers), body: Buffer.alloc(0) }, pem), false);
  }
  const ed = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" });
  for (const pem of [
    "",
    "a",
    anna.pem.slice(0, -40),
    ed,
    small.pem,
    `${anna.pem}${" ".repeat(1e6)}`,
    "-----BEGIN PUBLIC KEY-----\n\n-----END PUBLIC KEY-----",
  ])
    t.equal(signature?.holds(pem), false, pem.slice(0, 60));
  const old = createPublicKey(anna.pem).export({ type: "pkcs1", format: "pem" });
  t.equal(signature?.holds(old), true, "the older way to write an RSA key");
  t.end();
});

test("a digest holds when each that came is the body's and there is one", (t) => {
  const { digest, contentDigest } = digestsOf(body);
  const other = digestsOf(Buffer.from("{}"));
  for (const [holds, ...headers] of [
    [true, ["digest", digest]],
    [true, ["digest", digest.replace("SHA-256", "sha-256")]],
    [true, ["digest", `SHA-512=abc, ${digest}`]],
    [true, ["content-digest", contentDigest]],
    [true, ["digest", digest], ["content-digest", contentDigest]],
    [false],
    [false, ["digest", ""]],
    [false, ["digest", "SHA-512=abc"]],
    [false, ["digest", other.digest]],
    [false, ["digest", contentDigest]],
    [false, ["content-digest", digest]],
    [false, ["digest", digest], ["digest", digest]],
    [false, ["digest", `${digest},${digest}`]],
    [false, ["digest", `${other.digest},${digest}`]],
    [false, ["digest", digest], ["content-digest", other.contentDigest]],
    [false, ["content-digest", `${contentDigest};a=b`]],
  ] as readonly (readonly [boolean, ...(readonly [string, string])[]])[])
    t.equal(digestHolds(headers, body), holds, JSON.stringify(headers));
  t.end();
});

test("whatever is signed is believed, and not with one byte changed", (t) => {
  const requests = fc.record({
    signer: fc.constantFrom(signCavage, signMessage),
    method: fc.constantFrom("GET" as const, "POST" as const),
    target: fc.stringMatching(/^\/[a-z0-9._~%A-F-]{0,20}(\?[a-z0-9=&%+-]{0,20})?$/),
    content: fc.uint8Array({ minLength: 1, maxLength: 400 }),
    at: fc.integer({ min: 0, max: 100_000_000 }),
    flip: fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })),
  });
  fc.assert(
    fc.property(requests, ({ signer, method, target, content, at, flip: [place, bit] }) => {
      const url = new URL(target, here.origin);
      const now = Math.floor(here.now + at);
      const bytes = method === "POST" ? Buffer.from(content) : Buffer.alloc(0);
      const headers = signer({ method, url, body: method === "POST" ? bytes : undefined }, key, now);
      const whole: Incoming = { method, target: url.pathname + url.search, headers: Object.entries(headers), body: bytes };
      const at2 = { ...here, now };
      if (!isBelieved(whole, anna.pem, at2)) return false;
      const flipped = (of: Buffer): Buffer =>
        Buffer.from(of.map((byte, index) => (index === place % of.length ? byte ^ (1 << bit) : byte)));
      const text = (of: string): string => flipped(Buffer.from(of, "latin1")).toString("latin1");
      const others: Incoming[] = [
        { ...whole, target: text(whole.target) },
        ...(method === "POST" ? [{ ...whole, body: flipped(bytes) }] : []),
        ...whole.headers.filter(([name]) => name !== "signature-input" && name !== "signature").map(([name]) => changed(whole, name, text)),
        changed(whole, "signature", (value) => value.replace(/(?<=signature="|:)[A-Za-z0-9+/=]+(?="|:)/, text)),
      ];
      return others.every((other) => !isBelieved(other, anna.pem, at2));
    }),
    { numRuns: 300 },
  );
  t.end();
});
