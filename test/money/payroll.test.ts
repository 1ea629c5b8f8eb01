// Whoever is employed is paid through payroll: the net of an estimate or of the payroll office's figures, which have the last word, and the social offices have the rest.
import { test, type Test } from "tap";
import { admitMember, applyAsMember, confirmMember } from "@partcommune/shared/membership/api";
import { recordEmployment } from "@partcommune/shared/membership/api/employment";
import { readIncomeReport } from "@partcommune/shared/money/api/income-report";
import { readPay } from "@partcommune/shared/money/api/pay";
import {
  confirmCorrection,
  discardCorrection,
  importPayroll,
  listCorrections,
  listOverdrawn,
  listPayables,
  listPayouts,
  orderPayouts,
  proposeCorrection,
  readPayroll,
  readStatement,
  setIban,
} from "@partcommune/shared/money/api";
import { payoutTransit, payrollEmployee, payrollEmployer, payrollNet, budgetOfMember } from "@partcommune/shared/money/rules/accounts";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { bearsEarlier, sharedOut } from "@partcommune/shared/money/rules/payroll";
import { balanceOf, entryByKey, replayOf } from "@partcommune/server/money/index";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import { legsText } from "../support/book.ts";
import { camt, imported } from "../support/camt.ts";
import type { Caller } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { lille } from "../support/founding.ts";
import { invoiced } from "../support/invoices.ts";
import { signedUp } from "../support/people.ts";
import { faultsFound, type Fault } from "../support/planted.ts";
import { bankBooked, clientPaid, entered, eur, houseAccount, ibans, signedPayout, treasury } from "../support/treasury.ts";

/** A treasury with Emma, who is employed, declared, and has said where her money goes. */
async function employing(t: Test, founding: Parameters<typeof treasury>[2] = {}, reference = "1234567890", now = "2026-12-01T09:00:00Z") {
  const stage = await treasury(t, { now }, founding);
  const { coop, board } = stage;
  const emma = proving(coop, await signedUp(coop, "Emma"));
  const { id: member } = (await emma.call(applyAsMember, { status: "employee", trade: "printing" })).body;
  for (const act of [admitMember, confirmMember]) await board.call(act, { member });
  t.equal((await board.call(recordEmployment, { member, reference, from: "2026-12-01" })).status, 201);
  await emma.call(setIban, { member, iban: ibans[2] });
  return { ...stage, emma, member };
}

type Stage = Awaited<ReturnType<typeof employing>>;

test("the largest work bears what earlier months cost otherwise, unless nothing of it would be left", (t) => {
  const of = (amount: string) => moneyFrom({ amount, currency: "EUR" });
  const rows = [
    [["10.00", "20.00"], "19.99", "0.00", "5.00", 1],
    [["10.00", "20.00"], "20.00", "0.00", "5.00", undefined],
    [["20.00", "20.00"], "-5.00", "0.00", undefined, 0],
    [["20.00"], "0.00", "-4.99", "5.00", 0],
    [["20.00"], "0.00", "-5.00", "5.00", undefined],
    [["20.00", "20.00"], "0.00", "-2.50", "5.00", undefined],
    [["20.00"], "0.00", "0.00", "5.00", undefined],
    [[], "1.00", "0.00", undefined, undefined],
  ] as const;
  for (const [lefts, cost, net, told, at] of rows)
    t.equal(bearsEarlier(lefts.map(of), { cost: of(cost), net: of(net) }, told && of(told)), at, `${lefts.join()} ${cost} ${net}`);
  t.end();
});

/** Whatever waits to be reckoned is. The invoices here are of no engagement, so that nothing else is listened to. */
async function reckoned({ coop }: Pick<Stage, "coop">): Promise<void> {
  await coop.lanes.wakeDue("money.reckoning");
  await coop.lanes.idle();
}

/** Work of hers that its client has paid, and that was reckoned where it can be. */
async function earned(stage: Stage, gross: string): Promise<string> {
  const { invoice, payable } = await invoiced(stage.coop, stage);
  await clientPaid(stage, invoice, gross);
  await reckoned(stage);
  return payable;
}

const office = (rows: readonly string[]): { file: string } => ({
  file: ["member;month;gross;net;employee;employer", ...rows].join("\r\n"),
});

const balances = async ({ coop, member }: Stage) =>
  Promise.all(
    [budgetOfMember(member), payrollNet, payrollEmployee, payrollEmployer, payoutTransit].map(
      async (account) => (await balanceOf(coop, account))?.balance.minor ?? 0n,
    ),
  );

const faults: readonly Fault[] = [
  ["money-pay-posted", "update money.payout_item set pay = null"],
  ["money-pay-posted", "update money.payout_item set amount_minor = amount_minor - 1 where live"],
  ["money-pay-posted", "update money.pay set posted_at = null where id = (select pay from money.payout_item where live limit 1)"],
  ["money-pay-posted", "update ledger.entry set kind = 'member.billed' where kind = 'payroll.estimated'"],
  [
    "money-payroll-owed",
    "update ledger.leg set amount = amount - 1 where account_id = (select account_id from ledger.account where code = 'payroll:employer')",
  ],
  ["money-payroll-owed", "update money.payroll_figure set employer_off_minor = employer_off_minor + 1"],
  ["money-payroll-owed", "delete from money.payroll_figure"],
];

test("the parts of a month go to each work, to the cent", (t) => {
  const of = (amount: string) => moneyFrom({ amount, currency: "EUR" });
  const shares = sharedOut({ net: of("10.01"), employee: of("0.01"), employer: of("4.98") }, [500n, 500n, 500n]);
  for (const { net, employee, employer } of shares) t.equal(net.minor + employee.minor + employer.minor, 500n);
  t.equal(
    shares.reduce((all, { net }) => all + net.minor, 0n),
    1_001n,
  );
  t.end();
});

test("by the model of the country: the net leaves, what the bank sends back is pay that is owed, and the office corrects the rest", async (t) => {
  const stage = await employing(t, lille, "D-2026-118");
  const { coop, tess, tom, emma, member } = stage;
  await houseAccount(stage);
  const payable = await earned(stage, "2400.00");
  t.match((await tess.call(listPayables, {})).body.items, [{ amount: eur("1367.96"), cost: eur("1830.00"), waitsFor: undefined }]);
  await signedPayout(stage, [payable]);
  t.same(await balances(stage), [0n, 0n, -38_786n, -7_418n, -136_796n]);
  t.match((await emma.call(readStatement, { member })).body.items, [{ kind: "payroll.estimated", amount: eur("-1830.00") }, {}]);
  const parts = { net: eur("1367.96"), employee: eur("387.86"), employer: eur("74.18") };
  t.match((await emma.call(readPay, { member })).body, {
    came: eur("1830.00"),
    left: eur("-1830.00"),
    payroll: parts,
    lines: [
      { kind: "invoice.issued" },
      { kind: "payroll.estimated", amount: eur("-1830.00"), payroll: { ...parts, model: /^modele-social 11/ } },
    ],
  });
  const [batch] = (await tess.call(listPayouts, {})).body.items;
  const pay = { cost: eur("1830.00"), employee: eur("387.86"), employer: eur("74.18"), model: "modele-social 11.1.0" };
  t.match(batch, { total: eur("1367.96"), items: [{ amount: eur("1367.96"), pay }] });
  const replay = await replayOf(coop, {}, { from: "2026-12-01" as Day, until: "2026-12-31" as Day });
  t.ok(replay.accounts.has("payroll:employer"));
  for (const [code, { before, after }] of replay.accounts) t.equal(after, before, `${code}: under what is in force, it is what is posted`);

  const endToEnd = bankIdOf(batch?.items[0]?.id ?? "");
  const back = [
    { amount: "-1367.96", ref: "K1", endToEnd },
    { amount: "1367.96", ref: "K2", endToEnd, returned: true },
  ];
  t.match((await imported(tess, camt(back))).body, { booked: 2 });
  t.same(await balances(stage), [0n, -136_796n, -38_786n, -7_418n, 0n], "it is pay, and none of the budget");
  await reckoned(stage);
  await signedPayout(stage, [payable]);
  t.same(await balances(stage), [0n, 0n, -38_786n, -7_418n, -136_796n], "reckoned once, though it left twice");

  const month = (await tess.call(readPayroll, { month: "2026-12-01" as Day })).body;
  t.match(month, {
    works: [{ name: "Emma", reference: "D-2026-118", cost: eur("1830.00"), net: eur("1367.96") }],
    open: { employee: eur("387.86"), employer: eur("74.18") },
  });
  const table = (await tess.raw({ method: "GET", url: "/api/v1/desk/payroll/csv?month=2026-12-01" })).payload;
  t.match(table, `${member},Emma,D-2026-118,2026-12,`);
  t.match(table, "1830.00,1367.96,387.86,74.18,EUR,modele-social 11.1.0");
  const line = (rest: string, of = member, when = "2026-12") => `${of};${when};${rest}`;
  const right = line("1755.82;1367.96;387.86;76.00");
  const refused = [
    ["payroll-file-unreadable", [line("1755,82;1367.96;387.86;76.00")]],
    ["payroll-file-unreadable", ["1;2"]],
    ["payroll-member-unknown", [right, line("1.00;1.00;0.00;0.00", stage.client)]],
    ["payroll-twice", [right, right]],
    ["payroll-sums", [line("1755.83;1367.96;387.86;76.00")]],
    ["payroll-unpaid", [right, line("1.00;1.00;0.00;0.00", member, "2026-11")]],
  ] as const;
  for (const [problem, rows] of refused) t.equal((await tess.call(importPayroll, office(rows))).problem, problem);
  t.same((await tess.call(readPayroll, {})).body.figures, [], "of a file with a wrong line nothing was read");
  t.equal((await emma.call(importPayroll, office([right]))).problem, "role-needed");
  t.match((await tess.call(importPayroll, office([right]))).body, { read: 1, known: 0, corrected: 1 });
  t.match((await tom.call(importPayroll, office([right]))).body, { read: 0, known: 1, corrected: 0 });
  t.equal((await tess.call(importPayroll, office([line("1755.82;1367.96;387.86;77.00")]))).problem, "payroll-differs");
  t.same(await balances(stage), [182n, 0n, -38_786n, -7_600n, -136_796n], "the budget bears what the month cost more");

  const next = await earned(stage, "2400.00");
  const [{ amount } = { amount: eur("0.00") }] = (await tess.call(listPayables, {})).body.items;
  t.not(amount.amount, "1367.96", "the next pay is of 1 828.18");
  await signedPayout(stage, [next]);
  const [budget, net, employee = 0n, employer = 0n] = await balances(stage);
  t.same([budget, net], [0n, 0n]);
  const owed = (-employee - employer).toString();
  const means = { kind: "payrollRemitted", until: "2026-12-31" as Day } as const;
  t.equal((await entered(stage, means, "463.86")).problem, "amount-differs");
  t.equal((await bankBooked(stage, means, `${owed.slice(0, -2)}.${owed.slice(-2)}`)).status, 200);
  t.same((await balances(stage)).slice(2, 4), [0n, 0n]);
  t.equal((await entered(stage, means, "1.00")).problem, "nothing-open");
  const [last] = (await tess.call(listPayouts, {})).body.items;
  const paid = await bankBooked(stage, { kind: "payoutSettled", item: last?.items[0]?.id ?? "" }, last?.total.amount ?? "");
  t.equal(paid.problem, undefined);
  const { ready, lacking, elsewhere } = (await tess.call(readIncomeReport, { year: 2026 })).body;
  t.same([ready, lacking, elsewhere], [0, [], []], "pay is no income of a platform");
  await faultsFound(t, coop, faults);
});

test("where no model is: it waits for the payroll office, everybody sees why, and the office's figures are paid", async (t) => {
  const stage = await employing(t);
  const { tess, emma, member } = stage;
  const payables = [await earned(stage, "2420.00"), await earned(stage, "2420.00")];
  t.match((await tess.call(listPayables, {})).body.items, [{ amount: eur("1830.00"), waitsFor: "payroll" }, { waitsFor: "payroll" }]);
  t.match((await emma.call(readStatement, { member })).body.payables, [{ state: "waiting", waitsFor: "payroll" }, {}]);
  const refusal = await tess.call(orderPayouts, { payables });
  t.equal(refusal.problem, "payroll-wanted");
  t.match(JSON.parse(refusal.text), { facts: { names: "Emma" }, rule: /payroll/ });
  const wrong = `${member};2026-12;2900.00;2000.00;900.00;700.00`;
  t.equal((await tess.call(importPayroll, office([wrong]))).problem, "payroll-not-the-budget");
  const right = `${member};2026-12;2900.00;2000.01;899.99;760.00`;
  t.match((await tess.call(importPayroll, office([right]))).body, { read: 1, corrected: 0 });
  const [one, other] = (await tess.call(listPayables, {})).body.items.map(({ amount }) => amount.amount);
  t.same(new Set([one, other]), new Set(["1000.00", "1000.01"]));
  await signedPayout(stage, payables);
  t.same(await balances(stage), [0n, 0n, -89_999n, -76_000n, -200_001n]);
});

/** Work of December that the office has decided, and that is paid in January. */
async function paidLater(t: Test) {
  const stage = await employing(t, {}, "1234567890", "2026-12-20T09:00:00Z");
  const { coop, tess, member } = stage;
  const december = await earned(stage, "2420.00");
  t.match((await tess.call(importPayroll, office([`${member};2026-12;1400.00;1000.00;400.00;430.00`]))).body, { read: 1, corrected: 0 });
  coop.wait(20 * dayMs);
  await coop.keepTime();
  await signedPayout(stage, [december]);
  return { ...stage, december };
}

test("of what is paid the office may say otherwise in the month it was paid in, where nothing else waits for it", async (t) => {
  const stage = await paidLater(t);
  const { tess, member } = stage;
  t.match((await tess.call(importPayroll, office([`${member};2027-01;1400.00;1000.00;400.00;460.00`]))).body, { read: 1, corrected: 1 });
  t.equal((await balances(stage))[0], 3_000n);
});

test("what the office decided is of the month it decided, whenever it is paid: the next month waits for figures of its own", async (t) => {
  const stage = await paidLater(t);
  const { tess, member, december } = stage;
  const january = await earned(stage, "2420.00");
  const works = async (month: string) => (await tess.call(readPayroll, { month: month as Day })).body.works.map(({ payable }) => payable);
  t.same(await works("2026-12-01"), [december], "the table of a month holds what is of it, though it left in the next");
  t.same(await works("2027-01-01"), [january]);
  const wrong = `${member};2027-01;1400.00;1000.00;400.00;431.00`;
  t.equal((await tess.call(importPayroll, office([wrong]))).problem, "payroll-not-the-budget");
  t.match((await tess.call(importPayroll, office([`${member};2027-01;1500.00;1100.00;400.00;330.00`]))).body, { read: 1, corrected: 0 });
  t.match((await tess.call(listPayables, {})).body.items, [{ id: january, amount: eur("1100.00"), waitsFor: undefined }]);
  await signedPayout(stage, [january]);
  t.same(await balances(stage), [0n, 0n, -80_000n, -76_000n, -210_000n]);
});

test("what a month cost more is borne by what leaves next, whatever was reckoned before it was known", async (t) => {
  const stage = await employing(t, lille, "D-2026-118");
  const { coop, tess, member } = stage;
  const [first, second, third] = [await invoiced(coop, stage), await invoiced(coop, stage), await invoiced(coop, stage)];
  await reckoned(stage);
  await clientPaid(stage, first.invoice, "2400.00");
  await signedPayout(stage, [first.payable]);
  await tess.call(importPayroll, office([`${member};2026-12;1755.82;1367.96;387.86;76.00`]));
  coop.wait(1_000);
  await reckoned(stage);
  t.match((await tess.call(listPayables, {})).body.items, [{ cost: eur("1830.00") }, { cost: eur("1830.00") }], "neither can leave yet");
  await clientPaid(stage, third.invoice, "2400.00");
  t.equal((await tess.call(orderPayouts, { payables: [third.payable] })).problem, "payroll-wanted", "until it is reckoned anew");
  await reckoned(stage);
  await clientPaid(stage, second.invoice, "2400.00");
  await reckoned(stage);
  await signedPayout(stage, [third.payable, second.payable]);
  const [batch] = (await tess.call(listPayouts, {})).body.items;
  const costs = new Set(batch?.items.map(({ pay }) => pay?.cost.amount));
  t.same(costs, new Set(["1828.18", "1830.00"]), "one of them bears it, once");
  t.equal((await balances(stage))[0], 0n);
});

const reason = "The office had reckoned with an old rate, and Emma was paid by it.";

test("a month that cost more leaves a budget below zero: a pot that two name bears it, and of the rest the next pay is less", async (t) => {
  const stage = await employing(t, lille, "D-2026-118");
  const { coop, tess, tom, emma, member } = stage;
  const bear = (amount: string, bearer: "reserve" | "running" = "reserve") =>
    tess.call(proposeCorrection, { member, amount: eur(amount), bearer, reason });
  const confirmed = (caller: Caller, correction: string) => caller.call(confirmCorrection, { correction });
  t.same((await tess.call(listOverdrawn, {})).body.items, []);
  t.equal((await bear("0.01")).problem, "more-than-overdrawn", "nothing stands below zero");
  await signedPayout(stage, [await earned(stage, "2400.00")]);
  t.match((await tess.call(importPayroll, office([`${member};2026-12;1755.82;1367.96;387.86;104.18`]))).body, { corrected: 1 });
  t.same((await tom.call(listOverdrawn, {})).body.items, [{ member, name: "Emma", overdrawn: eur("30.00") }]);
  t.equal((await emma.call(listOverdrawn, {})).problem, "role-needed");
  t.match((await bear("30.01")).text, /"overdrawn":\{"amount":"30.00"/);
  t.equal(
    (await tess.call(proposeCorrection, { member, amount: { amount: "1.00", currency: "CHF" }, bearer: "reserve", reason })).problem,
    "currency-differs",
  );
  const { id: first } = (await bear("20.00")).body;
  t.equal((await bear("1.00")).problem, "correction-proposed-already");
  t.equal((await confirmed(tess, first)).problem, "second-person-needed");
  await tess.call(discardCorrection, { correction: first });
  t.equal((await confirmed(tom, first)).problem, "not-in-this-state");

  const { id: poor } = (await bear("20.00", "running")).body;
  const refused = await confirmed(tom, poor);
  t.match(JSON.parse(refused.text), { type: /pot-floor/, facts: { short: eur("20.00") }, changedBy: /vote/ }, "a pot bears what it has");
  await tess.call(discardCorrection, { correction: poor });
  await endow(coop, "10000.00", "reserve");
  const { id } = (await bear("20.00")).body;
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => confirmed(tom, id)));
  t.equal(outcomes.filter(({ status }) => status === 200).length, 1, "once");
  t.equal(outcomes.filter(({ problem }) => problem === "not-in-this-state").length, 7);
  const booked = await entryByKey(coop, `correction:${id}:booked`);
  t.equal(legsText(booked?.legs ?? []), `pot:reserve +20.00 · member:${member}:budget −20.00`);
  const told = (await tess.call(listCorrections, {})).body.items;
  t.match(
    told.find((each) => each.id === id),
    { name: "Emma", amount: eur("20.00"), bearer: "reserve", reason, state: "confirmed", proposedBy: "Tess", confirmedBy: "Tom" },
  );
  t.same(told.map(({ state }) => state).toSorted(), ["confirmed", "discarded", "discarded"]);
  t.match((await emma.call(readStatement, { member })).body, {
    balance: eur("-10.00"),
    items: [{ kind: "correction", amount: eur("20.00"), borne: { by: "reserve", reason } }],
  });
  const facts = await coop.db.selectFrom("platform.fact").select("body").where("type", "=", "correction.booked").execute();
  t.same(
    facts,
    [{ body: { member, minor: "2000", currency: "EUR", bearer: "reserve" } }],
    "she hears of it, and nobody's words leave their row",
  );

  const { id: part } = (await bear("4.00")).body;
  t.equal((await confirmed(tom, part)).status, 200);
  t.match((await tess.call(listOverdrawn, {})).body.items, [{ overdrawn: eur("6.00") }]);
  const next = await earned(stage, "2400.00");
  t.match((await tess.call(listPayables, {})).body.items, [{ id: next, amount: eur("1363.35") }], "that of 1 824.00");
  t.same((await tess.call(listOverdrawn, {})).body.items, [], "the next pay bears it");
  await signedPayout(stage, [next]);
  t.equal((await balances(stage))[0], 0n, "and nothing stayed behind");
  t.equal((await bear("0.01")).problem, "more-than-overdrawn");
  await faultsFound(t, coop, [
    ["money-corrections", "update ledger.entry set bearer = null where kind = 'correction'"],
    ["money-corrections", "update ledger.entry set bearer = 'pot:running' where kind = 'correction'"],
    ["money-corrections", "update ledger.entry set words_digest = sha256('other words') where kind = 'correction'"],
    ["money-corrections", "update money.correction set bearer = 'running' where state = 'confirmed'"],
    ["money-corrections", "update money.correction set amount_minor = amount_minor - 1 where state = 'confirmed'"],
    ["money-corrections", "delete from money.correction where state = 'confirmed'"],
    ["money-corrections", "update money.payroll_figure set member = gen_random_uuid() where borne_minor > 0"],
    [
      "money-corrections",
      "update ledger.leg set amount = amount * 2 where entry_id in (select entry_id from ledger.entry where kind = 'correction')",
    ],
  ]);
  await coop.db.updateTable("money.correction").set({ reason: null, salt: null }).execute();
  const erased = (await emma.call(readStatement, { member })).body.items.find(({ kind }) => kind === "correction");
  t.same(erased?.borne, { by: "reserve" }, "words can be erased, and the entry still proves that there were none but these");
});
