// The law of advances, by itself: the smallest of three lines, what is repaid of what, and when one is lost.
import fc from "fast-check";
import { test } from "tap";
import {
  limitLines,
  limitOf,
  objectionToAdvance,
  objectionToAdvanceLoss,
  objectionToRepaying,
  repaymentsOf,
  shareRepaid,
  type AdvanceFacts,
} from "@partcommune/shared/money/rules/advance";
import { moneyFrom, moneyText, share, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { eur } from "../support/treasury.ts";

const of = (amount: string): Money => moneyFrom(eur(amount));

/** The design's own example: 615.00 of the half of 1 830.00. */
const example: AdvanceFacts = {
  cap: of("1500.00"),
  budgetShare: 500_000n,
  owed: of("300.00"),
  secured: of("1830.00"),
  pot: { balance: of("40000.00"), held: of("30000.00"), floor: of("0.00") },
};

test("the smallest of three lines is the limit, and a refusal says all three", (t) => {
  const spoken = (facts: AdvanceFacts) =>
    limitLines(facts).map(({ of: name, whole, taken, free, binds }) =>
      [name, ...[whole, taken, free].map((money) => moneyText(money).amount), ...(binds ? ["binds"] : [])].join(" "),
    );
  t.same(spoken(example), ["cap 1500.00 300.00 1200.00", "secured 915.00 300.00 615.00 binds", "pot 40000.00 30000.00 10000.00"]);
  const asks = [
    [undefined, "615.00", example],
    ["advance-over-limit", "615.01", example],
    ["advance-over-limit", "1200.01", { ...example, secured: of("9000.00") }],
    [undefined, "1200.00", { ...example, secured: of("9000.00") }],
    ["advance-over-limit", "0.01", { ...example, owed: of("2000.00") }],
    ["advance-over-limit", "0.01", { ...example, pot: { ...example.pot, floor: of("10000.00") } }],
  ] as const;
  for (const [refusal, asked, facts] of asks) t.equal(objectionToAdvance(of(asked), facts, false)?.type, refusal, asked);
  t.same(objectionToAdvance(of("700.00"), example, false, "2026-12-10" as Day)?.facts, {
    asked: eur("700.00"),
    free: eur("615.00"),
    cap: eur("1200.00"),
    secured: eur("615.00"),
    pot: eur("10000.00"),
    binds: "secured",
    until: "2026-12-10",
  });
  t.equal(objectionToAdvance(of("1.00"), example, true)?.type, "advance-while-leaving");
  t.equal(objectionToAdvance({ minor: 1n, currency: "SEK" }, example, false)?.type, "currency-differs");
  t.end();
});

test("a thousand limits equal the formula, and their lines sum to them", (t) => {
  const money = fc.bigInt({ min: 0n, max: 5_000_000n }).map((minor): Money => ({ minor, currency: "EUR" }));
  const facts: fc.Arbitrary<AdvanceFacts> = fc.record({
    cap: money,
    budgetShare: fc.bigInt({ min: 0n, max: 800_000n }),
    owed: money,
    secured: money,
    pot: fc.record({ balance: money, held: money, floor: money }),
  });
  fc.assert(
    fc.property(facts, money, (each, asked) => {
      const lines = limitLines(each);
      const limit = limitOf(lines, "EUR");
      const least = [
        each.cap.minor - each.owed.minor,
        share(each.secured, each.budgetShare).minor - each.owed.minor,
        each.pot.balance.minor - each.pot.held.minor - each.pot.floor.minor,
      ].reduce((one, other) => (one < other ? one : other));
      return (
        limit.minor === (least > 0n ? least : 0n) &&
        lines.every(({ whole, taken, free }) => whole.minor - taken.minor === free.minor) &&
        lines.filter(({ binds }) => binds).length === 1 &&
        (objectionToAdvance(asked, each, false) === undefined) === asked.minor <= limit.minor
      );
    }),
    { numRuns: 1_000 },
  );
  t.end();
});

test("what is repaid, and when an advance is lost", (t) => {
  const two = [
    { id: "old", left: of("100.00") },
    { id: "new", left: of("50.00") },
  ];
  const parts = (amount: string) =>
    repaymentsOf(of(amount), two).map(({ advance: { id }, amount: part, left }) => `${id} ${part.minor} ${left.minor}`);
  t.same(parts("60.00"), ["old 6000 4000"]);
  t.same(parts("120.00"), ["old 10000 0", "new 2000 3000"]);
  t.same(parts("0.00"), []);
  const shares = [
    ["1830.00", "300.00", 30_000n],
    ["1830.00", "900.00", 54_900n],
    ["0.03", "900.00", 0n],
    ["1830.00", "0.00", 0n],
  ] as const;
  for (const [earned, owed, minor] of shares) t.equal(shareRepaid(of(earned), of(owed), 300_000n).minor, minor, `${earned} ${owed}`);
  const choices = [
    [undefined, "50.00", "50.00", "50.00"],
    ["nothing-to-repay", "50.01", "50.00", "900.00"],
    ["not-enough-to-repay", "50.00", "50.00", "49.99"],
  ] as const;
  for (const [refusal, amount, owed, available] of choices)
    t.equal(objectionToRepaying(of(amount), of(owed), of(available))?.type, refusal, amount);
  const days = [
    ["advance-loss-too-early", "2027-05-31", "2027-05-20"],
    [undefined, "2027-06-01", "2027-05-20"],
    [undefined, "2027-06-01", "2027-06-01"],
    ["advance-talk-first", "2027-06-01", "2027-06-02"],
    ["advance-talk-first", "2027-06-01", "2027-04-01"],
  ] as const;
  for (const [refusal, today, talked] of days)
    t.equal(
      objectionToAdvanceLoss("2027-06-01" as Day, today as Day, talked as Day, "2027-04-02" as Day)?.type,
      refusal,
      `${today} ${talked}`,
    );
  t.end();
});
