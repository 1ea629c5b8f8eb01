// The live line carries hints to those who may see a thing, in every process of the coop, and nobody can use it against the others.
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { test, type Test } from "tap";
import { acceptBid, placeBid, postJob, signEngagement, readEngagement } from "@partcommune/shared/marketplace/api";
import { closeSession, endRole, giveRole } from "@partcommune/shared/membership/api";
import { openCoop, origin, type Caller, type TestCoop } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { posterJob } from "../support/jobs.ts";
import { cookieOf, knock, lineOf, listening, tellMuch } from "../support/line.ts";
import { clientOwner, confirmedMember, founder, personNamed, signedUp, withRole } from "../support/people.ts";

const fixed = { amount: { amount: "2000.00", currency: "EUR" } };

/** Pauses pass ten times as fast here, so that what is looked at every five seconds is looked at twice a second. */
const openFast = (t: Test, url?: string): Promise<TestCoop> =>
  openCoop(t, { world: { pause: async (ms) => void (await pause(ms / 10)), ...(url ? { databaseUrl: url } : {}) } });

test("the line opens for our own pages and for who is signed in", async (t) => {
  const coop = await openFast(t);
  const address = await listening(coop);
  const cookie = await cookieOf(await founder(coop));
  for (const foreign of [
    {},
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `${origin}.evil.example` },
    { origin: "http://localhost:4101" },
  ])
    t.equal(await knock(t, address, { cookie, ...foreign }), 403, JSON.stringify(foreign));
  for (const nobody of [{}, { cookie: "session-4100=made-up" }, { cookie: "session-4100=" }])
    t.equal(await knock(t, address, { origin, ...nobody }), 401, JSON.stringify(nobody));
  const line = await knock(t, address, { origin, cookie });
  t.equal(typeof line === "number" ? line : await line.closed(700), undefined, "who is signed in stays");
});

test("a session that ends takes its line with it", async (t) => {
  const coop = await openFast(t);
  const address = await listening(coop);
  await founder(coop);
  const anna = await signedUp(coop, "Anna");
  const line = await lineOf(t, address, anna, origin);
  await anna.call(closeSession, {});
  t.equal(await line.closed(2_000), 1008);
});

/** An engagement of Carla and Anna, for both to sign. */
async function quoted(
  coop: TestCoop,
): Promise<{ readonly carla: Caller; readonly anna: Caller; readonly job: string; readonly engagement: string }> {
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const { caller: anna } = await confirmedMember(coop, board, "Anna");
  const { id: job } = (await carla.call(postJob, posterJob(client))).body;
  const { id: bid } = (await anna.call(placeBid, { job, ...fixed, pitch: "I did three such fairs." })).body;
  const { engagement } = (await carla.call(acceptBid, { bid, version: 1, ...fixed })).body;
  return { carla, anna, job, engagement };
}

const sign = async (caller: Caller, engagement: string) =>
  caller.call(signEngagement, { engagement, hash: (await caller.call(readEngagement, { engagement })).body.hash });

test("who may see a thing hears that it moved, in every process on its database, and nobody else does", async (t) => {
  const here = await openFast(t);
  const there = await openFast(t, here.url);
  const { carla, anna, engagement } = await quoted(here);
  const stranger = await signedUp(here, "Steve");
  const [hereAt, thereAt] = [await listening(here), await listening(there)];
  const lines = [await lineOf(t, hereAt, carla, origin), await lineOf(t, thereAt, carla, origin)];
  const foreign = [await lineOf(t, hereAt, stranger, origin), await lineOf(t, thereAt, stranger, origin)];
  // The question goes out in the same breath as the line opens, before the server knows who asks.
  for (const line of [...lines, ...foreign]) line.watch(`engagement:${engagement}`, "engagement:*", "*", "engagement:", "person:1");
  await pause(200);
  for (const side of [anna, carla]) t.equal((await sign(side, engagement)).status, 201);
  for (const line of lines) t.ok(await line.hears(`engagement:${engagement}`, 3_000), "the client hears");
  await pause(300);
  for (const line of foreign) t.same(line.heard, [], "a stranger hears nothing");
  t.notMatch(JSON.stringify(lines[0]?.heard), /2000|Poster|hash/, "a hint is no content");
});

test("who loses a role hears no more of what it let them see, and who gets it hears without asking again", async (t) => {
  const coop = await openFast(t);
  const board = await founder(coop);
  const { client } = await clientOwner(coop, "Carla");
  const { member } = await confirmedMember(coop, board, "Anna");
  const { invoice } = await invoiced(coop, { client, member });
  const topic = `invoice:${invoice}`;
  const ace = await withRole(coop, board, "Ace", "accountant");
  const given = { person: await personNamed(board, "Ace"), role: "accountant" } as const;
  const line = await lineOf(t, await listening(coop), ace, origin);
  line.watch(topic);
  await pause(300);
  const hears = async (within: number): Promise<boolean> => {
    const packet = JSON.stringify({ hints: [{ topic, type: "invoice.paid" }], queues: [] });
    const before = line.heard.length;
    await sql`select pg_notify('hint', ${packet})`.execute(coop.db);
    for (let waited = 0; waited < within && line.heard.length === before; waited += 10) await pause(10);
    return line.heard.length > before;
  };
  t.ok(await hears(3_000), "an accountant");
  t.equal((await board.call(endRole, given)).status, 201);
  await pause(1_200);
  t.notOk(await hears(500), "no accountant any more");
  t.equal((await board.call(giveRole, given)).status, 201);
  await pause(1_200);
  t.ok(await hears(3_000), "an accountant again");
  t.equal(await line.closed(1), undefined, "all on one line");
});

test("a list that is watched stands in the order it was asked for", async (t) => {
  const coop = await openFast(t);
  const { carla, anna, job, engagement } = await quoted(coop);
  const line = await lineOf(t, await listening(coop), carla, origin);
  // The longer question must not overtake the shorter that came after it.
  line.watch(`job:${job}`, ...Array.from({ length: 150 }, () => `engagement:${engagement}`));
  line.watch();
  await pause(600);
  for (const side of [anna, carla]) t.equal((await sign(side, engagement)).status, 201);
  t.notOk(await line.hears(`engagement:${engagement}`, 500), "the last list was empty");
});

test("what is not understood, too long or too much closes the line and not the coop", async (t) => {
  const coop = await openFast(t);
  const address = await listening(coop);
  const caller = await founder(coop);
  const odd: readonly (readonly [what: string, sent: string | Buffer, code: number])[] = [
    ["no JSON", "hello", 1008],
    ["another shape", '{"look":[]}', 1008],
    ["one field too many", '{"watch":[],"role":"board"}', 1008],
    ["a prototype", '{"__proto__":{"watch":[]},"watch":["x",1]}', 1008],
    ["201 topics", JSON.stringify({ watch: Array.from({ length: 201 }, (_, at) => `job:${at}`) }), 1008],
    ["a long topic", JSON.stringify({ watch: ["x".repeat(81)] }), 1008],
    ["a deep list", `{"watch":${"[".repeat(30_000)}${"]".repeat(30_000)}}`, 1008],
    ["bytes", Buffer.from([0xff, 0xfe, 0x00]), 1008],
    ["64 KiB and one", "x".repeat(65_537), 1009],
    ["50 MB", Buffer.alloc(50_000_000), 1009],
  ];
  for (const [what, sent, code] of odd) {
    const line = await lineOf(t, address, caller, origin);
    line.socket.send(sent);
    const closed = await line.closed(5_000);
    t.ok(closed === code || (code === 1009 && closed === 1006), `${what}: ${closed}`);
  }
  const flood = await lineOf(t, address, caller, origin);
  for (let at = 0; at < 10_000; at += 1) flood.watch(`job:${at}`);
  t.equal(await flood.closed(5_000), 1008, "10 000 messages at once");
  const calm = await lineOf(t, address, caller, origin);
  t.equal(await calm.closed(600), undefined, "another line still opens and stays");
});

test("who does not read is cut off, and the others hear on", async (t) => {
  const coop = await openFast(t);
  const address = await listening(coop);
  const { carla, job } = await quoted(coop);
  const [deaf, well] = [await lineOf(t, address, carla, origin), await lineOf(t, address, carla, origin)];
  for (const line of [deaf, well]) line.watch(`job:${job}`);
  await pause(300);
  deaf.socket.pause();
  const before = process.memoryUsage().rss;
  t.ok(await tellMuch(coop, `job:${job}`, well), "the other hears all");
  deaf.socket.resume();
  t.equal(await deaf.closed(5_000), 1006);
  t.comment(`resident memory grew by ${Math.round((process.memoryUsage().rss - before) / 1_048_576)} MiB`);
});
