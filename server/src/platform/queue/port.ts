// What the rest of the server knows of background work: a fact is handed to a listener, later, at least once.
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Tx } from "../database.ts";

/** One listener to be told of one fact. */
export type Errand = { readonly queue: string; readonly fact: Id };
export type Listen = (fact: Id) => Promise<void>;

export type Queue = {
  /** Enqueues inside the transaction; what it returns is called after the commit, and dropped with a rollback. */
  readonly enqueue: (tx: Tx, errands: readonly Errand[], now: Instant) => Promise<() => void>;
  /** Starts handing errands of a queue to a listener. */
  readonly listen: (queue: string, listener: Listen) => Promise<void>;
  /** Says that a queue has something, so that nobody waits for the next poll. */
  readonly wake: (queue: string) => void;
  /** Lets what is running end. */
  readonly stop: () => Promise<void>;
};
