// Two server processes on one database: a hint reaches the lines of both, and nobody takes the memory of either with lines, messages or a deaf ear.
import { setTimeout as pause } from "node:timers/promises";
import { test, type Test } from "tap";
import { placeBid, postJob, withdrawBid } from "@partcommune/shared/marketplace/api";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import { realClock } from "@partcommune/server/platform/world";
import { openCoop, origin, type Caller, type TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { cookieOf, knock, lineOf, listening, tellMuch, type Line } from "../support/line.ts";
import { clientOwner, confirmedMember, founder } from "../support/people.ts";
import { openProcess, type Process } from "../support/process.ts";

type Stage = { readonly coop: TestCoop; readonly carla: Caller; readonly anna: Caller; readonly job: string; readonly other: Process };

const dayIn = (now: Instant, days: number): string => later(now, days * dayMs).slice(0, 10);
const fixed = { amount: { amount: "2000.00", currency: "EUR" } };

/** Both processes go by the real clock, as the second one can no other. */
async function stage(t: Test): Promise<Stage> {
  const now = realClock();
  const coop = await openCoop(t, { now });
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const { caller: anna } = await confirmedMember(coop, board, "Anna");
  const dates = { startOn: dayIn(now, 20), endOn: dayIn(now, 25), bidsUntil: dayIn(now, 10) };
  const { id: job } = (await carla.call(postJob, { ...posterJob(client), ...dates })).body;
  return { coop, carla, anna, job, other: await openProcess(t, coop) };
}

test("two processes and whoever would take them down", { timeout: 110_000 }, async (t) => {
  const here = await stage(t);
  await t.test("what moves in one process is heard in the other, both ways", (step) => bothWays(step, here));
  await t.test(`${asked} lines of one person are thirty, and nobody else loses theirs`, (step) => manyLines(step, here));
  await t.test("ten thousand messages a second end the line that sends them", (step) => flooded(step, here));
  await t.test("who does not read is cut off before it costs memory", (step) => deafEar(step, here));
});

async function bothWays(t: Test, { coop, carla, anna, job, other }: Stage): Promise<void> {
  const lines = [await lineOf(t, await listening(coop), carla, origin), await lineOf(t, other.address, carla, origin)];
  for (const line of lines) line.watch(`job:${job}`);
  await pause(500);
  const { id: bid } = (await anna.call(placeBid, { job, ...fixed, pitch: "I did three such fairs." })).body;
  for (const line of lines) t.ok(await line.hears(`job:${job}`, 5_000), "a bid placed here");
  const heard = lines.map((line) => line.heard.length);
  const answer = await fetch(other.address + pathWith(withdrawBid.path, { bid }), {
    method: "POST",
    headers: { "content-type": "application/json", "idempotency-key": "there", origin, cookie: await cookieOf(anna) },
    body: "{}",
  });
  t.equal(answer.status, 200, "withdrawn there");
  coop.wait(dayMs); // What the other process did by the real clock is no fact of the future.
  for (let waited = 0; waited < 5_000 && lines.some((line, at) => line.heard.length === heard[at]); waited += 20) await pause(20);
  t.ok(
    lines.every((line, at) => line.heard.length > (heard[at] ?? 0)),
    "is heard in both",
  );
}

/** What the other process grew by, at its highest, while this was done to it. */
async function growth(t: Test, { memory }: Process, act: () => Promise<void>): Promise<void> {
  const before = await memory();
  const seen: number[] = [];
  const acting = act().then(() => "over");
  while ((await Promise.race([acting, pause(200)])) !== "over") seen.push(await memory());
  seen.push(await memory());
  const most = Math.max(...seen) - before;
  t.comment(`resident memory grew by ${most.toFixed(1)} MiB at most`);
  t.ok(most < 20, `${most.toFixed(1)} MiB`);
}

/** `npm run drill` asks for 5 000. */
const asked = Number(process.env["LINES"] ?? 500);
const warming = 400;
const atOnce = 100;
const mostLines = 30;

async function manyLines(t: Test, { carla, anna, job, other }: Stage): Promise<void> {
  const well = await lineOf(t, other.address, carla, origin);
  well.watch(`job:${job}`);
  const cookie = await cookieOf(anna);
  const from = (at: number) => ({ cookie, origin, "x-forwarded-for": `10.1.${at >> 8}.${at & 255}` });
  const told: (Line | number)[] = [];
  const knockOften = async (many: number): Promise<void> => {
    for (let at = 0; at < many; at += atOnce)
      told.push(...(await Promise.all(Array.from({ length: atOnce }, (_, more) => knock(t, other.address, from(told.length + more))))));
  };
  // A process that has just begun grows with its first work, whoever does it.
  await knockOften(warming);
  await growth(t, other, () => knockOften(asked));
  const open = told.filter((line) => typeof line !== "number");
  const stay = (await Promise.all(open.map((line) => line.closed(1_500)))).filter((code) => code === undefined);
  t.equal(stay.length, mostLines, `${open.length} were opened, ${told.length - open.length} were refused`);
  t.same([...new Set(told.filter((line) => typeof line === "number"))], [429]);
  t.equal(await well.closed(1), undefined, "the other's line stands");
  for (const line of open) line.socket.terminate();
  await pause(300);
  t.not(typeof (await knock(t, other.address, from(1))), "number", "who has closed theirs opens another");
}

async function flooded(t: Test, { carla, job, other }: Stage): Promise<void> {
  const flood = await lineOf(t, other.address, carla, origin);
  const begun = performance.now();
  await growth(t, other, async () => {
    for (let round = 0; round < 20 && flood.socket.readyState === flood.socket.OPEN; round += 1) {
      for (let at = 0; at < 1_000; at += 1) flood.watch(`job:${job}`);
      await pause(100);
    }
    t.equal(await flood.closed(5_000), 1008, `after ${(performance.now() - begun).toFixed(0)} ms`);
  });
  t.equal((await fetch(`${other.address}/api/v1/jobs`)).status, 200, "others are answered");
}

async function deafEar(t: Test, { coop, carla, anna, job, other }: Stage): Promise<void> {
  const [deaf, well] = [await lineOf(t, other.address, carla, origin), await lineOf(t, other.address, anna, origin)];
  for (const line of [deaf, well]) line.watch(`job:${job}`);
  await pause(500);
  const tellAll = async (): Promise<void> => void t.ok(await tellMuch(coop, `job:${job}`, well), "who reads hears everything");
  await tellAll();
  deaf.socket.pause();
  await growth(t, other, tellAll);
  deaf.socket.resume();
  t.equal(await deaf.closed(5_000), 1006);
}
