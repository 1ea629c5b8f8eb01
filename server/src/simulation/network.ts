// A network that exists only here: calls between coops of one process, which get lost, arrive twice, late or unanswered as a seed says.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { Answered, Call, Transport } from "@partcommune/federation/fetcher/call";
import { later, type Instant } from "@partcommune/shared/platform/time";

/** What becomes of a call: of twenty that one coop makes to another, how many. The rest arrive and are answered. */
export type Weather = {
  readonly lost: number;
  readonly unanswered: number;
  readonly doubled: number;
  readonly late: number;
  /** Answered with a yes and thrown away, which no network does and no server may: a simulation must find it out. */
  readonly swallowed: number;
};

/** Three of ten are disturbed. */
export const rough: Weather = { lost: 2, unanswered: 1, doubled: 1, late: 2, swallowed: 0 };
export const fair: Weather = { lost: 0, unanswered: 0, doubled: 0, late: 0, swallowed: 0 };
/** A network that lies. */
export const treacherous: Weather = { ...rough, swallowed: 12 };

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
  /** A text that is the same only where every call was: who asked whom for what, when, and what became of it. */
  readonly trace: () => string;
};

const mostLateMs = 600_000;

export function openNetwork(seed: string, now: () => Instant): Network {
  const coops = new Map<string, Coop>();
  const cuts = new Set<string>();
  const late: { readonly at: Instant; readonly from: string; readonly call: Call }[] = [];
  const counts = { arrives: 0, lost: 0, unanswered: 0, doubled: 0, late: 0, swallowed: 0, cut: 0 };
  const course = createHash("sha256");
  const made = new Map<string, number>();
  let weather = fair;
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
      const way = `${call.method} ${from} ${call.url.origin}`;
      const nth = made.get(way) ?? 0;
      made.set(way, nth + 1);
      const fate = cuts.has(pair(from, call.url.origin)) ? "cut" : fateOf(weather, call, `${seed} ${way}`, nth);
      counts[fate] += 1;
      course.update(`${now()} ${from} ${call.method} ${call.url.href} ${fate}\n`);
      if (fate === "late") late.push({ at: later(now(), 1_000 + (chanceOf(`${seed} ${way} ${nth}`) % mostLateMs)), from, call });
      if (fate === "lost" || fate === "late" || fate === "cut") throw new Error(`a call to ${call.url.host} was ${fate}`);
      if (fate === "swallowed") return Object.assign(Readable.from([]), { statusCode: 202, headers: {} });
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
    trace: () => course.copy().digest("base64url"),
  };
}

const chanceOf = (what: string): number => createHash("sha256").update(what).digest().readUInt32BE();

const fates = ["lost", "unanswered", "doubled", "late", "swallowed"] as const;
const handed = 20;

/**
 * The fate of the nth call of a way, drawn without putting back, so that each twenty meet every fate as often as the weather says.
 * Only what is handed over can be handed over twice, or late: who asks for a document waits for it, and is answered or not.
 */
function fateOf(weather: Weather, { method }: Call, way: string, nth: number): Fate {
  const round = Math.floor(nth / handed);
  const places = Array.from({ length: handed }, (_, place) => ({ place, chance: chanceOf(`${way} ${round} ${place}`) }));
  const drawn = places.toSorted((one, other) => one.chance - other.chance)[nth % handed]?.place ?? 0;
  const fate = fates.flatMap((each) => Array.from({ length: weather[each] }, () => each))[drawn];
  return fate === undefined || (method !== "POST" && fate !== "lost" && fate !== "unanswered") ? "arrives" : fate;
}
