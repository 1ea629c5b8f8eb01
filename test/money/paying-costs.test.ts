// What the coop itself costs: bills with their VAT, charges, interest and premiums are booked from the bank's lines, everybody reads the sums, and a month with them closes.
import { test } from "tap";
import { confirmBankLine, confirmClosing, listBankLines, proposeClosing, readVat } from "@partcommune/shared/money/api";
import { readCosts } from "@partcommune/shared/money/api/cost";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { camt, imported } from "../support/camt.ts";
import { told } from "../support/told.ts";
import { bankBooked, entered, eur, houseAccount, treasury, type Treasury } from "../support/treasury.ts";

const vat = { by: "supplier", rate: 210_000, vat: eur("21.00") } as const;
const server = { kind: "costPaid", cost: "software", party: "Hosting Frères SA", vat } as const;

const balances = async ({ coop }: Treasury, like: string): Promise<Readonly<Record<string, bigint>>> => {
  const rows = await coop.db.selectFrom("ledger.account_balance").select(["code", "balance"]).where("code", "like", like).execute();
  return Object.fromEntries(rows.filter(({ balance }) => balance !== 0n).map(({ code, balance }) => [code, balance]));
};

async function closed({ tess, tom }: Treasury, until: string, balance: string): Promise<string | undefined> {
  const { body, problem } = await tess.call(proposeClosing, { until: until as Day, bank: eur(balance) });
  return problem ?? (await tom.call(confirmClosing, { closing: body.id })).problem;
}

test("bills, charges and interest are booked as they were said, and everybody reads what the coop costs", async (t) => {
  const stage = await treasury(t, { now: "2026-11-20T09:00:00Z" });
  const { coop, tess, tom, buyer } = stage;
  t.same(await told(coop.someone(), readCosts, {}), { year: 2026, costs: [], incomes: [] });
  await bankBooked(stage, { kind: "endowed", pot: "insurance", by: "founders", from: "the founders" }, "5000.00");
  t.same((await told(coop.someone(), readCosts, {})).costs, []);

  await bankBooked(stage, server, "121.00");
  await bankBooked(stage, { kind: "costPaid", cost: "advice", party: "Kanzlei Weber", vat: { by: "us" } }, "100.00");
  await bankBooked(stage, { kind: "costPaid", cost: "bank", party: "Banque" }, "4.50");
  await bankBooked(
    stage,
    { kind: "costRefunded", cost: "software", party: "Hosting Frères SA", vat: { ...vat, vat: eur("2.10") } },
    "12.10",
  );
  await bankBooked(stage, { kind: "incomeReceived", income: "interest", party: "Banque" }, "3.20");
  t.same(await balances(stage, "expense:%"), { "expense:software": 9_000n, "expense:advice": 10_000n, "expense:bank": 450n });
  t.same(
    await balances(stage, "vat:%"),
    { "vat:BE:input": 3_990n, "vat:BE:due": -2_100n },
    "21.00 less 2.10, and 21.00 that we owe and deduct",
  );
  t.same(
    await told(coop.someone(), readCosts, {}),
    {
      year: 2026,
      costs: [
        { cost: "advice", amount: eur("100.00") },
        { cost: "software", amount: eur("90.00") },
        { cost: "bank", amount: eur("4.50") },
      ],
      incomes: [{ income: "interest", amount: eur("3.20") }],
      sum: eur("191.30"),
    },
    "a visitor reads what was paid for, and not who was paid",
  );
  t.match((await told(tess, readVat, {})).months[1], {
    bought: { net: eur("100.00"), vat: eur("21.00") },
    due: eur("21.00"),
    input: eur("39.90"),
  });
  t.match(
    (await told(tess, listBankLines, {})).items.find(({ amount }) => amount.amount === "4.50"),
    { cost: "bank", about: "Banque", state: "booked" },
  );

  const more = (await entered(stage, { kind: "premiumPaid", party: "Assurances du Port" }, "4999.99")).body.id;
  t.equal((await tom.call(confirmBankLine, { line: more })).problem, "pot-floor", "members’ cover is the pot’s, as far as it reaches");
  t.equal((await bankBooked(stage, { kind: "premiumPaid", party: "Assurances du Port" }, "240.00")).problem, undefined);
  t.match(await balances(stage, "pot:insurance"), { "pot:insurance": -476_000n });

  const wrong = await entered(stage, { ...server, vat: { ...vat, vat: eur("30.00") } }, "121.00");
  t.match(wrong, { status: 422, problem: "vat-differs" });
  t.equal(
    (await entered(stage, { ...server, vat: { ...vat, vat: { amount: "21.00", currency: "SEK" } } }, "121.00")).problem,
    "currency-differs",
  );
  t.equal((await entered(stage, { ...server, cost: "party" as never }, "121.00")).status, 422);
  t.equal((await entered({ coop, tess: buyer }, server, "121.00")).status, 403);
});

test("a line that the bank’s file shows is said to be a cost, and the month closes", async (t) => {
  const stage = await treasury(t, { now: "2026-12-20T09:00:00Z" });
  const { coop, tess, tom } = stage;
  await bankBooked(stage, { kind: "endowed", pot: "reserve", by: "founders", from: "the founders" }, "1000.00");
  await houseAccount(stage);
  const file = camt(
    [
      { ref: "K1", amount: "-4.50", words: "Frais de tenue de compte", on: "2026-12-20" },
      { ref: "K2", amount: "-121.00", words: "Facture 77", party: "Hosting Frères SA", on: "2026-12-20" },
      { ref: "K3", amount: "3.20", words: "Interets crediteurs", on: "2026-12-20" },
    ],
    { opening: "1000.00", until: "2026-12-20" },
  );
  t.equal((await imported(tess, file)).problem, undefined);
  const waiting = (await told(tess, listWaitingLines, {})).items;
  t.equal(waiting.length, 3);
  const of = (amount: string) => waiting.find((each) => each.amount.amount === amount);
  t.match(of("4.50")?.suggestions, [{ means: { kind: "costPaid", cost: "bank", party: "Frais de tenue de compte" }, why: "bankAlone" }]);
  t.same(of("121.00")?.suggestions, [], "of a bill nobody guesses what it was for");
  coop.wait(12 * dayMs);
  await coop.keepTime();
  t.equal(await closed(stage, "2026-12-31", "877.70"), "closing-lines-wait");
  t.equal(
    (await tess.call(explainLine, { waiting: of("3.20")?.id ?? "", means: server })).problem,
    "line-the-other-way",
    "what came in is no bill",
  );
  const said = [
    { waiting: of("4.50")?.id ?? "", means: of("4.50")!.suggestions[0]!.means },
    { waiting: of("121.00")?.id ?? "", means: server },
    { waiting: of("3.20")?.id ?? "", means: { kind: "incomeReceived", income: "interest", party: "Banque" } as const },
  ];
  for (const each of said) await told(tom, confirmBankLine, { line: (await told(tess, explainLine, each as never)).id });
  await coop.keepTime();
  t.equal(await closed(stage, "2026-12-31", "877.70"), undefined);
  t.same(await balances(stage, "pot:reserve"), { "pot:reserve": -89_870n }, "with December the reserve bears 104.50 less 3.20");
  t.same(await balances(stage, "expense:%"), {});
  t.equal((await told(coop.someone(), readCosts, {})).year, 2027);
});
