// Our store in the words of activitypub-express. What it offers beyond these it must not ask for, and would fail.
import type { ApexStore, KeptActivity, KeptDocument, KeptObject, KnownActor } from "./host.ts";
import type { Iri } from "./iri.ts";

type Kept = KeptDocument & { readonly _meta?: { readonly collection: readonly Iri[] } };

/** One call of the engine: who writes, which bytes were signed, and what was looked up for it already. */
export type Turn = {
  readonly writer: Iri;
  readonly wire: Buffer;
  readonly actors: Map<Iri, KnownActor>;
  readonly objects: Map<Iri, KeptObject>;
  readonly activities: Map<Iri, KeptActivity>;
};

/** An actor as the engine reads it; of ours also the collections that stand under its address. */
export function actorDocument({ id, inbox, sharedInbox }: KnownActor): KeptDocument {
  return {
    id,
    type: "Actor",
    preferredUsername: new URL(id).pathname.slice(1),
    inbox: [inbox],
    outbox: [`${id}/outbox`],
    followers: [`${id}/followers`],
    following: [`${id}/following`],
    endpoints: sharedInbox === undefined ? [] : [{ sharedInbox: [sharedInbox] }],
    _local: { blockList: [] },
  };
}

/** An activity that this turn looked up, with the collections that list it. */
export function activityIn({ activities }: Turn, id: Iri): Kept | undefined {
  const kept = activities.get(id);
  return kept && { ...kept.document, _meta: { collection: kept.collections } };
}

/** An actor or a thing that this turn looked up. Whose it is, is told by who owns it here and not by its own words. */
export function objectIn({ actors, objects }: Turn, id: Iri): KeptDocument | undefined {
  const actor = actors.get(id);
  if (actor !== undefined) return actorDocument(actor);
  const kept = objects.get(id);
  return kept && { ...kept.document, attributedTo: [kept.owner] };
}

const collectionsOf = (activity: Kept): readonly Iri[] => activity["_meta"]?.collection ?? [];

/** The steps that ask: what they would keep on their way, such as an actor they were shown, is not kept. */
export const askingStore = (store: ApexStore, turn: Turn): object => ({
  generateId: () => store.id(),
  getObject: async (id: Iri) => objectIn(turn, id),
  getActivity: async (id: Iri) => activityIn(turn, id),
  saveObject: async () => true,
  saveActivity: async () => true,
  getStream: async (collection: Iri, limit: number | null, after: string | null) => {
    const listed = await store.listed(collection, limit ?? undefined, after ?? undefined);
    return listed.map(({ at, document, actor }) => ({
      ...document,
      _id: at,
      actor: actor === undefined ? document["actor"] : [actorDocument(actor)],
    }));
  },
  getStreamCount: (collection: Iri) => store.countListed(collection),
});

/** The steps that do: each of them writes as who signed. */
export const doingStore = (store: ApexStore, turn: Turn, received: Iri | undefined): object => ({
  ...askingStore(store, turn),
  saveObject: (document: KeptDocument) => store.saveObject(document, turn.writer),
  updateObject: async (document: KeptDocument) => ((await store.updateObject(document, turn.writer)) ? document : undefined),
  saveActivity: (document: Kept) => {
    const [collection = ""] = collectionsOf(document);
    return store.saveActivity({ document, collection, wire: turn.wire }, turn.writer);
  },
  removeActivity: ({ id }: KeptDocument) => store.removeActivity(id, turn.writer),
  async updateActivityMeta(activity: Kept, _key: "collection", collection: Iri, remove = false): Promise<Kept | undefined> {
    const others = collectionsOf(activity).filter((each) => each !== collection);
    if (remove) {
      await store.unlist(activity.id, collection);
      return { ...activity, _meta: { collection: others } };
    }
    // Nothing comes back where what was received stood in this inbox before: then it does nothing again.
    if (!(await store.list(activity.id, collection)) && activity.id === received) return undefined;
    return { ...activity, _meta: { collection: [...others, collection] } };
  },
});
