// Rival versions and "keep as it is", by the Schulze method with winning votes. What is not ranked comes last, and equal places are equal.
import { isReached, type Majority } from "../majority.ts";
import type { College } from "../words.ts";
import { byCollege, type Of, type Weights } from "./colleges.ts";

/** Places, best first; options in one place are equal. */
export type Ranks = readonly (readonly string[])[];

export type Schulze = {
  /** Options in the order of the rows and columns. */
  readonly options: readonly string[];
  /** How many put the row's option before the column's; with several colleges in parts of `parts`. */
  readonly pairs: readonly (readonly string[])[];
  readonly parts: string;
  /** The weakest link of the strongest way from the row's option to the column's. */
  readonly paths: readonly (readonly string[])[];
};

type Matrix = readonly (readonly bigint[])[];
const filled = (size: number, cell: (row: number, column: number) => bigint): Matrix =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => (row === column ? 0n : cell(row, column))));
const at = (matrix: Matrix, row: number, column: number): bigint => matrix[row]?.[column] ?? 0n;

/** How many of these ballots put one option before another. */
function preferred(ballots: readonly Ranks[], options: readonly string[]): readonly (readonly number[])[] {
  const counts = options.map(() => options.map(() => 0));
  for (const ranks of ballots) {
    const places = new Map(ranks.flatMap((place, rank) => place.map((key) => [key, rank] as const)));
    const rankOf = options.map((key) => places.get(key) ?? options.length);
    for (const [row, own] of rankOf.entries())
      for (const [column, other] of rankOf.entries()) if (own < other) (counts[row] as number[])[column]! += 1;
  }
  return counts;
}

/** The strongest way between any two: Floyd and Warshall's steps, with the weakest link instead of the sum. */
function strongest(pairs: Matrix): Matrix {
  const size = pairs.length;
  let paths = filled(size, (row, column) => (at(pairs, row, column) > at(pairs, column, row) ? at(pairs, row, column) : 0n));
  for (let by = 0; by < size; by += 1) {
    const before = paths;
    paths = filled(size, (row, column) => {
      const [first, second] = [at(before, row, by), at(before, by, column)];
      const way = first < second ? first : second;
      return way > at(before, row, column) ? way : at(before, row, column);
    });
  }
  return paths;
}

/**
 * The winner, ties by lot. It carries when it is not `keep` and the votes between the two reach the majority; `each`: in these colleges
 * by themselves too.
 */
export function countSchulze(
  cast: readonly Of<Ranks>[],
  weights: Weights,
  {
    lot,
    keep,
    majority,
    each,
  }: { readonly lot: readonly string[]; readonly keep: string; readonly majority: Majority; readonly each: readonly College[] },
): { readonly carried: boolean; readonly winner?: string; readonly stages: Schulze } {
  const options = [...lot].toSorted();
  const colleges = byCollege(cast, weights).map(([college, ballots]) => ({
    college,
    weight: BigInt(weights[college] ?? 0),
    ballots: BigInt(ballots.length),
    counts: preferred(ballots, options),
  }));
  // Each college's ballots are parts of its weight; multiplied by the ballots of all colleges they are whole numbers again.
  const single = colleges.length === 1;
  const parts = single ? 1n : colleges.reduce((product, { ballots }) => product * ballots, 1n);
  const scale = ({ weight, ballots }: (typeof colleges)[number]): bigint => (single ? 1n : (weight * parts) / ballots);
  const pairs = filled(options.length, (row, column) =>
    colleges.reduce((sum, college) => sum + scale(college) * BigInt(college.counts[row]?.[column] ?? 0), 0n),
  );
  const paths = strongest(pairs);
  const stages = { options, pairs: pairs.map(texts), parts: String(parts), paths: paths.map(texts) };
  if (colleges.length === 0) return { carried: false, stages };
  const place = (key: string): number => options.indexOf(key);
  const winner = lot.find((key) => options.every((_, other) => at(paths, place(key), other) >= at(paths, other, place(key))));
  if (winner === undefined || winner === keep) return { carried: false, ...(winner === undefined ? {} : { winner }), stages };
  const [own, kept] = [place(winner), place(keep)];
  const isEnough = (forIt: bigint, against: bigint): boolean =>
    forIt + against > 0n && isReached({ over: forIt, under: forIt + against }, majority);
  const carriedIn = (name: College): boolean =>
    colleges.some(
      ({ college, counts }) => college === name && isEnough(BigInt(counts[own]?.[kept] ?? 0), BigInt(counts[kept]?.[own] ?? 0)),
    );
  return { carried: isEnough(at(pairs, own, kept), at(pairs, kept, own)) && each.every(carriedIn), winner, stages };
}

const texts = (row: readonly bigint[]): readonly string[] => row.map(String);
