// What was beside what would have been: sums by account, by member and by branch, and what of them anyone may read.
import type { Leg } from "./legs.ts";

/** What was, and what would have been. */
export type Turn = { readonly before: bigint; readonly after: bigint };
export const noTurn: Turn = { before: 0n, after: 0n };

export const turnSum = (one: Turn, other: Turn): Turn => ({ before: one.before + other.before, after: one.after + other.after });
export const turnsSum = (turns: Iterable<Turn>): Turn => [...turns].reduce(turnSum, noTurn);

/** The same on the side on which an account of this kind grows: the book's debit is positive, what pots hold and members earn is credit. */
export const credited = ({ before, after }: Turn): Turn => ({ before: -before, after: -after });

/** What legs come to, account by account, beside what they would. */
export function turnsOf(before: readonly Leg[], after: readonly Leg[]): ReadonlyMap<string, Turn> {
  const turns = new Map<string, Turn>();
  for (const { account, money } of before) addTurn(turns, account.code, { before: money.minor, after: 0n });
  for (const { account, money } of after) addTurn(turns, account.code, { before: 0n, after: money.minor });
  return turns;
}

export const addTurn = (turns: Map<string, Turn>, name: string, turn: Turn): void =>
  void turns.set(name, turnSum(turns.get(name) ?? noTurn, turn));

/** What the members of a branch earned, and who they are. One without a name is of those who were in no branch. */
export type BranchTurn = { readonly name?: string; readonly who: ReadonlySet<string>; readonly turn: Turn };

/** A sum over fewer people says too much about each of them. */
export const fewestTold = 3;

/**
 * The branches as anyone may read them: those in which fewer than three earned stand together without a name, and so that they are
 * never fewer than three either, the smallest of the others joins them. Nothing remains to tell where all are one.
 */
export function branchesTold(branches: readonly BranchTurn[]): readonly BranchTurn[] {
  const isTold = ({ name, who }: BranchTurn): boolean => name !== undefined && who.size >= fewestTold;
  const told = branches.filter(isTold).toSorted((one, other) => other.who.size - one.who.size);
  const few = branches.filter((branch) => !isTold(branch));
  if (few.length > 0 && together(few).who.size < fewestTold) few.push(...told.splice(-1));
  const all = few.length === 0 ? told : [...told, together(few)];
  return all.length > 1 ? all : [];
}

const together = (branches: readonly BranchTurn[]): BranchTurn => ({
  who: new Set(branches.flatMap(({ who }) => [...who])),
  turn: turnsSum(branches.map(({ turn }) => turn)),
});
