// What a caller may ask, as one value: route, parse, typed browser call and OpenAPI are all made from it.
import type { z } from "zod";
import type { Role } from "./actor.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** Who gets past the door at all; `onceMember`: whoever is a member or was one. Which things of theirs they may touch is the rule's and the query's matter. */
export type Who = "anyone" | "person" | "member" | "onceMember" | "client" | readonly Role[];

export type Endpoint<Input extends z.ZodObject = z.ZodObject, Answer extends z.ZodType = z.ZodType> = {
  readonly does: string;
  readonly method: Method;
  readonly path: `/api/v1/${string}`;
  readonly who: Who;
  readonly input: Input;
  readonly answer: Answer;
  readonly status: 200 | 201 | 202 | 204;
  readonly refusals: readonly string[];
  /** May be read from a replica that lags a little. */
  readonly mayLag: boolean;
  /** Whether its success opens or closes the session cookie. */
  readonly session?: "opens" | "closes";
  /** Calls a minute that one address may make; for doors that a guesser would try. */
  readonly perMinute?: number;
  /** Asks that the person proved by passkey, within the last five minutes, that it is still they: `proof-needed` else. */
  readonly proof?: "fresh";
  /** What it answers instead of JSON: a file, as an attachment. */
  readonly file?:
    | "application/pdf"
    | "application/xml"
    | "application/zip"
    | "application/octet-stream"
    | "application/rss+xml"
    | "application/atom+xml"
    | "application/feed+json"
    | "text/calendar"
    | "image/svg+xml"
    | "text/csv"
    | "text/plain";
};

/** What the browser is given of an endpoint: enough to call it, nothing of zod. */
export type EndpointAddress = Pick<Endpoint, "method" | "path">;

export type InputOf<E> = E extends { readonly input: infer I extends z.ZodType } ? z.output<I> : never;
export type AnswerOf<E> = E extends { readonly answer: infer A extends z.ZodType } ? z.output<A> : never;
/** The same two as they travel: JSON before it is parsed, JSON after it was written. */
export type AskedOf<E> = E extends { readonly input: infer I extends z.ZodType } ? z.input<I> : never;
export type ToldOf<E> = E extends { readonly answer: infer A extends z.ZodType } ? z.input<A> : never;

type Declared<Input extends z.ZodObject, Answer extends z.ZodType> = Pick<
  Endpoint<Input, Answer>,
  "does" | "method" | "path" | "who" | "input" | "answer"
> &
  Partial<Pick<Endpoint<Input, Answer>, "status" | "refusals" | "mayLag" | "session" | "perMinute" | "proof" | "file">>;

/** Declares an endpoint; status 200, no refusals of its own and no lag unless said. */
export function endpoint<Input extends z.ZodObject, Answer extends z.ZodType>(declared: Declared<Input, Answer>): Endpoint<Input, Answer> {
  return { status: 200, refusals: [], mayLag: false, ...declared };
}

/** The names of the placeholders of a path, `/jobs/:job/bids` → `job`. */
export const paramsOf = (path: string): readonly string[] => Array.from(path.matchAll(/:(\w+)/g), ([, name = ""]) => name);

/** The path with its placeholders filled, for a browser call or a Location header. */
export const pathWith = (path: string, values: Readonly<Record<string, unknown>>): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
