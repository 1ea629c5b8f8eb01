// Hints: after a commit every process hears, within a few milliseconds, which topics moved and which queues have work.
import type { Client } from "pg";
import type { Queue } from "./queue/port.ts";
import type { World } from "./world.ts";

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

const everything: Hint = { topic: "*", type: "*" };
const againMs = 1_000;

/** Hints over PostgreSQL, on a session connection of their own that is opened anew whenever it is lost. */
export async function openHints(
  connect: () => Client,
  queue: Queue,
  { pause, reach }: Pick<World, "pause" | "reach">,
  failed: (error: unknown) => void,
): Promise<Hints> {
  const ears = new Set<(hint: Hint) => void>();
  const tell = (hint: Hint): void => ears.forEach((ear) => ear(hint));
  let gathered: { hints: Hint[]; queues: Set<string> } | undefined;
  let closing = false;
  let client = await listen();

  async function listen(): Promise<Client> {
    const fresh = connect();
    fresh.on("notification", ({ payload }) => {
      const { hints, queues } = JSON.parse(payload ?? "{}") as Packet;
      for (const name of queues) queue.wake(name);
      hints.forEach(tell);
    });
    fresh.on("error", failed);
    await fresh.connect();
    await fresh.query("listen hint");
    fresh.once("end", () => void listenAgain());
    return fresh;
  }

  /** Until the database is back. What was said meanwhile is not known, so everybody looks again. */
  async function listenAgain(): Promise<void> {
    await pause(againMs);
    if (closing) return;
    const fresh = await listen().catch(failed);
    if (!fresh) return listenAgain();
    client = fresh;
    if (closing) return client.end();
    tell(everything);
  }

  async function send(): Promise<void> {
    await pause(gatherMs);
    const { hints, queues } = gathered ?? { hints: [], queues: new Set() };
    gathered = undefined;
    if (closing) return;
    const whole = JSON.stringify({ hints, queues: [...queues] } satisfies Packet);
    const payload = whole.length <= longestPayload ? whole : JSON.stringify({ hints: [everything], queues: [...queues] } satisfies Packet);
    reach("hint-leaving");
    await client.query("select pg_notify('hint', $1)", [payload]);
    reach("hint-sent");
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
