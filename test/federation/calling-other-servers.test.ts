// Whatever address somebody names, nothing but a server of the internet is called, for a bounded time, and what it says counts only about itself.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as listen, type AddressInfo } from "node:net";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { test, type Test } from "tap";
import { guardedFetcher, type Fetcher, type FetcherWorld } from "@partcommune/federation/fetcher";
import { acceptActivity } from "@partcommune/federation/vocabulary";

type Canary = { readonly hits: string[]; readonly requests: IncomingMessage[]; readonly port: number; readonly origin: string };

/** A server on this computer that counts who calls it. */
async function canary(t: Test, answer: (path: string, response: ServerResponse, canary: Canary) => void): Promise<Canary> {
  const listener: RequestListener = (request, response) => {
    stand.hits.push(`${request.method} ${request.headers.host?.split(".")[0]} ${request.url}`);
    stand.requests.push(request);
    answer(request.url ?? "", response, stand);
  };
  const server = createServer(listener);
  await new Promise<void>((open) => void server.listen(0, "127.0.0.1", open));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const stand: Canary = { hits: [], requests: [], port, origin: `http://brussels.localhost:${port}` };
  return stand;
}

const activity = { "content-type": "application/activity+json; charset=utf-8" };
const says = (response: ServerResponse, document: unknown, headers: Record<string, string> = activity): void =>
  void response.writeHead(200, headers).end(JSON.stringify(document));
const fetcher = (more: Partial<FetcherWorld> = {}): Fetcher =>
  guardedFetcher({ resolve: async () => ["127.0.0.1"], now: () => 0, allowPrivate: true, withinMs: 5_000, ...more });

/** A document, or why there is none. */
const outcome = async (by: Fetcher, url: string, asked?: "activity" | "jrd"): Promise<string> => {
  const fetched = await by.get(url, asked);
  return fetched.ok ? `ok ${fetched.url}` : [fetched.why, fetched.status].filter(Boolean).join(" ");
};

test("an address that is not for everybody is never called, however it is written", async (t) => {
  const stand = await canary(t, (_, response) => says(response, {}));
  const { port } = stand;
  const asked: string[] = [];
  const closed = fetcher({
    allowPrivate: false,
    portOf: () => port,
    resolve: async (name) => {
      asked.push(name);
      return name === "half.example" ? ["1.1.1.1", "127.0.0.1"] : name === "six.example" ? ["::ffff:7f00:1"] : ["127.0.0.1"];
    },
  });
  const hosts = [
    "127.0.0.1 127.0.0.2 0.0.0.0 [::] [::1] [::ffff:7f00:1] 2130706433 0x7f.1 017700000001 localhost localhost. brussels.localhost",
    "127.0.0.1. a a.example. a.b-.example a.example.1 me@a.example a_b.example [64:ff9b::7f00:1]",
  ].flatMap((line) => line.split(" "));
  for (const scheme of ["https", "http"])
    for (const host of hosts) {
      t.equal(await outcome(closed, `${scheme}://${host}:${port}/`), "refusedAddress", host);
      t.equal((await closed.post(`${scheme}://${host}:${port}/`, {}, Buffer.from("{}"))).why, "refusedAddress", host);
    }
  for (const url of [
    "",
    "a",
    "//a.example/",
    "file:///etc/passwd",
    "data:application/activity+json,{}",
    "ftp://a.example/",
    "http://a.example/",
    "https://a:b@a.example/",
  ])
    t.equal(await outcome(closed, url), "refusedAddress", url);
  t.same(asked, [], "not even their names are asked for");
  for (const name of ["evil.example", "half.example", "six.example"]) {
    t.equal(await outcome(closed, `https://${name}:${port}/`), "refusedAddress", name);
    t.equal((await closed.post(`https://${name}:${port}/`, {}, Buffer.from("{}"))).why, "refusedAddress", name);
  }
  t.equal(await outcome(fetcher({ allowPrivate: false }), `https://evil.example:${port}/`), "refusedAddress", "a port nobody has set");
  t.equal(
    await outcome(fetcher({ resolve: async () => ["10.0.0.1"] }), `http://a.example:${port}/`),
    "refusedAddress",
    "the switch opens this computer alone",
  );
  t.same(stand.hits, []);
});

test("where an answer leads is looked at like any address, and not for long", async (t) => {
  const stand = await canary(t, (path, response, { port, origin }) => {
    const to: Readonly<Record<string, string>> = {
      "/once": "/end",
      "/twice": "/once",
      "/thrice": "/twice",
      "/loop": "/loop",
      "/file": "file:///etc/passwd",
      "/data": "data:application/activity+json,{}",
      "/secure": `https://brussels.localhost:${port}/end`,
      "/private": `http://10.0.0.1:${port}/end`,
      "/named": `http://inner.example:${port}/end`,
      "/elsewhere": `//lille.localhost:${port}/end`,
      "/nowhere": "http://",
    };
    const location = to[path];
    if (location !== undefined) return void response.writeHead(path === "/once" ? 308 : 302, { location }).end();
    says(response, { id: `${origin}/end` });
  });
  for (const [path, wanted, hits] of [
    ["/end", `ok ${stand.origin}/end`, 1],
    ["/once", `ok ${stand.origin}/end`, 2],
    ["/twice", `ok ${stand.origin}/end`, 3],
    ["/thrice", "redirects", 3],
    ["/loop", "redirects", 3],
    ["/file", "redirects", 1],
    ["/data", "redirects", 1],
    ["/secure", "redirects", 1],
    ["/private", "refusedAddress", 1],
    ["/named", "refusedAddress", 1],
    ["/nowhere", "redirects", 1],
    ["/elsewhere", "otherId", 2],
  ] as const) {
    stand.hits.length = 0;
    t.equal(await outcome(fetcher({ resolve: async () => ["192.168.0.1"] }), stand.origin + path), wanted, path);
    t.equal(stand.hits.length, hits, path);
  }
  stand.hits.length = 0;
  t.same(await fetcher().post(`${stand.origin}/once`, {}, Buffer.from("{}")), { status: 308 });
  t.equal(stand.hits.length, 1, "a delivery follows nothing");
});

test("a document counts when it is of the right kind and says that it is where it was found", async (t) => {
  const stand = await canary(t, (path, response, { origin, port }) => {
    const type = new URLSearchParams(path.split("?")[1]).get("type");
    if (type !== null) return says(response, { id: origin + path }, type === "" ? {} : { "content-type": type });
    const documents: Readonly<Record<string, unknown>> = {
      "/moved": { id: `${origin}/home` },
      "/home": { id: `${origin}/home` },
      "/chain": { id: `${origin}/moved` },
      "/foreign": { id: `http://lille.localhost:${port}/home` },
      "/listed": { id: [`${origin}/listed`] },
      "/unnamed": {},
      "/relative": { id: "/relative" },
      "/spelt": { id: `${origin.replace("brussels", "BRUSSELS")}/spelt` },
    };
    if (path in documents) return says(response, documents[path]);
    const raw: Readonly<Record<string, string>> = { "/list": "[]", "/twice": '{"id":"a","id":"b"}', "/cut": '{"id":', "/empty": "" };
    return void response.writeHead(path in raw ? 200 : 404, activity).end(raw[path]);
  });
  for (const [path, wanted, hits] of [
    ["/home", `ok ${stand.origin}/home`, 1],
    ["/home#key", `ok ${stand.origin}/home`, 1],
    ["/moved", `ok ${stand.origin}/home`, 2],
    ["/chain", "otherId", 2],
    ["/foreign", "otherId", 1],
    ["/listed", "otherId", 1],
    ["/unnamed", "otherId", 1],
    ["/relative", "otherId", 1],
    ["/spelt", "otherId", 2],
    ["/list", "notActivity", 1],
    ["/twice", "notActivity", 1],
    ["/cut", "notActivity", 1],
    ["/empty", "notActivity", 1],
    ["/absent", "status 404", 1],
  ] as const) {
    stand.hits.length = 0;
    t.equal(await outcome(fetcher(), stand.origin + path), wanted, path);
    t.equal(stand.hits.length, hits, path);
  }
  const ld = "application/ld+json";
  for (const [type, asActivity, asJrd] of [
    ["application/activity+json", true, false],
    ["Application/Activity+JSON;charset=utf-8", true, false],
    [`${ld}; profile="https://www.w3.org/ns/activitystreams"`, true, false],
    [`${ld};profile="a https://www.w3.org/ns/activitystreams"`, true, false],
    [ld, false, false],
    [`${ld}; profile="https://evil.example/?https://www.w3.org/ns/activitystreams"`, false, false],
    ["application/json", false, true],
    ["application/jrd+json; charset=utf-8", false, true],
    ["text/plain", false, false],
    ["image/png", false, false],
    ["text/html; application/activity+json", false, false],
    ["", false, false],
  ] as const) {
    const url = `${stand.origin}/a?type=${encodeURIComponent(type)}`;
    t.equal((await fetcher().get(url)).ok, asActivity, `${type} as activity`);
    t.equal((await fetcher().get(url, "jrd")).ok, asJrd, `${type} as jrd`);
  }
  t.match(stand.requests.at(0)?.headers, { accept: acceptActivity, "user-agent": "Partcommune" });
});

test("an answer that is too long, packed to burst, slow or silent ends", async (t) => {
  const half = { id: "", name: "a".repeat(600_000) };
  const bomb = Buffer.alloc(48 * 1_048_576, 32);
  const packed = { gzip: gzipSync(bomb), br: brotliCompressSync(bomb.subarray(0, 2 ** 22)) };
  const drips: NodeJS.Timeout[] = [];
  t.teardown(() => drips.forEach(clearInterval));
  const stand = await canary(t, (path, response, { origin }) => {
    const whole = JSON.stringify({ ...half, id: origin + path });
    const encoded = (encoding: string, bytes: Buffer | string): void =>
      void response.writeHead(200, { ...activity, "content-encoding": encoding }).end(bytes);
    const answers: Readonly<Record<string, () => void>> = {
      "/gzip": () => encoded("gzip", gzipSync(whole)),
      "/br": () => encoded("br", brotliCompressSync(whole)),
      "/odd": () => encoded("zstd", whole),
      "/broken": () => encoded("gzip", whole),
      "/bomb": () => encoded("gzip", packed.gzip),
      "/br-bomb": () => encoded("br", packed.br),
      "/long": () => void response.writeHead(200, activity).end(Buffer.alloc(60 * 1_048_576, 32)),
      "/drip": () => {
        response.writeHead(200, activity);
        drips.push(setInterval(() => void response.write(" "), 50));
      },
      "/head": () => void response.writeHead(200, activity).flushHeaders(),
      "/cut": () => {
        response.writeHead(200, { ...activity, "content-length": "100" }).write("{");
        setImmediate(() => response.destroy());
      },
      "/silent": () => undefined,
    };
    answers[path]?.();
  });
  const before = process.memoryUsage().rss;
  for (const [path, wanted] of [
    ["/gzip", `ok ${stand.origin}/gzip`],
    ["/br", `ok ${stand.origin}/br`],
    ["/odd", "notActivity"],
    ["/broken", "network"],
    ["/bomb", "tooLarge"],
    ["/br-bomb", "tooLarge"],
    ["/long", "tooLarge"],
    ["/cut", "network"],
  ] as const)
    t.equal(await outcome(fetcher(), stand.origin + path), wanted, path);
  t.ok(process.memoryUsage().rss - before < 150 * 1_048_576, "no burst was held");
  const hasty = fetcher({ withinMs: 300 });
  const start = performance.now();
  const slow = ["/drip", "/head", "/silent"].map((path) => outcome(hasty, stand.origin + path));
  const named = outcome(fetcher({ withinMs: 300, resolve: () => new Promise(() => undefined) }), "http://a.example/");
  t.same(
    await Promise.all([...slow, named]),
    Array.from({ length: 4 }, () => "timeout"),
  );
  t.same(await hasty.post(`${stand.origin}/silent`, {}, Buffer.from("{}")), { status: 0, why: "timeout" });
  t.ok(performance.now() - start < 3_000);
  for (const resolve of [async () => [], async () => Promise.reject(new Error("ENOTFOUND"))])
    t.equal(await outcome(fetcher({ resolve }), "http://a.example/"), "network");
  t.equal((await fetcher().post("http://brussels.localhost:1/", {}, Buffer.from("{}"))).why, "network");
});

test("one address is asked for once at a time, and what could not be had waits five minutes", async (t) => {
  let now = 0;
  let broken = false;
  const stand = await canary(t, (path, response, { origin }) => {
    if (broken) response.writeHead(500).end();
    else says(response, { id: origin + path });
  });
  const patient = fetcher({ now: () => now });
  const all = await Promise.all(Array.from({ length: 20 }, () => outcome(patient, `${stand.origin}/a`)));
  t.same(new Set(all), new Set([`ok ${stand.origin}/a`]));
  t.equal(stand.hits.length, 1, "twenty at once are one");
  await patient.get(`${stand.origin}/a`);
  t.equal(stand.hits.length, 2, "who comes later asks anew");
  broken = true;
  t.equal(await outcome(patient, `${stand.origin}/a`), "status 500");
  broken = false;
  now = 299_999;
  t.equal(await outcome(patient, `${stand.origin}/a`), "status 500");
  t.equal(stand.hits.length, 3);
  now = 300_000;
  t.equal(await outcome(patient, `${stand.origin}/a`), `ok ${stand.origin}/a`);
});

test("a fetch is signed, and where a signature over the query is refused, once more without it", async (t) => {
  const stand = await canary(t, (path, response, { origin, requests }) => {
    const { signature = "" } = requests.at(-1)?.headers ?? {};
    if (signature === "for /plain" || signature === "for /query") says(response, { id: origin + path });
    else response.writeHead(401).end();
  });
  const signing = fetcher({ sign: async ({ method, url }) => ({ signature: method === "GET" ? `for ${url.pathname}${url.search}` : "" }) });
  for (const [path, wanted, hits] of [
    ["/plain", `ok ${stand.origin}/plain`, 1],
    ["/query?page=1", `ok ${stand.origin}/query?page=1`, 2],
    ["/closed", "status 401", 1],
    ["/closed?page=1", "status 401", 2],
  ] as const) {
    stand.hits.length = 0;
    t.equal(await outcome(signing, stand.origin + path), wanted, path);
    t.equal(stand.hits.length, hits, path);
  }
});

test("a delivery carries its bytes and headers and reports what was answered", async (t) => {
  const stand = await canary(t, (path, response) => {
    const status = Number(path.slice(1));
    response.writeHead(status, status === 429 ? { "retry-after": "120" } : {}).end("a".repeat(5_000_000));
  });
  const body = Buffer.from('{"a":"é"}');
  t.same(await fetcher().post(`${stand.origin}/202`, { "content-type": "application/activity+json", signature: "a" }, body), {
    status: 202,
  });
  t.match(stand.requests.at(-1)?.headers, { signature: "a", "content-type": "application/activity+json", "content-length": "10" });
  t.same(await fetcher().post(`${stand.origin}/429`, {}, body), { status: 429, retryAfter: "120" });
  t.same(await fetcher().post(`${stand.origin}/500`, {}, body), { status: 500 });
});

test("https goes to the address that was checked, under the name that was asked for", async (t) => {
  const heard: Buffer[] = [];
  const server = listen(
    (socket) => void socket.once("data", (bytes: Buffer) => (heard.push(bytes), socket.destroy())).on("error", () => undefined),
  );
  await new Promise<void>((open) => void server.listen(0, "127.0.0.1", open));
  t.teardown(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const names: string[] = [];
  const resolve = async (name: string): Promise<string[]> => (names.push(name), ["127.0.0.1"]);
  t.equal(await outcome(fetcher({ resolve }), `https://lille.example:${port}/actor`), "network");
  t.same(names, ["lille.example"], "resolved once");
  t.equal(heard[0]?.[0], 22, "a handshake of TLS");
  t.ok(heard[0]?.includes("lille.example"), "with the name in it");
});
