// What we show other servers: our actors, what they said, who follows them, and the things of each domain. People who ask for the same address get its page.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { actorDocument as documentOf, partyDocument as documentOfParty, type ListedKey } from "@partcommune/federation/discovery";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Ports } from "@partcommune/federation/inbox";
import type { KeyKind } from "@partcommune/federation/sign/key";
import { activityType } from "@partcommune/federation/vocabulary";
import { isId } from "@partcommune/shared/platform/id";
import { refuse } from "@partcommune/shared/platform/refusal";
import { toPage } from "../../platform/pages.ts";
import { Refused } from "../../platform/refused.ts";
import { coopCard } from "../../platform/store.ts";
import { engineOver, ourActor } from "../actions/engine.ts";
import { haveKeys } from "../actions/keys.ts";
import { ourActors, type Reader, type Shows } from "../index.ts";
import { publicKeysOf } from "../store/keys.ts";
import { publishedBytes } from "../store/published.ts";
import { memberNamed } from "../../membership/index.ts";
import type { Edge } from "./edge.ts";
import { readerOf } from "./reader.ts";

/** Whether the caller reads activities rather than pages. */
const readsActivities = ({ headers }: FastifyRequest): boolean => /application\/(activity|ld)\+json/i.test(headers.accept ?? "");

export function openActors(app: FastifyInstance, edge: Edge, shows: readonly Shows[], ports: Ports): void {
  const at = open(app, edge, ports);
  for (const path of ourActors) {
    at(`/${path}`, async () => actorDocument(edge, path));
    for (const list of ["outbox", "followers", "following"])
      at(`/${path}/${list}`, async ({ page }, reader) => collection(edge, `${edge.view().origin}/${path}/${list}`, page, reader));
  }
  for (const kind of ["members", "clients"] as const) {
    at(`/${kind}/:party`, async ({ party = "" }, reader) => partyDocument(edge, kind, party, reader));
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
  (app: FastifyInstance, edge: Edge, ports: Ports) =>
  (path: string, show: (values: Values, reader: Reader) => Promise<Shown>): void =>
    void app.get(path, async (request, reply) => {
      void reply.header("vary", "Accept");
      if (!readsActivities(request)) return toPage(request, reply);
      if (!(await edge.isFounded())) throw new Refused(refuse("not-found"));
      const reader = await readerOf(edge, ports, request);
      return send(reply, await show({ ...onlyTexts(request.query), ...(request.params as Values) }, reader));
    });

function send(reply: FastifyReply, shown: Shown): FastifyReply {
  if (shown === undefined) throw new Refused(refuse("not-found"));
  if (shown === "gone") return reply.code(410).send();
  return reply.type(`${activityType}; charset=utf-8`).send(Buffer.isBuffer(shown) ? shown : JSON.stringify(shown));
}

async function actorDocument(edge: Edge, path: (typeof ourActors)[number]): Promise<JsonObject | undefined> {
  const { origin } = edge.view();
  const coop = await coopCard(edge.view());
  if (coop.currency === undefined) return undefined;
  await haveKeys(edge, path);
  const keys = await listedKeys(edge, path);
  const kind = path === "actor" ? "coop" : "board";
  return keys && documentOf({ kind, origin, name: coop.name, ...keys, currencies: [coop.currency] });
}

/** One of our people, or a client, once they had something to say; what they are called is for coops that have to do with us. */
async function partyDocument(edge: Edge, kind: "members" | "clients", party: string, reader: Reader): Promise<JsonObject | undefined> {
  const view = edge.view();
  const path = `${kind}/${party}`;
  const keys = await listedKeys(edge, path);
  if (!keys) return undefined;
  const said =
    kind === "clients"
      ? { type: "Organization" as const, name: `A client of ${(await coopCard(view)).name}` }
      : { type: "Person" as const, ...(await memberNamed(view, party, reader !== "anybody")) };
  return documentOfParty({ origin: view.origin, path, ...said, ...keys });
}

/** The public keys of an actor of ours; undefined as long as it has none. */
async function listedKeys({ db, view }: Edge, path: string): Promise<{ rsa: ListedKey; proving: readonly ListedKey[] } | undefined> {
  const { origin } = view();
  const keys = await publicKeysOf(db, path);
  const listed = (kind: KeyKind): readonly ListedKey[] =>
    keys
      .filter((key) => key.kind === kind)
      .map(({ name, public: shown, retiredAt }) => ({ id: `${origin}/${path}#${name}`, public: shown, expires: retiredAt }))
      .toReversed();
  const [rsa] = listed("rsa").filter(({ expires }) => expires === undefined);
  return rsa && { rsa, proving: listed("ed25519") };
}

/** A list of addresses, of what the reader may know; a page that was never given out is none. */
async function collection(edge: Edge, id: string, page: string | undefined, reader: Reader): Promise<JsonObject | undefined> {
  const read = await engineOver(edge).collection(id, page, reader);
  return "refused" in read ? undefined : (read as JsonObject);
}
