// The only place that touches the clock, chance and the outside: everything else is handed a world.
import { createHash, randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { setTimeout as pause } from "node:timers/promises";
import { uuidv7, type Id } from "@partcommune/shared/platform/id";
import { instantOf, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Fetcher, FetcherWorld } from "@partcommune/federation/fetcher";
import type { Queue } from "./queue/port.ts";

/** A letter ready to leave. */
export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A message to a push service, sealed already. */
export type Post = { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array<ArrayBuffer> };

export type Push = {
  /** Origins of push services beyond those of known browsers. */
  readonly services: readonly string[];
  /** Hands a message over and returns the status of the answer; 0 when none came. */
  readonly send: (post: Post) => Promise<number>;
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
  /** Hands messages to push services; absent where nothing is pushed. */
  readonly push?: Push;
  /** Reaches other servers; absent where this coop has no address that they could know it by. */
  readonly outside?: (sign: NonNullable<FetcherWorld["sign"]>) => Fetcher;
  /** Whether what may run side by side runs one after the other: a simulation is then the same in every run of its seed. */
  readonly inOrder?: true;
  /** Called at each named point where a crash could lose or double something; the kill drill dies there. */
  readonly reach: (point: Failpoint) => void;
};

/** Points between which a crash must lose and double nothing: those of every write, and those of what must happen once. */
export const failpoints = [
  // one write
  "asked",
  "begun",
  "key-taken",
  "acted",
  "facts-written",
  "errands-queued",
  "key-kept",
  "committed",
  "hinted",
  "answering",
  // what follows a commit
  "hint-leaving",
  "hint-sent",
  "errand-taken",
  "errand-done",
  "letter-leaving",
  "letter-sent",
  "due-found",
  "due-done",
  // inside an act
  "entry-posting",
  "entry-posted",
  "seal-reckoned",
  "sealed",
  "number-taken",
  "paper-kept",
  "part-kept",
  "file-kept",
] as const;
/** Points that only months lead to, so that no drill on a real clock passes them; a story on a clock of its own dies there. */
export const latePoints = ["enacting", "enacted"] as const;
export type Failpoint = (typeof failpoints)[number] | (typeof latePoints)[number];

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
const patienceMs = 10_000;

/** Posts and looks at the status alone: where else an answer points to, and what it says, is not read. */
export async function realSend({ url, headers, body }: Post): Promise<number> {
  const signal = AbortSignal.timeout(patienceMs);
  // Whatever kept the answer away, the sender counts it and goes on.
  const answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status ?? 0;
}

/** All addresses of a name, whichever family; none where it has no name. */
export const realResolve = async (name: string): Promise<readonly string[]> =>
  (await lookup(name, { all: true }).catch(() => [])).map(({ address }) => address);

export const nothingReached = (): void => undefined;

/** A new id at an instant; those of one act come in the order in which they are made. */
export const newId = (world: Pick<World, "random">, now: Instant, nth?: number): Id => uuidv7(millisecondsOf(now), world.random(10), nth);
