// The door for people: an endpoint becomes a route that knows who calls, takes nothing from foreign pages, and asks or performs.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { createHash, hash } from "node:crypto";
import { Readable } from "node:stream";
import type { z } from "zod";
import { memberReading, type Actor } from "@partcommune/shared/platform/actor";
import { paramsOf, type Endpoint } from "@partcommune/shared/platform/endpoint";
import { byItself, pageOf } from "@partcommune/shared/platform/page";
import { refuse } from "@partcommune/shared/platform/refusal";
import { objectionToProof } from "@partcommune/shared/platform/rules";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Ask } from "./ask.ts";
import type { Keys } from "./keys.ts";
import { knockOf, type Call, type Perform, type Verb } from "./perform.ts";
import { Refused, refuseIf, refuseUnless } from "./refused.ts";
import type { Action, Query } from "./scope.ts";
import type { World } from "./world.ts";

/** What a domain's `routes.ts` is given: one line a route. */
export type Door = {
  readonly read: <I extends z.ZodObject, A extends z.ZodType>(endpoint: Endpoint<I, A>, query: Query<z.output<I>, z.output<A>>) => void;
  readonly write: <I extends z.ZodObject, A extends z.ZodType>(endpoint: Endpoint<I, A>, action: Action<z.output<I>, z.output<A>>) => void;
  /** Answers a file: what the query found is printed once no transaction is open any more. */
  readonly file: <I extends z.ZodObject, A extends z.ZodType, Found>(
    endpoint: Endpoint<I, A>,
    query: Query<z.output<I>, Found>,
    print: (found: Found) => Promise<File>,
  ) => void;
  /** Answers a file that is as long as it is: what the query found is written part by part while it is sent. */
  readonly stream: <I extends z.ZodObject, A extends z.ZodType>(endpoint: Endpoint<I, A>, query: Query<z.output<I>, Streamed>) => void;
  /** Lets a topic `kind:<id>` be watched by whoever this query answers for, and carry a thread where one says who may write there. */
  readonly topic: (kind: string, maySee: Topic["maySee"], mayWrite?: Topic["mayWrite"]) => void;
  /** All topics of all domains; the list is whole once every domain has declared its routes. */
  readonly topics: Topics;
};

/** A file for whoever asked: its name with its end, and its bytes. */
export type File = { readonly name: string; readonly bytes: Uint8Array };

/**
 * A file whose parts are made as they are taken. They outlive the question, so each part asks for itself:
 * whoever takes a file slowly holds no transaction open.
 */
export type Streamed = { readonly name: string; readonly parts: AsyncIterable<string | Uint8Array> };

/** What a topic names, by its id: for whom it does not exist, and who may write to it. A topic without `mayWrite` carries no thread. */
export type Topic = { readonly maySee: Query<string, unknown>; readonly mayWrite?: Query<string, boolean> | undefined };
export type Topics = ReadonlyMap<string, Topic>;

/** Who holds this cookie; a visitor when nobody does. With `use` they did something themselves, which keeps their session alive. */
export type ActorOf = (token: string | undefined, use: boolean) => Promise<Actor>;

export type Doors = {
  readonly ask: Ask;
  readonly perform: Perform;
  readonly keys: Keys;
  readonly actorOf: ActorOf;
  readonly origin: string;
  readonly now: () => Instant;
  readonly reach: World["reach"];
};

/**
 * The session cookie. `__Host-` needs https; on a plain machine at home the name says that it is not, and holds the port,
 * because two coops on one machine share its cookies.
 */
export const cookieName = (origin: string): string =>
  origin.startsWith("https:") ? "__Host-session" : `session-${new URL(origin).port || "80"}`;

const sessionSeconds = 30 * 86_400;

/** Opens the doors on an HTTP server; returns what domains declare their routes with. */
export function openDoors(app: FastifyInstance, doors: Doors): { readonly door: Door; readonly topics: Topics } {
  const topics = new Map<string, Topic>();
  const door: Door = {
    read: (endpoint, query) =>
      route(app, doors, endpoint, async (request, reply, actor) => {
        const answer = endpoint.answer.encode(await doors.ask(actor, endpoint, query, inputOf(endpoint, request)));
        return answered(request, reply.type("application/json; charset=utf-8"), endpoint, JSON.stringify(answer));
      }),
    file: (endpoint, query, print) =>
      route(app, doors, endpoint, async (request, reply, actor) => {
        const { name, bytes } = await print(await doors.ask(actor, endpoint, query, inputOf(endpoint, request)));
        return answered(request, attached(reply, endpoint, name), endpoint, Buffer.from(bytes));
      }),
    stream: (endpoint, query) =>
      route(app, doors, endpoint, async (request, reply, actor) => {
        const { name, parts } = await doors.ask(actor, endpoint, query, inputOf(endpoint, request));
        return attached(reply, endpoint, name)
          .code(endpoint.status)
          .send(Readable.from(parts, { objectMode: false }));
      }),
    write: (endpoint, action) => {
      const verb: Verb<(typeof endpoint)["input"], (typeof endpoint)["answer"]> = {
        name: `${endpoint.method} ${endpoint.path}`,
        input: endpoint.input,
        answer: endpoint.answer,
        status: endpoint.status,
      };
      route(app, doors, endpoint, async (request, reply, actor) => {
        const call = callOf(request, doors.keys, actor);
        const done = await doors.perform(actor, verb, action, inputOf(endpoint, request), call);
        if (endpoint.session === "opens") setSession(reply, doors.origin, call.secret);
        if (endpoint.session === "closes")
          void reply.clearCookie(cookieName(doors.origin), { path: "/" }).header("clear-site-data", '"cache", "storage"');
        doors.reach("answering");
        if (done.repeated) reply.header("idempotent-replayed", "true");
        return reply.code(done.status).type("application/json; charset=utf-8").send(done.answer);
      });
    },
    topic: (kind, maySee, mayWrite) => void topics.set(kind, { maySee, mayWrite }),
    topics,
  };
  return { door, topics };
}

type Handle = (request: FastifyRequest, reply: FastifyReply, actor: Actor) => Promise<FastifyReply>;

function route(app: FastifyInstance, doors: Doors, endpoint: Endpoint, handle: Handle): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    ...(endpoint.perMinute ? { config: { rateLimit: { max: endpoint.perMinute, timeWindow: 60_000 } } } : {}),
    handler: async (request, reply) => {
      if (endpoint.method !== "GET") refuseForeign(request, doors.origin);
      const actor = await doors.actorOf(request.cookies[cookieName(doors.origin)], request.headers[byItself] === undefined);
      refuseUnless(!isLeft(actor) || request.headers[pageOf] === undefined, "session-ended");
      refuseAtTheDoor(endpoint, actor);
      if (endpoint.proof === "fresh") refuseIf(objectionToProof(actor.kind === "person" ? actor.provedAt : undefined, doors.now()));
      return handle(request, reply.header("cache-control", "private, no-cache"), actor).catch((error: unknown) => {
        throw asNotFound(endpoint, error);
      });
    },
  });
}

/** A browser says where a write comes from; anything but our own pages is turned away (ASVS 3.5). */
function refuseForeign(request: FastifyRequest, origin: string): void {
  const from = request.headers.origin;
  const site = request.headers["sec-fetch-site"];
  const ours = (from === undefined || from === origin) && (site === undefined || site === "same-origin" || site === "none");
  refuseUnless(ours, "foreign-origin");
  // A body without a type would reach the schema unparsed; every write says what it is.
  const type = request.headers["content-type"];
  refuseUnless(type === undefined ? request.body === undefined : /^application\/json\s*(;|$)/i.test(type), "wrong-type");
}

/** Somebody whose session ran out is told so, and a page made for them keeps what it shows instead of turning into a visitor's. */
const isLeft = (actor: Actor): boolean => actor.kind === "visitor" && actor.left === true;

function refuseAtTheDoor({ who }: Endpoint, actor: Actor): void {
  if (who === "anyone") return;
  if (actor.kind !== "person") throw new Refused(refuse(isLeft(actor) ? "session-ended" : "sign-in-first"));
  if (who === "member") return refuseUnless(actor.member !== undefined, "members-only");
  if (who === "onceMember") return refuseUnless(memberReading(actor) !== undefined, "members-only");
  if (who === "client") return refuseUnless(actor.buysFor.length > 0, "clients-only");
  if (who !== "person")
    refuseUnless(
      who.some((role) => actor.roles.includes(role)),
      "role-needed",
      { roles: who },
    );
}

/** A path that holds no id names nothing: it is told like a thing that does not exist. */
function asNotFound(endpoint: Endpoint, error: unknown): unknown {
  if (!(error instanceof Refused) || error.faults.length === 0) return error;
  const params = new Set(paramsOf(endpoint.path).map((name) => `/${name}`));
  return error.faults.every(({ pointer }) => params.has(pointer)) ? new Refused(refuse("not-found")) : error;
}

/** One flat input: keys of the path, and the query or the body. A body cannot overrule its path. */
function inputOf({ method }: Endpoint, request: FastifyRequest): Record<string, unknown> {
  const rest = method === "GET" ? request.query : (request.body ?? {});
  if (typeof rest !== "object" || rest === null || Array.isArray(rest)) throw new Refused(refuse("unreadable"));
  return { ...rest, ...(request.params as Record<string, unknown>) };
}

function callOf(request: FastifyRequest, keys: Keys, actor: Actor): Call & { readonly secret: string } {
  const key = request.headers["idempotency-key"];
  refuseUnless(typeof key === "string" && /^[\x21-\x7e]{1,255}$/.test(key), "key-missing");
  const secret = knockOf(keys, actor, key);
  return { key, cause: request.id, secret, knock: createHash("sha256").update(secret).digest() };
}

function setSession(reply: FastifyReply, origin: string, secret: string): void {
  void reply.setCookie(cookieName(origin), secret, {
    path: "/",
    httpOnly: true,
    secure: origin.startsWith("https:"),
    sameSite: "lax",
    maxAge: sessionSeconds,
  });
}

const closedBox = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/** A file is saved, never shown in the coop's own origin; its name holds nothing a header or a file system could stumble over. */
function attached(reply: FastifyReply, { file }: Endpoint, name: string): FastifyReply {
  if (file === undefined) throw new Error("an endpoint that answers a file says of which type");
  const [, stem = "", end = ""] = /^(.*?)(\.[A-Za-z0-9]{1,9})?$/su.exec(name) ?? [];
  const safe = stem.replaceAll(/[^A-Za-z0-9-]/g, "-").slice(0, 80) + end;
  // The second form says the name as it is (RFC 8187); browsers take it before the first.
  const whole = encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return reply
    .type(file)
    .header("content-security-policy", closedBox)
    .header("content-disposition", `attachment; filename="${safe}"; filename*=UTF-8''${whole}`);
}

/** Answers a read, with what it is as ETag; 304 when the caller has it already. */
function answered(request: FastifyRequest, reply: FastifyReply, endpoint: Endpoint, body: string | Buffer): FastifyReply {
  const etag = `"${hash("sha256", body, "base64url").slice(0, 22)}"`;
  void reply.header("etag", etag);
  return request.headers["if-none-match"] === etag ? reply.code(304).send() : reply.code(endpoint.status).send(body);
}
