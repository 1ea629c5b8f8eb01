// Lanes: what waits in a table of its own is worked off thing by thing, many things at once and each one in its order.
import type { Id } from "@partcommune/shared/platform/id";

/** What a lane works off: which things have something due, and the work on one of them. It bears repetition, and two processes at once. */
export type Work = { readonly due: () => Promise<readonly Id[]>; readonly work: (id: Id) => Promise<void> };

export type Lanes = {
  /** Says that something waits for this thing. Woken while it works, its lane looks once more. */
  readonly wake: (lane: string, id: Id) => void;
  /** Wakes every lane in which something is due, or those of one name: what failed, what a crash left, what had to wait for its hour. */
  readonly wakeDue: (name?: string) => Promise<void>;
  /** Waits until no lane works any more. */
  readonly idle: () => Promise<void>;
  readonly isIdle: () => boolean;
  /** Begins nothing more, and lets what runs end. */
  readonly stop: () => Promise<void>;
};

/** How often whatever was left lying is looked for: whoever was away for half a minute is asked again within the next. */
export const laneMs = 15_000;

const mostAtOnce = 64;

/** A lane for each thing. One that fails is told, and left to be woken again. */
export function openLanes(works: Readonly<Record<string, Work>>, failed: (error: unknown) => void): Lanes {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const waiting = new Map<string, () => Promise<void>>();
  const state = { closing: false };

  async function run(key: string, { work }: Work, id: Id): Promise<void> {
    do {
      again.delete(key);
      await work(id).catch(failed);
    } while (again.has(key) && !state.closing);
    running.delete(key);
    const [first] = waiting;
    if (first && !state.closing) begin(...first);
  }

  function begin(key: string, start: () => Promise<void>): void {
    if (running.size >= mostAtOnce) return void waiting.set(key, start);
    waiting.delete(key);
    running.set(key, start());
  }

  function wake(lane: string, id: Id): void {
    const work = works[lane];
    if (state.closing || !work) return;
    const key = `${lane} ${id}`;
    if (running.has(key)) again.add(key);
    else begin(key, () => run(key, work, id));
  }

  return {
    wake,
    wakeDue: (name) => wakeAll(works, wake, name),
    async idle() {
      while (running.size > 0) await Promise.all(running.values());
    },
    isIdle: () => running.size === 0,
    async stop() {
      state.closing = true;
      await Promise.all(running.values());
    },
  };
}

/** Lanes that work only while somebody waits for them to be idle, one after the other in the order of their names. */
export function openLanesInOrder(works: Readonly<Record<string, Work>>, failed: (error: unknown) => void): Lanes {
  const waiting = new Map<string, () => Promise<void>>();
  const wake = (lane: string, id: Id): void => {
    const work = works[lane];
    if (work) waiting.set(`${lane} ${id}`, () => work.work(id));
  };
  const next = (): (() => Promise<void>) | undefined => {
    const [key = ""] = [...waiting.keys()].toSorted();
    const work = waiting.get(key);
    waiting.delete(key);
    return work;
  };
  return {
    wake,
    wakeDue: (name) => wakeAll(works, wake, name),
    async idle() {
      for (let work = next(); work; work = next()) await work().catch(failed);
    },
    isIdle: () => waiting.size === 0,
    stop: async () => waiting.clear(),
  };
}

async function wakeAll(works: Readonly<Record<string, Work>>, wake: Lanes["wake"], name: string | undefined): Promise<void> {
  for (const [lane, { due }] of Object.entries(works))
    if (name === undefined || name === lane) for (const id of await due()) wake(lane, id);
}
