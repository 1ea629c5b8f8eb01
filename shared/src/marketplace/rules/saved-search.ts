// The law of saved searches: what becomes of them, how often their letters come, and how many a person keeps.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";

export const mostSearches = 30;

export const problems = {
  "too-many-searches": {
    status: 422,
    says: "You keep {most} searches already. End one that you no longer need.",
    rule: "saved searches of a person",
  },
} as const satisfies Problems;

/** How often its letter comes: within a minute, each morning, or each Monday morning. */
export const rhythms = ["atOnce", "daily", "weekly"] as const;
export type Rhythm = (typeof rhythms)[number];

export const searchStates = ["on", "paused", "ended"] as const;
export type SearchState = (typeof searchStates)[number];

export const searchVerbs = ["save", "pause", "resume", "end"] as const;
export type SearchVerb = (typeof searchVerbs)[number];

export const searchTable: readonly Row<SearchState, SearchVerb>[] = [
  { from: "none", verb: "save", who: "person", to: "on", fact: "search.saved" },
  { from: "on", verb: "pause", who: "person", to: "paused", fact: "search.changed" },
  { from: "paused", verb: "resume", who: "person", to: "on", fact: "search.changed" },
  { from: "on", verb: "end", who: "person", to: "ended", fact: "search.ended" },
  { from: "paused", verb: "end", who: "person", to: "ended", fact: "search.ended" },
];

/** Why one more search may not be kept. */
export const objectionToSaving = (kept: number): Refusal | undefined =>
  kept >= mostSearches ? refuse("too-many-searches", { most: mostSearches }) : undefined;
