// Every method of counting: the worked cases of the law to the last digit, and a second count written another way.
import fc from "fast-check";
import { test } from "tap";
import { countback } from "@partcommune/shared/governance/rules/count";
import type { Of, Weights } from "@partcommune/shared/governance/rules/counting/colleges";
import { drawnBy } from "@partcommune/shared/governance/rules/counting/lot";
import { countPoints, type Points } from "@partcommune/shared/governance/rules/counting/points";
import { countSchulze, type Ranks } from "@partcommune/shared/governance/rules/counting/schulze";
import { countStv } from "@partcommune/shared/governance/rules/counting/stv";
import { countYesNo, type Answer } from "@partcommune/shared/governance/rules/counting/yes-no";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import { expectedDays } from "@partcommune/shared/governance/rules/opening-day";
import { fewestShown, groupsOf, groupsTold } from "@partcommune/shared/governance/rules/participation";
import { objectionToAnswer } from "@partcommune/shared/governance/rules/objection";
import { isQuorate } from "@partcommune/shared/governance/rules/turnout";
import { instant } from "@partcommune/shared/platform/time";
import { colleges, type College } from "@partcommune/shared/governance/rules/words";
import { equalRanks, keys, ofMembers, points, seeded, strict, times } from "../support/ballots.ts";
import { against, meanByHand, pointsByHand, stvByHand, wayByHand, yesByHand, type Rational } from "../support/counting.ts";

const half = { over: 1n, under: 2n, strict: true };
const twoThirds = { over: 2n, under: 3n, strict: false };

const answers = (college: College, [yes, no, abstain]: readonly [number, number, number]): readonly Of<Answer>[] =>
  [...times(yes, "yes" as const), ...times(no, "no" as const), ...times(abstain, "abstain" as const)].map((ballot) => ({
    college,
    ballot,
  }));
const ratio = (told: { readonly over: string; readonly under: string } | undefined): Rational | undefined =>
  told && [BigInt(told.over), BigInt(told.under)];

test("a college's word weighs the same however many of it came", (t) => {
  const weights = { members: 3, clients: 2 };
  for (const [members, clients, majority, each, share, carried] of [
    [[150, 61, 20], [9, 7, 1], twoThirds, "", "5499/8440", false], // though 159 of 227 people said yes
    [[238, 41, 0], [12, 19, 0], twoThirds, "", "2/3", true], // which doubles would miss
    [[238, 41, 0], [12, 19, 0], twoThirds, "members clients", "2/3", false], // not in every college
    [[238, 41, 0], [12, 19, 0], { ...twoThirds, strict: true }, "", "2/3", false],
    [[1, 1, 0], [0, 0, 0], half, "", "1/2", false],
    [[2, 1, 0], [0, 0, 5], half, "", "2/3", true], // clients who all abstain have no share
    [[2, 1, 0], [0, 0, 5], half, "members clients", "2/3", false], // and where each college must say yes, they did not
    [[2, 1, 0], [0, 0, 0], half, "members clients", "2/3", false],
    [[2, 1, 0], [0, 0, 0], half, "members", "2/3", true], // a college that nobody stands in is not asked
    [[0, 0, 9], [0, 0, 9], half, "", "-", false],
  ] as const) {
    const cast = [...answers("members", members), ...answers("clients", clients)];
    const { stages, carried: did } = countYesNo(
      cast,
      weights,
      majority,
      colleges.filter((college) => each.includes(college)),
    );
    t.equal(stages.share ? `${stages.share.over}/${stages.share.under}` : "-", share);
    t.equal(did, carried, share);
  }
  t.end();
});

test("enough came, to the person", (t) => {
  for (const [cast, roll, ppm, enough] of [
    [248, 450, 200_000, true],
    [90, 450, 200_000, true],
    [89, 450, 200_000, false],
    [333_333, 1_000_000, 333_334, false],
    [0, 450, 0, false],
    [0, 0, 0, false],
  ] as const)
    for (const everyCollege of [false, true])
      t.equal(isQuorate([{ college: "members", roll, cast }], ppm, { everyCollege }), enough, `${cast} of ${roll}`);
  t.end();
});

test("enough of every college came, where what is constitutional asks for it", (t) => {
  for (const [members, clients, all, each] of [
    [[30, 100], [30, 100], true, true],
    [[60, 100], [0, 100], true, false], // clients who stay away stop it
    [[60, 100], [29, 100], true, false],
    [[30, 100], [0, 0], true, true], // a college that nobody stands in is not asked
    [[29, 100], [1, 1], false, false],
    [[0, 0], [0, 0], false, false],
  ] as const) {
    const came = Object.entries({ members, clients }).map(([college, [cast, roll]]) => ({ college: college as College, cast, roll }));
    t.equal(isQuorate(came, 300_000, { everyCollege: false }), all);
    t.equal(isQuorate(came, 300_000, { everyCollege: true }), each);
  }
  t.end();
});

const turnouts = fc.array(
  fc
    .record({ part: fc.constantFrom(...keys, ""), roll: fc.integer({ min: 1, max: 60 }) })
    .chain(({ part, roll }) => fc.integer({ min: 0, max: roll }).map((came) => ({ part, roll, came }))),
  { maxLength: 12 },
);

test("no group of few is told, nor found by subtracting those that are", (t) => {
  fc.assert(
    fc.property(turnouts, (each) => {
      const groups = groupsOf(each);
      const told = groupsTold(groups);
      const rest = groups.filter((group) => !told.includes(group));
      t.ok(told.every(({ part }) => each.every((turnout) => turnout.part !== part || turnout.roll >= fewestShown)));
      const people = rest.reduce((sum, group) => sum + group.people, 0);
      if (told.length > 0 && rest.length > 0) t.ok(rest.length > 1 && people >= fewestShown, "what is left over hides each in it");
      // Nor is more kept back than it takes: with the largest of the rest told, the others would lie open.
      const [largest, ...others] = rest;
      if (largest && largest.people >= fewestShown)
        t.ok(others.length === 1 || others.reduce((sum, group) => sum + group.people, 0) < fewestShown);
    }),
    seeded(1_000),
  );
  const told = (...people: readonly number[]): number =>
    groupsTold(groupsOf(people.map((roll, at) => ({ part: String(at), roll, came: 1 })))).length;
  t.equal(told(40, 30, 20), 3, "all are large enough");
  t.equal(told(40, 30, 19), 1, "the smallest would be found: the next goes with it");
  t.equal(told(40, 30, 5, 5), 1, "two of five are ten: too few to be told");
  t.equal(told(40, 30, 10, 10), 2, "two of ten are twenty");
  t.equal(told(40, 19), 0, "of two, neither");
  t.end();
});

test("whoever waits for a day is told the first with room, in line", (t) => {
  const calendar = { zone: "Europe/Brussels", openingDays: [1, 15], noticeDays: 15, monthlyLimit: 2 };
  const line = [null, null, instant("2027-02-20T10:00:00.000Z"), null].map((notBefore) => ({ notBefore }));
  const days = expectedDays(instant("2026-12-10T09:00:00.000Z"), calendar, (month) => (month === "2027-01-01" ? 1 : 0), line);
  t.same(days, ["2026-12-31T23:00:00.000Z", "2027-01-31T23:00:00.000Z", "2027-02-28T23:00:00.000Z", "2027-01-31T23:00:00.000Z"]);
  t.end();
});

test("an objection is answered by somebody else, for the first reason that holds against it", (t) => {
  const objection = { by: "anna", about: "bela", college: "members", isAnswered: false, isAssociate: true } as const;
  for (const [state, changed, person, upheld, refusal] of [
    ["convened", {}, "chloe", true, undefined],
    ["open", { isAnswered: true }, "anna", true, "roll-frozen"],
    ["convened", { isAnswered: true }, "anna", true, "objection-answered"],
    ["convened", {}, "anna", true, "own-objection"],
    ["convened", {}, "bela", false, "own-objection"],
    ["convened", { isAssociate: false }, "chloe", true, "associate-needed"],
    ["convened", { isAssociate: false }, "chloe", false, undefined],
    ["convened", { isAssociate: false, college: "clients" }, "chloe", true, undefined],
  ] as const)
    t.equal(objectionToAnswer(state, { ...objection, ...changed }, person, upheld)?.type, refusal);
  t.end();
});

const scottish = {
  rankings: Object.entries({ AFCD: 13, BCD: 8, CED: 24, CEF: 22, DCAB: 7, DFA: 10, ECD: 21, FDE: 15 }).flatMap(([ranking, count]) =>
    times(count, ranking.split("")),
  ),
  of: { candidates: [...keys, "F"], seats: 3, lot: [...keys, "F"] },
};

test("three seats, stage by stage", (t) => {
  const { elected, stages } = countStv(scottish.rankings, scottish.of);
  t.same(elected, ["C", "E", "D"]);
  t.equal(stages.quota, 31);
  const lines = stages.stages.map(
    ({ does, of = "", elected: now, votes, exhausted, rounding }) =>
      `${does} ${of} [${now.join("")}] ${votes.map(({ key, votes: has }) => `${key}${has}`).join(" ")} | ${exhausted} ${rounding}`,
  );
  t.same(lines, [
    "first  [C] A13.00000 B8.00000 C46.00000 D17.00000 E21.00000 F15.00000 | 0.00000 0.00000",
    "surplus C [E] A13.00000 B8.00000 C31.00000 D17.00000 E35.99968 F15.00000 | 0.00000 0.00032",
    "surplus E [] A13.00000 B8.00000 C31.00000 D21.00320 E31.00000 F15.99616 | 0.00000 0.00064",
    "exclude B [] A13.00000 C31.00000 D29.00320 E31.00000 F15.99616 | 0.00000 0.00064",
    "exclude A [] C31.00000 D29.00320 E31.00000 F28.99616 | 0.00000 0.00064",
    "exclude F [D] C31.00000 D57.00320 E31.00000 | 0.99616 0.00064",
  ]);
  t.end();
});

test("a seat that falls vacant goes to whom the same ballots elect without those who are gone", (t) => {
  const { candidates, seats } = scottish.of;
  const seed = "11".repeat(32);
  const notice: Notice = {
    vote: "vote",
    kind: "election",
    class: "ordinary",
    reading: 1,
    convocation: 1,
    method: "stv",
    mode: "rollCall",
    versions: {},
    titles: {},
    options: candidates.map((key) => ({ key, title: key })),
    seats,
    weights: { members: 1 },
    majority: { over: 1, under: 2, strict: true },
    everyCollege: false,
    quorum: { ppm: 0, secondPpm: 0 },
    opensAt: instant("2026-12-01T09:00:00.000Z"),
    closesAt: instant("2026-12-08T09:00:00.000Z"),
    extensionDays: 0,
    contestDays: 7,
    seedHash: "",
  };
  const cast = scottish.rankings.map((ranking) => ({ college: "members" as const, choice: { ranks: ranking.map((key) => [key]) } }));
  for (const [gone, seated, next] of [
    ["E", "CD", "F"],
    ["D", "CE", "F"],
    ["C", "ED", "F"],
    ["CF", "ED", "A"],
    ["ABF", "CED", undefined],
  ] as const) {
    const without = scottish.rankings.map((ranking) => ranking.filter((key) => !gone.includes(key)));
    const left = candidates.filter((key) => !gone.includes(key));
    const rows = stvByHand(without, { candidates: left, seats, lot: drawnBy(seed, "vote", candidates) });
    const found = countback(notice, cast, seed, { gone: gone.split(""), seated: seated.split("") });
    t.equal(
      found,
      rows.flatMap(({ elected }) => elected).find((key) => !seated.includes(key)),
      `without ${gone}`,
    );
    t.equal(found, next, `without ${gone}`);
  }
  t.end();
});

const rivals: readonly Ranks[] = Object.entries({ "K Y X": 4, "X Y": 12, K: 7, X: 6, "Y K": 11 }).flatMap(([ranks, count]) =>
  times(
    count,
    ranks.split(" ").map((key) => [key]),
  ),
);
const between = { lot: ["X", "K", "Y"], keep: "K", majority: twoThirds, each: [] as readonly College[] };

test("of rival versions in a circle the strongest way wins, and must still reach the majority against keeping", (t) => {
  const count = countSchulze(ofMembers(rivals), { members: 1 }, between);
  t.same(count.stages, {
    options: ["K", "X", "Y"],
    pairs: [
      ["0", "22", "11"],
      ["18", "0", "18"],
      ["23", "15", "0"],
    ],
    parts: "1",
    paths: [
      ["0", "22", "18"],
      ["18", "0", "18"],
      ["23", "22", "0"],
    ],
  });
  t.match(count, { winner: "Y", carried: true }, "23 of 34 are 69 to 68");
  const without = (some: number) => countSchulze(ofMembers(rivals.slice(0, -some)), { members: 1 }, between);
  t.match(without(1), { winner: "Y", carried: true }, "22 of 33 are exactly two thirds");
  t.match(without(2), { winner: "Y", carried: false }, "21 of 32 are 63 to 64");
  t.end();
});

test("the lot is the same for whoever draws it again", (t) => {
  t.same(drawnBy("11".repeat(32), "vote", keys), drawnBy("11".repeat(32), "vote", keys.toReversed()));
  t.not(drawnBy("11".repeat(32), "vote", keys).join(""), drawnBy("22".repeat(32), "vote", keys).join(""));
  t.end();
});

const college = fc.constantFrom(...colleges);
const weightsOf = fc.record({
  members: fc.integer({ min: 1, max: 5 }),
  clients: fc.integer({ min: 1, max: 5 }),
  staff: fc.integer({ min: 1, max: 5 }),
});
const castOf = <Ballot>(ballot: fc.Arbitrary<Ballot>, most: number): fc.Arbitrary<readonly Of<Ballot>[]> =>
  fc.array(fc.record({ college, ballot }), { maxLength: most });
const lots = fc.shuffledSubarray(keys, { minLength: 5 });

test("ten thousand questions to colleges come out as by hand", (t) => {
  const few = fc.nat({ max: 12 });
  const some = fc.shuffledSubarray([...colleges]);
  const counts = fc.record({ members: fc.tuple(few, few, few), clients: fc.tuple(few, few, few), staff: fc.tuple(few, few, few) });
  const run = (asked: Readonly<Record<College, [number, number, number]>>, weights: Weights, alone: readonly College[]): void => {
    const cast = colleges.flatMap((each) => answers(each, asked[each]));
    const { stages, carried } = countYesNo(cast, weights, twoThirds, alone);
    const share = meanByHand(cast, weights, yesByHand);
    const reaches = (part: Rational | undefined): boolean => part !== undefined && against(part, [2n, 3n]) >= 0;
    const inEach = alone.every((one) => reaches(yesByHand(cast.flatMap((own) => (own.college === one ? [own.ballot] : [])))));
    const told = ratio(stages.share);
    if ((told === undefined) !== (share === undefined) || (told && share && against(told, share) !== 0)) throw new Error("another share");
    if (carried !== (reaches(share) && inEach)) throw new Error("another result");
  };
  fc.assert(fc.property(counts, weightsOf, some, run), seeded(10_000));
  t.pass("the share and the result of each");
  t.end();
});

test("points come out as by hand, ties in the order of the lot", (t) => {
  const run = (cast: readonly Of<Points>[], weights: Weights, lot: readonly string[]): boolean => {
    const { winner, stages } = countPoints(cast, weights, lot);
    const meanOf = (key: string): Rational => meanByHand(cast, weights, pointsByHand(key)) ?? [0n, 1n];
    const best = lot.toSorted((one, other) => -against(meanOf(one), meanOf(other)));
    const [first = ""] = best;
    if (winner !== (meanOf(first)[0] > 0n ? first : undefined)) return false;
    return (
      cast.length === 0 ||
      stages.options.every(({ key, mean }, at) => key === best[at] && against(ratio(mean) ?? [1n, 1n], meanOf(key)) === 0)
    );
  };
  fc.assert(fc.property(castOf(points, 12), weightsOf, lots, run), seeded(1_000));
  t.pass("the order and the mean of each option");
  t.end();
});

test("the strongest ways are those found by walking them all", (t) => {
  const run = (cast: readonly Of<Ranks>[], weights: Weights, lot: readonly string[]): boolean => {
    const { winner, stages } = countSchulze(cast, weights, { ...between, lot, keep: "none" });
    if (cast.length === 0) return winner === undefined;
    const way = wayByHand(cast, weights, stages.options);
    const best = lot.find((one) => lot.every((other) => one === other || against(way(one, other), way(other, one)) >= 0));
    // Ours is a sum over colleges; the walk's is their mean, so each pair is set beside the other way round.
    const agree = (a: number, b: number): boolean => {
      const [one = "", other = ""] = [stages.options[a], stages.options[b]];
      const [there, back] = [BigInt(stages.paths[a]?.[b] ?? 0), BigInt(stages.paths[b]?.[a] ?? 0)];
      return a === b || Math.sign(Number(there - back)) === against(way(one, other), way(other, one));
    };
    return winner === best && stages.options.every((_, a) => stages.options.every((__, b) => agree(a, b)));
  };
  fc.assert(fc.property(castOf(equalRanks, 9), weightsOf, lots, run), seeded(400));
  t.pass("the winner, and who beats whom");
  t.end();
});

test("elections come out as by hand, at every stage", (t) => {
  const run = (rankings: readonly (readonly string[])[], seats: number, lot: readonly string[]): void => {
    const of = { candidates: keys, seats, lot };
    const ours = countStv(rankings, of).stages.stages.map(({ elected, votes, exhausted, rounding }) => ({
      elected,
      votes,
      exhausted,
      rounding,
    }));
    const [one, other] = [JSON.stringify(ours), JSON.stringify(stvByHand(rankings, of))];
    if (one !== other) throw new Error(`${one} is not ${other}`);
  };
  fc.assert(fc.property(fc.array(strict, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), lots, run), seeded(1_000));
  t.pass("who is elected when, all votes, what was exhausted and lost");
  t.end();
});

test("the order of ballots never matters", (t) => {
  const shuffled = <Ballot>(ballots: fc.Arbitrary<readonly Ballot[]>): fc.Arbitrary<readonly [readonly Ballot[], readonly Ballot[]]> =>
    ballots.chain((cast) => fc.tuple(fc.constant(cast), fc.shuffledSubarray([...cast], { minLength: cast.length })));
  const same = <Ballot>(ballots: fc.Arbitrary<readonly Ballot[]>, count: (cast: readonly Ballot[]) => unknown): void =>
    fc.assert(
      fc.property(shuffled(ballots), ([one, other]) => JSON.stringify(count(one)) === JSON.stringify(count(other))),
      seeded(300),
    );
  const weights = { members: 2, clients: 2, staff: 1 };
  same(castOf(fc.constantFrom<Answer>("yes", "no", "abstain"), 20), (cast) => countYesNo(cast, weights, half, colleges));
  same(castOf(points, 15), (cast) => countPoints(cast, weights, keys));
  same(castOf(equalRanks, 15), (cast) => countSchulze(cast, weights, { ...between, lot: keys, keep: "A", each: colleges }));
  same(fc.array(strict, { maxLength: 30 }), (cast) => countStv(cast, { candidates: keys, seats: 2, lot: keys }));
  t.pass("of any method");
  t.end();
});
