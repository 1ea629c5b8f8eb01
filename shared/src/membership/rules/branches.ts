// The law of branches: a coop is one tree of them, and each member is in exactly one at any day.
import type { Id } from "../../platform/id.ts";
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import type { Day } from "../../platform/time.ts";

export const problems = {
  "branch-is-root": {
    status: 409,
    says: "The first branch is the coop itself and stays open.",
    rule: "a coop has one root",
  },
  "branch-closed": { status: 409, says: "This branch is closed. Choose one that is open." },
  "branch-name-taken": { status: 409, says: "An open branch is called {name} already." },
  "branch-not-empty": {
    status: 409,
    says: "This branch still holds members or open branches. Move them, then close it.",
    rule: "a branch is closed empty",
    changedBy: "the board, which moves members",
  },
  "region-without-calendar": {
    status: 422,
    says: "No days of rest are kept for {region} in {country}. Choose a region of the list, or the whole country.",
    rule: "a branch rests by a calendar that is kept",
    changedBy: "an operator, who enters the days of a region",
  },
  "branch-same": { status: 409, says: "The member is in this branch on that day already." },
  "day-past": { status: 422, says: "{day} is over. A member moves from today on, or later." },
} as const satisfies Problems;

export type Branch = {
  readonly id: Id;
  readonly parent: Id | null;
  readonly name: string;
  readonly country: string;
  readonly closedOn: Day | null;
};

/** All branches of a coop, as they stand while nobody else can change them. */
export type Tree = readonly Branch[];

const openBranches = (tree: Tree): Tree => tree.filter(({ closedOn }) => closedOn === null);

const bears = (tree: Tree, name: string, but?: Id): boolean =>
  openBranches(tree).some((branch) => branch.id !== but && branch.name.toLowerCase() === name.toLowerCase());

/** Why no branch of this name is opened under this one. */
export function objectionToOpening(tree: Tree, parent: Branch, name: string): Refusal | undefined {
  if (parent.closedOn !== null) return refuse("branch-closed");
  return bears(tree, name) ? refuse("branch-name-taken", { name }) : undefined;
}

/** Why the members of a branch do not rest on the days of a region; an empty one is the whole country, whose week needs no rows. */
export const objectionToRegion = (country: string, region: string, isKept: boolean): Refusal | undefined =>
  region === "" || isKept ? undefined : refuse("region-without-calendar", { country, region });

/** Why a branch does not get this name. */
export function objectionToRenaming(tree: Tree, branch: Branch, name: string): Refusal | undefined {
  if (branch.closedOn !== null) return refuse("branch-closed");
  return bears(tree, name, branch.id) ? refuse("branch-name-taken", { name }) : undefined;
}

/** Why a branch is not closed: nobody is left without one. */
export function objectionToClosing(tree: Tree, branch: Branch, members: number): Refusal | undefined {
  if (branch.closedOn !== null) return refuse("branch-closed");
  if (branch.parent === null) return refuse("branch-is-root");
  const under = openBranches(tree).some(({ parent }) => parent === branch.id);
  return under || members > 0 ? refuse("branch-not-empty") : undefined;
}

/** In which branch a member is from a day on, and nothing planned after it. */
export type Place = { readonly branch: Id; readonly fromOn: Day };

/** Why a member does not move to this branch from this day on. What was, stays: the past is not rewritten. */
export function objectionToMove(last: Place | undefined, to: Branch, from: Day, today: Day): Refusal | undefined {
  if (from < today) return refuse("day-past", { day: from });
  if (to.closedOn !== null) return refuse("branch-closed");
  return last?.branch === to.id && last.fromOn <= from ? refuse("branch-same") : undefined;
}
