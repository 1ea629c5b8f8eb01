// A server that is none of ours: it answers what a test lays out, counts who asked, and sends whatever it likes, signed or not.
import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { createServer, request as requestOf, type IncomingMessage } from "node:http";
import { sql } from "kysely";
import type { Test } from "tap";
import { signCavage } from "@partcommune/federation/sign/cavage";
import { newKey } from "@partcommune/federation/sign/key";
import { prove } from "@partcommune/federation/sign/proof";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { freePort } from "./browser.ts";
import type { TestCoop } from "./coop.ts";

export type Json = Readonly<Record<string, unknown>>;
export type Headers = readonly (readonly [name: string, value: string])[];

/** What lies under an address. */
export type Laid = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string };
export type Reply = { readonly status: number; readonly headers: IncomingMessage["headers"]; readonly body: string; readonly ms: number };

const asType = "application/activity+json";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = publicKey.export({ type: "spki", format: "pem" });
const proving = await newKey("ed25519");
const provingPrivate = createPrivateKey({ key: proving.private, format: "jwk" });

export type Stranger = {
  readonly origin: string;
  /** What it shows, or that it does not answer; an actor's document under `/users/…` is there by itself. */
  readonly shows: Map<string, Laid | "silence">;
  /** Addresses that were asked for, in order. */
  readonly asked: string[];
  /** What was sent to it, and where. */
  readonly got: Json[];
  readonly gotAt: string[];
  /** How its inboxes answer, where they do not take what comes. */
  readonly answers: Map<string, Laid>;
  /** An actor's document, as it would be served. */
  readonly actor: (path: string, more?: Json) => Json;
  /** Headers by which one of its actors signs a body for an inbox, now. */
  readonly signed: (to: string, by: string, body: Buffer, at?: number) => Headers;
  /** A document with the proof of one of its actors. */
  readonly proved: (document: Json, by: string) => Json;
  /** Sends an activity as a well-meaning server would. */
  readonly send: (to: string, activity: Json) => Promise<Reply>;
};

/** A document as it is served, under this type. */
export const shown = (document: Json, type = asType): Laid => ({
  status: 200,
  headers: { "content-type": type },
  body: JSON.stringify(document),
});

export async function openStranger(t: Test, coop: TestCoop, name: string): Promise<Stranger> {
  const port = await freePort();
  const origin = `http://${name}.localhost:${port}`;
  const [shows, answers] = [new Map<string, Laid | "silence">(), new Map<string, Laid>()];
  const [asked, got, gotAt] = [[] as string[], [] as Json[], [] as string[]];
  const actor: Stranger["actor"] = (path, more = {}) => ({
    id: `${origin}${path}`,
    type: "Person",
    inbox: `${origin}${path}/inbox`,
    publicKey: { id: `${origin}${path}#main`, owner: `${origin}${path}`, publicKeyPem: pem },
    assertionMethod: [
      { id: `${origin}${path}#proof`, type: "Multikey", controller: `${origin}${path}`, publicKeyMultibase: proving.public },
    ],
    ...more,
  });
  const server = createServer(async (incoming, answer): Promise<void> => {
    const path = incoming.url ?? "";
    if (incoming.method === "POST") {
      const parts = await incoming.toArray();
      got.push(JSON.parse(Buffer.concat(parts as Buffer[]).toString()) as Json);
      gotAt.push(path);
      const { status, headers } = answers.get(path) ?? { status: 202 };
      return void answer.writeHead(status, headers).end();
    }
    asked.push(path);
    const laid = shows.get(path) ?? (path.startsWith("/users/") ? shown(actor(path)) : { status: 404 });
    if (laid === "silence") incoming.socket.destroy();
    else answer.writeHead(laid.status, laid.headers).end(laid.body);
  });
  await new Promise<void>((ready) => void server.listen(port, "127.0.0.1", ready));
  t.teardown(async () => void server.close());
  const signed: Stranger["signed"] = (to, by, body, at = millisecondsOf(coop.now())) =>
    Object.entries(signCavage({ method: "POST", url: new URL(to), body }, { id: `${by}#main`, private: privateKey }, at));
  const proved: Stranger["proved"] = (document, by) =>
    prove(document as JsonObject, { id: `${by}#proof`, private: provingPrivate }, millisecondsOf(coop.now()));
  const send: Stranger["send"] = async (to, activity) => {
    const body = Buffer.from(JSON.stringify(activity));
    return posted(to, signed(to, String(activity["actor"]), body), body);
  };
  return { origin, shows, asked, got, gotAt, answers, actor, signed, proved, send };
}

/** Asks an address with these headers, line by line as they stand. */
export async function call(method: string, to: string, headers: Headers, body?: Buffer): Promise<Reply> {
  const { port, pathname, search, host } = new URL(to);
  const lines = headers.some(([name]) => name.toLowerCase() === "host") ? headers : [["host", host] as const, ...headers];
  const begun = performance.now();
  return new Promise((answered, failed) => {
    const options = { host: "127.0.0.1", port, method, path: pathname + search, headers: lines.flat(), setHost: false, agent: false };
    const asking = requestOf(options, async (answer) => {
      const parts = (await answer.toArray()) as Buffer[];
      const { statusCode: status = 0 } = answer;
      answered({ status, headers: answer.headers, body: Buffer.concat(parts).toString(), ms: performance.now() - begun });
    });
    asking.on("error", failed).end(body);
  });
}

/** Posts a body to an inbox; its type and length come along unless the headers name them. */
export const posted = (to: string, headers: Headers, body: Buffer): Promise<Reply> => {
  const has = (wanted: string): boolean => headers.some(([name]) => name === wanted);
  const own = [["content-type", asType] as const, ["content-length", String(body.length)] as const];
  return call("POST", to, [...headers, ...own.filter(([name]) => !has(name))], body);
};

/** Everything a coop holds because of other servers, as one sum for each table. */
export async function heldBy({ db }: TestCoop): Promise<Readonly<Record<string, string>>> {
  const tables = ["federation.inbox_event", "federation.object", "federation.activity", "federation.collection_item"];
  const others = ["federation.remote_actor", "federation.host", "federation.delivery", "marketplace.job", "marketplace.job_elsewhere"];
  const rows = await Promise.all(
    [...tables, ...others].map(async (table) => {
      const read = sql<{
        held: string;
      }>`select md5(coalesce(string_agg(each::text, ' ' order by each::text), '')) as held from ${sql.table(table)} as each`;
      return [table, (await read.execute(db)).rows[0]?.held ?? ""] as const;
    }),
  );
  return Object.fromEntries(rows);
}
