// The law of neighbours: coops whose public board we read, at an officer's wish and without any treaty.
import type { Actor } from "../../platform/actor.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { objectionToVerb, type Row } from "../../platform/table.ts";

export const problems = {
  "neighbour-ourselves": { status: 422, says: "This is the address of this coop itself." },
  "neighbour-address": {
    status: 422,
    says: "This is no address of a coop: it needs https and a name, as https://atelier.example.",
    rule: "the guarded fetcher",
    changedBy: "nobody",
  },
  "neighbour-known": { status: 409, says: "This coop is on the list already." },
} as const satisfies Problems;

export const neighbourStates = ["asked", "found", "unreachable", "waiting", "followed", "refused", "left"] as const;
export type NeighbourState = (typeof neighbourStates)[number];

export const neighbourVerbs = ["ask", "find", "miss", "follow", "welcome", "turnAway", "leave"] as const;
export type NeighbourVerb = (typeof neighbourVerbs)[number];

/**
 * `ask`: an officer names an address, and the software knocks there. `find`: a coop answered and said who it is. `miss`: nobody did, or nobody
 * that is a coop. `follow`: our board asks to follow theirs. `welcome`, `turnAway`: what their board answered. `leave`: we follow no more.
 */
export const neighbourTable: readonly Row<NeighbourState, NeighbourVerb>[] = [
  { from: "none", verb: "ask", who: "officer", to: "asked", fact: "neighbour.asked" },
  { from: "unreachable", verb: "ask", who: "officer", to: "asked", fact: "neighbour.asked" },
  { from: "asked", verb: "find", who: "software", to: "found", fact: "neighbour.found" },
  { from: "asked", verb: "miss", who: "software", to: "unreachable", fact: "neighbour.missed" },
  { from: "found", verb: "follow", who: "officer", to: "waiting", fact: "neighbour.followed" },
  { from: "refused", verb: "follow", who: "officer", to: "waiting", fact: "neighbour.followed" },
  { from: "left", verb: "follow", who: "officer", to: "waiting", fact: "neighbour.followed" },
  { from: "waiting", verb: "welcome", who: "software", to: "followed", fact: "neighbour.welcomed" },
  { from: "waiting", verb: "turnAway", who: "software", to: "refused", fact: "neighbour.turnedAway" },
  { from: "followed", verb: "turnAway", who: "software", to: "refused", fact: "neighbour.turnedAway" },
  { from: "waiting", verb: "leave", who: "officer", to: "left", fact: "neighbour.left" },
  { from: "followed", verb: "leave", who: "officer", to: "left", fact: "neighbour.left" },
];

/** Who speaks to other coops in our name: the board, and the operator. */
export const officers = ["board", "operator"] as const;

export const isOfficer = (actor: Actor): boolean => actor.kind === "person" && officers.some((role) => actor.roles.includes(role));

/** The scheme and host of an address that an officer typed, `atelier.example` or `https://atelier.example/fr`; undefined when it is none. */
export function originFrom(typed: string, plain: boolean): string | undefined {
  const found = /^(?:(https?):\/\/)?([a-z0-9.-]+(?::\d{1,5})?)(?:[/?#].*)?$/i.exec(typed.trim());
  const [, scheme = "https", host = ""] = found ?? [];
  if (host === "" || (scheme.toLowerCase() === "http" && !plain)) return undefined;
  return `${scheme}://${host}`.toLowerCase();
}

/** Why this origin is not put on the list of neighbours. */
export function objectionToAddress(origin: string | undefined, ours: string): Refusal | undefined {
  if (origin === undefined) return refuse("neighbour-address");
  return origin === ours ? refuse("neighbour-ourselves") : undefined;
}

/** Why a neighbour that is in this state already is not asked again. */
export const objectionToAsking = (state: NeighbourState | undefined): Refusal | undefined =>
  state === undefined || objectionToVerb(neighbourTable, state, "ask") === undefined ? undefined : refuse("neighbour-known");

/** Why nobody could be found at an address; told to officers. */
export const misses = ["address", "silent", "noCoop", "tooLarge"] as const;
export type Miss = (typeof misses)[number];
