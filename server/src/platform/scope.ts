// What an action and a query are given: the transaction, who acts, the one instant of the act, and the voted rules.
import type { Actor } from "@partcommune/shared/platform/actor";
import type { Bylaw, BylawKey } from "@partcommune/shared/platform/bylaw";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "./database.ts";
import type { Telling } from "./facts.ts";
import type { Keys } from "./keys.ts";

/** The bylaw in force at an instant: the only reader of what members voted. */
export type BylawAt = <K extends BylawKey>(key: K, at: Instant) => Promise<Bylaw<K>>;

export type Scope = {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly cause: string;
  readonly bylaw: BylawAt;
  readonly keys: Keys;
  readonly id: () => Id;
  readonly random: (bytes: number) => Uint8Array;
  readonly emit: (telling: Telling) => void;
  /** Digest of the secret that the door will hand out as a cookie, for acts that open a session. */
  readonly knock: Buffer;
  /** Scheme and host of this coop: what its passkeys are bound to, whatever a request says it asked. */
  readonly origin: string;
};

export type View = {
  readonly db: Database | Tx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly bylaw: BylawAt;
  readonly keys: Keys;
};

export type Action<Input, Answer> = (scope: Scope, input: Input) => Promise<Answer>;
export type Query<Input, Answer> = (view: View, input: Input) => Promise<Answer>;

/** A query's view inside an action. */
export const viewOf = ({ tx, actor, now, bylaw, keys }: Scope): View => ({ db: tx, actor, now, bylaw, keys });
