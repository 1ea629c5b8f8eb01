// A member who is a business of their own and asks VAT, told to the end: promised, held up until they agreed, paid ahead of the client with the VAT of their invoice, and the book printed.
import { join } from "node:path";
import { test } from "tap";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import {
  answerCalledWrong,
  callSelfBilledWrong,
  listPayables,
  listPayouts,
  listSelfBilled,
  orderPayouts,
  readPayoutFile,
  readStatement,
  setIban,
  signPayout,
  takePayoutFile,
} from "@partcommune/shared/money/api";
import { askTaxpayers, readIncomeReport, readReportedIncome, reportIncome, setTaxpayer } from "@partcommune/shared/money/api/income-report";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { readFund } from "@partcommune/shared/mutual/api";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { dayMs } from "@partcommune/shared/platform/time";
import { camt, imported } from "../support/camt.ts";
import { endow } from "../support/endowment.ts";
import { agreed } from "../support/engagements.ts";
import { figureOpened } from "../support/figures.ts";
import { keepLedger, printedLedger } from "../support/ledger.ts";
import { bills } from "../support/paid-to.ts";
import { signInAgain } from "../support/people.ts";
import { told } from "../support/told.ts";
import { clientPaid, eur, houseAccount, ibans, treasury } from "../support/treasury.ts";

test("Anna is paid 1830.00 and the 384.30 of VAT that her invoice bears, before the client has paid", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer, client, worker, member, tess, tom } = stage;
  await endow(coop, "20000.00");
  await houseAccount(stage);
  await told(worker, setIban, { member, iban: ibans[0] });
  const { engagement, milestone, page } = await agreed({ buyer, client, worker });
  await told(worker, startEngagement, { engagement });
  await told(worker, handIn, { milestone, text: "It is done." });
  const { invoice } = await told(buyer, approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 });
  await coop.settle();
  const kinds = async () => (await told(worker, listNotices, {})).items.map(({ kind }) => kind);
  t.equal((await kinds()).filter((kind) => kind === "billingWanted").length, 1, "she is asked once");

  coop.wait(7 * dayMs);
  await coop.keepTime();
  const [waiting] = (await told(tess, listPayables, {})).items;
  t.match(waiting, { waitsFor: "billing", dueOn: "2026-12-10" }, "its day has come, and it waits for her word");
  t.match((await told(worker, readStatement, { member })).payables, [{ state: "waiting", waitsFor: "billing" }]);
  await bills(worker, member, { scheme: "registered", taxNumber: "BE0202239951", name: "Anna Bricole" });
  const [ready] = (await told(tess, listPayables, {})).items;
  t.match(ready, { waitsFor: undefined, amount: eur("2214.30"), vat: eur("384.30") });

  const { id: payout, hash, total } = await told(tess, orderPayouts, { payables: [ready?.id ?? ""] });
  t.same(total, eur("2214.30"), "both sign for what leaves");
  await told(tom, signPayout, { payout, hash });
  await told(tess, takePayoutFile, { payout });
  const file = await tess.raw({ method: "GET", url: pathWith(readPayoutFile.path, { payout }) });
  t.match(file.body, '<InstdAmt Ccy="EUR">2214.30</InstdAmt>');
  t.match(file.body, "<CtrlSum>2214.30</CtrlSum>");
  const item = (await told(tess, listPayouts, {})).items[0]?.items[0]?.id ?? "";
  const until = "2026-12-08";
  const read = await imported(tess, camt([{ amount: "-2214.30", ref: "K1", endToEnd: bankIdOf(item) }], { until, opening: "20000.00" }));
  t.match(read.body, { booked: 1, waiting: 0 }, read.text);
  await coop.settle();
  t.match(await page(), { milestones: [{ state: "memberPaid", payable: { state: "paid", amount: eur("1830.00") } }] });
  t.match((await told(worker, listSelfBilled, { member })).items, [
    { number: "M0001-2026-0001", invoice: invoice.number, net: eur("1830.00"), vat: eur("384.30"), gross: eur("2214.30") },
  ]);

  const fund = async () => told(coop.someone(), readFund, {});
  t.match((await fund()).guarantee, { exposure: eur("1830.00"), due: 1, onTime: 1 }, "exposed is what the guarantee paid of the budget");
  t.same(await figureOpened(tess, "exposed"), eur("1830.00"));
  t.match((await fund()).coverage, { vatDue: eur("35.70") }, "420.00 are due, of which 384.30 are deducted");
  t.same(await figureOpened(tess, "vatDue"), eur("35.70"));
  const paid = await clientPaid(stage, invoice.id, "2420.00");
  t.equal(paid.status, 200, paid.text);
  await coop.settle();
  t.match(await page(), { state: "finished", milestones: [{ state: "settled" }] });
  t.match((await fund()).guarantee, { exposure: eur("0.00") });

  coop.wait(dayMs);
  await coop.keepTime();
  keepLedger(
    t,
    join(import.meta.dirname, "an-invoice-of-ones-own.ledger.txt"),
    await printedLedger(coop, { [member]: "Anna", [client]: "Carla SA" }),
  );

  const [paper] = (await told(worker, listSelfBilled, { member })).items;
  await told(worker, callSelfBilledWrong, { paper: paper?.id ?? "", because: "My workshop has moved." });
  await bills(worker, member, { scheme: "registered", taxNumber: "BE0202239951", name: "Anna Bricole", street: "Rue Basse 3" });
  await told(tess, answerCalledWrong, { paper: paper?.id ?? "" });
  await coop.settle();
  t.ok((await kinds()).includes("selfBilledAnswered"), "it is taken back and written anew, with another street and the same sums");

  t.same(await told(tess, askTaxpayers, { year: 2026 }), { asked: 1 });
  coop.wait(25 * dayMs);
  await coop.keepTime();
  for (const [caller, name] of [
    [worker, "Anna"],
    [tess, "Tess"],
  ] as const)
    await signInAgain(coop, caller, name);
  const anna = { kind: "individual", firstName: "Anna", lastName: "Bricole", bornOn: "1990-02-28", taxNumber: "90022812345" } as const;
  await told(worker, setTaxpayer, { member, taxpayer: anna });
  const { leftOut } = await told(tess, readIncomeReport, { year: 2026 });
  await told(tess, reportIncome, { year: 2026, leftOut });
  await coop.settle();
  const [year] = (await told(worker, readReportedIncome, { member })).items;
  t.match(year?.quarters[3], { paid: eur("2214.30"), fees: eur("170.00"), works: 1 });
  const heard = await kinds();
  for (const kind of ["taxpayerWanted", "incomeReported"]) t.ok(heard.includes(kind as (typeof heard)[number]), kind);
});
