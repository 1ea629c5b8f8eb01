// The activity engine of one coop for a test, on a real database: each act is a transaction of its own, and others are JSON that they signed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { sql } from "kysely";
import type { Test } from "tap";
import { openEngine } from "@partcommune/federation/apex";
import type { Built, FederationEngine, NotTaken, Published } from "@partcommune/federation/engine";
import type { ApexStore, KnownActor } from "@partcommune/federation/host";
import type { Iri } from "@partcommune/federation/iri";
import { openApexStore } from "@partcommune/server/federation/store/engine";
import { keepActor, remoteActor } from "@partcommune/server/federation/store/remote-actors";
import { kyselyOn, openPool, type Database } from "@partcommune/server/platform/database";
import { uuidv7 } from "@partcommune/shared/platform/id";
import { instant, millisecondsOf } from "@partcommune/shared/platform/time";
import { seededRandom } from "./coop.ts";
import { freshDatabase } from "./database.ts";

export const ours = "https://atelier.example";
export const theirs = "https://filature.example";
export const evil = "https://mallory.example";
export const everybody = "https://www.w3.org/ns/activitystreams#Public";

const require = createRequire(join(import.meta.dirname, "../../federation/package.json"));
const AS = "https://www.w3.org/ns/activitystreams";
const files: Readonly<Record<string, string>> = { [AS]: "as", "https://w3id.org/security/v1": "security" };
const contexts = (url: string): object | undefined => {
  const file = files[url];
  return file === undefined ? undefined : JSON.parse(readFileSync(require.resolve(`activitypub-express/vocab/${file}.json`), "utf8"));
};

const vf = "https://w3id.org/valueflows/ont/vf#";
const terms = [{ vf, Agreement: "vf:Agreement", Proposal: "vf:Proposal", stipulates: "vf:stipulates" }];

/** What packages that are not installed were asked for. */
export const asked = (require("./stubs/refuse.cjs") as { readonly asked: readonly string[] }).asked;
/** One of them, as the engine would load it. */
export const stub = (name: string): unknown => require(`./stubs/${name}`);

/** An actor somewhere, whose server takes all its letters at one place. */
export const actorAt = (id: Iri): KnownActor => ({ id, inbox: `${id}/inbox`, sharedInbox: `${new URL(id).origin}/inbox` });

export type Told = Readonly<Record<string, unknown>> & { readonly id: Iri; readonly type: string; readonly actor: Iri };
export type Act = { readonly engine: FederationEngine; readonly store: ApexStore };
export type TestEngine = {
  readonly db: Database;
  readonly act: <Result>(work: (act: Act) => Promise<Result>) => Promise<Result>;
  /** Builds and publishes in one act. */
  readonly publish: (type: string, actor: Iri, to: readonly Iri[], fields?: object) => Promise<Built & Published>;
  /** Receives as the inbox would hand it over: with the id, type, actor and object it checked. */
  readonly receive: (recipient: Iri, told: Told, signer?: Iri) => Promise<"new" | "known" | NotTaken["refused"]>;
  /** The addresses in a collection, newest first, as the coop sees it. */
  readonly items: (collection: Iri) => Promise<unknown>;
  /** Everything the engine keeps. */
  readonly kept: () => Promise<Readonly<Record<"objects" | "activities" | "items" | "actors", unknown>>>;
};

const idOf = (value: unknown): Iri | undefined => (typeof value === "string" ? value : (value as { readonly id?: Iri } | undefined)?.id);

/** Opens the engine of a coop with a board, a client and a member, who know a sister and an ill-wisher. */
export async function openTestEngine(t: Test): Promise<TestEngine> {
  const database = await freshDatabase();
  const db = kyselyOn(openPool(database.url, "app", 4, () => undefined));
  t.teardown(async () => (await db.destroy(), database.drop()));
  const random = seededRandom(t.name);
  const now = instant("2026-12-07T10:00:00Z");
  const here = new Set(["/actor", "/jobs", "/clients/9", "/members/zoe"].map((path) => `${ours}${path}`));
  const act: TestEngine["act"] = (work) =>
    db.transaction().execute((tx) => {
      const store = openApexStore({ tx, id: () => uuidv7(millisecondsOf(now), random(10)) });
      const actorOf = async (iri: Iri) => (here.has(iri) ? actorAt(iri) : remoteActor({ db: tx }, iri));
      return work({ store, engine: openEngine(store, { origin: ours, now, actorOf, contexts, terms }) });
    });
  await db.transaction().execute(async (tx) => {
    for (const id of [`${theirs}/actor`, `${theirs}/members/anna`, `${evil}/actor`])
      await keepActor({ tx }, { ...actorAt(id), document: {}, wire: Buffer.from("{}"), keys: {}, proving: [], fetchedAt: now });
  });
  return {
    db,
    act,
    publish: (type, actor, to, fields = {}) =>
      act(async ({ engine }) => {
        const built = await engine.build(type, actor, to, { ...fields });
        return { ...built, ...(await engine.publish(actor, built, Buffer.from(JSON.stringify({ ...fields, id: built.id })))) };
      }),
    receive: (recipient, told, signer = told.actor) =>
      act(async ({ engine }) => {
        const { id, type, actor } = told;
        const admitted = { id, type, actor, object: idOf(told["object"]), document: told, wire: Buffer.from(JSON.stringify(told)) };
        const taken = await engine.receive(admitted, recipient, actorAt(signer));
        return typeof taken === "string" ? taken : taken.refused;
      }),
    items: (collection) =>
      act(async ({ engine }) => ((await engine.collection(collection, "true", "coop")) as Record<string, unknown>)["orderedItems"]),
    kept: async () => {
      const { rows } = await sql<Awaited<ReturnType<TestEngine["kept"]>>>`
        select (select jsonb_agg(object order by id) from federation.object) as objects,
          (select jsonb_agg(to_jsonb(activity) - 'seq' order by id) from federation.activity) as activities,
          (select jsonb_agg(item order by collection, activity_seq) from federation.collection_item item) as items,
          (select jsonb_agg(actor order by id) from federation.remote_actor actor) as actors`.execute(db);
      return rows[0] ?? { objects: [], activities: [], items: [], actors: [] };
    },
  };
}
