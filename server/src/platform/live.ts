// /live: a signed-in browser names the topics on its screen and hears that one moved, never what it says.
import websocket from "@fastify/websocket";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { z } from "zod";
import type { Actor, Person } from "@partcommune/shared/platform/actor";
import type { Id } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { cookieName, type ActorOf, type Topics } from "./doors.ts";
import type { Hint, Hints } from "./hints.ts";
import { Refused, refuseUnless } from "./refused.ts";
import type { View } from "./scope.ts";

export type Live = {
  readonly hints: Hints;
  readonly topics: Topics;
  readonly actorOf: ActorOf;
  readonly origin: string;
  readonly viewAs: (actor: Actor) => View;
  readonly pause: (ms: number) => Promise<void>;
};

const Asked = z.strictObject({ watch: z.array(z.string().max(80)).max(200) });
const longestFrame = 65_536;
const mostUnread = 1_048_576;
const messagesPerSecond = 20;
const lookAgainMs = 5_000;
const mostLines = 30;
const partingMs = 1_000;

export async function openLive(app: FastifyInstance, live: Live): Promise<void> {
  const lines = new Map<Id, number>();
  await app.register(websocket, { options: { maxPayload: longestFrame } });
  const whoAsks = async ({ headers, cookies }: FastifyRequest): Promise<Person> => {
    refuseUnless(headers.origin === live.origin, "foreign-origin");
    const actor = await live.actorOf(cookies[cookieName(live.origin)], false);
    refuseUnless(actor.kind === "person", "sign-in-first");
    // One person's many lines would be everybody's memory.
    refuseUnless((lines.get(actor.person) ?? 0) < mostLines, "too-many", { seconds: 60 });
    return actor;
  };
  const admitted = new WeakMap<FastifyRequest, Person>();
  app.route({
    method: "GET",
    url: "/live",
    preValidation: async (request) => void admitted.set(request, await whoAsks(request)),
    handler: async () => {
      throw new Refused(refuse("not-found"));
    },
    wsHandler: (socket, request) => {
      const person = admitted.get(request);
      if (!person) return socket.terminate();
      const open = (lines.get(person.person) ?? 0) + 1;
      lines.set(person.person, open);
      socket.on("close", () => leave(lines, person.person));
      if (open > mostLines) return showOut(socket, "too many lines", live);
      attend(socket, person, request.cookies[cookieName(live.origin)], live);
    },
  });
}

function leave(lines: Map<Id, number>, person: Id): void {
  const left = (lines.get(person) ?? 0) - 1;
  if (left > 0) lines.set(person, left);
  else lines.delete(person);
}

type Line = {
  readonly socket: WebSocket;
  readonly token: string | undefined;
  readonly watched: Set<string>;
  asked: readonly string[];
  heard: number;
};

function attend(socket: WebSocket, person: Person, token: string | undefined, live: Live): void {
  const line: Line = { socket, token, watched: new Set(), asked: [], heard: 0 };
  const deaf = live.hints.hear((hint) => tell(line, hint));
  // A browser's last list counts: messages line up behind each other.
  let turn = Promise.resolve();
  const inTurn = (work: () => Promise<void>): void => {
    turn = turn.then(work).catch(() => showOut(socket, "not understood", live));
  };
  socket.on("message", (raw: Buffer) => {
    line.heard += 1;
    if (line.heard > messagesPerSecond * (lookAgainMs / 1_000)) return showOut(socket, "too many messages", live);
    inTurn(async () => {
      if (socket.readyState !== socket.OPEN) return;
      line.asked = Asked.parse(JSON.parse(raw.toString())).watch;
      await watch(line, await live.actorOf(token, false), live);
    });
  });
  socket.on("close", deaf);
  socket.on("error", () => socket.terminate());
  void lookAgain(line, person, live, (actor) => inTurn(() => watch(line, actor, live)));
}

/** Ends a line with a reason; who does not take it is cut off. */
function showOut(socket: WebSocket, why: string, { pause }: Live): void {
  if (socket.readyState !== socket.OPEN) return;
  socket.close(1008, why);
  void pause(partingMs).then(() => socket.terminate());
}

/** Replaces what is watched by those asked topics that this person may see. One after the other: no line takes all connections to the database. */
async function watch({ watched, asked }: Line, actor: Actor, { topics, viewAs }: Live): Promise<void> {
  const view = viewAs(actor);
  const allowed: string[] = [];
  for (const topic of new Set(asked)) if (await maySee(topics, view, topic)) allowed.push(topic);
  watched.clear();
  for (const topic of allowed) watched.add(topic);
}

async function maySee(topics: Topics, view: View, topic: string): Promise<boolean> {
  const [kind = "", id = ""] = topic.split(":", 2);
  const known = topics.get(kind);
  if (!known) return false;
  return known.maySee(view, id).then(
    (seen) => seen !== undefined,
    () => false,
  );
}

function tell({ socket, watched }: Line, hint: Hint): void {
  if (hint.topic !== "*" && !watched.has(hint.topic)) return;
  // Who does not read is cut off: the server's memory is not their mailbox.
  if (socket.bufferedAmount > mostUnread) return socket.terminate();
  socket.send(JSON.stringify(hint));
}

/** While the line is open: who has signed out is shown out, and who is not what they were is asked anew what they may see. */
async function lookAgain(line: Line, person: Person, live: Live, changed: (actor: Actor) => void): Promise<void> {
  const { socket, token } = line;
  let known = partsOf(person);
  while (socket.readyState === socket.OPEN) {
    await live.pause(lookAgainMs);
    line.heard = 0;
    const actor = await live.actorOf(token, false).catch(() => undefined);
    if (!actor) continue;
    if (actor.kind !== "person") return showOut(socket, "signed out", live);
    if (partsOf(actor) !== known) changed(actor);
    known = partsOf(actor);
  }
}

/** What decides what a person may see. */
const partsOf = ({ roles, member, buysFor }: Person): string => JSON.stringify([roles, member, buysFor]);
