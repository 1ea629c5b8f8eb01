// A network that exists only here: calls between coops of one process, which get lost, arrive twice, late or unanswered as a seed says.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { Answered, Call, Transport } from "@partcommune/federation/fetcher/call";
import { later, type Instant } from "@partcommune/shared/platform/time";

/** What becomes of a call: of a hundred, how many. The rest arrive and are answered. */
export type Weather = { readonly lost: number; readonly unanswered: number; readonly doubled: number; readonly late: number };

/** Three of ten are disturbed. */
export const rough: Weather = { lost: 9, unanswered: 7, doubled: 7, late: 7 };
export const fair: Weather = { lost: 0, unanswered: 0, doubled: 0, late: 0 };

type Fate = keyof Weather | "arrives";
type Coop = Pick<FastifyInstance, "inject">;

export type Network = {
  readonly join: (origin: string, coop: Coop) => void;
  /** How the coop of this origin calls others. */
  readonly transport: (from: string) => Transport;
  readonly set: (weather: Weather) => void;
  /** Between these two nothing passes until all is healed. */
  readonly cut: (one: string, other: string) => void;
  readonly heal: () => void;
  /** Hands over what was late and is due now. */
  readonly bringLate: () => Promise<void>;
  readonly nextLate: () => Instant | undefined;
  /** How many calls were made, and what became of them. */
  readonly counted: () => Readonly<Record<Fate | "cut", number>>;
};

const mostLateMs = 600_000;

export function openNetwork(seed: string, now: () => Instant): Network {
  const coops = new Map<string, Coop>();
  const cuts = new Set<string>();
  const late: { readonly at: Instant; readonly from: string; readonly call: Call }[] = [];
  const counts = { arrives: 0, lost: 0, unanswered: 0, doubled: 0, late: 0, cut: 0 };
  let [weather, calls] = [fair, 0];
  const pair = (one: string, other: string): string => [one, other].toSorted().join(" ");

  async function arrive({ method, url, headers, body }: Call): Promise<Answered> {
    const coop = coops.get(url.origin);
    if (!coop) throw new Error(`nobody is at ${url.origin}`);
    const asked = { method, url: url.pathname + url.search, headers: { ...headers, host: url.host }, ...(body ? { payload: body } : {}) };
    const { statusCode, headers: told, rawPayload } = await coop.inject(asked);
    return Object.assign(Readable.from([rawPayload]), { statusCode, headers: told as Answered["headers"] });
  }

  const transport =
    (from: string): Transport =>
    async (call) => {
      const chance = chanceOf(seed, (calls += 1));
      const fate = cuts.has(pair(from, call.url.origin)) ? "cut" : fateAt(weather, call, chance);
      counts[fate] += 1;
      if (fate === "late") late.push({ at: later(now(), 1_000 + ((chance * 7_919) % mostLateMs)), from, call });
      if (fate === "lost" || fate === "late" || fate === "cut") throw new Error(`a call to ${call.url.host} was ${fate}`);
      if (fate === "doubled") (await arrive(call)).destroy();
      const answer = await arrive(call);
      if (fate !== "unanswered") return answer;
      answer.destroy();
      throw new Error(`the answer of ${call.url.host} was lost`);
    };

  return {
    join: (origin, coop) => void coops.set(origin, coop),
    transport,
    set: (next) => void (weather = next),
    cut: (one, other) => void cuts.add(pair(one, other)),
    heal: () => cuts.clear(),
    bringLate: async () => {
      const due = late.filter(({ at }) => at <= now());
      for (const each of due) {
        late.splice(late.indexOf(each), 1);
        (await arrive(each.call)).destroy();
      }
    },
    nextLate: () => late.map(({ at }) => at).toSorted()[0],
    counted: () => counts,
  };
}

/** A number below a million, the same for the same seed and call. */
const chanceOf = (seed: string, call: number): number => createHash("sha256").update(`${seed}:${call}`).digest().readUInt32BE() % 1_000_000;

/** Only what is handed over can be handed over twice, or late: who asks for a document waits for it. */
function fateAt(weather: Weather, { method }: Call, chance: number): Fate {
  let from = 0;
  for (const fate of ["lost", "unanswered", "doubled", "late"] as const) {
    from += weather[fate] * 10_000;
    if (chance < from) return method === "POST" || fate === "lost" ? fate : "unanswered";
  }
  return "arrives";
}
