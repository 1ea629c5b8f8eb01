// Who waits at a door goes first: what is worked off in the background lets them pass, though never for long.
import type { World } from "./world.ts";

export type Passage = {
  /** Somebody is answered. */
  readonly pass: <Value>(answer: () => Promise<Value>) => Promise<Value>;
  /** Waits until nobody is being answered, or for a moment. */
  readonly free: () => Promise<void>;
};

// However many knock, what waits behind them gets on: so often a second for each that works.
const patienceMs = 250;

export function openPassage({ pause }: Pick<World, "pause">): Passage {
  let passing = 0;
  let waiting: (() => void)[] = [];
  const letGo = (): void => {
    const all = waiting;
    waiting = [];
    all.forEach((go) => go());
  };
  return {
    async pass(answer) {
      passing += 1;
      try {
        return await answer();
      } finally {
        passing -= 1;
        if (passing === 0) letGo();
      }
    },
    async free() {
      if (passing === 0) return;
      await Promise.race([new Promise<void>((go) => void waiting.push(go)), pause(patienceMs)]);
    },
  };
}
