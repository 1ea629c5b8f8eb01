// The one way to ask and to act: an endpoint and its input, the same on the server and in the browser.
import { pathWith, paramsOf, type AskedOf, type Endpoint, type EndpointAddress, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { readSession } from "@partcommune/shared/platform/api";
import { askToProve, prove } from "@partcommune/shared/platform/api/proof";
import { byItself, pageOf, type Language, type Told } from "@partcommune/shared/platform/page";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { keepPreviousData, queryOptions, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { notFound, redirect, useRouteContext } from "@tanstack/react-router";
import { useState } from "react";
import { askPasskey } from "./passkey.ts";

/** What only an act carries: the key that makes a repeat harmless, and the version of the thing that was looked at. */
export type Opening = { readonly key?: string; readonly version?: string };
export type Call = <E extends Endpoint>(endpoint: E, input: AskedOf<E>, opening?: Opening) => Promise<ToldOf<E>>;
export type Send = (endpoint: EndpointAddress, input: Readonly<Record<string, unknown>>, opening?: Opening) => Promise<Told>;

/** A no from the server, with everything a person is shown of it. */
export class RefusalShown extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.detail);
    this.name = "RefusalShown";
    this.problem = problem;
  }
}

/** Reads the problem off an error, also off one that travelled from server to browser and lost its class. */
export const problemOf = (error: unknown): ProblemBody | undefined =>
  typeof error === "object" && error !== null && "problem" in error ? (error.problem as ProblemBody) : undefined;

/** A typed call over a way of sending. Anything that is not a success is thrown. */
export const callOver =
  (send: Send): Call =>
  async (endpoint, input, opening) => {
    const { status, body } = await send(endpoint, input, opening);
    if (status >= 400) throw new RefusalShown(problemFrom(status, body));
    return body as ToldOf<typeof endpoint>;
  };

const problemFrom = (status: number, body: unknown): ProblemBody =>
  typeof body === "object" && body !== null && "detail" in body
    ? (body as ProblemBody)
    : { type: "about:blank", title: String(status), status, detail: "", instance: "", facts: {} };

/** Whose page this is, and whether a hand was on it within the last seconds. */
function standingOf(isPersons: boolean): Readonly<Record<string, string>> {
  return { ...(isPersons ? { [pageOf]: "person" } : {}), ...(navigator.userActivation.isActive ? {} : { [byItself]: "yes" }) };
}

/** Sends from a browser: same origin, the session's cookie, and the language of the page so that a refusal speaks it too. */
export const browserSend =
  (language: Language, isPersons: () => boolean): Send =>
  async (endpoint, input, { key, version } = {}) => {
    const inPath = new Set(paramsOf(endpoint.path));
    const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined);
    const reads = endpoint.method === "GET";
    const headers = new Headers({ accept: "application/json", "accept-language": language, ...standingOf(isPersons()) });
    if (key) headers.set("idempotency-key", key);
    if (version) headers.set("if-match", version);
    if (!reads) headers.set("content-type", "application/json");
    const body = reads ? {} : { body: JSON.stringify(Object.fromEntries(rest)) };
    const answer = await fetch(pathWith(endpoint.path, input) + (reads ? queryOf(rest) : ""), {
      method: endpoint.method,
      headers,
      ...body,
    });
    return { status: answer.status, body: answer.status === 204 ? {} : await answer.json().catch(() => undefined) };
  };

/** The query of a GET; a list repeats its name. */
export function queryOf(values: readonly (readonly [string, unknown])[]): string {
  const query = new URLSearchParams(values.flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)])));
  return query.size > 0 ? `?${query}` : "";
}

/** A question with its answer kept by path and input; `topic` is what the live line calls the thing. */
export const wanted = <E extends Endpoint>(call: Call, endpoint: E, input: AskedOf<E>, topic?: string) =>
  queryOptions({
    queryKey: [endpoint.path, input as Readonly<Record<string, unknown>>],
    queryFn: async () => call(endpoint, input),
    ...(topic ? { meta: { topic } } : {}),
  });

/** For a page's own subject: what is absent, or not ours to see, is the not-found page. */
export async function orNotFound<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (problemOf(error)?.status === 404) throw notFound();
    throw error;
  }
}

/** A page that is not yours is told like one that does not exist. */
export async function orAbsent<T>(asked: Promise<T>): Promise<T> {
  try {
    return await orNotFound(asked);
  } catch (error) {
    if ([401, 403].includes(problemOf(error)?.status ?? 0)) throw notFound();
    throw error;
  }
}

/** What only a coop can tell leads to the making of one while there is none. */
export async function orSetup<T>(asked: Promise<T>, language: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (problemOf(error)?.type === "/problems/not-founded") throw redirect({ href: `/${language}/setup` });
    throw error;
  }
}

/** An answer on a screen; its route's loader has asked already. */
export function useWanted<E extends Endpoint>(endpoint: E, input: AskedOf<E>, topic?: string): ToldOf<E> {
  const { call } = useRouteContext({ from: "__root__" });
  return useSuspenseQuery(wanted(call, endpoint, input, topic)).data;
}

/** Whether the session of this page ran out while it stood open: what it shows is kept, and the next question is refused. */
export function useLeft(): boolean {
  const { call } = useRouteContext({ from: "__root__" });
  const { data, error } = useQuery(wanted(call, readSession, {}));
  return data?.left === true || problemOf(error)?.type === "/problems/session-ended";
}

/** An answer that comes while somebody types: nothing at first, and the last one until the next is there. */
export function useAsked<E extends Endpoint>(endpoint: E, input: AskedOf<E>, enabled: boolean, topic?: string): ToldOf<E> | undefined {
  const { call } = useRouteContext({ from: "__root__" });
  const { data } = useQuery({ ...wanted(call, endpoint, input, topic), enabled, placeholderData: keepPreviousData });
  return enabled ? data : undefined;
}

export type Act<E extends Endpoint> = {
  readonly act: (input: AskedOf<E>, version?: string) => Promise<ToldOf<E> | undefined>;
  readonly busy: boolean;
  readonly told: ToldOf<E> | undefined;
  readonly refusal: ProblemBody | undefined;
  readonly forget: () => void;
};

/** Does an act; where it asks for a fresh proof, the person's passkey is asked once and the act repeated as it was. */
async function withProof<T>(call: Call, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (problemOf(error)?.title !== "proof-needed") throw error;
    const question = await call(askToProve, {}, { key: freshKey() });
    const answer = await askPasskey(question).catch(() => undefined);
    // Whoever closes the dialogue has decided: the refusal says what would be needed.
    if (!answer) throw error;
    await call(prove, answer, { key: freshKey() });
    return act();
  }
}

/** An act behind a form: busy while under way, then told or refused. After it all that is on screen is asked again. */
export function useAct<E extends Endpoint>(endpoint: E): Act<E> {
  const { call } = useRouteContext({ from: "__root__" });
  const query = useQueryClient();
  const [keys] = useState(keyring);
  const [state, setState] = useState<Pick<Act<E>, "busy" | "told" | "refusal">>(rested);
  const act: Act<E>["act"] = async (input, version) => {
    setState({ ...rested, busy: true });
    try {
      const opening = { key: keys.keyFor(input), ...(version ? { version } : {}) };
      const told = await withProof(call, async () => call(endpoint, input, opening));
      keys.renew();
      setState({ ...rested, told });
      await query.invalidateQueries();
      return told;
    } catch (error) {
      setState({ ...rested, refusal: problemOf(error) ?? unreachable });
      return undefined;
    }
  };
  return { ...state, act, forget: () => setState(rested) };
}

const rested = { busy: false, told: undefined, refusal: undefined } as const;

/** No answer came: the form stays as it is and the same key is sent again, so nothing happens twice. */
export const unreachable: ProblemBody = { type: "/problems/not-reached", title: "", status: 0, detail: "", instance: "", facts: {} };

type Keyring = { readonly keyFor: (input: unknown) => string; readonly renew: () => void };

/** Keys for one form: a double click or a retry carries the same one, changed content or the next act a new one. */
function keyring(): Keyring {
  let last = { text: "", key: "" };
  return {
    keyFor: (input) => {
      const text = JSON.stringify(input);
      if (text !== last.text) last = { text, key: freshKey() };
      return last.key;
    },
    renew: () => void (last = { text: "", key: "" }),
  };
}

/** `crypto.randomUUID` is absent on plain http outside localhost; this is not. */
export const freshKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
