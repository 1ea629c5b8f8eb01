// What an action and a query are given: the transaction, who acts, the one instant of the act, and the voted rules.
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Bylaw, BylawKey } from "@partcommune/shared/platform/bylaw";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "./database.ts";
import type { Telling } from "./facts.ts";
import type { Keys } from "./keys.ts";
import type { World } from "./world.ts";

/** The bylaw in force at an instant: the only reader of what members voted. */
export type BylawAt = <K extends BylawKey>(key: K, at: Instant) => Promise<Bylaw<K>>;

/** Several of them at once, in the order they are asked for. */
export type BylawsAt = <K extends BylawKey>(keys: readonly K[], at: Instant) => Promise<readonly Bylaw<K>[]>;

/** What a letter to a person, or a line that names them, needs to know of them. */
export type PersonKnown = { readonly name: string; readonly email: string; readonly language: Language };
export type PeopleNamed = (people: readonly Id[]) => Promise<ReadonlyMap<Id, PersonKnown>>;
/** The sessions in which a person is signed in at an instant. */
export type SessionsOf = (person: Id, now: Instant) => Promise<readonly Id[]>;

/** What other coops are called, by their hosts. */
export type CoopsNamed = (hosts: readonly Id[]) => Promise<ReadonlyMap<Id, string>>;

/** What agreed work is called, and when each of its milestones was approved. */
export type WorkKnown = { readonly title: string; readonly approvedAt: ReadonlyMap<Id, Instant> };
export type WorksNamed = (engagements: readonly Id[]) => Promise<ReadonlyMap<Id, WorkKnown>>;

/** What higher domains lend to all below them: the voted rules, who people are, where they are signed in, and what other coops and agreed work are called. */
export type Lent = {
  readonly bylaw: BylawAt;
  readonly bylaws: BylawsAt;
  readonly people: PeopleNamed;
  readonly sessionsOf: SessionsOf;
  readonly coops: CoopsNamed;
  readonly works: WorksNamed;
};
export type Lend = (db: Database | Tx) => Lent;

export type Scope = Lent & {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly cause: string;
  readonly keys: Keys;
  readonly id: () => Id;
  readonly random: (bytes: number) => Uint8Array;
  readonly emit: (telling: Telling) => void;
  /** Named before and after what must happen once; the kill drill dies there. */
  readonly reach: World["reach"];
  /** Digest of the secret that the door will hand out as a cookie, for acts that open a session. */
  readonly knock: Buffer;
  /** Push services that an operator named beyond those of known browsers. */
  readonly pushServices: readonly string[];
  /** Scheme and host of this coop: what its passkeys are bound to, whatever a request says it asked. */
  readonly origin: string;
};

export type View = Lent & {
  readonly db: Database | Tx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly keys: Keys;
  /** Scheme and host of this coop, for what leaves it with an address in it. */
  readonly origin: string;
};

export type Action<Input, Answer> = (scope: Scope, input: Input) => Promise<Answer>;
export type Query<Input, Answer> = (view: View, input: Input) => Promise<Answer>;

/** A query's view inside an action. */
export const viewOf = ({ tx, actor, now, bylaw, bylaws, people, sessionsOf, coops, works, keys, origin }: Scope): View => ({
  db: tx,
  actor,
  now,
  bylaw,
  bylaws,
  people,
  sessionsOf,
  coops,
  works,
  keys,
  origin,
});
