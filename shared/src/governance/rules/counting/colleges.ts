// Ballots of several colleges counted together: a college's word weighs the same however many of it came.
import type { Fraction } from "../majority.ts";
import type { College } from "../words.ts";

export type Weights = Readonly<Partial<Record<College, number>>>;
export type Of<Ballot> = { readonly college: College; readonly ballot: Ballot };

/** The ballots of each college that has a weight and cast any, in the order of their names. */
export function byCollege<Ballot>(cast: readonly Of<Ballot>[], weights: Weights): readonly (readonly [College, readonly Ballot[]])[] {
  const colleges = [...new Set(cast.map(({ college }) => college))].filter((college) => (weights[college] ?? 0) > 0).toSorted();
  return colleges.map((each) => [each, cast.flatMap(({ college, ballot }) => (college === each ? [ballot] : []))] as const);
}

const divisor = (one: bigint, other: bigint): bigint => (other === 0n ? one : divisor(other, one % other));

/** The same fraction in the smallest numbers. */
export function reduced({ over, under }: Fraction): Fraction {
  const by = divisor(over < 0n ? -over : over, under) || 1n;
  return { over: over / by, under: under / by };
}

/** The mean of the shares of colleges, each by its weight. There is one at least. */
export function mean(shares: readonly { readonly weight: number; readonly share: Fraction }[]): Fraction {
  const sum = shares.reduce<Fraction>(
    (total, { weight, share }) => ({
      over: total.over * share.under + BigInt(weight) * share.over * total.under,
      under: total.under * share.under,
    }),
    { over: 0n, under: 1n },
  );
  const weight = shares.reduce((total, each) => total + BigInt(each.weight), 0n);
  return reduced({ over: sum.over, under: sum.under * weight });
}

/** A fraction as it is told: decimal text on both sides, since JSON has no numbers that large. */
export const told = ({ over, under }: Fraction): { readonly over: string; readonly under: string } => ({
  over: String(over),
  under: String(under),
});
