// Hints: after a commit every process hears, within a few milliseconds, which topics moved and which queues have work.
import type { Client } from "pg";
import type { Queue } from "./queue/port.ts";

/** Something moved: a topic and the fact that moved it. Never content; `*` means "ask again for everything". */
export type Hint = { readonly topic: string; readonly type: string };
export type Hints = {
  readonly give: (hints: readonly Hint[], queues: readonly string[]) => void;
  readonly hear: (ear: (hint: Hint) => void) => () => void;
  readonly close: () => Promise<void>;
};

type Packet = { readonly hints: readonly Hint[]; readonly queues: readonly string[] };

// A NOTIFY inside each transaction would line up all commits behind one lock; one per 20 ms after them does not.
const gatherMs = 20;
const longestPayload = 7_000;

/** Hints over PostgreSQL, on a session connection of their own. */
export async function openHints(
  client: Client,
  queue: Queue,
  pause: (ms: number) => Promise<void>,
  failed: (error: unknown) => void,
): Promise<Hints> {
  const ears = new Set<(hint: Hint) => void>();
  let gathered: { hints: Hint[]; queues: Set<string> } | undefined;
  let closing = false;
  client.on("notification", ({ payload }) => {
    const { hints, queues } = JSON.parse(payload ?? "{}") as Packet;
    for (const name of queues) queue.wake(name);
    for (const hint of hints) for (const ear of ears) ear(hint);
  });
  client.on("error", failed);
  await client.connect();
  await client.query("listen hint");

  async function send(): Promise<void> {
    await pause(gatherMs);
    const { hints, queues } = gathered ?? { hints: [], queues: new Set() };
    gathered = undefined;
    if (closing) return;
    const whole = JSON.stringify({ hints, queues: [...queues] } satisfies Packet);
    const payload =
      whole.length <= longestPayload ? whole : JSON.stringify({ hints: [{ topic: "*", type: "*" }], queues: [...queues] } satisfies Packet);
    await client.query("select pg_notify('hint', $1)", [payload]);
  }

  return {
    give(hints, queues) {
      if (hints.length === 0 && queues.length === 0) return;
      if (!gathered) {
        gathered = { hints: [], queues: new Set() };
        void send().catch(failed); // a lost hint costs a poll, never a fact
      }
      gathered.hints.push(...hints);
      for (const name of queues) gathered.queues.add(name);
    },
    hear(ear) {
      ears.add(ear);
      return () => ears.delete(ear);
    },
    async close() {
      closing = true;
      await client.end();
    },
  };
}
