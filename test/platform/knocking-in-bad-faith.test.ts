// What a stranger's page, script or scanner tries at the doors: nothing is read by foreign pages, nothing reaches the database as a command, nothing costs time.
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { test, type Test } from "tap";
import { listCalls } from "@partcommune/shared/governance/api";
import { endpoints } from "@partcommune/shared/endpoints";
import { askToSignUp } from "@partcommune/shared/membership/api";
import { paramsOf, pathWith, type Endpoint } from "@partcommune/shared/platform/endpoint";
import { readIban } from "@partcommune/server/platform/iban";
import { readJson } from "@partcommune/server/platform/json";
import { openPages } from "@partcommune/server/platform/pages";
import { openCoop, seededRandom, type Caller, type TestCoop } from "../support/coop.ts";
import { everythingIn } from "../support/digest.ts";
import { everyone } from "../support/everyone.ts";
import { exampleOf } from "../support/example.ts";
import { listening } from "../support/line.ts";
import { codeFor } from "../support/people.ts";

const every = Object.values(endpoints);
const assets = join(import.meta.dirname, "../../web/dist/client/assets");

/** A coop with its pages, at an address of https, that looks at the forwarded address of each call. */
async function openHouse(t: Test): Promise<TestCoop> {
  const origin = "https://coop.example";
  const coop = await openCoop(t, { settings: { origin, trustedProxies: ["127.0.0.1"] } });
  await openPages(coop.app, { origin, random: seededRandom("nonce") });
  return coop;
}

/** A path that answers each kind of thing: data, a page, a file, a refusal of each, a redirect. */
async function pathsOf(): Promise<readonly string[]> {
  const [file = ""] = (await readdir(assets)).filter((name) => name.endsWith(".js"));
  return [
    "/api/v1/coop",
    "/api/v1/jobs?limit=x",
    "/api/v1/nothing",
    "/en",
    "/en/nothing",
    "/",
    `/assets/${file}`,
    "/assets/nothing.js",
    "/live",
  ];
}

test("no answer lets a foreign page read it, whatever it says of itself", async (t) => {
  const coop = await openHouse(t);
  const paths = await pathsOf();
  const origins = ["https://evil.example", "null", "https://coop.example.evil.example", "https://coop.example"];
  for (const from of origins)
    for (const url of paths)
      for (const method of ["GET", "OPTIONS"] as const) {
        const asks = { origin: from, "access-control-request-method": "POST", "access-control-request-headers": "idempotency-key" };
        const { headers } = await coop.app.inject({ method, url, headers: asks });
        const opened = Object.keys(headers).filter((name) => name.startsWith("access-control-"));
        t.same(opened, [], `${method} ${url} from ${from}`);
      }
});

/** What came back for bytes that need not be HTTP. */
async function said(address: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  socket.end(bytes);
  return textOf(socket);
}

test("every answer carries the headers that keep browsers safe: refusals, files, and what is not even HTTP", async (t) => {
  const coop = await openHouse(t);
  const address = await listening(coop);
  const json = { "content-type": "application/json", "idempotency-key": "x", origin: coop.origin };
  const post = (headers: Record<string, string>, body: string) => fetch(`${address}/api/v1/sign-ups`, { method: "POST", headers, body });
  const answers = await Promise.all([
    ...(await pathsOf()).map((path) => fetch(address + path, { redirect: "manual" })),
    ...["HEAD", "OPTIONS", "PUT"].map((method) => fetch(`${address}/api/v1/coop`, { method })),
    post({ ...json, origin: "https://evil.example" }, "{}"),
    post({ ...json, "content-type": "text/plain" }, "{}"),
    post(json, "{"),
    post(json, "x".repeat(1_048_577)),
    post(json, "{}"),
  ]);
  const wanted = ["x-content-type-options", "content-security-policy", "strict-transport-security", "referrer-policy"];
  for (const { url, status, headers } of answers)
    t.same(
      wanted.filter((name) => !headers.has(name)),
      [],
      `${url} ${status}`,
    );
  const policies = answers.map(({ headers }) => headers.get("content-security-policy") ?? "");
  for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    t.ok(
      policies.every((policy) => policy.includes(part)),
      part,
    );
  for (const bytes of [
    "nonsense\r\n\r\n",
    `GET / HTTP/1.1\r\nhost: x\r\nlong: ${"x".repeat(20_000)}\r\n\r\n`,
    "GET / HTTP/1.1\r\nhost: x\r\n a: b\r\n\r\n",
  ]) {
    const answer = (await said(address, bytes)).toLowerCase();
    t.match(answer, /^http\/1.1 4\d\d /, bytes.slice(0, 40));
    t.same(
      wanted.filter((name) => !answer.includes(`\r\n${name}: `)),
      [],
      bytes.slice(0, 40),
    );
  }
});

const lists = every.filter(({ method, input }) => method === "GET" && "after" in input.shape);
const packed = (...values: readonly unknown[]): string => Buffer.from(JSON.stringify(values)).toString("base64url");
const commands = ["'; drop table platform.fact; --", "x", "\u0000", "9".repeat(40), "0198c0de-0000-7000-8000-000000000000"];
const instant = "2026-12-01T09:00:00.000Z";

/** Whoever recounts a vote takes larger pages of its roll-call. */
const mostOf = ({ path }: Endpoint): number => (path === listCalls.path ? 2_000 : 200);

test("a cursor that a list did not give is refused before the database sees it, and so is a limit that is none", async (t) => {
  const coop = await openCoop(t);
  const caller = await everyone(coop);
  const before = await everythingIn(coop.db);
  const asked = async (endpoint: Endpoint, question: string) => {
    const params = Object.fromEntries(paramsOf(endpoint.path).map((name) => [name, exampleOf(endpoint)[name]]));
    return caller.raw({ method: "GET", url: `${pathWith(endpoint.path, params)}?${question}` });
  };
  t.ok(lists.length > 5, `${lists.length} lists`);
  for (const endpoint of lists) {
    const cursors = [...commands, ...commands.flatMap((each) => [packed(each, each), packed(instant, each)]), packed(1), "x".repeat(400)];
    for (const after of cursors) {
      const { statusCode, body } = await asked(endpoint, new URLSearchParams({ after }).toString());
      t.ok([404, 422].includes(statusCode), `${endpoint.path} after ${JSON.stringify(after)}: ${statusCode} ${body}`);
    }
    for (const limit of ["0", "-1", String(mostOf(endpoint) + 1), "1e9", "1.5", "NaN", "", ...commands]) {
      const { statusCode } = await asked(endpoint, new URLSearchParams({ limit }).toString());
      t.equal(statusCode, 422, `${endpoint.path} limit ${limit}`);
    }
  }
  t.same(await everythingIn(coop.db), before);
});

const long = 100_000;
const nasty: readonly string[] = [
  "a".repeat(long),
  "a.".repeat(long / 2),
  "a-".repeat(long / 2),
  `a@${"a-".repeat(long / 2)}`,
  `a@${"a.".repeat(long / 2)}`,
  `${"a".repeat(long)}@`,
  " ".repeat(long),
  `x${" ".repeat(long)}x`,
  `${"\t\n".repeat(long / 2)}x`,
  "0".repeat(long),
  `0.${"0".repeat(long)}x`,
  `RF${"0".repeat(long)}`,
  "-".repeat(long),
  "{".repeat(long),
  '"'.repeat(long),
  "\\".repeat(long),
  "é".repeat(long / 2),
  "\ud800".repeat(long / 2),
];

type Fields = Readonly<Record<string, unknown>>;

/** The same input with one of its texts replaced, for each text wherever it stands. */
function withEach(input: Fields, text: string): readonly (readonly [at: string, input: Fields])[] {
  return Object.entries(input).flatMap(([name, value]) => {
    if (typeof value === "string") return [[name, { ...input, [name]: text }] as const];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    return withEach(value as Fields, text).map(([at, inner]) => [`${name}/${at}`, { ...input, [name]: inner }] as const);
  });
}

const mostMs = 20;

/** Fields that an example leaves out. */
const optionalOf = ({ input }: Endpoint): Fields => Object.fromEntries(Object.keys(input.shape).map((name) => [name, ""]));

/** What an act costs this process, whoever else is busy; one that seems slow is tried again, because of the collector. */
function quickest(act: () => unknown, tries = 4): number {
  const begun = process.cpuUsage();
  try {
    act();
  } catch {
    // Refused, as it should be.
  }
  const ms = process.cpuUsage(begun).user / 1_000;
  return ms < mostMs || tries === 1 ? ms : Math.min(ms, quickest(act, tries - 1));
}

test("a hundred thousand letters in any field with a pattern cost no time", (t) => {
  const slow: string[] = [];
  const tried = (what: string, act: () => unknown): void => {
    const ms = quickest(act);
    if (ms >= mostMs) slow.push(`${what}: ${ms.toFixed(0)} ms`);
  };
  let fields = 0;
  for (const endpoint of every)
    for (const [at, text] of nasty.entries())
      for (const [field, input] of withEach({ ...optionalOf(endpoint), ...exampleOf(endpoint) }, text)) {
        fields += 1;
        tried(`${endpoint.method} ${endpoint.path} ${field} ${at}`, () => endpoint.input.safeParse(input));
      }
  for (const [at, text] of nasty.entries()) {
    tried(`an IBAN ${at}`, () => readIban(text));
    const json = JSON.stringify({ [text]: "", x: text });
    tried(`JSON ${at}`, () => readJson(json));
    tried(`half of JSON ${at}`, () => readJson(`{"a":"${text}`));
  }
  t.same(slow, []);
  t.ok(fields > 1_000, `${fields} texts were tried`);
  t.ok(quickest(() => /^(a+)+$/.test(`${"a".repeat(24)}!`)) >= mostMs, "a pattern that does cost time is noticed");
  t.end();
});

test("keys that reach for a prototype reach none, in cookies, headers, addresses and topics alike", async (t) => {
  const coop = await openCoop(t);
  const caller: Caller = await everyone(coop);
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
  for (const name of names) {
    const told = await Promise.all([
      coop.app.inject({ method: "GET", url: "/api/v1/me", headers: { cookie: `${name}=x; session=${name}` } }),
      coop.app.inject({ method: "GET", url: "/api/v1/coop", headers: { [name]: "polluted", "accept-language": name } }),
      caller.raw({ method: "GET", url: `/api/v1/${name}` }),
      caller.raw({ method: "GET", url: `/api/v1/jobs/${name}` }),
      caller.raw({ method: "GET", url: `/api/v1/jobs?${name}[x]=1&${name}=1` }),
      caller.raw({ method: "GET", url: `/${name}` }),
    ]);
    t.same(
      told.map(({ statusCode }) => statusCode),
      [200, 200, 404, 404, 400, 404],
      name,
    );
    for (const { body } of told) t.notMatch(body, /polluted|native code/, name);
    const signUp = { name, email: `${name.toLowerCase()}@people.example`, language: "en" } as const;
    t.equal((await caller.call(askToSignUp, signUp, name)).status, 202, "as a name and as a key it is a text like any other");
    t.equal((await caller.call(askToSignUp, { ...signUp, language: name } as never)).status, 422, name);
  }
  t.same(Object.keys(Object.prototype), []);
  t.equal(({} as Fields)["x"], undefined);
});

test("whatever host a request names, a letter knows one address alone: the coop's own", async (t) => {
  const coop = await openHouse(t);
  await everyone(coop);
  const email = "anna@people.example";
  const hosts = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "http", forwarded: "host=evil.example" };
  const headers = { "content-type": "application/json", "idempotency-key": "x", origin: coop.origin, ...hosts };
  const payload = JSON.stringify({ name: "Anna", email, language: "en" });
  t.equal((await coop.app.inject({ method: "POST", url: askToSignUp.path, headers, payload })).statusCode, 202);
  await coop.settle();
  t.ok(codeFor(coop, email), "the letter came");
  t.notMatch(JSON.stringify(coop.mails), /evil\.example/);
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "%2f%2fevil.example"])
    for (const name of ["next", "to", "redirect", "return"]) {
      const page = await coop.app.inject({ method: "GET", url: `/en/sign-in?${name}=${encodeURIComponent(next)}`, headers: hosts });
      const leads = /(?:href|action|src)=["']?(?:[/\\]{2}|javascript:|\w+:\/\/(?!coop\.example))[^"'>]*/i.exec(page.body);
      t.same([page.statusCode, leads?.[0], page.headers["location"]], [200, undefined, undefined], `${name}=${next}`);
    }
});

test("the files that browsers get hold no source map, and name none", async (t) => {
  const files = await readdir(join(assets, ".."), { recursive: true });
  t.same(
    files.filter((name) => name.endsWith(".map")),
    [],
  );
  const scripts = files.filter((name) => name.endsWith(".js") || name.endsWith(".css"));
  t.ok(scripts.length > 10, `${scripts.length} files`);
  for (const name of scripts) t.notMatch(await readFile(join(assets, "..", name), "utf8"), /sourceMappingURL=/, name);
});
