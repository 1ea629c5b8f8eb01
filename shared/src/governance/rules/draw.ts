// The law of a draw: who gives a seed, until when, and what a seed that is not shown does.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Row } from "../../platform/table.ts";
import { commitmentOf } from "./lot.ts";

export const problems = {
  "seed-given": {
    status: 409,
    says: "You have given a number to this lot already.",
    rule: "two different people of the board give one each",
  },
  "party-left-out": {
    status: 403,
    says: "You gave a number to a lot for this panel and did not show it in time. Others of the board give theirs.",
    rule: "a number that is not shown voids the lot",
  },
  "party-needed": { status: 403, says: "Whoever gave a number to this lot shows it. You gave none." },
  "seed-unlike": { status: 422, says: "This is not the number you gave: its fingerprint is another." },
} as const satisfies Problems;

export const drawStates = ["committing", "revealing", "drawn", "void"] as const;
export type DrawState = (typeof drawStates)[number];

export const drawVerbs = ["open", "commit", "close", "reveal", "draw", "void"] as const;
export type DrawVerb = (typeof drawVerbs)[number];

/**
 * The life of a draw. `commit`: one of the board publishes the hash of a seed. `close`: two have, or the time for it is over.
 * `reveal`: one of them shows the seed. `draw`: all have. `void`: one has not in time, and another draw begins without them.
 */
export const drawTable: readonly Row<DrawState, DrawVerb>[] = [
  { from: "none", verb: "open", who: "software", to: "committing", fact: "lot.opened" },
  { from: "committing", verb: "commit", who: "board", to: "committing", fact: "lot.committed" },
  { from: "committing", verb: "close", who: "clock", to: "revealing", fact: "lot.closed" },
  { from: "revealing", verb: "reveal", who: "board", to: "revealing", fact: "lot.revealed" },
  { from: "revealing", verb: "draw", who: "software", to: "drawn", fact: "lot.drawn" },
  { from: "revealing", verb: "void", who: "clock", to: "void", fact: "lot.voided" },
];

/** How many of the board give a seed. The server gives one more, whose hash is published with the pool. */
export const boardSeeds = 2;
export const serverParty = "server";
/** The name under which the first and the second of the board stand in the lot. */
export const partyOf = (given: number): string => `board-${given + 1}`;

/** How long the board has to give seeds, and then to show them. */
export const commitDays = 3;
export const revealDays = 2;

/** Why this person may not give a seed. `leftOut`: they withheld one in an earlier draw for the same panel. */
export function objectionToCommitting({ given, leftOut }: { readonly given: boolean; readonly leftOut: boolean }): Refusal | undefined {
  if (given) return refuse("seed-given");
  return leftOut ? refuse("party-left-out") : undefined;
}

/** Why this seed cannot be shown by this person, who gave that hash. */
export function objectionToRevealing(hash: string | undefined, seed: string): Refusal | undefined {
  if (hash === undefined) return refuse("party-needed");
  return commitmentOf(seed) === hash ? undefined : refuse("seed-unlike");
}
