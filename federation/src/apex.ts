// activitypub-express behind one file: its own way to build, file and address activities, and none of its ways to reach others.
import activitypub, { type Apex, type Passing, type Request, type Step } from "activitypub-express";
import type { Instant } from "@partcommune/shared/platform/time";
import { activityIn, actorDocument, askingStore, doingStore, objectIn, type Turn } from "./apex-store.ts";
import type { Admitted, Built, FederationEngine, NotTaken, Published, Reader } from "./engine.ts";
import type { ApexStore, KeptDocument, KnownActor, UnreadDocument } from "./host.ts";
import { originOf, type Iri } from "./iri.ts";
import * as standing from "./standing.ts";

export type EngineSettings = {
  readonly origin: string;
  readonly now: Instant;
  /** One of ours, or another's that we hold. */
  readonly actorOf: (iri: Iri) => Promise<KnownActor | undefined>;
  /** A context that lies here; the terms of any other are left out, and none is fetched. */
  readonly contexts: (url: string) => object | undefined;
  /** Under which terms, beyond those of ActivityStreams, documents are kept. */
  readonly terms: readonly unknown[];
};

type Why = NotTaken["refused"];
type House = EngineSettings & { readonly store: ApexStore };

const collectionsOfActors = ["inbox", "outbox", "followers", "following", "liked", "blocked", "rejected", "rejections"];
const routes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(collectionsOfActors.map((name) => [name, `/:actor/${name}`])),
  actor: "/:actor",
  object: "/objects/:id",
  activity: "/acts/:id",
  likes: "/acts/:id/likes",
  shares: "/acts/:id/shares",
  collections: "/:actor/collections/:id",
};

const never = (what: string) => (): never => {
  throw new Error(`the engine never ${what}`);
};

/** The engine's object, on a store for one call. `request` answers for what its own way would have fetched. */
function apexOn({ origin, now, contexts, terms }: House, store: object, request: Apex["requestObject"]): Apex {
  const apex = activitypub({ baseUrl: origin, routes, actorParam: "actor", objectParam: "id", context: terms, store, offlineMode: true });
  const tombstone = apex.buildTombstone;
  return Object.assign(apex, {
    requestObject: request,
    jsonldContextLoader: async (url) => {
      const document = contexts(url);
      const here = { contextUrl: null, documentUrl: url };
      // What lies here never changes, so jsonld may remember it; what others name would push it out.
      return document === undefined ? { ...here, document: { "@context": {} } } : { ...here, document, tag: "static" };
    },
    isLocalIRI: (iri) => originOf(iri) === origin, // by origin, since another host's name may begin like ours
    resolveReferences: async () => [],
    buildTombstone: async (object) => ({ ...(await tombstone(object)), deleted: [now], published: [now], updated: [now] }),
    queueForDelivery: never("delivers"),
    publishActivity: never("publishes by itself"),
    deliver: never("sends"),
    publishUpdate: async () => undefined, // its own way tells every follower of every new follower
    publishUndoUpdate: async () => undefined,
  } satisfies Partial<Apex>);
}

const turnOf = (writer: Iri, wire: Buffer, actors: readonly KnownActor[]): Turn => ({
  writer,
  wire,
  actors: new Map(actors.map((actor) => [actor.id, actor])),
  objects: new Map(),
  activities: new Map(),
});

/** Takes one step as Express would, without Express. */
const take = (step: Step, request: Request, passing: Passing): Promise<void> =>
  new Promise((done, failed) => {
    step(request, { locals: { apex: passing } }, (error) => (error ? failed(error) : done()));
  });

/** Opens the engine on the store of one transaction. */
export function openEngine(store: ApexStore, settings: EngineSettings): FederationEngine {
  const house: House = { ...settings, store };
  return {
    mint: (kind) => {
      const { utils } = apexOn(house, { generateId: () => store.id() }, nobody);
      return kind === "activity" ? utils.activityIdToIRI() : utils.objectIdToIRI();
    },
    build: (type, actor, to, fields) => build(house, type, actor, to, fields),
    publish: (actor, built, wire) => publish(house, actor, built, wire),
    receive: (admitted, recipient, sender) => receive(house, admitted, recipient, sender),
    collection: (id, page, reader) => listing(house, id, page, reader),
  };
}

const nobody = async (): Promise<undefined> => undefined;

async function build(
  house: House,
  type: string,
  actor: Iri,
  to: readonly Iri[],
  fields: Readonly<Record<string, unknown>>,
): Promise<Built> {
  const given = fields["id"];
  const name = typeof given === "string" ? given.slice(given.lastIndexOf("/") + 1) : house.store.id();
  const apex = apexOn(house, { generateId: () => name }, nobody);
  const id = apex.utils.activityIdToIRI(name);
  if (given !== undefined && given !== id) throw new Error(`${String(given)} was not minted for an activity`);
  return {
    id,
    document: await apex.buildActivity(type, actor, to, { published: house.now, ...withoutProofs(fields), id, type, actor, to }),
  };
}

async function actorOfOurs({ origin, actorOf }: House, iri: Iri): Promise<KnownActor> {
  const actor = originOf(iri) === origin ? await actorOf(iri) : undefined;
  if (actor === undefined) throw new Error(`${iri} is no actor of ours`);
  return actor;
}

/** Looks up what an activity answers, takes back or changes, and says why that is not for its actor to do. */
async function objectionToNamed(store: ApexStore, turn: Turn, type: string, object: Iri): Promise<Why | undefined> {
  if (["Accept", "Reject", "Undo"].includes(type)) {
    const named = await store.readActivity(object);
    if (named !== undefined) turn.activities.set(object, named);
    return standing.objectionToActivity(type, named, turn.writer);
  }
  if (!["Update", "Delete"].includes(type) || object === turn.writer) return undefined;
  const named = await store.readObject(object);
  if (named !== undefined) turn.objects.set(object, named);
  return standing.objectionToObject(type, named, turn.writer);
}

async function publish(house: House, actor: Iri, { id, document }: Built, wire: Buffer): Promise<Published> {
  const sender = await actorOfOurs(house, actor);
  const turn = turnOf(actor, wire, [sender]);
  const body = structuredClone(document);
  const content = standing.contentOf(body);
  const object = standing.idOf(content) ?? "";
  const objection =
    (standing.isHeard(body.type) ? undefined : "unheard") ??
    (standing.carries(body.type) ? standing.objectionToContent(content, actor) : undefined) ??
    (await objectionToNamed(house.store, turn, body.type, object));
  if (objection !== undefined) throw new Error(`${actor} may not publish ${id}, ${body.type} of ${object}: ${objection}`);
  if (standing.idOf(JSON.parse(wire.toString())) !== id) throw new Error(`the bytes are not those of ${id}`);

  const apex = apexOn(house, doingStore(house.store, turn, id), nobody);
  const named = standing.carries(body.type) ? content : (activityIn(turn, object) ?? objectIn(turn, object));
  const passing: Passing = { target: actorDocument(sender), activity: true, object: named, doNotPublish: true, postWork: [] };
  apex.addMeta(body, "collection", `${actor}/outbox`);
  const request: Request = { body, app: { locals: { apex } } };
  await take(apex.net.activity.save, request, passing);
  if (passing.isNewActivity !== true) throw new Error(`${id} was published before`);
  await take(apex.net.activity.outboxSideEffects, request, passing);
  await keepResult(house.store, body, actor);
  return addressed(house, turn, sender, body);
}

/** Where an activity goes. The engine drops whom it cannot find without a word, so they are noted as it asks for them. */
async function addressed(house: House, turn: Turn, sender: KnownActor, body: KeptDocument): Promise<Published> {
  const unresolved = new Set<Iri>();
  const apex = apexOn(house, askingStore(house.store, turn), async (iri) => {
    const actor = await house.actorOf(iri);
    if (actor !== undefined) return actorDocument(actor);
    const followed = iri.endsWith("/followers") ? await house.actorOf(iri.slice(0, -"/followers".length)) : undefined;
    if (followed !== undefined && apex.isLocalIRI(iri)) return apex.getCollection(iri, Infinity, firstActor, true);
    unresolved.add(iri);
    return undefined;
  });
  const inboxes = await apex.address(body, actorDocument(sender));
  return { inboxes: inboxes.filter((inbox) => !apex.isLocalIRI(inbox)), unresolved: [...unresolved] };
}

const firstActor = ({ actor }: KeptDocument): unknown => (Array.isArray(actor) ? actor[0] : actor);

async function receive(house: House, admitted: Admitted, recipient: Iri, sender: KnownActor): Promise<"new" | "known" | NotTaken> {
  const target = await actorOfOurs(house, recipient);
  const turn = turnOf(sender.id, admitted.wire, [target, sender]);
  const request: Request = { body: { id: "", type: "" }, app: { locals: { apex: apexOn(house, askingStore(house.store, turn), nobody) } } };
  const passing: Passing = { target: actorDocument(target), sender: actorDocument(sender), postWork: [] };
  const why =
    standing.objectionToHearing(admitted, recipient, sender.id, house.origin) ??
    (await objectionToReading(request, admitted)) ??
    (await objectionToNamed(house.store, turn, admitted.type, admitted.object ?? ""));
  if (why === "unknown" && ["Undo", "Delete"].includes(admitted.type)) return ahead(house, turn, admitted, request);
  if (why !== undefined) return { refused: why };
  return (await isFit(request, passing)) ? file(house, turn, admitted, request, passing) : { refused: "unfit" };
}

/** Reads a document under our terms, with the admitted values in place of its own. */
async function objectionToReading(request: Request, { id, type, actor, object, document }: Admitted): Promise<Why | undefined> {
  const read = await readDocument(request.app.locals.apex, document);
  if (read === undefined) return "unreadable";
  const content = standing.contentOf(read);
  const objection = standing.carries(type) ? standing.objectionToContent(content, actor) : undefined;
  if (objection !== undefined) return objection;
  // Likes and shares are counted here, whatever a document says of them.
  request.body = { ...read, likes: undefined, shares: undefined, id, type, actor: [actor] };
  if (standing.isNamedOnly(type)) request.body["object"] = [object];
  if (standing.carries(type)) request.body["object"] = [{ ...(content as KeptDocument), id: object, attributedTo: [actor] }];
  return undefined;
}

/**
 * A copy without proofs. They were made and are checked over the bytes, which are kept beside what is read here;
 * read as JSON-LD, with the contexts of their own, they would take twenty times as long as all the rest.
 */
const withoutProofs = <Read extends object>(document: Read): Read =>
  JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === "proof" ? undefined : value))) as Read;

/** Undefined for what is no JSON-LD, or says nothing in it. */
async function readDocument(apex: Apex, document: UnreadDocument): Promise<KeptDocument | undefined> {
  if (!standing.isContext(document["@context"])) return undefined;
  try {
    return await apex.fromJSONLD(withoutProofs(document));
  } catch (error) {
    if (error instanceof Error && error.name.startsWith("jsonld.")) return undefined;
    throw error;
  }
}

async function isFit(request: Request, passing: Passing): Promise<boolean> {
  const { actor, activityObject, inboxActivity } = request.app.locals.apex.net.validators;
  for (const step of [actor, activityObject, inboxActivity]) await take(step, request, passing);
  return passing.activity === true && (passing.status ?? 200) < 400;
}

/** What is taken back or deleted before it came will change nothing when it comes. */
async function ahead({ store }: House, { writer }: Turn, { type, object = "" }: Admitted, request: Request): Promise<"new" | "known"> {
  const tombstone = await request.app.locals.apex.buildTombstone({ id: object, type: "Object" });
  return (await (type === "Undo" ? store.removeActivity(object, writer) : store.saveObject(tombstone, writer))) ? "new" : "known";
}

async function file({ store }: House, turn: Turn, { id, type }: Admitted, request: Request, passing: Passing): Promise<"new" | "known"> {
  const { apex } = request.app.locals;
  const content = standing.contentOf(request.body) as KeptDocument;
  apex.store = doingStore(store, turn, id);
  await take(apex.net.activity.save, request, passing);
  if (type === "Create" && passing.isNewActivity === true && !(await store.saveObject(content, turn.writer))) {
    await store.removeActivity(id, turn.writer); // the thing is here already, or was deleted: it is not made anew
    return "known";
  }
  await take(apex.net.activity.inboxSideEffects, request, passing);
  await keepResult(store, request.body, turn.writer);
  return passing.isNewActivity === false ? "known" : "new";
}

/** What came of an answer is a thing of who answered, which they may change from then on. */
async function keepResult(store: ApexStore, body: KeptDocument, writer: Iri): Promise<void> {
  const [result] = [body["result"] ?? []].flat() as readonly unknown[];
  if (body.type === "Accept" && standing.isOwnThing(result, writer)) await store.saveObject(result, writer);
}

async function listing(house: House, id: Iri, page: string | undefined, reader: Reader): ReturnType<FederationEngine["collection"]> {
  if (page !== undefined && page !== "true" && !/^[1-9]\d{0,17}$/.test(page)) return { refused: "page" };
  const apex = apexOn(house, askingStore(house.store, turnOf(id, Buffer.alloc(0), [])), nobody);
  const item = itemOf(id);
  const shown = (activity: KeptDocument): Iri | undefined => (standing.isShownTo(activity, reader) ? item(activity) : undefined);
  const found = await apex.getCollection(id, page, shown, true);
  if (found.orderedItems !== undefined) found.orderedItems = found.orderedItems.filter((each) => each !== undefined);
  return apex.toJSONLD(found);
}

/** What a collection lists of an activity: who follows, who is followed, or the activity. */
function itemOf(collection: Iri): (activity: KeptDocument) => Iri | undefined {
  if (collection.endsWith("/followers")) return ({ actor }) => standing.idOf(actor);
  if (collection.endsWith("/following")) return ({ object }) => standing.idOf(object);
  return ({ id }) => id;
}
