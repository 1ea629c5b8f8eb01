// What the activity engine is lent by whoever runs it: where it keeps what it knows. The server fills this with PostgreSQL, inside the transaction of one act.
import type { Iri } from "./iri.ts";

/** A thing as the engine keeps it: JSON-LD compacted under our terms, every value an array. */
export type KeptDocument = { id: Iri; type: string; [term: string]: unknown };

/** A document whose id and type are still to be believed. */
export type UnreadDocument = Readonly<Record<string, unknown>>;

/** A thing that somebody published, and who alone may change it. */
export type KeptObject = { readonly document: KeptDocument; readonly owner: Iri };

/** An activity, and the collections that list it. */
export type KeptActivity = { readonly document: KeptDocument; readonly actor: Iri; readonly collections: readonly Iri[] };

/** An activity to be kept: what the engine reads, the bytes that were signed, and where it is listed first. */
export type NewActivity = { readonly document: KeptDocument; readonly collection: Iri; readonly wire: Buffer };

/** An actor of ours or another's: where what is sent to it arrives. */
export type KnownActor = { readonly id: Iri; readonly inbox: Iri; readonly sharedInbox?: Iri | undefined };

/** An activity of a collection. `at` is its place, by which the page after it is asked; the actor is told where it is known. */
export type Listed = { readonly at: string; readonly document: KeptDocument; readonly actor?: KnownActor | undefined };

/**
 * The second lock stands here: whatever the engine was talked into, a document is kept only on the origin of who wrote it,
 * is changed only by who owns it, and holds of others no more than their addresses. A writer on another origin is an error.
 */
export interface ApexStore {
  /** A new name, used once. */
  id(): string;

  readObject(id: Iri): Promise<KeptObject | undefined>;
  /** False when something has this id already; what was deleted keeps its id for ever. */
  saveObject(document: KeptDocument, writer: Iri): Promise<boolean>;
  /** False unless the writer owns it and it was not deleted. */
  updateObject(document: KeptDocument, writer: Iri): Promise<boolean>;

  readActivity(id: Iri): Promise<KeptActivity | undefined>;
  /** False when something has this id already, an activity that was undone included. */
  saveActivity(activity: NewActivity, writer: Iri): Promise<boolean>;
  /** Takes an activity of the writer out of every collection for ever; one that has not come yet will change nothing when it does. False when it was taken out before, or is not the writer's. */
  removeActivity(id: Iri, writer: Iri): Promise<boolean>;

  /** Lists an activity in a collection; false when it stood there or is none. */
  list(id: Iri, collection: Iri): Promise<boolean>;
  unlist(id: Iri, collection: Iri): Promise<void>;
  /** Newest first, at most `limit`, those that come after a place. */
  listed(collection: Iri, limit: number | undefined, after: string | undefined): Promise<readonly Listed[]>;
  countListed(collection: Iri): Promise<number>;
}
