// Callers who drip, stall or never read are shown out within ten seconds, and nobody else waits for them.
import { connect, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { test, type Test } from "tap";
import { openCoop, origin } from "../support/coop.ts";
import { founder } from "../support/people.ts";
import { listening } from "../support/line.ts";

const many = 100;
const graceMs = 10_000;
const dripMs = 400;

type Slow = { readonly socket: Socket; readonly begun: number; closed?: number };

const request = (path: string, ...headers: readonly string[]): string =>
  [`POST ${path} HTTP/1.1`, "host: localhost", ...headers, ""].join("\r\n");
const json = ["content-type: application/json", "idempotency-key: slow", `origin: ${origin}`];

/** Ways to be slow: what is said at once, and what is dripped afterwards, byte by byte. */
const ways: Readonly<Record<string, readonly [said: string, dripped: string]>> = {
  "says nothing": ["", ""],
  "drips its first line": ["", "POST /api/v1/sign-ups HTTP/1.1\r\n".repeat(9)],
  "drips headers": [request("/api/v1/sign-ups"), "x-slow: 1\r\n".repeat(9)],
  "drips a body": [`${request("/api/v1/sign-ups", ...json, "content-length: 1000")}\r\n`, '{"name":"'.padEnd(900, "x")],
  "drips chunks": [`${request("/api/v1/sign-ups", ...json, "transfer-encoding: chunked")}\r\n`, "1\r\nx\r\n".repeat(90)],
  "stalls in its body": [`${request("/api/v1/sign-ups", ...json, "content-length: 1000")}\r\n{"name":`, ""],
};

async function slow(t: Test, address: string, said: string, dripped: string): Promise<Slow> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  t.teardown(() => socket.destroy());
  const caller: Slow = { socket, begun: performance.now() };
  socket.on("error", () => undefined).once("close", () => (caller.closed = performance.now()));
  socket.resume();
  await new Promise((open) => socket.once("connect", open));
  socket.write(said);
  void drip(caller, dripped);
  return caller;
}

async function drip({ socket }: Slow, text: string): Promise<void> {
  for (const byte of text) {
    await pause(dripMs, undefined, { ref: false });
    if (socket.destroyed) return;
    socket.write(byte);
  }
}

test("whoever is slow is shown out, in whatever way they are slow, and honest callers do not wait for them", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const address = await listening(coop);
  const honest: number[] = [];
  const quick = async (): Promise<void> => {
    const begun = performance.now();
    const { status } = await fetch(`${address}/api/v1/jobs`);
    if (status !== 200) throw new Error(`an honest caller was told ${status}`);
    honest.push(performance.now() - begun);
  };
  const slowOnes = await Promise.all(
    Object.entries(ways).flatMap(([way, [said, dripped]]) =>
      Array.from({ length: many }, async () => ({ way, caller: await slow(t, address, said, dripped) })),
    ),
  );
  const latest = performance.now() + graceMs + 1_500; // the server looks once a second
  while (performance.now() < latest && slowOnes.some(({ caller }) => caller.closed === undefined)) {
    await quick();
    await pause(50);
  }
  for (const way of Object.keys(ways)) {
    const those = slowOnes.filter((each) => each.way === way).map(({ caller }) => caller);
    const open = those.filter(({ closed }) => closed === undefined).length;
    const longest = Math.max(...those.map(({ begun, closed = Number.POSITIVE_INFINITY }) => closed - begun));
    t.equal(open, 0, `who ${way}: the last of ${many} was shown out after ${(longest / 1_000).toFixed(1)} s`);
    t.ok(longest <= graceMs + 1_500, way);
  }
  const sorted = honest.toSorted((one, other) => one - other);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;
  t.ok(sorted.length > 20 && p99 < 2_000, `${sorted.length} honest answers meanwhile, p99 ${p99.toFixed(0)} ms`);
});

test("who asks much and reads nothing is shown out", async (t) => {
  const coop = await openCoop(t, { settings: { perMinute: 600, trustedProxies: ["127.0.0.1"] } });
  await founder(coop);
  const address = await listening(coop);
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname).on("error", () => undefined);
  t.teardown(() => socket.destroy());
  socket.pause();
  await new Promise((open) => socket.once("connect", open));
  // Each answer is some hundred bytes of body and headers; the kernel keeps a few megabytes of them, then the server would have to.
  const asked = "GET /api/v1/bylaws HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(1_000);
  for (let round = 0; round < 20; round += 1) socket.write(asked);
  t.equal(
    (await fetch(`${address}/api/v1/jobs`, { headers: { connection: "close", "x-forwarded-for": "10.0.0.1" } })).status,
    200,
    "others are answered meanwhile",
  );
  const callers = (): Promise<number> =>
    new Promise((count, failed) => coop.app.server.getConnections((error, found) => (error ? failed(error) : count(found))));
  const begun = performance.now();
  while ((await callers()) > 0 && performance.now() < begun + 40_000) await pause(100);
  t.equal(await callers(), 0, `gone after ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
});

test("the coop closes in time though callers hold on to it", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const address = await listening(coop);
  const held = await Promise.all(Object.values(ways).map(async ([said, dripped]) => slow(t, address, said, dripped)));
  const begun = performance.now();
  await coop.app.close();
  const took = performance.now() - begun;
  t.ok(
    held.every(({ closed }) => closed === undefined || closed >= begun) && took < 10_000,
    `closed after ${took.toFixed(0)} ms with ${held.length} callers hanging on`,
  );
});
