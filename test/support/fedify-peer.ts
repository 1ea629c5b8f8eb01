// Fedify in a process of its own, as an application built on it would run: a server of other people's make, which a test asks to speak to ours, and what it heard.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createFederation, MemoryKvStore, verifyProof, type Context, type Federation } from "@fedify/fedify";
import * as vocabulary from "@fedify/vocab";
import { agreed, note, offered, proposal, wordsBeside } from "./fedify-job.ts";

/** How a request is signed: by the draft that nearly everybody reads, or by the standard. */
export type Flavour = "cavage" | "rfc9421";

/** What it may be asked: to look at a document, to check its proof, to send something to an actor, or what it heard so far. */
export type Asked =
  | { readonly look: string }
  | { readonly verify: unknown }
  | {
      readonly send: "Follow" | "Undo" | "Create" | "Offer" | "Accept";
      readonly by: string;
      readonly to: string;
      readonly flavour: Flavour;
      /** What is accepted, or bid on. */
      readonly about?: string;
    }
  | { readonly heard: true };

/** What it made of a document: the class it gave it, and what it then holds of it, as expanded JSON-LD. */
export type Looked = { readonly type: string; readonly holds: unknown };
/** An activity that came, was signed by who says it, and its address. */
export type Heard = Looked & { readonly id: string };
/** What it posted: how it signed, and what was answered. */
export type Sent = { readonly id: string; readonly posts: readonly { readonly flavour: Flavour; readonly status: number }[] };

const server = createServer();
server.listen(0, "127.0.0.1");
await once(server, "listening");
const origin = `http://localhost:${(server.address() as AddressInfo).port}`;

const heard: Heard[] = [];
const posts: Sent["posts"][number][] = [];
const follows = new Map<string, vocabulary.Follow>();

/** Its own calls, seen where they leave. */
const { fetch: called } = globalThis;
globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const said = await called(request);
  const flavour = request.headers.has("signature-input") ? "rfc9421" : "cavage";
  if (request.method === "POST") posts.push({ flavour, status: said.status });
  return said;
};

const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
const keys = new Map<string, Promise<CryptoKeyPair[]>>();
const keysOf = (actor: string): Promise<CryptoKeyPair[]> => {
  const made = [rsa, { name: "Ed25519" }].map((kind) => crypto.subtle.generateKey(kind, true, ["sign", "verify"]));
  const pairs = keys.get(actor) ?? (Promise.all(made) as Promise<CryptoKeyPair[]>);
  keys.set(actor, pairs);
  return pairs;
};

const classOf = (actor: string) => ({ actor: vocabulary.Application, jobs: vocabulary.Group })[actor] ?? vocabulary.Person;

/** What Fedify holds of a thing, written anew from its typed values alone. */
const holds = (thing: vocabulary.Object): Promise<unknown> => thing.clone({}).toJsonLd({ format: "expand" });

const act = (): URL => new URL(`/acts/${crypto.randomUUID()}`, origin);

/** A federation that tries one kind of signature first; both are the same server. */
function federationOf(firstKnock: "draft-cavage-http-signatures-12" | "rfc9421"): Federation<void> {
  const federation = createFederation<void>({ kv: new MemoryKvStore(), allowPrivateAddress: true, firstKnock, origin });
  federation
    .setActorDispatcher("/{identifier}", async (context, identifier) => {
      const pairs = await context.getActorKeyPairs(identifier);
      return new (classOf(identifier))({
        id: context.getActorUri(identifier),
        preferredUsername: identifier,
        name: identifier === "actor" ? "Printers on Fedify" : identifier,
        inbox: context.getInboxUri(identifier),
        publicKey: pairs[0]?.cryptographicKey ?? null,
        assertionMethods: pairs.map(({ multikey }) => multikey),
      });
    })
    .setKeyPairsDispatcher((_, identifier) => keysOf(identifier));
  federation.setObjectDispatcher(vocabulary.Proposal, "/jobs/{job}", () => proposal(origin));
  federation.setInboxListeners("/{identifier}/inbox").on(vocabulary.Activity, async (context, activity) => {
    heard.push({ id: activity.id?.href ?? "", type: activity.constructor.name, holds: await holds(activity) });
    if (activity instanceof vocabulary.Follow && context.recipient !== null) await accept(context, context.recipient, activity);
  });
  return federation;
}

/** Everybody may follow. */
async function accept(context: Context<void>, identifier: string, follow: vocabulary.Follow): Promise<void> {
  const follower = await follow.getActor(context);
  if (!follower) return;
  const yes = new vocabulary.Accept({ id: act(), actor: context.getActorUri(identifier), to: follower.id, object: follow });
  await context.sendActivity({ identifier }, follower, yes);
}

const federations = { cavage: federationOf("draft-cavage-http-signatures-12"), rfc9421: federationOf("rfc9421") };
const context = (flavour: Flavour): Context<void> => federations[flavour].createContext(new URL(origin));

const besides = wordsBeside(origin);

/** The list of open jobs is none of Fedify's matters. */
const open = { id: `${origin}/open`, type: "OrderedCollectionPage", orderedItems: [] };

/** Its board believes no signature but that of the standard. */
async function answer(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = incoming;
  if (url === "/jobs/inbox" && headers["signature-input"] === undefined) return void reply.writeHead(401).end();
  const body = method === "POST" ? { body: Buffer.concat((await incoming.toArray()) as Buffer[]) } : {};
  const request = new Request(new URL(url, origin), { method, headers: headers as Record<string, string>, ...body });
  const said = url === "/open" ? Response.json(open) : await federations.cavage.fetch(request, { contextData: undefined });
  const type = url === "/open" ? "application/activity+json" : (said.headers.get("content-type") ?? "text/plain");
  const beside = said.ok ? besides[url] : undefined;
  const words = beside ? JSON.stringify({ ...((await said.json()) as object), ...beside }) : await said.text();
  reply.writeHead(said.status, { "content-type": type }).end(words);
}
server.on("request", (incoming, reply) => void answer(incoming, reply));

async function look(url: string): Promise<Looked> {
  const found = await context("cavage").lookupObject(new URL(url));
  if (!found) throw new Error(`Fedify finds nothing at ${url}`);
  return { type: found.constructor.name, holds: await holds(found) };
}

/** By which keys a document is proved, each read where it stands; an undefined one is of a proof that does not hold. */
async function verify(document: unknown): Promise<readonly (string | undefined)[]> {
  const speaking = context("cavage");
  const thing = await vocabulary.Object.fromJsonLd(document, speaking);
  const keysOfProofs: (string | undefined)[] = [];
  for await (const proof of thing.getProofs(speaking)) keysOfProofs.push((await verifyProof(document, proof, speaking))?.id?.href);
  return keysOfProofs;
}

async function send({ send: type, by, to, flavour, about = "" }: Extract<Asked, { send: string }>): Promise<Sent> {
  const speaking = context(flavour);
  const other = await speaking.lookupObject(new URL(to));
  if (!other || !vocabulary.isActor(other)) throw new Error(`${to} is nobody`);
  posts.length = 0;
  const activity = activityOf(type, { id: act(), actor: speaking.getActorUri(by), to: other.id }, about);
  await speaking.sendActivity({ identifier: by }, other, activity);
  return { id: activity.id?.href ?? "", posts: [...posts] };
}

function activityOf(type: Extract<Asked, { send: string }>["send"], said: { id: URL; actor: URL; to: URL | null }, about: string) {
  const by = said.actor.href;
  if (type === "Undo") return new vocabulary.Undo({ ...said, object: follows.get(by) ?? null });
  if (type === "Create") return new vocabulary.Create({ ...said, object: note(origin, said.actor) });
  if (type === "Offer") return new vocabulary.Offer({ ...said, object: offered(about) });
  if (type === "Accept") return new vocabulary.Accept({ ...said, object: new URL(about), result: agreed(origin, said.actor) });
  const follow = new vocabulary.Follow({ ...said, object: said.to });
  follows.set(by, follow);
  return follow;
}

async function done(asked: Asked): Promise<unknown> {
  if ("look" in asked) return look(asked.look);
  if ("verify" in asked) return verify(asked.verify);
  return "send" in asked ? send(asked) : heard;
}

process.on("message", async ({ no, asked }: { readonly no: number; readonly asked: Asked }) => {
  try {
    process.send?.({ no, answer: await done(asked) });
  } catch (error) {
    process.send?.({ no, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
process.on("disconnect", () => process.exit());
process.send?.(origin);
