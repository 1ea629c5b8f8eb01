// The worst weather that loses nothing for ever: every message comes twice, and half of them come after what was said later.
import type { Fetcher } from "@partcommune/federation/fetcher";
import type { Travels } from "./sisters.ts";

type Message = Parameters<Fetcher["post"]>;

export type Storm = {
  readonly travels: Travels;
  /** The next message is held up, whatever its turn. */
  readonly holdNext: () => void;
  /** What was held up on the way arrives, in the order in which it was said. */
  readonly bringLate: () => Promise<void>;
  /** How many messages came twice, and how many late. */
  readonly counted: () => { readonly doubled: number; readonly late: number };
};

/** Of what leaves, every second message is held up: its sender hears that it should come again later, and both copies come. */
export function openStorm(): Storm {
  const heldUp: (() => Promise<unknown>)[] = [];
  const seen = new Set<string>();
  const counts = { doubled: 0, late: 0 };
  let isHeld = false;

  function travels(fetcher: Fetcher): Fetcher {
    return {
      ...fetcher,
      post: async (...message: Message) => {
        const [url, , bytes] = message;
        const what = `${url} ${String(bytes)}`;
        const isNew = !seen.has(what);
        seen.add(what);
        if (isHeld || (isNew && seen.size % 2 === 1)) {
          isHeld = false;
          counts.late += 1;
          heldUp.push(() => fetcher.post(...message));
          return { status: 429 };
        }
        counts.doubled += 1;
        await fetcher.post(...message);
        return fetcher.post(...message);
      },
    };
  }

  return {
    travels,
    holdNext: () => void (isHeld = true),
    bringLate: async () => {
      for (let first = heldUp.shift(); first; first = heldUp.shift()) await first();
    },
    counted: () => counts,
  };
}
