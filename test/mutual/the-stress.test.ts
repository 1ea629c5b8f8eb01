// The stress run: the worked table to the cent, an identity that holds whatever is put in, and what it says in words.
import fc from "fast-check";
import { test } from "tap";
import { pots, type PerPot, type Pot } from "@partcommune/shared/governance/rules/pots";
import { concentrationsOf, hangingOf } from "@partcommune/shared/mutual/rules/concentration";
import { breakEven, coverageLevel, coverageOf, frontNeed, tenthsCovered } from "@partcommune/shared/mutual/rules/coverage";
import { stress, type Shock, type Standing, type StressMonth } from "@partcommune/shared/mutual/rules/stress";
import { fieldsOf, runFrom } from "@partcommune/shared/mutual/rules/stress-fields";
import { coverageMissed, hangingTooMuch, potsFallen, potsFilled } from "@partcommune/shared/mutual/rules/warning";
import { shockOf, verdictOf } from "@partcommune/shared/mutual/rules/stress-verdict";
import { amountText } from "@partcommune/shared/platform/money";

const cents = (units: number): bigint => BigInt(units) * 100n;
const said = (minor: bigint): string => amountText({ minor, currency: "EUR" });

const standing: Standing = {
  turnover: cents(400_000),
  vatRate: 210_000n,
  feeRate: 85_000n,
  fundSplit: { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n },
  clientMonths: 1,
  memberDays: 10,
  neverPaid: 30_000n,
  runningCost: cents(6_500),
  claims: cents(6_000),
  coaching: cents(3_400),
  cash: cents(542_000),
  pots: {
    guarantee: cents(300_000),
    insurance: cents(90_000),
    coaching: cents(20_000),
    advances: cents(40_000),
    reserve: cents(250_000),
    running: 0n,
  },
  savings: cents(150_000),
  advances: cents(30_000),
  owedToSisters: 0n,
};

const shock: Shock = {
  lost: 450_000n,
  lostUnpaid: 200_000n,
  delay: 1,
  askedBack: 500_000n,
  claimsTimes: 2_000_000n,
  claimsMonths: 6,
};

// month | collected | to members | loss | cash | VAT due | budgets + savings | coverage | guarantee | insurance | coaching | reserve
const worked = `
0 0.00 0.00 0.00 542000.00 84000.00 272000.00 1.68 300000.00 90000.00 20000.00 250000.00
1 0.00 256200.00 42600.00 104900.00 46200.00 142100.00 0.41 267052.60 81015.80 18107.90 246515.80
2 432454.00 201300.00 0.00 267954.00 46200.00 142100.00 1.56 274532.60 72755.80 16577.90 243755.80
3 258214.00 201300.00 6600.00 256768.00 46200.00 142100.00 1.48 275749.20 64383.60 14991.80 240883.60
12 258214.00 201300.00 6600.00 192094.00 46200.00 142100.00 1.03 286698.60 25033.80 716.90 215033.80
24 258214.00 201300.00 6600.00 129862.00 46200.00 142100.00 0.59 301297.80 -3432.60 -18316.30 180567.40`;

const row = ({ month, collected, toMembers, loss, cash, vatDue, budgets, savings, coverage, pots: held }: StressMonth): string =>
  [
    month,
    ...[collected, toMembers, loss, cash, vatDue, budgets + savings].map(said),
    (Math.round(Number(coverage) / 10_000) / 100).toFixed(2),
    ...[held.guarantee, held.insurance, held.coaching, held.reserve].map(said),
  ].join(" ");

test("the worked example, every cell", (t) => {
  const run = stress(standing, shock);
  t.equal(run.length, 25);
  for (const line of worked.trim().split("\n")) t.equal(row(run[Number(line.split(" ")[0])] as StressMonth), line);
  t.same(verdictOf(run, 1_000_000n), {
    lowest: { month: 1, cash: cents(104_900) },
    below: [
      { from: 1, to: 1 },
      { from: 13, to: 24 },
    ],
    emptied: [
      { pot: "coaching", month: 13 },
      { pot: "insurance", month: 23 }, // -1060.40 at its end
    ],
    shortfall: { month: 1, minor: cents(83_400) },
  });
  t.end();
});

test("the figures beside it: coverage, what stands in front, what a pot lasts and bears, and on whom the work hangs", (t) => {
  const owing = { bank: cents(2_420), vatDue: cents(420), owedToMembers: cents(1_830), inTransit: 0n, owedToSisters: 0n };
  t.equal(coverageOf(owing), 1_092_896n, "golden: the client has paid, the member is not");
  t.equal(coverageOf({ ...owing, owedToMembers: 0n }), undefined);
  t.equal(coverageOf({ ...owing, owedToSisters: cents(2_001) }), -546n, "less than nothing");
  t.same(
    [999_999n, 1_000_000n, 1_099_999n, 1_100_000n, undefined].map((each) => coverageLevel(each, 1_000_000n)),
    ["red", "amber", "amber", "fine", "fine"],
  );
  t.same(
    [30, 45, 5].map((days) => frontNeed(cents(400_000), 85_000n, days, 10)),
    [cents(244_000), cents(427_000), 0n],
  );
  t.same([tenthsCovered(cents(26), cents(8)), tenthsCovered(-1n, 1n), tenthsCovered(1n, 0n)], [32, 0, undefined]);
  t.equal(breakEven(85_000n, 400_000n), 35_827n, "3.58 %");
  const slices = [
    { by: "client", key: "a", minor: 200n },
    { by: "client", key: "b", minor: 800n },
    { by: "sister", key: "lille", minor: 134n },
    { by: "branch", key: "north", minor: 450n },
    { by: "activityCountry", key: "drivers, BE", minor: 451n },
  ] as const;
  const found = concentrationsOf(slices, 1_000n, { client: 200_000n, branch: 450_000n });
  t.same(
    found.map(({ by, key, level }) => `${by} ${key} ${level}`),
    ["client b red", "sister lille amber", "branch north amber", "activityCountry drivers, BE red"],
  );
  t.same(hangingOf(found), { client: 800_000n, barred: 451_000n });
  t.same(concentrationsOf(slices, 0n, { client: 1n, branch: 1n }), []);
  t.same(
    [...coverageMissed(999_999n, 1_000_000n), ...coverageMissed(1_000_000n, 1_000_000n), ...hangingTooMuch(found)].map(
      ({ cause }) => cause,
    ),
    ["coverage", "client", "activityCountry"],
  );
  t.end();
});

test("a run is what its fields say, in an address as on a page", (t) => {
  const fields = fieldsOf(standing, shock, "EUR");
  t.match(fields, {
    turnover: "400000.00",
    feeRate: "8.5",
    vatRate: "21",
    lost: "45",
    claimsTimes: "200",
    "split-reserve": "20",
    "pot-reserve": "250000.00",
  });
  t.same(runFrom(fields, "EUR"), { standing, shock });
  t.same(runFrom({ ...fields, turnover: "400 000", feeRate: "8,5" }, "EUR"), { standing, shock }, "as people type it");
  for (const wrong of [{ lost: "101" }, { lost: "-1" }, { delay: "1.5" }, { delay: "61" }, { cash: "1e3" }, { turnover: "" }])
    t.equal(runFrom({ ...fields, ...wrong }, "EUR"), undefined);
  const yen = fieldsOf(standing, shock, "JPY");
  t.same(runFrom(yen, "JPY"), { standing, shock });
  t.end();
});

test("lateness does it, not the loss", (t) => {
  const onTime = verdictOf(stress(standing, { ...shock, delay: 0 }).slice(0, 2), 1_000_000n);
  t.same(onTime.below, [], "with no delay month 1 is covered");
  const late = stress(standing, { ...shock, delay: 2 });
  t.equal(said(verdictOf(late, 1_000_000n).lowest.cash), "-164500.00");
  t.equal(verdictOf(late, 1_000_000n).emptyIn, 2);
  t.end();
});

test("the presets say what hangs on whom", (t) => {
  const hanging = { client: 200_000n, barred: 450_000n };
  t.match(shockOf("client", hanging), { lost: 200_000n, lostUnpaid: 1_000_000n, delay: 0, askedBack: 0n });
  t.match(shockOf("barred", hanging), { lost: 450_000n, lostUnpaid: 200_000n, delay: 0 });
  t.match(shockOf("late", hanging), { lost: 0n, delay: 1 });
  t.match(shockOf("all", hanging), { lost: 650_000n, lostUnpaid: 446_153n, delay: 1 });
  t.match(shockOf("all", { client: 0n, barred: 0n }), { lost: 0n, lostUnpaid: 0n });
  t.equal(shockOf("all", { client: 600_000n, barred: 700_000n }).lost, 1_000_000n);
  t.end();
});

/** Cash, what clients owe, what was advanced and the VAT asked back, less what is owed and what the pots hold. */
const difference = (advances: bigint, { cash, receivables, vatRelief, budgets, savings, vatDue, pots: held }: StressMonth): bigint =>
  cash + receivables + advances + vatRelief - budgets - savings - vatDue - pots.reduce((so, pot) => so + held[pot], 0n);

const minor = fc.bigInt({ min: 0n, max: 10n ** 12n });
const rate = fc.bigInt({ min: 0n, max: 1_000_000n });
const weights = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9));
const perPot = (of: (at: number) => bigint): PerPot<bigint> => Object.fromEntries(pots.map((pot, at) => [pot, of(at)])) as PerPot<bigint>;

test("a pot that fell below its floor is told, one that never reached it is not", (t) => {
  const floors = perPot((at) => cents([5_000, 2_000, 0, 0, 10_000, 0][at] ?? 0));
  const rows: readonly (readonly [readonly number[], readonly Pot[], string])[] = [
    [[5_000, 2_000, 0, 0, 10_000, 0], pots, ""],
    [[4_999, 0, 0, 0, 0, 0], [], ""],
    [[4_999, 0, 0, 0, 0, 0], ["guarantee", "coaching"], "guarantee 999800"],
    [[5_000, -1, -1, 0, 9_999, 0], pots, "insurance 0, coaching 0, reserve 999900"],
  ];
  for (const [held, filled, told] of rows) {
    const fallen = potsFallen(
      perPot((at) => cents(held[at] ?? 0)),
      floors,
      new Set(filled),
    );
    t.equal(fallen.map(({ pot, ppm }) => `${pot} ${ppm}`).join(", "), told);
  }
  t.same(
    potsFilled(
      perPot((at) => cents([5_000, 1_999, 0, -1, 0, 3][at] ?? 0)),
      floors,
    ),
    ["guarantee", "coaching", "running"],
  );
  t.end();
});

const anyStanding: fc.Arbitrary<Standing> = fc.record({
  turnover: minor,
  vatRate: fc.bigInt({ min: 0n, max: 300_000n }),
  feeRate: fc.bigInt({ min: 30_000n, max: 150_000n }),
  fundSplit: weights.map((parts) => perPot((at) => BigInt(parts[at] ?? 0) + 1n)),
  clientMonths: fc.nat(6),
  memberDays: fc.nat(45),
  neverPaid: rate,
  runningCost: minor,
  claims: minor,
  coaching: minor,
  cash: minor,
  pots: fc.array(minor, { minLength: 6, maxLength: 6 }).map((held) => perPot((at) => held[at] ?? 0n)),
  savings: minor,
  advances: minor,
  owedToSisters: minor,
});

const anyShock: fc.Arbitrary<Shock> = fc.record({
  lost: rate,
  lostUnpaid: rate,
  delay: fc.nat(6),
  askedBack: rate,
  claimsTimes: fc.bigInt({ min: 0n, max: 5_000_000n }),
  claimsMonths: fc.nat(24),
});

test("what is there is what is owed and held, to the cent, in every month of ten thousand runs", (t) => {
  const month1 = stress(standing, shock)[1] as StressMonth;
  t.equal(said(month1.cash + month1.receivables + standing.advances + month1.vatRelief), "842500.00");
  t.equal(difference(standing.advances, month1), 0n);
  fc.assert(
    fc.property(anyStanding, anyShock, (given, struck) => {
      const [first, ...others] = stress(given, struck).map((month) => difference(given.advances, month));
      return others.every((each) => each === first);
    }),
    { numRuns: 10_000, seed: 6 },
  );
  t.end();
});

test("a run is ready before anybody sees a slider stop", (t) => {
  const began = process.hrtime.bigint();
  for (let run = 0; run < 20; run += 1) stress(standing, shock);
  t.ok(process.hrtime.bigint() - began < 20n * 50_000_000n, "less than 50 ms each");
  t.end();
});
