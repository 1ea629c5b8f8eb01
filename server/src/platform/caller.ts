// Somebody who calls a coop's doors in process, with the cookie they were given: the people of the demo and of tests.
import type { FastifyInstance } from "fastify";
import { paramsOf, pathWith, type AskedOf, type Endpoint, type ToldOf } from "@partcommune/shared/platform/endpoint";

type Response = Awaited<ReturnType<FastifyInstance["inject"]>>;

export type Caller = {
  readonly call: <E extends Endpoint>(endpoint: E, input: AskedOf<E>, key?: string) => Promise<Answered<ToldOf<E>>>;
  /** A request as raw as a stranger would make it. */
  readonly raw: (request: Request) => Promise<Response>;
};

export type Request = { method: Endpoint["method"]; url: string; headers?: Record<string, string>; payload?: string };

export type Answered<Body> = {
  readonly status: number;
  readonly body: Body;
  readonly problem: string | undefined;
  readonly headers: Response["headers"];
  readonly text: string;
};

/** An ask as it goes over the line: what its path does not say stands in the query of a question, and in the body of an act. */
export function requestOf<E extends Endpoint>(endpoint: E, input: AskedOf<E>, key: string, origin: string): Request {
  const params = new Set(paramsOf(endpoint.path));
  const values = input as Record<string, unknown>;
  const rest = Object.fromEntries(Object.entries(values).filter(([name]) => !params.has(name)));
  const path = pathWith(endpoint.path, values);
  const query = new URLSearchParams(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  if (endpoint.method === "GET") return { method: "GET", url: query.size > 0 ? `${path}?${query.toString()}` : path };
  const headers = { "content-type": "application/json", "idempotency-key": key, origin };
  return { method: endpoint.method, url: path, headers, payload: JSON.stringify(rest) };
}

let calls = 0;

/** A new caller, known to nobody yet; `from` says at which address they knock this time. */
export function callerOf(app: Pick<FastifyInstance, "inject">, origin: string, from?: () => string): Caller {
  let cookie: string | undefined;
  const raw: Caller["raw"] = async ({ method, url, headers = {}, payload }) => {
    const answer = await app.inject({
      method,
      url,
      ...(from ? { remoteAddress: from() } : {}),
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    const given = answer.cookies.find(({ name }) => name.includes("session"));
    if (given) cookie = `${given.name}=${given.value}`;
    return answer;
  };
  return {
    raw,
    call: async (endpoint, input, key = `call-${(calls += 1)}`) => {
      const answer = await raw(requestOf(endpoint, input, key, origin));
      const body = answer.body === "" ? undefined : (JSON.parse(answer.body) as { title?: string });
      return {
        status: answer.statusCode,
        body: body as never,
        problem: answer.statusCode >= 400 ? body?.title : undefined,
        headers: answer.headers,
        text: answer.body,
      };
    },
  };
}
