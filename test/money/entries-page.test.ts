// The entries page is true: every row balances and can be posted, and where code composes the legs, it says the same.
import { sql } from "kysely";
import { test } from "tap";
import { entryKinds, type EntryKind } from "@partcommune/shared/money/rules/entry";
import type { CreditRisk } from "@partcommune/shared/governance/rules/terms";
import { accountOf, bank, receivableOfCoop } from "@partcommune/shared/money/rules/accounts";
import * as advance from "@partcommune/shared/money/rules/advance";
import * as closing from "@partcommune/shared/money/rules/closing";
import * as cost from "@partcommune/shared/money/rules/cost";
import * as expense from "@partcommune/shared/money/rules/expense";
import * as payroll from "@partcommune/shared/money/rules/payroll";
import * as foreign from "@partcommune/shared/money/rules/foreign";
import * as law from "@partcommune/shared/money/rules/legs";
import * as loss from "@partcommune/shared/money/rules/legs-of-loss";
import * as overdraft from "@partcommune/shared/money/rules/overdraft";
import * as relief from "@partcommune/shared/money/rules/relief";
import * as sisters from "@partcommune/shared/money/rules/legs-of-sisters";
import * as vatReturn from "@partcommune/shared/money/rules/vat-return";
import type { Day } from "@partcommune/shared/platform/time";
import { share } from "@partcommune/shared/platform/money";
import { legsFrom, legsText, openBook } from "../support/book.ts";
import { entryRows, postEveryRow } from "../support/entries.ts";

const eur = (minor: number) => ({ minor: BigInt(minor), currency: "EUR" });
const founding = { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n };
const work = { client: "9", country: "BE", price: eur(200_000), vatRate: 210_000n, feeRate: 85_000n, fundSplit: founding };
const invoice = law.legsOfInvoice({ ...work, team: [{ member: "4", part: 1n }] });
const teamsInvoice = law.legsOfInvoice({ ...work, team: ["4", "21", "31"].map((member) => ({ member, part: 1n })) });

const across = { price: eur(200_000), feePpm: 85_000n, hostSharePpm: 200_000n, fundSplit: founding };
const atHost = { ...across, sister: "lille", client: "9", country: "BE", vatRate: 210_000n };
const atHome = { ...across, sister: "brussels" };

const feeAtHost = sisters.legsOfFeeHost(atHost);
const feeAtHome = sisters.legsOfFeeHome({ ...atHome, team: [{ member: "21", part: 1n }] });

const open = { net: eur(200_000), vat: eur(42_000) };
const promised = { team: [{ member: "4", guaranteed: true }] };
const bornAtHome = (risk: CreditRisk) => share(open.net, sisters.homeLossPpm(across.hostSharePpm, risk));
const lostByHost = (risk: CreditRisk) =>
  loss.legsOfLoss(feeAtHost, [], open, { team: [], sister: { host: "lille", bears: bornAtHome(risk) } });
const lostAtHost = lostByHost("shared");
const lostAtHome = loss.legsOfLossHome(feeAtHome, { price: open.net, lost: open.net, bears: bornAtHome("shared") });

const pay = { net: eur(136_796), employee: eur(38_786), employer: eur(7_418) };

const yearsCosts = [
  { account: accountOf("expense:bank"), left: eur(500) },
  { account: accountOf("fx:result"), left: eur(1_700) },
];

const chf = { minor: 200_000n, currency: "CHF" };
const abroad = { ...work, client: "7", price: eur(208_000), vatRate: 0n };
const lastOfYear = { currency: "CHF", on: "2026-12-31" as Day, home: 1_025_000n, foreign: 1_000_000n };
const revalued = foreign.legsOfRevalued({ held: { ...chf, minor: -chf.minor }, worth: eur(208_000) }, lastOfYear);

const composed: readonly (readonly [EntryKind, readonly law.Leg[]])[] = [
  ["invoice.issued", invoice],
  ["invoice.issued", teamsInvoice],
  ["invoice.credited", law.legsOfInvoiceCredited(invoice, [], { net: eur(50_000), vat: eur(10_500) })],
  ["client.paid", law.legsOfClientPaid({ client: "9", bank: "main", received: eur(242_000) })],
  ["client.paid", law.legsOfClientPaid({ client: "9", bank: "main", received: eur(241_500), kept: eur(500) })],
  ["client.overpaid", law.legsOfClientOverpaid("9", "main", eur(8_000))],
  ["client.repaid", law.legsOfClientRepaid("9", "main", eur(8_000))],
  ["stray.received", law.legsOfStrayReceived("main", eur(10_000))],
  ["stray.returned", law.legsOfStraySentBack("main", eur(10_000))],
  ["bank.unmatched", law.legsOfBankUnmatched("main", eur(10_000))],
  ["bank.matched", law.legsOfBankMatched("main", eur(10_000))],
  ["guarantee.paid", law.legsOfGuaranteePaid("4", eur(183_000))],
  ["payout.ordered", law.legsOfPayoutOrdered("4", eur(183_000))],
  ["member.billed", law.legsOfMemberBilled("4", "BE", eur(183_000), eur(38_430))],
  ["vat.billed", law.legsOfVatBilled("4", "BE", eur(6_300))],
  ["vat.owed", law.legsOfVatOwed("BE", eur(38_430))],
  ["payout.settled", law.legsOfPayoutSettled("main", eur(183_000))],
  ["payout.rejected", law.legsOfPayoutRejected("4", eur(183_000))],
  ["guarantee.lost", loss.legsOfLoss(invoice, [], open, promised)],
  ["invoice.lost", loss.legsOfLoss(invoice, [], open, { team: [{ member: "4", guaranteed: false }] })],
  ["guarantee.recovered", loss.legsOfRecovered(bank("main"), eur(60_500), loss.legsOfLoss(invoice, [], open, promised), [])],
  ["guarantee.recovered", loss.legsOfRecovered(bank("main"), eur(60_500), lostAtHost, [])],
  ["payroll.estimated", payroll.legsOfPayrollEstimated("4", { ...pay, along: eur(0) })],
  ["payroll.estimated", payroll.legsOfPayrollEstimated("4", { ...pay, along: eur(-2_000) })],
  ["payout.rejected", payroll.legsOfNetRejected(eur(136_796))],
  ["payout.ordered", payroll.legsOfNetOrdered(eur(136_796))],
  ["payroll.corrected", payroll.legsOfPayrollCorrected("4", { net: eur(0), employee: eur(0), employer: eur(182) })],
  ["payroll.remitted", payroll.legsOfPayrollRemitted({ until: "2026-12-31" as Day, employee: eur(38_786), employer: eur(7_600) })],
  ["advance.granted", advance.legsOfAdvanceGranted("4", eur(30_000))],
  ["advance.repaid", advance.legsOfAdvanceRepaid("4", eur(30_000))],
  ["advance.lost", advance.legsOfAdvanceLost("4", eur(30_000))],
  ["expense.repaid", expense.legsOfExpenseRepaid("4", "BE", eur(5_157), eur(1_083))],
  [
    "cost.paid",
    cost.legsOfCostPaid("main", "BE", { cost: "software", amount: eur(12_100), vat: { by: "supplier", rate: 210_000n, vat: eur(2_100) } }),
  ],
  ["cost.paid", cost.legsOfCostPaid("main", "BE", { cost: "advice", amount: eur(10_000), vat: cost.vatOwedOn(eur(10_000), 210_000n) })],
  [
    "cost.refunded",
    cost.legsOfCostRefunded("main", "BE", {
      cost: "software",
      amount: eur(12_100),
      vat: { by: "supplier", rate: 210_000n, vat: eur(2_100) },
    }),
  ],
  ["income.received", cost.legsOfIncome("main", "interest", eur(320))],
  ["premium.paid", cost.legsOfPremiumPaid(eur(24_000))],
  ["initiative.funded", law.legsOfInitiativeFunded("reserve", "1", eur(80_000))],
  ["initiative.paid", law.legsOfInitiativePaid("main", "1", eur(68_000))],
  ["initiative.returned", law.legsOfInitiativeReturned("reserve", "1", eur(12_000))],
  ["fund.endowed", law.legsOfEndowment("main", "guarantee", eur(4_000_000))],
  ["loan.received", law.legsOfLoanReceived("main", "1", eur(2_000_000))],
  ["loan.repaid", law.legsOfLoanRepaid("1", eur(500_000))],
  ["share.paid", law.legsOfSharePaid("main", "4", eur(2_000))],
  ["share.repaid", law.legsOfShareRepaid("4", eur(2_000))],
  ["fee.host", feeAtHost],
  ["fee.home", feeAtHome],
  ["loss.host", lostByHost("host")],
  ["loss.host", lostAtHost],
  ["loss.home", lostAtHome],
  ["loss.host", sisters.legsOfLossKept("lille", eur(160_000))],
  ["recovery.home", loss.legsOfRecovered(receivableOfCoop("brussels"), eur(40_000), lostAtHome, [])],
  ["settlement.yielded", sisters.legsOfSettlementYielded("brussels", eur(-100))],
  ["settlement.conceded", sisters.legsOfSettlementConceded("lille", eur(100))],
  ["settlement.netted", sisters.legsOfSettlementNetted("lille", eur(196_600), eur(98_300))],
  ["settlement.netted", sisters.legsOfSettlementNetted("brussels", eur(98_300), eur(196_600))],
  ["settlement.paid", sisters.legsOfSettlementPaid("lille", eur(98_300))],
  ["settlement.received", sisters.legsOfSettlementReceived("main", "brussels", eur(98_300))],
  ["vat.paid", vatReturn.legsOfVatPaid("BE", { until: "2026-12-31" as Day, due: eur(42_000), input: eur(1_083) }, eur(40_917))],
  ["vat.relieved", relief.legsOfVatRelieved("BE", eur(42_000))],
  ["vat.refused", relief.legsOfVatRefused("BE", eur(42_000), eur(10_500))],
  ["vat.refused", relief.legsOfVatBorneBack("BE", eur(10_500))],
  ["year.closed", closing.legsOfYearClosed(yearsCosts, eur(0))],
  ["invoice.issued", foreign.legsOwedIn(law.legsOfInvoice({ ...abroad, team: [{ member: "4", part: 1n }] }), chf)],
  ["client.paid", foreign.legsOfForeignPaid({ client: "7", bank: "main", settled: chf, worth: eur(208_000), received: eur(206_300) })],
  ["fx.revalued", revalued],
  ["fx.revalued", law.legsOfCorrection(revalued)],
  ["correction", overdraft.legsOfBorne("reserve", "4", eur(3_000))],
  ["correction", law.legsOfCorrection(law.legsOfClientPaid({ client: "9", bank: "main", received: eur(242_000) }).toReversed())],
];

test("every kind has its row, and every row its kind", async (t) => {
  t.ok(entryRows.length >= 50, `${entryRows.length} rows were read`);
  t.same([...new Set(entryRows.map(({ kind }) => kind))].toSorted(), [...entryKinds].toSorted());
});

test("every row sums to zero in each currency", async (t) => {
  for (const { kind, legs } of entryRows)
    t.ok(
      [...law.totalsOf(legsFrom(legs)).values()].every((total) => total === 0n),
      `${kind}: ${legs}`,
    );
});

test("the law says what the page says", async (t) => {
  for (const [kind, legs] of composed) {
    const text = legsText(legs);
    t.ok(
      entryRows.some((row) => row.kind === kind && row.legs === text),
      `${kind}: ${text}`,
    );
  }
});

test("every row can be posted, and the book knows every kind", async (t) => {
  const book = await openBook(t);
  const { rows: known } = await sql<{ kind: string }>`select kind from ledger.kind order by kind::text`.execute(book.db);
  t.same(
    known.map(({ kind }) => kind),
    [...entryKinds].toSorted(),
  );
  await postEveryRow(book);
  const { rows: posted } = await sql<{ count: bigint }>`select count(*) from ledger.entry where key like 'row:%'`.execute(book.db);
  t.equal(posted[0]?.count, BigInt(entryRows.length));
});
