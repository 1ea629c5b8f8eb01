// The order of jobs is the sum that is shown: weights times factors, nothing else.
import fc from "fast-check";
import { test } from "tap";
import { bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import { factors, type PerFactor } from "@partcommune/shared/governance/rules/factors";
import { factorsOf, ranked, scoreOf, type Candidate, type Reader } from "@partcommune/shared/marketplace/rules/ranking";
import { dayMs, instant, later } from "@partcommune/shared/platform/time";

const { schema, founding } = bylawRegister["marketplace.rankingWeights"];
const weights = schema.decode(founding);
const now = instant("2026-12-01T09:00:00Z");
const day = (count: number) => later(now, count * dayMs);
const nobody: Reader = { has: new Set(), hasBroader: new Set(), country: "BE", idle: false };
const job: Candidate = { id: "a", rank: 0n, skills: [], openedAt: now, bidsUntil: day(9), bids: 0 };

test("the example of the design: 747 500", (t) => {
  const reader: Reader = { has: new Set(["1", "2"]), hasBroader: new Set(["3", "4"]), country: "BE", idle: true };
  const example = { ...job, rank: 4n, skills: ["1", "2", "3", "4"], country: "BE", openedAt: day(-7), bids: 3 };
  const values = factorsOf(example, reader, 5n, now);
  t.same(values, {
    text: 800_000n,
    skills: 750_000n,
    place: 1_000_000n,
    fresh: 500_000n,
    fewBids: 700_000n,
    closing: 0n,
    firstChance: 1_000_000n,
  });
  t.equal(scoreOf(values, weights), 747_500n);
  t.end();
});

test("each factor is 1 and 0 where the law says", (t) => {
  const rows: readonly (readonly [
    factor: (typeof factors)[number],
    value: bigint,
    change: Partial<Candidate>,
    reader?: Partial<Reader>,
  ])[] = [
    ["text", 0n, { rank: 0n }],
    ["text", 1_000_000n, { rank: 5n }],
    ["skills", 0n, { skills: [] }, { has: new Set(["1"]) }],
    ["skills", 333_333n, { skills: ["1", "2", "3"] }, { has: new Set(["1"]) }],
    ["skills", 166_666n, { skills: ["1", "2", "3"] }, { hasBroader: new Set(["1"]) }],
    ["place", 1_000_000n, {}],
    ["place", 1_000_000n, { country: "BE" }],
    ["place", 0n, { country: "FR" }],
    ["place", 1_000_000n, { country: "FR" }, { country: "FR" }],
    ["fresh", 1_000_000n, {}],
    ["fresh", 0n, { openedAt: day(-14) }],
    ["fresh", 0n, { openedAt: day(-80) }],
    ["fewBids", 1_000_000n, {}],
    ["fewBids", 100_000n, { bids: 9 }],
    ["fewBids", 0n, { bids: 10 }],
    ["fewBids", 0n, { bids: 400 }],
    ["closing", 0n, { bidsUntil: later(day(2), 1) }],
    ["closing", 1_000_000n, { bidsUntil: day(2) }],
    ["firstChance", 0n, {}],
    ["firstChance", 1_000_000n, {}, { idle: true }],
  ];
  for (const [factor, value, change, reader] of rows)
    t.equal(factorsOf({ ...job, ...change }, { ...nobody, ...reader }, 5n, now)[factor], value, `${factor} ${value}`);
  t.end();
});

const someWeights = fc
  .array(fc.integer({ min: 1, max: 100 }), { minLength: 7, maxLength: 7 })
  .map((parts) => Object.fromEntries(factors.map((factor, at) => [factor, BigInt(parts[at] ?? 0)])) as PerFactor<bigint>);

const someJob = fc.record({
  rank: fc.bigInt({ min: 0n, max: 900_000n }),
  skills: fc.uniqueArray(fc.constantFrom("1", "2", "3", "4", "5"), { maxLength: 5 }),
  country: fc.constantFrom("BE", "FR", undefined),
  openedAt: fc.integer({ min: -20, max: 0 }).map(day),
  bidsUntil: fc.integer({ min: 1, max: 90 }).map(day),
  bids: fc.integer({ min: 0, max: 15 }),
});

test("a thousand lists are what anyone reckons again from the factors shown", (t) => {
  const property = fc.property(fc.array(someJob, { maxLength: 40 }), someWeights, fc.boolean(), (jobs, voted, idle) => {
    const reader = { ...nobody, has: new Set(["1", "2"]), hasBroader: new Set(["3"]), idle };
    const list = jobs.map((each, at) => Object.assign(each, { id: `job-${String(at).padStart(2, "0")}` }));
    const shown = ranked(list.toReversed(), reader, voted, now);
    const sum = (values: PerFactor<bigint>) => factors.reduce((total, factor) => total + (values[factor] * voted[factor]) / 1_000_000n, 0n);
    const again = shown.toSorted((one, other) => Number(sum(other.why.factors) - sum(one.why.factors)) || (one.id < other.id ? -1 : 1));
    return shown.length === list.length && shown.every(({ id, why }, at) => id === again[at]?.id && why.score === sum(why.factors));
  });
  const { failed, seed, counterexample } = fc.check(property, { numRuns: 1_000 });
  t.notOk(
    failed,
    `seed ${seed}: ${JSON.stringify(counterexample, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value))}`,
  );
  t.end();
});

test("the weights make one million, none is over 400 000, and nothing else can be weighed", (t) => {
  const rows = [
    [founding, true],
    [{ ...founding, text: 400_000, skills: 150_000 }, true],
    [{ ...founding, text: 400_001, skills: 149_999 }, false],
    [{ ...founding, text: 299_999 }, false],
    [{ ...founding, turnover: 0 }, false],
    [{ ...founding, text: -1, skills: 550_001 }, false],
  ] as const;
  for (const [value, taken] of rows) t.equal(schema.safeParse(value).success, taken, JSON.stringify(value));
  t.end();
});
