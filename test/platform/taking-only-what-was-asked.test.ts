// A door takes what its endpoint asks for and nothing else: no extra field, no odd JSON, no other type, nothing too long; and a refusal gives nothing away.
import { test, type Test } from "tap";
import { z } from "zod";
import { endpoints } from "@partcommune/shared/endpoints";
import { askToSignUp } from "@partcommune/shared/membership/api";
import { paramsOf, pathWith, type Endpoint } from "@partcommune/shared/platform/endpoint";
import { faultIn, oneMeaning } from "@partcommune/shared/platform/json";
import { openPages } from "@partcommune/server/platform/pages";
import { openCoop, origin, seededRandom, type Caller, type TestCoop } from "../support/coop.ts";
import { everythingIn } from "../support/digest.ts";
import { everyone } from "../support/everyone.ts";
import { exampleOf } from "../support/example.ts";
import { asAdmin } from "../support/postgres.ts";

const every = Object.values(endpoints);
const writes = every.filter(({ method }) => method !== "GET");
const reads = every.filter(({ method }) => method === "GET");

/** A coop with nobody limited by their address: each call comes from another one. */
const openWide = (t: Test): Promise<TestCoop> => openCoop(t, { settings: { trustedProxies: ["127.0.0.1"] } });

let calls = 0;

/** A write as raw as its text. */
async function write(caller: Caller, endpoint: Endpoint, payload: string, headers: Record<string, string> = {}) {
  calls += 1;
  const from = `10.0.${(calls >> 8) & 255}.${calls & 255}`;
  const answer = await caller.raw({
    method: endpoint.method,
    url: pathWith(endpoint.path, exampleOf(endpoint)),
    headers: { "content-type": "application/json", "idempotency-key": `raw-${calls}`, origin, "x-forwarded-for": from, ...headers },
    payload,
  });
  return { status: answer.statusCode, text: answer.body };
}

/** The body of an example: what does not stand in the path. */
function bodyOf(endpoint: Endpoint): Record<string, unknown> {
  const params = paramsOf(endpoint.path);
  return Object.fromEntries(Object.entries(exampleOf(endpoint)).filter(([field]) => !params.includes(field)));
}

const called = ({ method, path }: Endpoint): string => `${method} ${path}`;

test("no object that is asked for has room for fields it does not name", (t) => {
  const looseIn = (schema: unknown, at: string): readonly string[] => {
    if (typeof schema !== "object" || schema === null) return [];
    const { type, properties, additionalProperties } = schema as Record<string, unknown>;
    const loose = type === "object" && properties !== undefined && additionalProperties !== false ? [at] : [];
    return [...loose, ...Object.entries(schema).flatMap(([step, inner]) => looseIn(inner, `${at}/${step}`))];
  };
  const loose = every.flatMap((endpoint) =>
    looseIn(z.toJSONSchema(endpoint.input, { io: "input", unrepresentable: "any" }), called(endpoint)),
  );
  t.same(loose, []);
  t.end();
});

test("a field nobody asks for is refused on every write, and nothing is stored", async (t) => {
  const coop = await openWide(t);
  const caller = await everyone(coop);
  const before = await everythingIn(coop.db);
  const extras = ["role", "status", "state", "balance", "id", "feeRate", "approvedBy", "tenant", "memberSince", "version"];
  for (const endpoint of writes) {
    // All of them at once: the answer names each.
    const added = extras.filter((field) => !(field in endpoint.input.shape));
    const asOperator = Object.fromEntries(added.map((field) => [field, "operator"]));
    const { status, text } = await write(caller, endpoint, JSON.stringify({ ...bodyOf(endpoint), ...asOperator }));
    for (const extra of added) t.ok(status === 400 && text.includes(`"/${extra}"`), `${called(endpoint)} + ${extra}: ${status} ${text}`);
  }
  t.same(await everythingIn(coop.db), before);
});

test("a question nobody asks is refused on every read", async (t) => {
  const coop = await openWide(t);
  const caller = await everyone(coop);
  for (const endpoint of reads) {
    const url = pathWith(endpoint.path, exampleOf(endpoint));
    for (const question of [
      "role=board",
      "order=name",
      "__proto__[x]=1",
      "a[__proto__][x]=1",
      "constructor.prototype.x=1",
      "limit=1&limit=2",
    ]) {
      const { statusCode, body } = await caller.raw({ method: "GET", url: `${url}?${question}` });
      t.ok(
        statusCode === 400 || (statusCode === 422 && /^(limit|order)=/.test(question)),
        `${called(endpoint)}?${question}: ${statusCode} ${body}`,
      );
    }
  }
  t.equal(({} as Record<string, unknown>)["x"], undefined);
});

const deep = 100_000;
const nested = `${"[".repeat(deep)}${"]".repeat(deep)}`;

test("odd JSON is refused on every write, and nothing is stored", async (t) => {
  const coop = await openWide(t);
  const caller = await everyone(coop);
  const before = await everythingIn(coop.db);
  for (const endpoint of writes) {
    const body = JSON.stringify(bodyOf(endpoint));
    const more = body === "{}" ? "" : ",";
    const odd: readonly (readonly [what: string, payload: string, wanted: readonly number[]])[] = [
      ["prototype key", `{"__proto__":{"role":"board"}${more}${body.slice(1)}`, [400]],
      ["prototype of a constructor", `{"constructor":{"prototype":{"role":"board"}}${more}${body.slice(1)}`, [400]],
      ["escaped prototype key", `{"\\u005f_proto__":{"role":"board"}${more}${body.slice(1)}`, [400]],
      ["one key twice", `{"same":1,"same":2${more}${body.slice(1)}`, [400]],
      ["a list", `[${body}]`, [400]],
      ["a text", JSON.stringify(body), [400]],
      ["null", "null", body === "{}" ? [] : [400, 422]],
      ["nothing", "", body === "{}" ? [] : [400, 422]],
      ["half of it", body === "{}" ? "{" : body.slice(0, -2), [400]],
      ["BOM", `\ufeff${body}`, [400]],
      ["a deep list", nested, [400]],
      ["a deep list in an unknown field", `{"deep":${nested}${more}${body.slice(1)}`, [400]],
      ...Object.keys(bodyOf(endpoint)).map(
        (field) =>
          [
            `a deep list in ${field}`,
            JSON.stringify({ ...bodyOf(endpoint), [field]: "DEEP" }).replace('"DEEP"', nested),
            [400, 422],
          ] as const,
      ),
    ];
    for (const [what, payload, wanted] of odd.filter(([, , statuses]) => statuses.length > 0)) {
      const { status, text } = await write(caller, endpoint, payload);
      t.ok(wanted.includes(status), `${called(endpoint)} ${what}: ${status} ${text.slice(0, 300)}`);
    }
  }
  t.equal(({} as Record<string, unknown>)["role"], undefined);
  t.same(await everythingIn(coop.db), before);
});

test("a key that stands twice in one object or names a prototype is found, wherever it hides, and so is too deep a bracket", (t) => {
  const rows: readonly (readonly [text: string, fault: string | undefined])[] = [
    ["{}", undefined],
    ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', undefined],
    ['{"a":"{\\"a\\":1,\\"a\\":2}","b":"a\\":"}', undefined],
    ['{"a":1,"a":1}', "a"],
    ['{"a":{"b":[{"__pr\\u006fto__":1}]}}', "__proto__"],
    ['{"a":1,"\\u0061":2}', "a"],
    ['[{"x":{"k" : [1,{"k":1}],"y":"\\\\","k"\n:2}}]', "k"],
    [`{"a":"${"\\\\".repeat(400_000)}","b":1,"b":2}`, "b"],
    [`${'{"a":['.repeat(16)}1${"]}".repeat(16)}`, undefined],
    [`${'{"a":['.repeat(16)}{}${"]}".repeat(16)}`, "{"],
  ];
  for (const [text, fault] of rows) t.equal(faultIn(text), fault, text.slice(0, 60));
  t.equal(faultIn('{"a":[{"b":1},{"b":2}]}', 3), undefined);
  t.equal(faultIn('{"a":[{"b":1},{"c":2}]}', 2), "c", "one key too many");
  t.equal(oneMeaning(`"${'\\"'.repeat(500_000)}`), undefined, "a text that never ends is not searched from each of its quotation marks");
  t.end();
});

/** The fields of money that an endpoint asks for, whether or not it must be told them. */
function moneyOf({ input }: Endpoint): readonly string[] {
  const { properties = {} } = z.toJSONSchema(input, { io: "input", unrepresentable: "any" });
  return Object.entries(properties).flatMap(([field, schema]) =>
    typeof schema === "object" && schema.properties?.["amount"] && schema.properties["currency"] ? [field] : [],
  );
}

/** What may be below zero: an account at the bank may be overdrawn. */
const signed = new Set(["/api/v1/closings bank"]);

test("money is decimal text of its currency in every field that asks for it, and nothing is stored of anything else", async (t) => {
  const coop = await openWide(t);
  const caller = await everyone(coop);
  const before = await everythingIn(coop.db);
  const amounts = ["-1.00", "0.001", "1e3", "1,5", "٣.00", "NaN", "Infinity", "-0.00", "-0", "", "1", "+1.00", " 1.00", "0x1.00", "00.01"]
    .concat(String(2 ** 53 + 1), (2n ** 63n).toString(), `${2n ** 63n}.00`, "9".repeat(10_000))
    .map((amount) => ({ amount, currency: "EUR" }));
  const odd = [0, 1, -1, 0.1, 1e300, true, null, [], {}, ["1.00"]].map((amount) => ({ amount, currency: "EUR" }));
  const foreign = [
    ["1.00", "JPY"],
    ["1.00", "KWD"],
    ["1.00", "eur"],
    ["1.00", "XXX"],
    ["1.00", "__proto__"],
    ["1.00", ""],
  ].map(([amount, currency]) => ({ amount, currency }));
  const asking = writes.flatMap((endpoint) => moneyOf(endpoint).map((field) => [endpoint, field] as const));
  t.ok(asking.length >= 4, asking.map(([endpoint, field]) => `${endpoint.path} ${field}`).join(", "));
  for (const [endpoint, field] of asking)
    for (const money of [...amounts, ...odd, ...foreign, 1, "1.00", "1.00 EUR"]) {
      if (money === amounts[0] && signed.has(`${endpoint.path} ${field}`)) continue;
      const { status, text } = await write(caller, endpoint, JSON.stringify({ ...bodyOf(endpoint), [field]: money }));
      t.equal(status, 422, `${endpoint.path} ${field} ${JSON.stringify(money).slice(0, 60)}: ${text.slice(0, 200)}`);
    }
  t.same(await everythingIn(coop.db), before);
});

test("a body is JSON by its type or it is not read", async (t) => {
  const coop = await openWide(t);
  const caller = await everyone(coop);
  const valid = { name: "Anna", email: "anna@example.org", language: "en" };
  const forms: readonly (readonly [type: string, status: number])[] = [
    ["application/json", 202],
    ["application/json; charset=utf-8", 202],
    ["APPLICATION/JSON", 202],
    ["application/json ; charset=utf-8", 202],
    ["application/json;", 202],
    [" application/json", 202],
    ["application/json\t", 202],
    ["application/json, text/plain", 415],
    ["application/json text/plain", 415],
    ["application/jsonx", 415],
    ["application/json+x", 415],
    ["text/json", 415],
    ["text/plain", 415],
    ["text/plain; application/json", 415],
    ["application/x-www-form-urlencoded", 415],
    ["multipart/form-data; boundary=x", 415],
    ["\tapplication\tjson", 415],
    ["", 415],
  ];
  for (const [at, [type, wanted]] of forms.entries()) {
    const payload = JSON.stringify({ ...valid, email: `anna${at}@example.org` });
    const { status } = await write(caller, askToSignUp, payload, { "content-type": type });
    t.ok(status === wanted || status === 415, `${JSON.stringify(type)}: ${status}`);
    const extra = await write(caller, askToSignUp, JSON.stringify({ ...valid, role: "board" }), { "content-type": type });
    t.ok([400, 415].includes(extra.status), `${JSON.stringify(type)} is never unvalidated: ${extra.status}`);
  }
  t.equal((await write(caller, askToSignUp, JSON.stringify(valid))).status, 202);
});

test("a body over one mebibyte is refused before it is read", async (t) => {
  const coop = await openWide(t);
  const caller = await everyone(coop);
  for (const endpoint of writes) {
    const { status } = await write(caller, endpoint, JSON.stringify({ ...bodyOf(endpoint), padding: "x".repeat(1_048_577) }));
    t.equal(status, 413, called(endpoint));
  }
});

const givenAway =
  /node_modules|\.ts\b|\bat (?:\w+\.)?\w+ \(|postgres|kysely|select |insert |fastify|"stack"|ECONN|\/work|partcommune_app|26\.\d+\.\d+/i;

test("refusals and absent pages give nothing away", async (t) => {
  const coop = await openWide(t);
  await openPages(coop.app, { origin, random: seededRandom("nonce") });
  const caller = await everyone(coop);
  const paths = [
    "/.env",
    "/.git/config",
    "/metrics",
    "/docs",
    "/api/v1/nothing",
    "/api/v1/jobs/%00",
    "/api/v1/jobs/..%2f..%2fpackage.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/nothing.js.map",
    "/en/../../etc/passwd",
    "/%ff%fe",
    "//evil.example/en",
    "/\\\\evil.example",
    "/%2f%2fevil.example",
    "/%5c%5cevil.example",
    "/%09//evil.example",
    "///evil.example?next=//evil.example",
    "/javascript:alert(1)",
    "/api/v1/jobs?limit=%27%20or%201=1--",
  ];
  for (const url of paths) {
    const { statusCode, body, headers } = await caller.raw({ method: "GET", url });
    t.ok(statusCode >= 300 && statusCode < 500, `${url}: ${statusCode}`);
    t.notMatch(body, givenAway, url);
    t.match(headers, { "x-content-type-options": "nosniff", "content-security-policy": /default-src/ }, url);
    t.notOk(headers["x-powered-by"] ?? headers["server"], url);
    t.notMatch(headers["location"] ?? "/", /^(\/\/|\/\\|\w+:)/, `${url} stays here`);
    t.notMatch(body, /(?:href|action|src|url)=["']?(?:[/\\]{2}|javascript:|https?:\/\/evil)/i, `${url} leads nowhere else`);
  }
  for (const url of ["/api/v1/nothing", "/api", "/api/v2/jobs"])
    t.match(
      await caller.raw({ method: "GET", url }),
      { statusCode: 404, headers: { "content-type": /problem\+json/ } },
      `${url} is no page`,
    );
  for (const payload of ["{", '{"name":', JSON.stringify({ name: 1 }), "\u0000"])
    t.notMatch((await write(caller, askToSignUp, payload)).text, givenAway, payload);
});

test("a fault of ours says only that it was ours, and is found again by its instance", async (t) => {
  const coop = await openWide(t);
  await everyone(coop);
  await asAdmin(coop.url, async (client) => client.query("alter table membership.code rename to code_gone"));
  const answer = await write(coop.someone(), askToSignUp, JSON.stringify({ name: "A", email: "a@example.org", language: "en" }));
  t.equal(answer.status, 500);
  t.notMatch(answer.text, givenAway);
  t.notMatch(answer.text, /relation|code_gone|membership|42P01/);
  t.match(JSON.parse(answer.text), { title: "our-fault", instance: /.+/ });
});
