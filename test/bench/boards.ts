// Job boards of other coops, as far as an inbox asks of them: each with an address of its own, an actor and a key, and activities to post.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { activityType, ctx, PUBLIC } from "@partcommune/federation/vocabulary";
import { openLightCaller, type Post } from "./light-caller.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const publicKeyPem = publicKey.export({ type: "spki", format: "pem" });

export type Board = { readonly origin: string; readonly actor: string; readonly close: () => void };

/** What a board does with what is posted to it. */
export type Ear = (activity: Readonly<Record<string, unknown>>, reply: ServerResponse, at: number) => void;

/** Opens boards at ports of this computer. */
export async function openBoards(count: number, ear: Ear = (_, reply) => void reply.writeHead(202).end()): Promise<readonly Board[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => openBoard(at, ear)));
}

async function openBoard(at: number, ear: Ear): Promise<Board> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const actor = `${origin}/jobs`;
  const document = JSON.stringify({
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: actor,
    type: "Group",
    preferredUsername: "jobs",
    inbox: `${actor}/inbox`,
    publicKey: { id: `${actor}#main`, owner: actor, publicKeyPem },
  });
  server.on("request", async (incoming, reply): Promise<void> => {
    if (incoming.method === "GET") return void reply.writeHead(200, { "content-type": activityType }).end(document);
    const parts = (await incoming.toArray()) as Buffer[];
    ear(JSON.parse(Buffer.concat(parts).toString()) as Readonly<Record<string, unknown>>, reply, at);
  });
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { origin, actor, close };
}

/** One note of a board, as text. */
export function noteOf({ origin, actor }: Board): string {
  const id = randomUUID();
  const said = { attributedTo: actor, to: PUBLIC, published: new Date().toISOString(), content: "<p>Poster for the spring fair</p>" };
  const object = { id: `${origin}/jobs/${id}/note`, type: "Note", ...said };
  return JSON.stringify({ "@context": ctx, id: `${origin}/acts/${id}`, type: "Create", actor, to: PUBLIC, object });
}

/** Its wish to follow the board of a coop. */
export const followOf = ({ origin, actor }: Board, followed: string): string =>
  JSON.stringify({ "@context": ctx, id: `${origin}/acts/${randomUUID()}`, type: "Follow", actor, to: followed, object: followed });

/** An activity in an envelope to an inbox, signed as of now. */
export function sealed(note: string, { actor }: Board, inbox: string): Post {
  const [url, body] = [new URL(inbox), Buffer.from(note)];
  const signed = signCavage({ method: "POST", url, body }, { id: `${actor}#main`, private: privateKey }, Date.now());
  return { url, body, headers: { ...signed, "content-type": activityType, "content-length": String(body.length) } };
}

const callers = 16;
let addresses = 0;

/** Posts each letter once, sixteen at a time, all to one server; how many a second. One that is not taken makes the figure worthless. */
export async function postedPerSecond(letters: readonly Post[]): Promise<number> {
  const [first] = letters;
  if (!first) return 0;
  const waiting = letters.values();
  const opened = await Promise.all(Array.from({ length: callers }, () => openLightCaller(first.url)));
  const begun = performance.now();
  await Promise.all(
    opened.map(async ({ post }) => {
      for (const letter of waiting) {
        const status = await post(fromAnother(letter));
        if (status !== 202) throw new Error(`${letter.url.href} answered ${status}`);
      }
    }),
  );
  const took = performance.now() - begun;
  for (const { close } of opened) close();
  return (letters.length * 1_000) / took;
}

/** As if from an address of its own, so that no limit on addresses is measured. */
function fromAnother({ headers, ...letter }: Post): Post {
  addresses += 1;
  const from = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return { ...letter, headers: { ...headers, "x-forwarded-for": from } };
}
