// The law of engagements: how a quote is signed, declined, or lapses.
import type { Actor } from "../../platform/actor.ts";
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { dayMs, isBefore, type Instant } from "../../platform/time.ts";
import { approvesFor } from "./acceptance.ts";

export const problems = {
  "quote-differs": { status: 409, says: "This is not the quote you were shown. Read it again before you sign." },
  "quote-too-late": { status: 409, says: "The quote could be signed until {signUntil}.", rule: "14 days to sign" },
  "signed-already": { status: 409, says: "Your side signed already." },
} as const satisfies Problems;

export const engagementStates = ["quoted", "signed", "lapsed"] as const;
export type EngagementState = (typeof engagementStates)[number];

/** What an engagement goes through so far: from, verb, who, to, and the fact that is recorded. */
export const engagementTable = [
  { from: "none", verb: "quote", who: "the accepted bid", to: "quoted", fact: "engagement.quoted" },
  { from: "quoted", verb: "sign", who: "both sides", to: "signed", fact: "engagement.signed" },
  { from: "quoted", verb: "decline", who: "either side", to: "lapsed", fact: "engagement.lapsed" },
  { from: "quoted", verb: "lapse", who: "clock", to: "lapsed", fact: "engagement.lapsed" },
] as const satisfies readonly { from: EngagementState | "none"; verb: string; who: string; to: EngagementState; fact: string }[];

/** How long a quote waits for its signatures. */
export const signMs = 14 * dayMs;

export type Side = "client" | "member";
export type Parties = { readonly client: Id; readonly member: Id };

/** For which side this person may bind an engagement; undefined for everyone else. */
export function sideOf(actor: Actor, { client, member }: Parties): Side | undefined {
  if (actor.kind !== "person") return undefined;
  if (actor.member === member) return "member";
  return approvesFor(actor, client) ? "client" : undefined;
}

export type Quote = Parties & {
  readonly state: EngagementState;
  readonly hash: string;
  readonly signUntil: Instant;
  readonly signedBy: readonly Side[];
};

/** Why this person may not sign this quote with this hash now. */
export function objectionToSigning(quote: Quote, signer: Actor, hash: string, now: Instant): Refusal | undefined {
  const side = sideOf(signer, quote);
  if (!side) return refuse("approver-needed");
  if (quote.state !== "quoted") return refuse("not-in-this-state", { state: quote.state });
  if (!isBefore(now, quote.signUntil)) return refuse("quote-too-late", { signUntil: quote.signUntil });
  if (quote.signedBy.includes(side)) return refuse("signed-already");
  return hash === quote.hash ? undefined : refuse("quote-differs");
}

/** Why this person may not decline this quote. */
export function objectionToDeclining(quote: Quote, decliner: Actor): Refusal | undefined {
  if (!sideOf(decliner, quote)) return refuse("approver-needed");
  return quote.state === "quoted" ? undefined : refuse("not-in-this-state", { state: quote.state });
}
