// A browser's live line, as a test opens it: a real socket on a listening coop, with any cookie and origin.
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import type { Test } from "tap";
import { WebSocket } from "ws";
import type { Caller, TestCoop } from "./coop.ts";

export type Line = {
  readonly socket: WebSocket;
  readonly heard: { readonly topic: string; readonly type: string }[];
  readonly watch: (...topics: readonly string[]) => void;
  /** The code it was closed with; undefined when it still stands after that time. */
  readonly closed: (withinMs: number) => Promise<number | undefined>;
  /** Whether such a topic was heard by then. */
  readonly hears: (topic: string, withinMs: number) => Promise<boolean>;
};

/** Lets a coop listen on a port of its own. */
export async function listening(coop: TestCoop): Promise<string> {
  return coop.app.listen({ host: "127.0.0.1", port: 0 });
}

/** The session cookie of a caller. */
export async function cookieOf(caller: Caller): Promise<string> {
  const { raw } = await caller.raw({ method: "GET", url: "/api/v1/me" });
  return raw.req.headers["cookie"] ?? "";
}

/** Knocks at /live: the open line, or the status it was refused with. */
export async function knock(t: Test, address: string, headers: Record<string, string>): Promise<Line | number> {
  const socket = new WebSocket(`${address.replace("http", "ws")}/live`, { headers });
  t.teardown(() => socket.terminate());
  const heard: { topic: string; type: string }[] = [];
  socket.on("message", (text: Buffer) => void heard.push(JSON.parse(text.toString()) as never));
  const ended = new Promise<number>((gone) => void socket.once("close", gone));
  const refused = await Promise.race([
    once(socket, "open").then(() => undefined),
    new Promise<number>((said) => void socket.once("unexpected-response", (_, answer) => said(answer.statusCode ?? 0))),
  ]);
  socket.on("error", () => undefined);
  if (refused !== undefined) return refused;
  return {
    socket,
    heard,
    watch: (...topics) => socket.send(JSON.stringify({ watch: topics })),
    closed: (within) => Promise.race([ended, pause(within, undefined, { ref: false })]),
    async hears(topic, within) {
      for (let waited = 0; waited < within && !heard.some((hint) => hint.topic === topic); waited += 10) await pause(10);
      return heard.some((hint) => hint.topic === topic);
    },
  };
}

/** The line of somebody who may have one. */
export async function lineOf(t: Test, address: string, caller: Caller, origin: string): Promise<Line> {
  const line = await knock(t, address, { cookie: await cookieOf(caller), origin });
  if (typeof line === "number") throw new Error(`no line: ${line}`);
  return line;
}

const rounds = 60;
const inRound = 80 * 6;

/** Hints a topic with 28 MB, more than the kernel keeps for one line, at the pace of a line that reads: on a busy machine it would be cut off as well. True if it heard all. */
export async function tellMuch({ db }: Pick<TestCoop, "db">, topic: string, reader: Line): Promise<boolean> {
  const hints = Array.from({ length: 6 }, () => ({ topic, type: "x".repeat(1_000) }));
  const before = reader.heard.length;
  for (let round = 1; round <= rounds; round += 1) {
    const packet = JSON.stringify({ round, hints, queues: [] });
    await sql`select pg_notify('hint', ${packet} || repeat(' ', n)) from generate_series(1, 80) n`.execute(db);
    for (let waited = 0; waited < 10_000 && reader.heard.length < before + round * inRound; waited += 10) await pause(10);
  }
  return reader.heard.length === before + rounds * inRound;
}
