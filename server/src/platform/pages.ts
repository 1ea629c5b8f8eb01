// Pages for people: rendered by the built renderer, last of all routes, with a fresh nonce and a strict content policy.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { paramsOf, pathWith, type EndpointAddress } from "@partcommune/shared/platform/endpoint";
import { languages, type Language, type RenderDocument, type Told } from "@partcommune/shared/platform/page";
import { builtAssets, builtRenderer, serveAssets } from "./assets.ts";
import { cookieName } from "./doors.ts";

type Paging = { readonly origin: string; readonly random: (bytes: number) => Uint8Array };

const isLanguage = (word: string): word is Language => (languages as readonly string[]).includes(word);

/** Opens every address that no other door took, as a page. */
export async function openPages(app: FastifyInstance, { origin, random }: Paging): Promise<void> {
  const { renderDocument } = (await import(builtRenderer())) as { renderDocument: RenderDocument };
  const assets = builtAssets();
  await serveAssets(app);
  app.get("/*", async (request, reply) => {
    const [path = "/"] = request.url.split("?", 1);
    const word = path.split("/")[1] ?? "";
    if (word === "api") return reply.callNotFound();
    if (!isLanguage(word)) return toPage(request, reply);
    const nonce = Buffer.from(random(16)).toString("base64");
    const page = await renderDocument({
      url: request.url,
      origin,
      language: word,
      nonce,
      assets,
      call: (endpoint, input) => inject(app, request, origin, endpoint, input),
    });
    return send(request, reply.code(page.status).headers(page.headers).header("content-security-policy", policy(nonce)), page.html);
  });
}

/** Sends a reader to the page of an address that names no language, in theirs. */
export const toPage = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.header("vary", "Accept, Accept-Language").redirect(`/${preferred(request)}${request.url === "/" ? "" : ownPath(request.url)}`, 303);

/** A redirect stays on this origin whatever the address looks like: `//evil` becomes a path. */
const ownPath = (url: string): string => `/${url.replace(/^[/\\]+/, "")}`;

/** The reader's language by their browser's order, else the first of ours. */
function preferred(request: FastifyRequest): Language {
  const wanted = (request.headers["accept-language"] ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? languages[0];
}

const policy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** A page's question goes through the same door as a browser's, with the reader's own cookie. */
async function inject(
  app: FastifyInstance,
  request: FastifyRequest,
  origin: string,
  endpoint: EndpointAddress,
  input: Readonly<Record<string, unknown>>,
): Promise<Told> {
  const params = new Set(paramsOf(endpoint.path));
  const query = new URLSearchParams(
    Object.entries(input).flatMap(([name, value]) => (params.has(name) || value === undefined ? [] : [[name, String(value)]])),
  );
  const name = cookieName(origin);
  const cookie = request.cookies[name];
  const answer = await app.inject({
    method: "GET",
    url: `${pathWith(endpoint.path, input)}${query.size > 0 ? `?${query.toString()}` : ""}`,
    headers: { ...(cookie ? { cookie: `${name}=${cookie}` } : {}), "accept-language": request.headers["accept-language"] ?? "" },
    remoteAddress: request.ip,
  });
  return { status: answer.statusCode, body: answer.json() };
}

async function send(request: FastifyRequest, reply: FastifyReply, html: string): Promise<FastifyReply> {
  void reply.header("cache-control", "private, no-cache").header("vary", "Accept-Encoding, Cookie");
  if (!/\bbr\b/.test(request.headers["accept-encoding"] ?? "")) return reply.send(html);
  const body = await promisify(brotliCompress)(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return reply.header("content-encoding", "br").send(body);
}
