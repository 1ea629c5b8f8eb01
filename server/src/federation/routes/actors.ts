// What we show other servers: our actors, what they said, who follows them, and the things of each domain. People who ask for the same address get its page.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { actorDocument as documentOf, type ListedKey } from "@partcommune/federation/discovery";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { KeyKind } from "@partcommune/federation/sign/key";
import { activityType } from "@partcommune/federation/vocabulary";
import { isId } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { toPage } from "../../platform/pages.ts";
import { Refused } from "../../platform/refused.ts";
import { coopCard } from "../../platform/store.ts";
import { engineOver } from "../actions/engine.ts";
import { haveKeys } from "../actions/keys.ts";
import { ourActors, type OurActor, type Shows } from "../index.ts";
import { publicKeysOf } from "../store/keys.ts";
import { publishedBytes } from "../store/published.ts";
import type { Edge } from "./edge.ts";

/** Whether the caller reads activities rather than pages. */
const readsActivities = ({ headers }: FastifyRequest): boolean => /application\/(activity|ld)\+json/i.test(headers.accept ?? "");

export function openActors(app: FastifyInstance, edge: Edge, shows: readonly Shows[]): void {
  for (const path of ourActors) {
    open(app, edge, `/${path}`, async () => actorDocument(edge, path));
    for (const list of ["outbox", "followers", "following"])
      open(app, edge, `/${path}/${list}`, async ({ page }) => collection(edge, `${edge.view().origin}/${path}/${list}`, page));
  }
  for (const { path, show } of shows) open(app, edge, path, (values) => show(edge.view(), values));
  open(app, edge, "/acts/:act", async ({ act = "" }) =>
    isId(act) ? publishedBytes(edge.db, `${edge.view().origin}/acts/${act}`) : undefined,
  );
}

type Values = Readonly<Record<string, string>>;

/** What was asked once; what stands twice has no one meaning. */
const onlyTexts = (query: unknown): Values =>
  Object.fromEntries(Object.entries(query as object).filter((entry): entry is [string, string] => typeof entry[1] === "string"));

type Shown = JsonObject | Buffer | "gone" | undefined;

/** One address with two faces. What is gone is told as gone, since others then stop asking. */
function open(app: FastifyInstance, edge: Edge, path: string, show: (values: Values) => Promise<Shown>): void {
  app.get(path, async (request, reply) => {
    void reply.header("vary", "Accept");
    if (!readsActivities(request)) return toPage(request, reply);
    if (!(await edge.isFounded())) throw new Refused(refuse("not-found"));
    return send(reply, await show({ ...onlyTexts(request.query), ...(request.params as Values) }));
  });
}

function send(reply: FastifyReply, shown: Shown): FastifyReply {
  if (shown === undefined) throw new Refused(refuse("not-found"));
  if (shown === "gone") return reply.code(410).send();
  return reply.type(`${activityType}; charset=utf-8`).send(Buffer.isBuffer(shown) ? shown : JSON.stringify(shown));
}

async function actorDocument(edge: Edge, path: OurActor): Promise<JsonObject | undefined> {
  const { origin } = edge.view();
  const coop = await coopCard(edge.view());
  if (coop.currency === undefined) return undefined;
  await haveKeys(edge, path);
  const keys = await publicKeysOf(edge.db, path);
  const listed = (kind: KeyKind): readonly ListedKey[] =>
    keys
      .filter((key) => key.kind === kind)
      .map(({ name, public: shown, retiredAt }) => ({ id: `${origin}/${path}#${name}`, public: shown, expires: retiredAt }))
      .toReversed();
  const [rsa] = listed("rsa").filter(({ expires }) => expires === undefined);
  const kind = path === "actor" ? "coop" : "board";
  return rsa && documentOf({ kind, origin, name: coop.name, rsa, proving: listed("ed25519"), currencies: [coop.currency] });
}

/** A list of addresses, as anybody may read it; a page that was never given out is none. */
async function collection(edge: Edge, id: string, page: string | undefined): Promise<JsonObject | undefined> {
  const read = await engineOver(edge).collection(id, page, "anybody");
  return "refused" in read ? undefined : (read as JsonObject);
}
