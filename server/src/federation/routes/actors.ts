// What we show other servers: our actors, what they said, who follows them, and the things of each domain. People who ask for the same address get its page.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Ports } from "@partcommune/federation/inbox";
import { activityType } from "@partcommune/federation/vocabulary";
import { isId } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { toPage } from "../../platform/pages.ts";
import { Refused } from "../../platform/refused.ts";
import { engineOver, ourActor } from "../actions/engine.ts";
import { documentOf } from "../actions/actor-documents.ts";
import { haveKeys } from "../actions/keys.ts";
import { ourActors, type Reader, type Shows } from "../index.ts";
import { publishedBytes } from "../store/published.ts";
import type { Edge } from "./edge.ts";
import { readerOf } from "./reader.ts";

/** Whether the caller reads activities rather than pages. */
const readsActivities = ({ headers }: FastifyRequest): boolean => /application\/(activity|ld)\+json/i.test(headers.accept ?? "");

export function openActors(app: FastifyInstance, edge: Edge, shows: readonly Shows[], ports: Ports): void {
  const at = open(app, edge, (request) => readerOf(edge, ports, request));
  // To know who asks one has to look them up: two coops whose keys are a day old would each wait for the other's before they show their own.
  const toAll = open(app, edge, async () => "anybody");
  for (const path of ourActors) {
    toAll(`/${path}`, async () => {
      await haveKeys(edge, path);
      return documentOf(edge.view(), path, "anybody");
    });
    for (const list of ["outbox", "followers", "following"])
      at(`/${path}/${list}`, async ({ page }, reader) => collection(edge, `${edge.view().origin}/${path}/${list}`, page, reader));
  }
  for (const kind of ["members", "clients"] as const) {
    at(`/${kind}/:party`, async ({ party = "" }, reader) => documentOf(edge.view(), `${kind}/${party}`, reader));
    at(`/${kind}/:party/outbox`, async ({ party = "", page }, reader) => {
      const actor = `${edge.view().origin}/${kind}/${party}`;
      return (await ourActor(edge.db, edge.view().origin, actor)) && collection(edge, `${actor}/outbox`, page, reader);
    });
  }
  for (const { path, show } of shows) at(path, (values, reader) => show(edge.view(), values, reader));
  at("/acts/:act", async ({ act = "" }, reader) =>
    isId(act) ? publishedBytes(edge.view(), `${edge.view().origin}/acts/${act}`, reader) : undefined,
  );
}

type Values = Readonly<Record<string, string>>;

/** What was asked once; what stands twice has no one meaning. */
const onlyTexts = (query: unknown): Values =>
  Object.fromEntries(Object.entries(query as object).filter((entry): entry is [string, string] => typeof entry[1] === "string"));

type Shown = JsonObject | Buffer | "gone" | undefined;

/** Opens addresses that have two faces. What is gone is told as gone, since others then stop asking. */
const open =
  (app: FastifyInstance, edge: Edge, knows: (request: FastifyRequest) => Promise<Reader>) =>
  (path: string, show: (values: Values, reader: Reader) => Promise<Shown>): void =>
    void app.get(path, async (request, reply) => {
      void reply.header("vary", "Accept");
      if (!readsActivities(request)) return toPage(request, reply);
      if (!(await edge.isFounded())) throw new Refused(refuse("not-found"));
      const reader = await knows(request);
      return send(reply, await show({ ...onlyTexts(request.query), ...(request.params as Values) }, reader));
    });

function send(reply: FastifyReply, shown: Shown): FastifyReply {
  if (shown === undefined) throw new Refused(refuse("not-found"));
  if (shown === "gone") return reply.code(410).send();
  return reply.type(`${activityType}; charset=utf-8`).send(Buffer.isBuffer(shown) ? shown : JSON.stringify(shown));
}

/** A list of addresses, of what the reader may know; a page that was never given out is none. */
async function collection(edge: Edge, id: string, page: string | undefined, reader: Reader): Promise<JsonObject | undefined> {
  const read = await engineOver(edge).collection(id, page, reader);
  return "refused" in read ? undefined : (read as JsonObject);
}
