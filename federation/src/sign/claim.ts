// What both flavours of HTTP signatures have in common: the request as it came, and what its signature says before a key is known.
import type { RawHeaders } from "./digest.ts";

/** A request as it came. `target`: path and query as they were sent. */
export interface Incoming {
  readonly method: string;
  readonly target: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
}

/** Who we are and when it is: our host and origin as everybody calls them, `now` in milliseconds. */
export interface Here {
  readonly host: string;
  readonly origin: string;
  readonly now: number;
}

/** A request that leaves. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly body?: Buffer | undefined;
}

export type Flavour = "cavage" | "rfc9421";

/** A signature that covers what it must. */
export type Claim = {
  readonly keyId: string;
  readonly flavour: Flavour;
  /** The text that was signed. */
  readonly base: string;
  readonly signature: Buffer;
  /** Instants it states of itself, in milliseconds. */
  readonly created: number | undefined;
  readonly expires: number | undefined;
};

/** Whether a body must be covered: what is posted has one, and nothing else that is signed for us. */
export const carriesBody = (method: string): boolean => method === "POST";

/** Bytes of base64 that has only one way to be written; undefined for anything else. */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes : undefined;
}
