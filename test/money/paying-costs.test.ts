// What the coop itself costs: bills with their VAT, charges, interest and premiums are booked from the bank's lines, everybody reads the sums, and a month with them closes. A line that means several things is booked part by part.
import { test, type Test } from "tap";
import {
  confirmBankLine,
  confirmClosing,
  discardBankLine,
  listBankLines,
  listOpenInvoices,
  listOwedBack,
  proposeClosing,
  readInvoice,
  readVat,
} from "@partcommune/shared/money/api";
import { keepBill, readCosts } from "@partcommune/shared/money/api/cost";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { fetchFile } from "@partcommune/shared/platform/api/files";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { camt, imported } from "../support/camt.ts";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { withRole } from "../support/people.ts";
import { told } from "../support/told.ts";
import { bankBooked, entered, eur, houseAccount, treasury, type Treasury } from "../support/treasury.ts";
import { arrivedText, sentFile } from "../support/uploads.ts";

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

  await billIsKept(t, stage);

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

/** The bill of a booked line is kept with it, for the treasury alone. */
async function billIsKept(t: Test, { coop, board, tess, tom, worker, buyer }: Treasury): Promise<void> {
  const abel = await withRole(coop, board, "Abel", "accountant");
  const bills = async () => (await told(abel, listBankLines, {})).items.flatMap(({ files }) => files);
  const line = (await told(tess, listBankLines, {})).items.find(({ amount }) => amount.amount === "121.00")?.id ?? "";
  const on = { subjectKind: "bankLine", subject: line } as const;
  const file = await arrivedText(tess, on, "Invoice 77");
  t.equal((await tom.call(keepBill, { line, files: [file] })).problem, "file-not-ready", "another sends their own");
  t.equal((await abel.call(keepBill, { line, files: [file] })).status, 403, "an accountant reads, and adds nothing");
  t.same(await bills(), []);
  await told(tess, keepBill, { line, files: [file] });
  t.match(await bills(), [{ id: file, name: "notes.txt" }]);
  const fetched = (by: Caller) => by.raw({ method: "GET", url: pathWith(fetchFile.path, { file }) });
  for (const by of [tom, abel]) t.equal((await fetched(by)).body, "Invoice 77");
  for (const by of [worker, buyer]) {
    t.equal((await fetched(by)).statusCode, 404, "nobody else finds it");
    t.equal((await sentFile(by, on, "notes.txt", Buffer.from("x"))).status, 404);
  }
  t.equal((await sentFile(abel, on, "notes.txt", Buffer.from("x"))).problem, "thread-closed");
}

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

test("one transfer pays several invoices, and says what was kept back of it", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await houseAccount(stage);
  const bills = [await invoiced(coop, stage), await invoiced(coop, stage), await invoiced(coop, stage), await invoiced(coop, stage)];
  const [one = "", two = "", three = "", four = ""] = bills.map(({ invoice }) => invoice);
  const paid = (invoice: string, amount = "2420.00") => ({ amount: eur(amount), means: { kind: "clientPaid" as const, invoice } });
  const kept = { amount: eur("5.00"), means: { kind: "costPaid" as const, cost: "bank" as const, party: "Banque" } };
  const several = (...parts: readonly (ReturnType<typeof paid> | typeof kept)[]) => ({ kind: "several" as const, parts: [...parts] });

  t.equal((await entered(stage, several(paid(one), kept), "2420.00")).problem, "parts-differ");
  t.equal((await entered(stage, several(paid(one, "1000.00"), paid(one, "1000.00")), "2000.00")).problem, "part-twice");
  t.equal((await entered(stage, several(paid(one, "3000.00"), kept), "2995.00")).problem, "more-than-open", "each as if it stood alone");
  t.equal((await entered(stage, several(paid(one)), "2420.00")).status, 422, "one thing is not several");
  t.equal(
    (await entered(stage, { kind: "several", parts: [several(paid(one), kept), kept] } as never, "2410.00")).status,
    400,
    "nor several of several",
  );

  const { id: line } = (await entered(stage, several(paid(one), paid(two, "1000.00"), kept), "3415.00")).body;
  t.match((await told(tess, listBankLines, {})).items, [
    {
      kind: "several",
      state: "entered",
      parts: [
        { kind: "clientPaid", amount: eur("2420.00"), came: true },
        { kind: "clientPaid", amount: eur("1000.00"), came: true },
        { kind: "costPaid", amount: eur("5.00"), came: false },
      ],
    },
  ]);
  t.equal((await told(tess, listBankLines, {})).items.length, 1, "its parts are no lines of their own");
  t.equal((await tess.call(confirmBankLine, { line })).problem, "second-person-needed");
  t.equal((await tom.call(confirmBankLine, { line: await partOf(stage, line) })).problem, "not-found", "it is confirmed whole");
  const both = await Promise.all([tom, tom].map((by) => by.call(confirmBankLine, { line })));
  t.same(new Set(both.map(({ status }) => status)), new Set([200, 409]), "once");
  t.same(await balances(stage, "bank:%"), { "bank:main": 341_500n });
  t.same(await balances(stage, "expense:%"), { "expense:bank": 500n });
  t.same(
    (await told(tess, listOpenInvoices, {})).items.map(({ paid: so }) => so.amount).toSorted(),
    ["0.00", "0.00", "1000.00"],
    "the first is paid whole, the second in part",
  );

  const wrong = (await entered(stage, several(paid(three), kept), "2415.00")).body.id;
  await told(tom, discardBankLine, { line: wrong });
  const bill = await arrivedText(tess, { subjectKind: "bankLine", subject: wrong });
  t.equal((await tess.call(keepBill, { line: wrong, files: [bill] })).problem, "not-in-this-state", "what was discarded proves nothing");
  const words = [await referenceOf(stage, three), await referenceOf(stage, four)].join(" et ");
  const file = (amount: string, ref: string) => camt([{ amount, ref, words, party: "Carla" }], { opening: "3415.00", name: ref });
  t.match((await imported(tess, file("4839.99", "K1"))).body, { booked: 0, waiting: 1 }, "a cent less is for people to say");
  t.match(
    (await imported(tess, file("4840.00", "K2"))).body,
    { booked: 1, waiting: 0 },
    "both references, and both whole: nobody need say it",
  );
  t.same(
    (await told(tess, listOpenInvoices, {})).items.map(({ paid: so }) => so.amount),
    ["1000.00"],
  );
  t.match((await told(tess, listBankLines, {})).items[0], { kind: "several", source: "file", parts: [{}, {}] });
});

test("what a client paid too much is theirs: it is seen, and given back", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, client } = stage;
  await houseAccount(stage);
  const [{ invoice: one }, { invoice: two }] = [await invoiced(coop, stage), await invoiced(coop, stage)];
  const receivable = async () => (await balances(stage, `receivable:client:${client}`))[`receivable:client:${client}`] ?? 0n;
  t.equal((await bankBooked(stage, { kind: "clientOverpaid", invoice: one }, "80.00")).problem, "still-open", "what is open is paid first");
  t.equal((await entered(stage, { kind: "clientRepaid", invoice: one }, "1.00")).problem, "more-than-over");

  // The bank's file shows a transfer of more than is open, and the same invoice paid a second time.
  const words = await referenceOf(stage, one);
  const lines = [
    { amount: "2500.00", ref: "K1", words, party: "Carla" },
    { amount: "2420.00", ref: "K2", words, party: "Carla" },
  ];
  await imported(tess, camt(lines.slice(0, 1)));
  const [first] = (await told(tess, listWaitingLines, {})).items;
  t.match(first?.suggestions[0], {
    means: { kind: "several", parts: [{ amount: eur("2420.00") }, { amount: eur("80.00"), means: { kind: "clientOverpaid" } }] },
    why: "reference",
  });
  await asSuggested(stage, first);
  t.match(await told(tess, listOwedBack, {}), { items: [{ id: one, over: eur("80.00"), client: "Carla SA" }] });
  await imported(tess, camt(lines.slice(1), { opening: "2500.00", name: "2" }));
  const [second] = (await told(tess, listWaitingLines, {})).items;
  t.match(second?.suggestions[0]?.means, { kind: "clientOverpaid", invoice: one }, "it was paid already");
  await asSuggested(stage, second);
  t.equal(await receivable(), 242_000n - 250_000n, "one invoice is open, and 2 500.00 are owed back");
  t.match(await told(stage.buyer, readInvoice, { invoice: one }), { gross: eur("2420.00"), paid: eur("4920.00") });

  const line = (await entered(stage, { kind: "clientRepaid", invoice: one }, "2500.00")).body.id;
  const again = (await entered(stage, { kind: "clientRepaid", invoice: one }, "0.01")).body.id;
  t.equal((await tom.call(confirmBankLine, { line })).problem, undefined);
  t.equal((await tom.call(confirmBankLine, { line: again })).problem, "more-than-over", "it is given back once");
  t.same((await told(tess, listOwedBack, {})).items, []);
  t.equal(await receivable(), 242_000n);
  t.match(await told(stage.buyer, readInvoice, { invoice: two }), { paid: eur("0.00") });
});

type Waiting = ToldOf<typeof listWaitingLines>["items"][number];

/** Both treasurers take what is suggested first. */
async function asSuggested({ tess, tom }: Treasury, line: Waiting | undefined): Promise<void> {
  const [suggestion] = line?.suggestions ?? [];
  if (!line || !suggestion) throw new Error("nothing is suggested");
  const { means } = suggestion;
  const { id } = await told(tess, explainLine, { waiting: line.id, means });
  await told(tom, confirmBankLine, { line: id });
}

const partOf = async ({ coop }: Treasury, line: string): Promise<string> =>
  (await coop.db.selectFrom("money.bank_line").select("id").where("part_of", "=", line).executeTakeFirstOrThrow()).id;

const referenceOf = async ({ tess }: Treasury, invoice: string): Promise<string> => (await told(tess, readInvoice, { invoice })).reference;
