// Job boards of other coops, as far as an inbox asks of them: each with an address of its own, an actor and a key, and activities to post.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { activityType, ctx, PUBLIC } from "@partcommune/federation/vocabulary";

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

/** A request that is ready to be sent, signed as of now. */
export type Letter = { readonly url: URL; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer };

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

/** An activity in an envelope to an inbox. */
export function sealed(note: string, { actor }: Board, inbox: string): Letter {
  const [url, body] = [new URL(inbox), Buffer.from(note)];
  const signed = signCavage({ method: "POST", url, body }, { id: `${actor}#main`, private: privateKey }, Date.now());
  return { url, body, headers: { ...signed, "content-type": activityType, "content-length": String(body.length) } };
}

const callers = 16;
let addresses = 0;

/** Posts each letter once, sixteen at a time; how many a second. One that is not taken makes the figure worthless. */
export async function postedPerSecond(letters: readonly Letter[]): Promise<number> {
  const waiting = letters.values();
  // A server ends a connection that was quiet, as all are between two rounds.
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const begun = performance.now();
  const caller = async (): Promise<void> => {
    for (const letter of waiting) {
      const status = await post(letter, agent);
      if (status !== 202) throw new Error(`${letter.url.href} answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const took = performance.now() - begun;
  agent.destroy();
  return (letters.length * 1_000) / took;
}

/** One post as if from an address of its own, so that no limit on addresses is measured. */
function post({ url, headers, body }: Letter, agent: Agent): Promise<number> {
  addresses += 1;
  const from = `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
  return new Promise((answered, failed) => {
    const asking = request(url, { agent, method: "POST", headers: { ...headers, "x-forwarded-for": from } }, (answer) => {
      answer
        .resume()
        .on("end", () => answered(answer.statusCode ?? 0))
        .on("error", failed);
    });
    asking.on("error", failed).end(body);
  });
}
