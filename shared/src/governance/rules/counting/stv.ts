// Seats by the single transferable vote, as Scottish councils are elected (S.S.I. 2007/42): values to five decimals, every paper moves,
// the largest surplus first, surpluses before exclusions. All reckoning is in whole hundred-thousandths of a vote.
import { Papers, unit } from "./papers.ts";

/** What one stage did, and where everybody stood after it. Amounts are votes with five decimals. */
export type StvStage = {
  readonly does: "first" | "surplus" | "exclude";
  readonly of?: string;
  readonly elected: readonly string[];
  readonly votes: readonly { readonly key: string; readonly votes: string }[];
  readonly exhausted: string;
  readonly rounding: string;
};

export type Stv = { readonly valid: number; readonly quota: number; readonly stages: readonly StvStage[] };

const text = (votes: number): string => `${Math.floor(votes / unit)}.${String(votes % unit).padStart(5, "0")}`;

/** A count under way. */
type Count = {
  readonly papers: Papers;
  readonly candidates: readonly string[];
  readonly quota: number;
  readonly seats: number;
  readonly lot: readonly string[];
  readonly elected: string[];
  readonly excluded: Set<string>;
  readonly transferred: Set<string>;
  readonly stages: StvStage[];
  /** Votes of each candidate after each stage, for ties: the most recent earlier stage with a difference decides. */
  readonly history: ReadonlyMap<string, number>[];
  rounding: number;
};

/** Counts rankings, each of different options and best first; an empty one is not valid. `lot` ends what earlier stages cannot. */
export function countStv(
  rankings: readonly (readonly string[])[],
  { candidates, seats, lot }: { readonly candidates: readonly string[]; readonly seats: number; readonly lot: readonly string[] },
): { readonly elected: readonly string[]; readonly stages: Stv } {
  const papers = new Papers(rankings, candidates);
  const quota = (Math.floor(papers.valid / (seats + 1)) + 1) * unit;
  const count: Count = {
    papers,
    candidates,
    quota,
    seats,
    lot,
    elected: [],
    excluded: new Set(),
    transferred: new Set(),
    stages: [],
    history: [],
    rounding: 0,
  };
  endStage(count, "first");
  while (count.elected.length < seats && continuing(count).length > 0) nextStage(count);
  return { elected: count.elected, stages: { valid: papers.valid, quota: quota / unit, stages: count.stages } };
}

const votesOf = ({ papers, candidates }: Count, key: string): number => papers.votes[candidates.indexOf(key)] ?? 0;

const continuing = ({ candidates, elected, excluded }: Count): readonly string[] =>
  candidates.filter((key) => !elected.includes(key) && !excluded.has(key));

function nextStage(count: Count): void {
  const waiting = count.elected.filter((key) => !count.transferred.has(key) && votesOf(count, key) > count.quota);
  if (waiting.length > 0) transferSurplus(count, furthest(count, waiting, "most"));
  else exclude(count, furthest(count, continuing(count), "least"));
}

/** Whoever has most, or least; a tie is ended by the most recent earlier stage with a difference, else by lot. */
function furthest(count: Count, keys: readonly string[], which: "most" | "least"): string {
  const extreme = (among: readonly string[], votes: (key: string) => number): readonly string[] => {
    const end = among.map(votes).reduce((one, other) => (which === "most" ? Math.max(one, other) : Math.min(one, other)));
    return among.filter((key) => votes(key) === end);
  };
  let left = extreme(keys, (key) => votesOf(count, key));
  for (let stage = count.history.length - 1; left.length > 1 && stage >= 0; stage -= 1)
    left = extreme(left, (key) => count.history[stage]?.get(key) ?? 0);
  const [first = ""] = left.toSorted((one, other) => count.lot.indexOf(one) - count.lot.indexOf(other));
  return which === "most" || left.length === 1
    ? first
    : (left.toSorted((one, other) => count.lot.indexOf(other) - count.lot.indexOf(one))[0] ?? first);
}

/** Every paper of whoever has more than the quota moves on at a part of its value, cut off after five decimals. */
function transferSurplus(count: Count, key: string): void {
  const from = count.candidates.indexOf(key);
  const total = votesOf(count, key);
  const surplus = total - count.quota;
  // Beyond what a double holds exactly, hence BigInt; once for each value that papers have, not for each paper.
  const part = (value: number): number => Number((BigInt(surplus) * BigInt(value)) / BigInt(total));
  const moved = count.papers.move(from, part, openTo(count));
  count.papers.votes[from] = count.quota;
  count.rounding += surplus - moved;
  count.transferred.add(key);
  endStage(count, "surplus", key);
}

function exclude(count: Count, key: string): void {
  const from = count.candidates.indexOf(key);
  count.excluded.add(key);
  count.papers.move(from, (value) => value, openTo(count));
  count.papers.votes[from] = 0;
  endStage(count, "exclude", key);
}

/** Which candidates still take papers. */
function openTo(count: Count): readonly boolean[] {
  const open = new Set(continuing(count));
  return count.candidates.map((key) => open.has(key));
}

/** Elects whoever has the quota, and everybody when no more are left than seats; then writes down how all stand. */
function endStage(count: Count, does: StvStage["does"], of?: string): void {
  const before = count.elected.length;
  for (let left = reached(count); left.length > 0 && count.elected.length < count.seats; left = reached(count))
    count.elected.push(furthest(count, left, "most"));
  const rest = continuing(count);
  if (rest.length <= count.seats - count.elected.length)
    for (let left = rest; left.length > 0; left = continuing(count)) count.elected.push(furthest(count, left, "most"));
  count.history.push(new Map(count.candidates.map((key) => [key, votesOf(count, key)])));
  count.stages.push({
    does,
    ...(of === undefined ? {} : { of }),
    elected: count.elected.slice(before),
    votes: count.candidates.filter((key) => !count.excluded.has(key)).map((key) => ({ key, votes: text(votesOf(count, key)) })),
    exhausted: text(count.papers.exhausted),
    rounding: text(count.rounding),
  });
}

const reached = (count: Count): readonly string[] => continuing(count).filter((key) => votesOf(count, key) >= count.quota);
