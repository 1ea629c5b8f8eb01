// /live: a signed-in browser names the topics on its screen and hears that one moved, never what it says.
import websocket from "@fastify/websocket";
import type { FastifyInstance } from "fastify";
import type { WebSocket } from "ws";
import { z } from "zod";
import type { Actor } from "@partcommune/shared/platform/actor";
import { cookieName, type ActorOf, type Topics } from "./doors.ts";
import type { Hint, Hints } from "./hints.ts";
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
const sessionCheckMs = 5_000;

export async function openLive(app: FastifyInstance, live: Live): Promise<void> {
  await app.register(websocket, {
    options: { maxPayload: longestFrame, verifyClient: ({ origin }: { origin: string }) => origin === live.origin },
  });
  app.get("/live", { websocket: true }, (socket, request) => attend(socket, request.cookies[cookieName(live.origin)], live));
}

function attend(socket: WebSocket, token: string | undefined, live: Live): void {
  const watched = new Set<string>();
  let heard = 0;
  const deaf = live.hints.hear((hint) => tell(socket, watched, hint));
  // A browser asks in the same breath as it opens, and its last list counts: messages line up behind the question who this is.
  let turn = admit(socket, token, live);
  socket.on("message", (raw: Buffer) => {
    heard += 1;
    if (heard > messagesPerSecond * (sessionCheckMs / 1_000)) return socket.close(1008, "too many messages");
    turn = turn.then(() => watch(socket, watched, raw.toString(), token, live)).catch(() => socket.close(1008, "not understood"));
  });
  socket.on("close", deaf);
  socket.on("error", () => socket.terminate());
  void stayWhileSignedIn(socket, token, live, () => (heard = 0));
}

async function admit(socket: WebSocket, token: string | undefined, { actorOf }: Live): Promise<void> {
  const actor = await actorOf(token).catch(() => undefined);
  if (!actor) socket.close(1013, "try again");
  else if (actor.kind !== "person") socket.close(1008, "sign in first");
}

/** Replaces what is watched by those asked topics that this person may see. */
async function watch(
  socket: WebSocket,
  watched: Set<string>,
  raw: string,
  token: string | undefined,
  { actorOf, topics, viewAs }: Live,
): Promise<void> {
  if (socket.readyState !== socket.OPEN) return;
  const asked = Asked.parse(JSON.parse(raw));
  const view = viewAs(await actorOf(token));
  const allowed = await Promise.all(asked.watch.map((topic) => maySee(topics, view, topic)));
  watched.clear();
  asked.watch.forEach((topic, at) => allowed[at] && watched.add(topic));
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

function tell(socket: WebSocket, watched: ReadonlySet<string>, hint: Hint): void {
  if (hint.topic !== "*" && !watched.has(hint.topic)) return;
  // Who does not read is cut off: the server's memory is not their mailbox.
  if (socket.bufferedAmount > mostUnread) return socket.terminate();
  socket.send(JSON.stringify(hint));
}

async function stayWhileSignedIn(socket: WebSocket, token: string | undefined, { actorOf, pause }: Live, reset: () => void): Promise<void> {
  while (socket.readyState === socket.OPEN) {
    await pause(sessionCheckMs);
    reset();
    const actor = await actorOf(token).catch(() => undefined);
    if (actor && actor.kind !== "person") socket.close(1008, "signed out");
  }
}
