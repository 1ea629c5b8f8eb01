// A bank's report on a payout (pain.002): what it refused is owed again, once and without money moving, and whatever else it says is only read.
import { test } from "tap";
import { Unreadable } from "@partcommune/server/money/actions/bank-xml";
import { readBankFile } from "@partcommune/server/money/actions/read-bank-file";
import { balanceOf } from "@partcommune/server/money/index";
import {
  confirmBankLine,
  listBankLines,
  listPayables,
  listPayouts,
  takePayoutFile,
  cancelPayout,
  orderPayouts,
} from "@partcommune/shared/money/api";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { bank, budgetOfMember, payoutTransit } from "@partcommune/shared/money/rules/accounts";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { answersOf, isRefused, objectionToReport, payoutReported, type ReportRead } from "@partcommune/shared/money/rules/bank-report";
import { camt, imported, type Line } from "../support/camt.ts";
import { invoiced } from "../support/invoices.ts";
import { withRole } from "../support/people.ts";
import { pain002, type Report } from "../support/report.ts";
import { told } from "../support/told.ts";
import { clientPaid, entered, houseAccount, paidInvoices, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

const [payout, one, two] = [1, 2, 3].map((at) => `01938c3a-7e00-7abc-8def-00000000000${at}`) as [string, string, string];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function reportIn(file: string): ReportRead {
  const read = readBankFile(bytes(file));
  if (!("report" in read)) throw new Error("no report");
  return read.report;
}

test("what a report says of each transfer is the narrowest word about it", (t) => {
  const rows: readonly (readonly [Report, string, string])[] = [
    [{ status: "RJCT", reason: "FF01" }, "RJCT FF01", "RJCT FF01"],
    [{ status: "ACCP" }, "ACCP", "ACCP"],
    [{ payment: { status: "RJCT", reason: "DT01" } }, "RJCT DT01", "RJCT DT01"],
    [{ status: "ACCP", payment: { status: "RJCT", reason: "DT01" } }, "RJCT DT01", "RJCT DT01"],
    [{ status: "PART", items: [{ item: one, status: "RJCT", reason: "AC04" }] }, "RJCT AC04", "-"],
    [{ payment: { status: "PART" }, items: [{ item: two, status: "ACSC" }] }, "-", "ACSC"],
    [{ status: "RJCT", items: [{ item: two, status: "ACSP" }] }, "RJCT", "ACSP"],
    [{ status: "ACSP", items: [{ item: one, status: "PDNG" }] }, "PDNG", "ACSP"],
    [{ status: "ACSP", items: [{ item: one, reason: "AC01" }] }, "ACSP", "ACSP"],
  ];
  for (const version of ["03", "10"] as const)
    for (const [says, ...wanted] of rows) {
      const answers = answersOf(reportIn(pain002(payout, { ...says, version })), [one, two]);
      const of = (item: string) => answers?.find((each) => each.item === item);
      const text = (item: string) => [of(item)?.status, of(item)?.reason].filter((each) => each).join(" ") || "-";
      t.same([text(one), text(two)], wanted, JSON.stringify(says));
    }
  for (const [status, wanted] of [
    ["RJCT", true],
    ...["ACCP", "ACSP", "ACSC", "ACWC", "PART", "PDNG", "XXXX"].map((each) => [each, false] as const),
  ] as const)
    t.equal(isRefused({ status }), wanted, status);
  const elsewhere = reportIn(pain002(payout, { items: [{ item: two, status: "RJCT" }] }));
  t.equal(answersOf(elsewhere, [one]), undefined, "a transfer that is not in it");
  t.equal(payoutReported(elsewhere), payout);
  const renamed = (file: string) => payoutReported(reportIn(file.replace(`<OrgnlMsgId>${bankIdOf(payout)}`, "<OrgnlMsgId>the bank’s own")));
  t.equal(renamed(pain002(payout, { payment: { status: "RJCT" } })), payout, "named by its payment alone");
  t.equal(renamed(pain002(payout, { status: "RJCT" })), undefined);
  t.equal(
    payoutReported(
      reportIn(pain002(payout, { payment: { status: "RJCT" } }).replace(`<OrgnlMsgId>${bankIdOf(payout)}`, `<OrgnlMsgId>${bankIdOf(one)}`)),
    ),
    undefined,
    "two names are none",
  );
  for (const state of ["exported", "settled", "refused"] as const) t.equal(objectionToReport(state), undefined, state);
  for (const state of ["ordered", "signed", "cancelled"] as const) t.equal(objectionToReport(state)?.type, "not-in-this-state", state);
  t.end();
});

function faultIn(given: string): string | undefined {
  try {
    return void readBankFile(bytes(given));
  } catch (error) {
    return error instanceof Unreadable ? error.because : String(error);
  }
}

test("a report is read as strictly as a statement", (t) => {
  const file = pain002(payout, { status: "RJCT", reason: "AC04", words: "compte &amp; cl\u202eos" });
  t.match(reportIn(file).group, { status: "RJCT", reason: "AC04", words: "compte & cl os" });
  const prefixed = file.replaceAll(/<(\/?)(?=[A-Z])/g, "<$1n:").replace("xmlns=", "xmlns:n=");
  t.same(reportIn(prefixed), reportIn(file), "a prefix says nothing");
  const rows: readonly (readonly [string, string])[] = [
    ["doctype", file.replace("<Document", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document')],
    ["namespace", file.replace("pain.002.001.03", "pain.002.001.02")],
    ["namespace", file.replace("pain.002.001.03", "pain.001.001.09")],
    ["xml", file.slice(0, -8)],
    ["report", file.replace("RJCT", "rejected")],
    ["report", pain002(payout, {})],
    ["report", file.replace(/<OrgnlGrpInfAndSts>.*<\/OrgnlGrpInfAndSts>/, "")],
    ["size", `${file}${" ".repeat(9 * 1_024 * 1_024)}`],
  ];
  for (const [because, given] of rows) t.equal(faultIn(given), because);
  t.end();
});

/** A payout of so many transfers whose file was taken for the bank. */
async function atBank(stage: Treasury, transfers: number) {
  const payables = await paidInvoices(stage, transfers);
  const id = await signedPayout(stage, payables);
  await told(stage.tess, takePayoutFile, { payout: id });
  const rows = await stage.coop.db
    .selectFrom("money.payout_item")
    .select(["id", "payable"])
    .where("batch", "=", id)
    .orderBy("id")
    .execute();
  return { payout: id, items: rows.map((row) => row.id), payables: rows.map(({ payable }) => payable) };
}

const batchOf = async ({ tess }: Treasury, id: string) => (await told(tess, listPayouts, {})).items.find((batch) => batch.id === id);
const balance = async ({ coop }: Treasury, account: typeof payoutTransit) => (await balanceOf(coop, account))?.balance.minor ?? 0n;
const owed = async ({ tess }: Treasury) => (await told(tess, listPayables, {})).items.map(({ id }) => id);
const entries = async ({ coop }: Treasury) =>
  (await coop.db.selectFrom("ledger.entry").select("entry_id").where("kind", "=", "payout.rejected").execute()).length;

let day = 0;
const file = (...lines: readonly Line[]) => camt(lines, { name: `day ${(day += 1)}` });

test("a transfer that the bank refused is owed again, once, its member is told, and the others go on", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker, member, board } = stage;
  const abel = await withRole(coop, board, "Abel", "accountant");
  await houseAccount(stage);
  await withIban(stage);
  const { payout: id, items, payables } = await atBank(stage, 3);
  const [first = "", second = "", third = ""] = items;
  const budget = async () => balance(stage, budgetOfMember(member));
  const onBank = await balance(stage, bank("main"));
  t.match((await imported(tess, pain002(id, { status: "ACCP", name: "r0" }))).body, {
    statements: 0,
    fresh: 0,
    report: { payout: id, answered: 3, refused: 0, late: 0, known: false },
  });
  t.match(await batchOf(stage, id), { state: "exported", said: { status: "ACCP" }, items: [{ said: { status: "ACCP" } }, {}, {}] });
  t.same(await owed(stage), [], "accepted is not refused, and not booked");
  t.same([await budget(), await entries(stage)], [0n, 0]);

  const refusal = { item: second, status: "RJCT", reason: "AC04", words: "compte clôturé" };
  const report = pain002(id, { status: "PART", items: [refusal, { item: third, status: "ACSP" }] });
  for (const caller of [worker, stage.buyer, board, abel]) t.equal((await imported(caller, report)).problem, "role-needed");
  coop.wait(60_000);
  t.match((await imported(tess, report)).body.report, { answered: 2, refused: 1, late: 0 });
  const state = await batchOf(stage, id);
  t.match(state, {
    state: "exported",
    said: { status: "PART" },
    items: [
      { said: { status: "ACCP" }, refusedOn: undefined },
      { said: { status: "RJCT", reason: "AC04", words: "compte clôturé" }, refusedOn: "2026-12-01", settledOn: undefined },
      { said: { status: "ACSP" }, refusedOn: undefined },
    ],
  });
  t.same(await owed(stage), [payables[1]]);
  t.equal(await budget(), -183_000n, "it is the member's again");
  t.equal(await balance(stage, bank("main")), onBank, "no money moved");
  const facts = await coop.db.selectFrom("platform.fact").select("subject").where("type", "=", "payable.returned").execute();
  t.same(facts, [{ subject: payables[1] }], "and the member is told, as of one that came back");

  t.match((await imported(tom, report)).body.report, { refused: 0, known: true }, "the same again");
  t.match(
    (await imported(tom, report.replace("<MsgId>r1<", "<MsgId>r2<"))).body.report,
    { refused: 0, late: 0, known: false },
    "and in another file",
  );
  t.equal(await entries(stage), 1);
  t.equal((await entered(stage, { kind: "payoutSettled", item: second }, "1830.00")).problem, "not-in-this-state");

  // The bank books what is left as one sum; what it refused has left that sum.
  t.match((await imported(tess, file({ amount: "-3660.00", ref: "K1", batch: bankIdOf(id) }))).body, { booked: 1, waiting: 0 });
  t.match(
    (await told(tess, listBankLines, {})).items.find(({ kind }) => kind === "batchSettled"),
    { about: "", on: "2026-12-01", transfers: { meant: 2, all: 3 }, without: ["Anna"] },
  );
  t.match(await batchOf(stage, id), { state: "settled" });
  t.equal(await balance(stage, payoutTransit), 0n);
  t.match((await imported(tess, pain002(id, { name: "r3", items: [{ item: first, status: "ACSC" }] }))).body.report, {
    answered: 1,
    refused: 0,
  });

  const refusedBefore = { status: "RJCT", reason: "AC04", words: "compte clôturé" };
  t.match((await told(tess, listPayables, {})).items, [{ id: payables[1], refusedBefore }], "whoever orders it reads what the bank said");
  const again = await signedPayout(stage, [payables[1] ?? ""]);
  t.match((await batchOf(stage, again))?.items, [{ refusedBefore }], "and so does whoever signs");
  t.same(
    (await batchOf(stage, id))?.items.map(({ refusedBefore: before }) => before),
    [undefined, undefined, undefined],
  );
  await told(tess, takePayoutFile, { payout: again });
  const [anew] = (await batchOf(stage, again))?.items ?? [];
  t.not(anew?.id, second, "ordered again it is another transfer, which no earlier report speaks of");
  t.match((await imported(tess, file({ amount: "-1830.00", ref: "K2", endToEnd: bankIdOf(anew?.id ?? "") }))).body, { booked: 1 });
  t.match(await batchOf(stage, again), { state: "settled" });
  t.same([await owed(stage), await budget(), await balance(stage, payoutTransit)], [[], 0n, 0n]);
});

test("a file that is refused whole gives everything back, and what is over stays as it is", async (t) => {
  const stage = await treasury(t);
  const { coop, tess } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const whole = await atBank(stage, 2);
  t.match((await imported(tess, pain002(whole.payout, { status: "RJCT", reason: "AM04" }))).body.report, { answered: 2, refused: 2 });
  t.match(await batchOf(stage, whole.payout), { state: "refused", said: { status: "RJCT", reason: "AM04" } });
  t.same((await owed(stage)).toSorted(), whole.payables.toSorted());
  t.equal((await tess.call(takePayoutFile, { payout: whole.payout })).problem, "not-in-this-state", "its file is not taken again");
  t.equal(await balance(stage, payoutTransit), 0n);
  await imported(tess, file({ amount: "-3660.00", ref: "K1", batch: bankIdOf(whole.payout) }));
  t.match((await told(tess, listWaitingLines, {})).items, [{ left: "batchDiffers" }], "what was refused does not leave by itself");

  const part = await atBank(stage, 2);
  const [left = "", kept = ""] = part.items;
  await imported(tess, file({ amount: "-1830.00", ref: "K2", endToEnd: bankIdOf(left) }));
  t.match((await imported(tess, pain002(part.payout, { status: "RJCT", name: "late" }))).body.report, { answered: 2, refused: 1, late: 1 });
  t.match(await batchOf(stage, part.payout), {
    state: "settled",
    items: [
      { id: left, settledOn: "2026-12-01", refusedOn: undefined, said: { status: "RJCT" } },
      { id: kept, settledOn: undefined, refusedOn: "2026-12-01" },
    ],
  });
  t.equal(await entries(stage), 3, "what the statement has shown is not given back");

  const strange = "01938c3a-7e00-7abc-8def-0123456789ab";
  t.equal((await imported(tess, pain002(strange, { status: "RJCT" }))).problem, "bank-report-of-another");
  t.equal((await imported(tess, pain002(left, { status: "RJCT" }))).problem, "bank-report-of-another", "a transfer is no file");
  const other = { items: [{ item: kept, status: "RJCT" }] };
  t.equal((await imported(tess, pain002(whole.payout, other))).problem, "bank-report-of-another", "a transfer of another file");
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  const ordered = await told(tess, orderPayouts, { payables: [payable] });
  t.equal((await imported(tess, pain002(ordered.id, { status: "RJCT" }))).problem, "not-in-this-state", "nobody has taken its file");
  await told(tess, cancelPayout, { payout: ordered.id });
  const kinds = await coop.db.selectFrom("money.payout_report").select("id").execute();
  t.equal(kinds.length, 2, "of what was refused nothing is kept");
  await t.rejects(coop.db.updateTable("money.payout_report").set({ status: "ACCP" }).execute(), { code: /PC001|42501/ });
});

test("what the bank refused by a report and booked all the same waits for people, who read that", async (t) => {
  const stage = await treasury(t);
  const { tess } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const { payout: id, items, payables } = await atBank(stage, 1);
  const [item = ""] = items;
  await imported(tess, pain002(id, { status: "RJCT", reason: "AC04" }));
  t.match((await imported(tess, file({ amount: "-1830.00", ref: "K1", endToEnd: bankIdOf(item) }))).body, { booked: 0, waiting: 1 });
  const [line] = (await told(tess, listWaitingLines, {})).items;
  t.match(line, { left: "refusedBefore" });
  const again = await signedPayout(stage, payables);
  const anew = (await batchOf(stage, again))?.items[0]?.id ?? "";
  const { id: meant } = await told(tess, explainLine, { waiting: line?.id ?? "", means: { kind: "payoutSettled", item: anew } });
  await told(stage.tom, confirmBankLine, { line: meant });
  t.match(await batchOf(stage, again), { state: "settled" }, "ordered anew, the line is that transfer, and the month can close");
  t.same([await owed(stage), await balance(stage, payoutTransit)], [[], 0n]);
});

test("of two who read the same report at once one gives back, and a statement at the same moment settles or finds it refused", async (t) => {
  const stage = await treasury(t);
  const { tess, tom } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const { payout: id, items } = await atBank(stage, 2);
  const report = (name: string) => pain002(id, { name, items: [{ item: items[0] ?? "", status: "RJCT" }] });
  const both = await Promise.all([imported(tess, report("a")), imported(tom, report("a")), imported(tom, report("b"))]);
  t.equal(
    both.reduce((so, { body }) => so + (body.report?.refused ?? 0), 0),
    1,
  );
  t.equal(await entries(stage), 1);
  const [line, said] = await Promise.all([
    imported(tess, file({ amount: "-1830.00", ref: "K1", endToEnd: bankIdOf(items[1] ?? "") })),
    imported(tom, pain002(id, { name: "c", items: [{ item: items[1] ?? "", status: "RJCT" }] })),
  ]);
  const refused = said.body.report?.refused ?? 0;
  t.ok(line.problem === "not-in-this-state" || (line.body.booked ?? 0) + refused === 1, "either, and never both");
  t.equal(await balance(stage, payoutTransit), 0n);
});
