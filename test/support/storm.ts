// The worst weather that loses nothing for ever: every message comes twice, and half of them come after what was said later.
import type { Fetcher } from "@partcommune/federation/fetcher";
import type { Travels } from "./sisters.ts";

type Message = Parameters<Fetcher["post"]>;

export type Storm = {
  readonly travels: Travels;
  /** What was held up on the way arrives, the latest first. */
  readonly bringLate: () => Promise<void>;
  /** How many messages came twice, and how many late. */
  readonly counted: () => { readonly doubled: number; readonly late: number };
};

/** Of what leaves, every second message is held up: its sender hears that it should come again later, and both copies come. */
export function openStorm(): Storm {
  const heldUp: (() => Promise<unknown>)[] = [];
  const seen = new Set<string>();
  const counts = { doubled: 0, late: 0 };

  function travels(fetcher: Fetcher): Fetcher {
    return {
      ...fetcher,
      post: async (...message: Message) => {
        const [url, , bytes] = message;
        const what = `${url} ${String(bytes)}`;
        const isNew = !seen.has(what);
        seen.add(what);
        if (isNew && seen.size % 2 === 1) {
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
    bringLate: async () => {
      for (let last = heldUp.pop(); last; last = heldUp.pop()) await last();
    },
    counted: () => counts,
  };
}
