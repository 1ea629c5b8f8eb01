// The activity engine as the rest of the house sees it: it mints, builds, publishes, receives and lists, and asks nobody beyond this coop.
import type { KeptDocument, KnownActor, UnreadDocument } from "./host.ts";
import type { Iri } from "./iri.ts";

export interface FederationEngine {
  mint(kind: "activity" | "object"): Iri;
  /** An activity to publish. Its fields may carry a minted id, and a context of their own. */
  build(type: string, actor: Iri, to: readonly Iri[], fields: Readonly<Record<string, unknown>>): Promise<Built>;
  /** Puts it into the outbox, does what it does to our collections, and says where it goes. Nothing is sent. */
  publish(actor: Iri, built: Built, wire: Buffer): Promise<Published>;
  /** Puts what was admitted into the inbox of one of ours, with what that does to our collections. */
  receive(admitted: Admitted, recipient: Iri, sender: KnownActor): Promise<"new" | "known" | NotTaken>;
  /** A collection, or with a page the addresses in it, newest first. */
  collection(id: Iri, page: string | undefined, reader: Reader): Promise<Readonly<Record<string, unknown>> | NotTaken>;
}

export type Built = { readonly id: Iri; readonly document: KeptDocument };

/** Inboxes on other servers, each once, and whom nobody here knows. */
export type Published = { readonly inboxes: readonly Iri[]; readonly unresolved: readonly Iri[] };

/** What the inbox found true of a signed document. These values are carried on; the document's own words for them are not read again. */
export type Admitted = {
  readonly id: Iri;
  readonly type: string;
  readonly actor: Iri;
  readonly object?: Iri | undefined;
  readonly document: UnreadDocument;
  readonly wire: Buffer;
};

/** Anybody, who sees what is public; an actor who signed, who sees also what is addressed to it; or the coop, which sees all. */
export type Reader = "anybody" | "coop" | { readonly signed: Iri };

/** Why nothing was kept of it, or nothing is shown. */
export type NotTaken = {
  readonly refused:
    | "unheard" // no activity that coops tell each other
    | "foreign" // not on the origin of who signed, or on ours
    | "unreadable"
    | "unknown" // names what has not come yet
    | "notTheirs" // names what they do not own or were not asked
    | "gone" // names what was deleted
    | "unfit" // the engine itself said no
    | "page";
};
