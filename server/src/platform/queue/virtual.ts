// The queue of tests and simulations: errands wait in memory until someone says "settle", in a fixed order.
import type { Errand, Listen, Queue } from "./port.ts";

export type VirtualQueue = Queue & {
  /** Works until nothing waits any more; an errand that fails fails the caller. */
  readonly settle: () => Promise<void>;
  readonly isEmpty: () => boolean;
};

export function openVirtual(): VirtualQueue {
  const waiting: Errand[] = [];
  const listeners = new Map<string, Listen>();
  return {
    enqueue: async (_tx, errands) => () => void waiting.push(...errands),
    listen: async (queue, listener) => void listeners.set(queue, listener),
    wake: () => undefined,
    stop: async () => undefined,
    isEmpty: () => waiting.length === 0,
    async settle() {
      for (let errand = waiting.shift(); errand; errand = waiting.shift()) await listeners.get(errand.queue)?.(errand.fact);
    },
  };
}
