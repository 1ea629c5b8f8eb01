// The HTTP server before any route: limits against slow and oversized callers, safe headers on every answer, one log line a request.
import type { Socket } from "node:net";
import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from "fastify";
import { refuse } from "@partcommune/shared/platform/refusal";
import { readJson } from "./json.ts";
import { answerProblem, refusalIn } from "./problem.ts";

export type Http = {
  readonly log: FastifyBaseLogger;
  readonly newId: () => string;
  readonly trustedProxies: readonly string[];
  readonly https: boolean;
  readonly perMinute: number;
};

const mebibyte = 1_048_576;

/** Headers of every answer, errors and files included (ASVS 3.4). Pages add their own content policy. */
export function safeHeaders(https: boolean): Readonly<Record<string, string>> {
  return {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'",
    ...(https ? { "strict-transport-security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

export async function openHttp({ log, newId, trustedProxies, https, perMinute }: Http): Promise<FastifyInstance> {
  const headers = safeHeaders(https);
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newId,
    bodyLimit: mebibyte,
    requestTimeout: 5_000,
    connectionTimeout: 10_000,
    keepAliveTimeout: 10_000,
    http: { connectionsCheckingInterval: 1_000, headersTimeout: 5_000, requestTimeout: 5_000 },
    forceCloseConnections: true,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be read never reaches the hooks.
    clientErrorHandler: ({ code }, socket) => turnAway(socket, code, headers),
    frameworkErrors: (error, request, reply) => void answerProblem(request, reply.headers(headers), refusalIn(error).refusal),
  });
  app.addHook("onRequest", async (_, reply) => void reply.headers(headers));
  app.addHook("onResponse", async (request, reply) => logLine(log, request, reply.statusCode, reply.elapsedTime));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, async (_: FastifyRequest, body: string) => readJson(body));
  await app.register(cookie);
  await app.register(rateLimit, { max: perMinute, timeWindow: 60_000, allowList: (request) => request.url.startsWith("/assets/") });
  app.setErrorHandler(async (error, request, reply) => {
    const { refusal, faults, expected } = refusalIn(error);
    if (!expected) request.log.error({ requestId: request.id, route: request.routeOptions.url, err: error }, "unexpected");
    return answerProblem(request, reply, refusal, faults);
  });
  app.setNotFoundHandler(async (request, reply) => answerProblem(request, reply, refuse("not-found")));
  return app;
}

const unreadable: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** Answers what never became a request, because it is no HTTP or came too slowly, and hangs up. */
function turnAway(socket: Socket, code: string, headers: Readonly<Record<string, string>>): void {
  if (code === "ECONNRESET" || socket.destroyed) return;
  const status = unreadable[code] ?? "400 Bad Request";
  const lines = Object.entries({ ...headers, "content-length": "0", connection: "close" }).map(([name, value]) => `${name}: ${value}`);
  if (socket.writable) socket.write([`HTTP/1.1 ${status}`, ...lines, "", ""].join("\r\n"));
  socket.destroy();
}

function logLine(log: FastifyBaseLogger, request: FastifyRequest, status: number, ms: number): void {
  log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url, status, ms: Math.round(ms) });
}
