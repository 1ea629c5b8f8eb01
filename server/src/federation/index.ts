// What higher domains may use of federation, and what they say to it: which facts they tell other coops, what they make of what is told them, and what they show.
import type { Inbox } from "@partcommune/federation/circle";
import type { JsonObject } from "@partcommune/shared/platform/json";
import type { Fetcher } from "@partcommune/federation/fetcher";
import type { Iri } from "@partcommune/federation/iri";
import type { Fact, FactType } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../platform/scope.ts";

export { askNewKeys, signerIn, type Signer } from "./actions/keys.ts";
export {
  expectClaim,
  exposureAt,
  exposureFallsOn,
  noteAgreed,
  noteApproved,
  noteEnded,
  raiseClaim,
  type OneClaim,
} from "./actions/claims.ts";
export { reachOf } from "./actions/reaching.ts";
export { coopsNamed } from "./store/hosts.ts";
export { isStanding, isTold } from "./store/acts.ts";
export { signedAt } from "./store/signed.ts";
export { provingKeyOf } from "./store/remote-actors.ts";
export { enactTreaty } from "./actions/treaties.ts";
export { hashOfAgreement } from "./actions/terms.ts";
export { openSisters, sisterAt, sisterOfHost, type Sister } from "./store/sisters.ts";
export { witnessesOf } from "./store/witnessed.ts";
export { waysOf, type Way } from "./store/ways.ts";
export { followedHosts, followedHost, mayBeAsked, noteRead, type FollowedHost } from "./store/followed.ts";
export { noteAnswered, noteSilent } from "./actions/presence.ts";

/** Actors of ours that are there from the start, by their path. */
export const ourActors = ["actor", "jobs"] as const;
/** Any of them: a member's and a client's are there once they had something to say. */
export type OurActor = (typeof ourActors)[number] | `members/${string}` | `clients/${Id}`;

/** Something of ours for others: who says it, to whom, and the thing or its address. */
export type Telling = {
  readonly actor: OurActor;
  readonly type: string;
  readonly to: readonly Iri[];
  readonly cc?: readonly Iri[];
  readonly object: JsonObject | Iri;
  /** What came of what is accepted: a thing of the accepter's own. */
  readonly result?: JsonObject;
  /** What the activity says besides. */
  readonly words?: JsonObject;
  /** The id it was promised under, where somebody waits for an answer to it. */
  readonly id?: Iri;
  /** Whether its actor proves it: the result or the thing it brings along, and where neither has an address of its own, the whole. */
  readonly prove?: true;
};

/** Facts that are told to others. */
export type Tells = {
  readonly name: `${string}.${string}`;
  readonly facts: readonly FactType[];
  /** What a fact becomes; nothing where it is nobody else's matter. */
  readonly tell: (view: View, fact: Fact) => Promise<Telling | undefined>;
};

/** An activity that was admitted: who sent it, and what it says. */
export type Heard = {
  readonly id: Iri;
  readonly type: string;
  readonly actor: Iri;
  readonly host: Id;
  readonly origin: string;
  readonly object: Iri;
  readonly document: JsonObject;
  /** The paths of those of us whom it is addressed to. */
  readonly recipients: readonly string[];
  readonly result?: JsonObject;
  /** Whether its actor proved it, by a key of its own document. */
  readonly proved: boolean;
};

/** What is made of an activity. What must be fetched for it is brought first, outside any transaction; bringing may fail, and is tried again. */
export type Hears<Brought = unknown> = {
  /** Where it must have come; `any` where that says nothing, since it is addressed to whom it is for. */
  readonly inbox: Inbox | "any";
  readonly types: readonly string[];
  readonly bring: (fetcher: Fetcher, heard: Heard) => Promise<Brought>;
  readonly hear: (scope: Scope, heard: Heard, brought: Brought) => Promise<void>;
};

/** Who asks for a document: anybody, or a coop that has to do with us and signed the ask; with its host where it is a sister. */
export type Reader = "anybody" | { readonly signed: Iri; readonly host?: Id };

/** A thing of ours as a document for other servers. `gone`: there was one. Undefined: there is none, or not for this reader. */
export type Shows = {
  readonly path: `/${string}`;
  readonly show: (
    view: View,
    values: Readonly<Record<string, string>>,
    reader: Reader,
  ) => Promise<JsonObject | Buffer | "gone" | undefined>;
};

export type Sisters = { readonly tells: readonly Tells[]; readonly hears: readonly Hears[]; readonly shows: readonly Shows[] };

/** Keeps the type of what is brought together with what hears it. */
export const hears = <Brought>(declared: Hears<Brought>): Hears => declared as Hears;
