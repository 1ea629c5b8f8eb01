// Where nothing is tied, two packages of others find the winners that we find.
import { Schulze as CondorcetSchulze } from "condorcet";
import fc from "fast-check";
import { test } from "tap";
import { Approbation, InstantRunoff, Schulze as VotesSchulze, utils } from "votes";
import { countPoints } from "@partcommune/shared/governance/rules/counting/points";
import { countSchulze, type Ranks } from "@partcommune/shared/governance/rules/counting/schulze";
import { countStv } from "@partcommune/shared/governance/rules/counting/stv";
import { equalRanks, keys, ofMembers, seeded, strict, times } from "../support/ballots.ts";

/** Ballots of which each was cast several times, so that ties are rare: as the packages take them, and one by one. */
type Held = readonly (readonly [ranks: Ranks, weight: number])[];
const heldOf = (ranks: fc.Arbitrary<Ranks>): fc.Arbitrary<Held> =>
  fc.array(fc.tuple(ranks, fc.integer({ min: 1, max: 15 })), { minLength: 6, maxLength: 14 });
const weighted = (held: Held) => held.map(([ranks, weight]) => ({ ranking: ranks.map((place) => [...place]), weight }));
const singly = (held: Held): readonly Ranks[] => held.flatMap(([ranks, weight]) => times(weight, ranks));

const question = { lot: keys, keep: "A", majority: { over: 1n, under: 2n, strict: true }, each: [] };

const likeOthersSchulze = (held: Held): boolean => {
  const theirs = new VotesSchulze(utils.matrixFromBallots(weighted(held), keys)).ranking();
  // Both rank by the number of options beaten, which picks among equals; where each beats another number nobody is equal.
  fc.pre(theirs.every(({ length }) => length === 1));
  const third = new CondorcetSchulze(new Set(keys));
  for (const [ranks, weight] of held)
    third.addBallot(new Map(ranks.flatMap((place, rank) => place.map((key) => [key, rank] as const))), weight);
  const { winner } = countSchulze(ofMembers(singly(held)), { members: 1 }, question);
  return winner === theirs[0]?.[0] && winner === third.rank()[0];
};

const likeOthersApprovals = (held: Held): boolean => {
  const theirs = new Approbation({ ballots: weighted(held), candidates: keys }).ranking();
  fc.pre(theirs[0]?.length === 1);
  const own = singly(held).map((ranks) => Object.fromEntries((ranks[0] ?? []).map((key) => [key, 1])));
  return countPoints(ofMembers(own), { members: 1 }, keys).winner === theirs[0]?.[0];
};

const likeOthersSeat = (held: Held): boolean => {
  const theirs = new InstantRunoff({ ballots: weighted(held), candidates: keys }).ranking();
  fc.pre(theirs.every(({ length }) => length === 1));
  const rankings = singly(held).map((ranks) => ranks.flat());
  return countStv(rankings, { candidates: keys, seats: 1, lot: keys }).elected[0] === theirs[0]?.[0];
};

test("a thousand elections without ties come out as others count them", (t) => {
  const often = { ...seeded(1_000), maxSkipsPerRun: 1_000 };
  fc.assert(fc.property(heldOf(equalRanks), likeOthersSchulze), often);
  fc.assert(fc.property(heldOf(equalRanks), likeOthersApprovals), often);
  fc.assert(fc.property(heldOf(strict.map((ranking) => ranking.map((key) => [key]))), likeOthersSeat), often);
  t.pass("rival versions, approvals, one seat");
  t.end();
});
