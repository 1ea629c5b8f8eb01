// Two hundred invoices reckoned twice: by the law and by a calculator that shares nothing with it.
import { test } from "tap";
import { legsOfInvoice, type InvoiceFacts } from "@partcommune/shared/money/rules/legs";
import { amountText, exponentOf, moneyFrom } from "@partcommune/shared/platform/money";
import { expectedLegs, type Slip } from "../support/calculator.ts";

const golden: Slip = {
  price: "2000.00",
  currency: "EUR",
  decimals: 2,
  vatPercent: "21",
  feePercent: "8.5",
  splitPercent: { guarantee: "40", insurance: "20", coaching: "10", advances: "10", reserve: "20", running: "0" },
  team: { "4": 1 },
};

/** Numbers from a seed, so that a row that fails is the same row tomorrow (Lehmer, modulus 2^31 - 1). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

function slip(row: number): Slip {
  const roll = dice(20_261_207 + row * 7_919);
  for (let warm = 0; warm < 5; warm += 1) roll(2);
  const [currency, decimals] =
    (
      [
        ["EUR", 2],
        ["JPY", 0],
        ["TND", 3],
        ["CHF", 2],
        ["ISK", 0],
        ["KWD", 3],
      ] as const
    )[roll(6)] ?? (["EUR", 2] as const);
  const minor = String(1 + (roll(4) === 0 ? roll(60) : roll(9_000_000))).padStart(decimals + 1, "0");
  const price = decimals === 0 ? minor : `${minor.slice(0, -decimals)}.${minor.slice(-decimals)}`;
  const running = roll(3) * 5;
  const guarantee = 20 + roll(30);
  const insurance = roll(10);
  const coaching = roll(7) + 0.5;
  const advances = 4 - roll(3) * 0.25;
  const reserve = 100 - running - guarantee - insurance - coaching - advances;
  const shares = { guarantee, insurance, coaching, advances, reserve, running };
  return {
    price,
    currency,
    decimals,
    vatPercent: ["21", "20", "0", "5.5", "2.1", "6", "25"][roll(7)] ?? "21",
    feePercent: ["8.5", "3", "15", "7.25", "10.1234"][roll(5)] ?? "8.5",
    splitPercent: Object.fromEntries(Object.entries(shares).map(([pot, share]) => [pot, String(share)])),
    team: Object.fromEntries(Array.from({ length: 1 + roll(5) }, (_, at) => [`m${at}`, 1 + roll(9)])),
  };
}

/** Per cent text as parts per million. */
const ppm = (percent: string): bigint => BigInt(Math.round(Number(percent) * 10_000));

function factsOf({ price, currency, vatPercent, feePercent, splitPercent, team }: Slip): InvoiceFacts {
  return {
    client: "9",
    country: "BE",
    price: moneyFrom({ amount: price, currency }),
    vatRate: ppm(vatPercent),
    feeRate: ppm(feePercent),
    fundSplit: Object.fromEntries(Object.entries(splitPercent).map(([pot, share]) => [pot, ppm(share)])) as InvoiceFacts["fundSplit"],
    team: Object.entries(team).map(([member, part]) => ({ member, part: BigInt(part) })),
  };
}

const saidByLaw = (each: Slip): readonly string[] =>
  legsOfInvoice(factsOf(each)).map(({ account, money }) => {
    const text = amountText(money);
    return `${account.code} ${text.startsWith("-") ? text.replace("-", "−") : `+${text}`} ${money.currency}`;
  });

test("the golden invoice, by law and by calculator", async (t) => {
  const legs = [
    "receivable:client:9 +2420.00 EUR",
    "vat:BE:due −420.00 EUR",
    "member:4:budget −1830.00 EUR",
    "pot:guarantee −68.00 EUR",
    "pot:insurance −34.00 EUR",
    "pot:coaching −17.00 EUR",
    "pot:advances −17.00 EUR",
    "pot:reserve −34.00 EUR",
  ];
  t.same(expectedLegs(golden), legs);
  t.same(saidByLaw(golden), legs);
});

test("two hundred seeded rows agree to the last unit", async (t) => {
  const slips = Array.from({ length: 200 }, (_, row) => slip(row));
  for (const [row, each] of slips.entries()) t.same(saidByLaw(each), expectedLegs(each), `row ${row}: ${JSON.stringify(each)}`);
  // The rows are no accident of one shape: every number of decimals, teams, free pots, tiny prices.
  t.same(
    [...new Set(slips.map(({ currency }) => exponentOf(currency)))].toSorted((one, other) => one - other),
    [0, 2, 3],
  );
  t.ok(slips.filter(({ team }) => Object.keys(team).length > 1).length > 100, "teams");
  t.ok(slips.filter(({ price }) => Number(price.replace(".", "")) <= 60).length > 20, "tiny prices");
  t.ok(
    slips.some(({ splitPercent }) => splitPercent["running"] === "0") && slips.some(({ vatPercent }) => vatPercent === "0"),
    "shares of nothing",
  );
});
