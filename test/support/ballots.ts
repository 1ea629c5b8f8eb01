// Ballots of any kind over five options, drawn from one seed, so that a count that fails once fails again.
import fc from "fast-check";
import type { Of } from "@partcommune/shared/governance/rules/counting/colleges";
import type { Points } from "@partcommune/shared/governance/rules/counting/points";
import type { Ranks } from "@partcommune/shared/governance/rules/counting/schulze";

export const keys = ["A", "B", "C", "D", "E"];

/** The same thing so many times. */
export const times = <One>(count: number, one: One): readonly One[] => Array.from({ length: count }, () => one);

/** Ballots of a coop that has one college. */
export const ofMembers = <Ballot>(ballots: readonly Ballot[]): readonly Of<Ballot>[] =>
  ballots.map((ballot) => ({ college: "members", ballot }));

/** Some options, best first. */
export const strict = fc.shuffledSubarray(keys);
/** Some options, best first, several in one place. */
export const equalRanks: fc.Arbitrary<Ranks> = fc
  .tuple(strict, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }))
  .map(([ranking, joins]) =>
    ranking.reduce<string[][]>(
      (ranks, key, at) => (joins[at] && at > 0 ? [...ranks.slice(0, -1), [...(ranks.at(-1) ?? []), key]] : [...ranks, [key]]),
      [],
    ),
  );
/** Nought to five points for some options. */
export const points: fc.Arbitrary<Points> = fc.dictionary(fc.constantFrom(...keys), fc.integer({ min: 0, max: 5 }));

/** So many runs, the same at every run of the tests. */
export const seeded = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: 20_261_127 });
