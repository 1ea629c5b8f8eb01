// The only place that touches the clock, chance and the outside: everything else is handed a world.
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { uuidv7, type Id } from "@partcommune/shared/platform/id";
import { instantOf, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Queue } from "./queue/port.ts";

/** A letter ready to leave. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type World = {
  readonly clock: () => Instant;
  readonly random: (bytes: number) => Uint8Array;
  /** Waits so many real or virtual milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** The database's address for the server's own role. */
  readonly databaseUrl: string;
  readonly queue: Queue;
  /** Sends a letter; absent where no mail server is set, and letters then wait in the outbox. */
  readonly mail?: (mail: Mail) => Promise<void>;
  /** Called at each named point of the write path; the kill drill dies there. */
  readonly reach: (point: Failpoint) => void;
};

/** The points of `perform` between which a crash must lose and double nothing. */
export const failpoints = ["begun", "key-taken", "acted", "facts-written", "errands-queued", "key-kept", "committed", "hinted"] as const;
export type Failpoint = (typeof failpoints)[number];

export const realClock = (): Instant => instantOf(Date.now());
export const realRandom = (bytes: number): Uint8Array => randomBytes(bytes);
/** Bytes that are the same in every run of a seed: for tests and the demo, where nothing is secret. */
export function seededRandom(seed: string): (bytes: number) => Uint8Array {
  let count = 0;
  return (bytes) => {
    count += 1;
    return createHash("sha512").update(`${seed}:${count}`).digest().subarray(0, bytes);
  };
}

export const realPause = async (ms: number): Promise<void> => void (await pause(ms));
export const nothingReached = (): void => undefined;

/** A new id at an instant. */
export const newId = (world: Pick<World, "random">, now: Instant): Id => uuidv7(millisecondsOf(now), world.random(10));
