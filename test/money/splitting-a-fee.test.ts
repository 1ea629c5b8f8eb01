// A fee is taken once and shared out so that the parts are always the whole.
import fc from "fast-check";
import { test } from "tap";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { legsOfInvoice, legsOfInvoiceCredited, restOf, totalsOf, type InvoiceFacts } from "@partcommune/shared/money/rules/legs";
import { apportioned, feeOf, splitByParts, splitFee, splitWork } from "@partcommune/shared/money/rules/split";
import { vatOf, vatTotals } from "@partcommune/shared/money/rules/vat";
import { legsText } from "../support/book.ts";

const eur = (minor: number | bigint) => ({ minor: BigInt(minor), currency: "EUR" });
const founding = { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n };
const golden: InvoiceFacts = {
  client: "9",
  country: "BE",
  price: eur(200_000),
  vatRate: 210_000n,
  feeRate: 85_000n,
  fundSplit: founding,
  team: [{ member: "4", part: 1n }],
};

test("the golden job", async (t) => {
  t.equal(
    legsText(legsOfInvoice(golden)),
    "receivable:client:9 +2420.00 · vat:BE:due −420.00 · member:4:budget −1830.00 · pot:guarantee −68.00 · pot:insurance −34.00 · pot:coaching −17.00 · pot:advances −17.00 · pot:reserve −34.00",
  );
});

test("left-over cents go by largest remainder, ties in the order of the pots", async (t) => {
  for (const [price, fee, ...parts] of [
    [1001, 85, 34, 17, 9, 8, 17, 0],
    [200_000, 17_000, 6_800, 3_400, 1_700, 1_700, 3_400, 0],
    [12, 1, 1, 0, 0, 0, 0, 0],
    [6, 1, 1, 0, 0, 0, 0, 0], // 0.51 of a cent is a cent
    [5, 0, 0, 0, 0, 0, 0, 0],
    [53, 5, 2, 1, 1, 0, 1, 0],
  ] as const) {
    t.equal(feeOf(eur(price), 85_000n).minor, BigInt(fee), `fee of ${price}`);
    const shares = splitFee(eur(fee), founding);
    t.same(
      pots.map((pot) => Number(shares[pot].minor)),
      parts,
      `split of ${price}`,
    );
  }
});

test("half a cent goes to the even one", async (t) => {
  t.equal(feeOf(eur(100), 85_000n).minor, 8n);
  t.equal(feeOf(eur(300), 85_000n).minor, 26n);
  t.equal(vatOf(eur(50), 210_000n).minor, 10n);
  t.equal(vatOf(eur(150), 210_000n).minor, 32n);
});

test("VAT is reckoned per rate on the sum of the lines", async (t) => {
  const line = (net: number, rate: bigint) => ({ net: eur(net), rate });
  t.same(vatTotals([line(33, 210_000n), line(100, 60_000n), line(33, 210_000n), line(33, 210_000n)]), [
    { rate: 210_000n, net: eur(99), vat: eur(21) }, // by line it would be 7 + 7 + 7
    { rate: 60_000n, net: eur(100), vat: eur(6) },
  ]);
  t.same(vatTotals([line(7, 210_000n), line(7, 210_000n)]), [{ rate: 210_000n, net: eur(14), vat: eur(3) }], "by line it would be 2");
});

test("a team's fee is taken once on the whole and split like the work", async (t) => {
  const earnings = splitWork(eur(200_000), eur(17_000), [1n, 1n, 1n]);
  t.same(
    earnings.map(({ fee, earned }) => [fee.minor, earned.minor]),
    [
      [5_667n, 61_000n],
      [5_667n, 61_000n],
      [5_666n, 61_000n],
    ],
  );
});

test("8.5 % of every cent up to 10 000.00: the parts are the whole", async (t) => {
  const wrong: number[] = [];
  for (let price = 1; price <= 1_000_000; price += 1) {
    const fee = feeOf(eur(price), 85_000n);
    const shares = splitFee(fee, founding);
    if (pots.reduce((total, pot) => total + shares[pot].minor, 0n) !== fee.minor || pots.some((pot) => shares[pot].minor < 0n))
      wrong.push(price);
  }
  t.same(wrong, []);
});

test("any amount over 3, 5, 7 and 11 parts, and any weights: nothing is lost and nobody is more than a unit off", async (t) => {
  const weights = fc.array(fc.bigInt(0n, 1_000_000n), { minLength: 1, maxLength: 11 }).filter((each) => each.some((weight) => weight > 0n));
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), weights, (whole, parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0n);
      const found = apportioned(whole, parts);
      const exact = found.every((part, at) => abs(part * total - whole * (parts[at] ?? 0n)) < total);
      return found.reduce((sum, part) => sum + part, 0n) === whole && exact;
    }),
    { numRuns: 2_000 },
  );
  for (const count of [3, 5, 7, 11]) {
    const parts = splitByParts(
      eur(1),
      Array.from({ length: count }, () => 1n),
    );
    t.same(
      parts.map(({ minor }) => minor),
      Array.from({ length: count }, (_, at) => (at === 0 ? 1n : 0n)),
    );
  }
  t.throws(() => apportioned(1n, [0n, 0n]), RangeError);
});

const invoices = fc.record({
  client: fc.constant("9"),
  country: fc.constant("BE"),
  price: fc.bigInt(1n, 10n ** 9n).map(eur),
  vatRate: fc.constantFrom(0n, 60_000n, 120_000n, 210_000n, 55_000n),
  feeRate: fc.bigInt(30_000n, 150_000n),
  fundSplit: fc.constant(founding),
  team: fc
    .array(fc.bigInt(1n, 1_000n), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.map((part, at) => ({ member: `m${at}`, part }))),
});

test("legs of any invoice sum to zero, and no member pays for working", async (t) => {
  fc.assert(
    fc.property(invoices, (facts) => {
      const legs = legsOfInvoice(facts);
      const sound = legs.every(({ money }, at) => money.minor !== 0n && money.minor > 0n === (at === 0));
      return sound && [...totalsOf(legs).values()].every((total) => total === 0n);
    }),
    { numRuns: 2_000 },
  );
  t.pass("2 000 invoices");
});

test("part credits give back their share and end exactly at the original", async (t) => {
  t.equal(
    legsText(legsOfInvoiceCredited(legsOfInvoice(golden), [], { net: eur(50_000), vat: eur(10_500) })),
    "receivable:client:9 −605.00 · vat:BE:due +105.00 · member:4:budget +457.50 · pot:guarantee +17.00 · pot:insurance +8.50 · pot:coaching +4.25 · pot:advances +4.25 · pot:reserve +8.50",
  );
  fc.assert(
    fc.property(invoices, fc.array(fc.oneof(fc.bigInt(1n, 9n), fc.bigInt(1n, 10n ** 8n)), { maxLength: 12 }), (facts, cuts) => {
      const original = legsOfInvoice(facts);
      const whole = { net: facts.price, vat: vatOf(facts.price, facts.vatRate) };
      const left = new Map(original.map(({ account, money }) => [account.code, money.minor]));
      let before = { net: eur(0), vat: eur(0) };
      let given: ReturnType<typeof legsOfInvoice> = [];
      const take = (credit: typeof before): boolean => {
        const legs = legsOfInvoiceCredited(original, given, credit);
        given = [...given, ...legs];
        const mirrored = legs.every(({ account, money }) => (left.get(account.code) ?? 0n) < 0n === money.minor > 0n);
        for (const { account, money } of legs) left.set(account.code, (left.get(account.code) ?? 0n) + money.minor);
        before = { net: eur(before.net.minor + credit.net.minor), vat: eur(before.vat.minor + credit.vat.minor) };
        return mirrored && [...totalsOf(legs).values()].every((total) => total === 0n);
      };
      const balanced = cuts.every((cut) => {
        const rest = restOf(whole, before);
        const net = cut < rest.net.minor ? cut : rest.net.minor;
        const vat = vatOf(eur(net), facts.vatRate).minor;
        return net === 0n || take({ net: eur(net), vat: eur(vat < rest.vat.minor ? vat : rest.vat.minor) });
      });
      return balanced && take(restOf(whole, before)) && [...left.values()].every((minor) => minor === 0n);
    }),
    { numRuns: 1_000 },
  );
});

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
