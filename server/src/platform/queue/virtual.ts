// The queue of tests and simulations: errands wait in memory until someone says "settle", in a fixed order.
import { isUndecided, Refused } from "../refused.ts";
import type { Errand, Listen, Queue } from "./port.ts";

export type VirtualQueue = Queue & {
  /** Works until nothing waits any more; an errand that fails fails the caller, and one that a busy database left undecided is done again. */
  readonly settle: () => Promise<void>;
  readonly isEmpty: () => boolean;
};

export function openVirtual(): VirtualQueue {
  const waiting: Errand[] = [];
  const listeners = new Map<string, Listen>();
  const done = async ({ queue, fact }: Errand, tries = 12): Promise<void> => {
    try {
      await listeners.get(queue)?.(fact);
    } catch (error) {
      if (tries === 1 || !(error instanceof Refused) || !isUndecided(error)) throw error;
      await done({ queue, fact }, tries - 1);
    }
  };
  return {
    enqueue: async (_tx, errands) => () => void waiting.push(...errands),
    listen: async (queue, listener) => void listeners.set(queue, listener),
    wake: () => undefined,
    stop: async () => undefined,
    isEmpty: () => waiting.length === 0,
    async settle() {
      for (let errand = waiting.shift(); errand; errand = waiting.shift()) await done(errand);
    },
  };
}
