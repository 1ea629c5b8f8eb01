// Every call that leaves for another server goes through here: only to addresses that everybody may call, and for a bounded time and size.
import type { JsonObject } from "@partcommune/shared/platform/json";
import { bodyOf, call, isTooLarge, type Answered, type Transport } from "./fetcher/call.ts";
import { addressesOf, callable, type Surroundings } from "./fetcher/where.ts";
import { readStrict } from "./read.ts";
import type { Outgoing } from "./sign/claim.ts";
import { acceptActivity, AS } from "./vocabulary.ts";

export interface FetcherWorld extends Surroundings {
  /** Milliseconds. */
  now(): number;
  /** Headers that sign a request as the coop itself. */
  sign?(request: Outgoing): Promise<Record<string, string>>;
  /** Real milliseconds that a fetch or a delivery may take in all. */
  readonly withinMs?: number;
  /** How calls leave, where it is not over the network. */
  readonly transport?: Transport;
}

export type WhyNot = "refusedAddress" | "timeout" | "tooLarge" | "notActivity" | "otherId" | "status" | "network" | "redirects";
export type Missed = { readonly ok: false; readonly why: WhyNot; readonly status?: number };
export type Fetched = { readonly ok: true; readonly url: string; readonly bytes: Buffer; readonly document: JsonObject } | Missed;

/** What is asked for: a document of ActivityStreams, or an answer of WebFinger or NodeInfo. */
export type Asked = "activity" | "jrd";

/** How a delivery ended: the status of the answer, or 0 and why none came. */
export type Posted = { readonly status: number; readonly retryAfter?: string; readonly why?: WhyNot };

export interface Fetcher {
  /** The document at an address, which is also its id. */
  get(url: string, asked?: Asked): Promise<Fetched>;
  /** Delivers a body. Where an answer leads is not followed, and what it says is not read. */
  post(url: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<Posted>;
}

const patienceMs = 10_000;
const mostRedirects = 2;
const missedForMs = 300_000;
/** Who did not answer may be back; what was answered with a no stays so for a while. */
const silentForMs = 20_000;
const mostMissed = 1_000;

/** A fetcher in these surroundings. Of several who want one address at once, one asks; what was refused is not asked for again for five minutes. */
export function guardedFetcher(world: FetcherWorld): Fetcher {
  const flying = new Map<string, Promise<Fetched>>();
  const missed = new Map<string, { readonly fetched: Missed; readonly at: number }>();
  const remember = (key: string, fetched: Fetched): void => {
    if (fetched.ok) return;
    missed.delete(key);
    missed.set(key, { fetched, at: world.now() });
    const [oldest] = missed.keys();
    if (missed.size > mostMissed && oldest !== undefined) missed.delete(oldest);
  };
  const fly = async (key: string, url: string, asked: Asked): Promise<Fetched> => {
    try {
      const fetched = await documentAt(url, asked, world);
      remember(key, fetched);
      return fetched;
    } finally {
      flying.delete(key);
    }
  };
  return {
    async get(url, asked = "activity") {
      const key = `${asked} ${url}`;
      const before = missed.get(key);
      if (before && world.now() - before.at < restOf(before.fetched)) return before.fetched;
      const flight = flying.get(key) ?? fly(key, url, asked);
      flying.set(key, flight);
      return flight;
    },
    post: (url, headers, body) => posted(url, headers, body, world),
  };
}

/** The document that says of itself that it is at this address; one that names another of the same origin is asked for there, once. */
async function documentAt(start: string, asked: Asked, world: FetcherWorld): Promise<Fetched> {
  const signal = AbortSignal.timeout(world.withinMs ?? patienceMs);
  const first = await followed(start, asked, world, signal);
  if (!first.ok || asked === "jrd" || isNamed(first)) return first;
  const { id } = first.document;
  if (typeof id !== "string" || URL.parse(id)?.origin !== new URL(first.url).origin) return missing("otherId");
  const second = await followed(id, asked, world, signal);
  return !second.ok || isNamed(second) ? second : missing("otherId");
}

/** As texts: two ways to write one address would be two names to everybody who compares them. */
const isNamed = ({ document, url }: { readonly document: JsonObject; readonly url: string }): boolean => document["id"] === url;

const restOf = ({ why }: Missed): number => (why === "network" || why === "timeout" ? silentForMs : missedForMs);

const leave = ({ transport = call }: FetcherWorld): Transport => transport;

const missing = (why: WhyNot, status?: number): Missed => ({ ok: false, why, ...(status !== undefined && { status }) });

/** Asks, and asks where an answer leads: a few times, by the same scheme, each address checked like the first. */
async function followed(start: string, asked: Asked, world: FetcherWorld, signal: AbortSignal): Promise<Fetched> {
  let url = callable(start, world);
  try {
    for (let hops = 0; hops <= mostRedirects; hops += 1) {
      if (!url) return missing("refusedAddress");
      const answer = await answerTo(url, asked, world, signal);
      if (!answer) return missing("refusedAddress");
      const next = leadsTo(answer, url);
      if (next === undefined) return await readAnswer(answer, url, asked, signal);
      answer.destroy();
      if (!next.startsWith(url.protocol)) return missing("redirects");
      url = callable(next, world);
    }
    return missing("redirects");
  } catch (fault) {
    return missing(whyOf(fault, signal));
  }
}

/** What an address answers; undefined when it is not to be called. Who refuses a signature over the query is asked again without it in what is signed. */
async function answerTo(url: URL, asked: Asked, world: FetcherWorld, signal: AbortSignal): Promise<Answered | undefined> {
  const addresses = await until(signal, addressesOf(url, world));
  if (!addresses) return undefined;
  const accept = asked === "activity" ? acceptActivity : "application/jrd+json, application/json";
  const ask = async (signed: URL): Promise<Answered> => {
    const signature = await world.sign?.({ method: "GET", url: signed });
    return leave(world)({ method: "GET", url, headers: { accept, "accept-encoding": "gzip, br", ...signature } }, addresses, signal);
  };
  const answer = await ask(url);
  if (answer.statusCode !== 401 || !world.sign || url.search === "") return answer;
  answer.destroy();
  return ask(new URL(url.pathname, url));
}

/** Waits no longer than the deadline, whoever answers. */
async function until<Value>(signal: AbortSignal, value: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return Promise.race([value, promise]);
}

/** Where an answer leads, as it would be written in full. */
function leadsTo({ statusCode = 0, headers: { location } }: Answered, from: URL): string | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  return URL.parse(location ?? "", from)?.href ?? "";
}

async function readAnswer(answer: Answered, url: URL, asked: Asked, signal: AbortSignal): Promise<Fetched> {
  const refused =
    answer.statusCode === 200
      ? isOfKind(answer.headers["content-type"], asked)
        ? undefined
        : missing("notActivity")
      : missing("status", answer.statusCode);
  if (refused) {
    answer.destroy();
    return refused;
  }
  const bytes = await bodyOf(answer, signal);
  const document = bytes && readStrict(bytes);
  return bytes && document ? { ok: true, url: url.href, bytes, document } : missing("notActivity");
}

/** Whether a media type says what was asked for. That something is JSON does not make it an activity: people upload JSON. */
function isOfKind(type: string | undefined, asked: Asked): boolean {
  const [name = "", ...parameters] = (type ?? "").split(";").map((part) => part.trim());
  const kind = name.toLowerCase();
  if (asked === "jrd") return kind === "application/jrd+json" || kind === "application/json";
  const profiles = parameters.flatMap((each) => /^profile="?([^"]*)"?$/i.exec(each)?.[1]?.split(" ") ?? []);
  return kind === "application/activity+json" || (kind === "application/ld+json" && profiles.includes(AS));
}

function whyOf(fault: unknown, signal: AbortSignal): WhyNot {
  if (isTooLarge(fault)) return "tooLarge";
  return signal.aborted ? "timeout" : "network";
}

async function posted(to: string, headers: Readonly<Record<string, string>>, body: Buffer, world: FetcherWorld): Promise<Posted> {
  const signal = AbortSignal.timeout(world.withinMs ?? patienceMs);
  try {
    const url = callable(to, world);
    const addresses = url && (await until(signal, addressesOf(url, world)));
    if (!addresses) return { status: 0, why: "refusedAddress" };
    const answer = await leave(world)({ method: "POST", url, headers, body }, addresses, signal);
    answer.destroy();
    const retryAfter = answer.headers["retry-after"];
    return { status: answer.statusCode ?? 0, ...(retryAfter !== undefined && { retryAfter }) };
  } catch (fault) {
    return { status: 0, why: whyOf(fault, signal) };
  }
}
