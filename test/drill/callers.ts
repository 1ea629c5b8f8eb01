// Callers who want each act done once: what was not acknowledged is repeated with the same key until it is, or is refused.
import { setTimeout as pause } from "node:timers/promises";
import { paramsOf, pathWith, type AskedOf, type Endpoint, type ToldOf } from "@partcommune/shared/platform/endpoint";

/** One intent, with all that was heard of it. `status` is absent while nobody knows its outcome. */
export type Intent = {
  readonly kind: string;
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Asks once more, the same way, and tells nothing of it. */
  readonly again: () => Promise<{ readonly status: number; readonly text: string }>;
  tries: number;
  status?: number;
  text?: string;
};

export type Caller = {
  readonly act: <E extends Endpoint>(kind: string, endpoint: E, input: AskedOf<E>) => Promise<ToldOf<E> | undefined>;
  readonly read: <E extends Endpoint>(endpoint: E, input: AskedOf<E>) => Promise<ToldOf<E> | undefined>;
  /** A file, as its text. */
  readonly file: <E extends Endpoint>(endpoint: E, input: AskedOf<E>) => Promise<string | undefined>;
};

/** `vanished`: what somebody looked for after its making had been acknowledged, and was told that there is no such thing. */
export type Crowd = { readonly intents: Intent[]; readonly vanished: string[]; readonly stopped: () => boolean };

const patienceMs = 15_000;
const betweenTriesMs = 60;
const mostTries = 2_000;
let addresses = 0;

/** Somebody with a cookie of their own, who comes from another address each time so that no limit on addresses holds them up. */
export function openCaller(base: string, crowd: Crowd, name: string): Caller {
  let cookie = "";
  let count = 0;
  const knock = async (as: string, method: string, path: string, body?: string, key?: string) => {
    addresses += 1;
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: {
        cookie: as,
        "x-forwarded-for": `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`,
        ...(body === undefined ? {} : { "content-type": "application/json", "idempotency-key": key ?? "" }),
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const given = answer.headers.getSetCookie().find((line) => line.startsWith("session-"));
    if (given) cookie = given.split(";", 1)[0] ?? "";
    return { status: answer.status, text: await answer.text() };
  };
  const shown = async <E extends Endpoint>(endpoint: E, input: AskedOf<E>): Promise<string | undefined> => {
    for (;;) {
      const answer = await knock(cookie, "GET", pathWith(endpoint.path, input as Record<string, unknown>)).catch(() => undefined);
      if (answer && answer.status < 300) return answer.text;
      if (answer?.status === 404) return void crowd.vanished.push(`${endpoint.path} of ${name}: ${JSON.stringify(input)}`);
      if (answer && answer.status < 500) throw new Error(`${endpoint.path} answered ${answer.status}: ${answer.text}`);
      await pause(betweenTriesMs);
    }
  };
  return {
    async act(kind, endpoint, asked) {
      const input = asked as Record<string, unknown>;
      const params = new Set(paramsOf(endpoint.path));
      const body = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([field]) => !params.has(field))));
      const key = `${name}-${(count += 1)}`;
      const as = cookie; // a key is one person's: who repeats it does so as who they were
      const again = () => knock(as, endpoint.method, pathWith(endpoint.path, input), body, key);
      const intent: Intent = { kind, key, input, again, tries: 0 };
      crowd.intents.push(intent);
      await settle(intent);
      return intent.status !== undefined && intent.status < 300 ? (JSON.parse(intent.text ?? "") as never) : undefined;
    },
    read: async (endpoint, input) => {
      const text = await shown(endpoint, input);
      return text === undefined ? undefined : (JSON.parse(text) as never);
    },
    file: shown,
  };
}

/** Knocks until the outcome is known. */
async function settle(intent: Intent): Promise<void> {
  while (intent.tries < mostTries) {
    intent.tries += 1;
    const heard = await intent.again().catch(() => undefined);
    if (heard && !isUnknown(heard)) return void Object.assign(intent, heard);
    await pause(betweenTriesMs);
  }
}

/** What neither did nor refused the act. */
const isUnknown = ({ status, text }: { readonly status: number; readonly text: string }): boolean =>
  status >= 500 || status === 429 || text.includes("same-key-in-flight");
