// Advances through the doors: asked for, paid by two, repaid from the next job, never above the limit and never below zero.
import { test } from "tap";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { giveNotice } from "@partcommune/shared/membership/api/leaving";
import {
  askAdvance,
  confirmAdvanceLoss,
  discardAdvanceLoss,
  listAdvances,
  listPayables,
  listPayouts,
  listSelfBilled,
  orderPayouts,
  proposeAdvanceLoss,
  readAdvances,
  readStatement,
  repayAdvance,
  setIban,
  withdrawBilling,
} from "@partcommune/shared/money/api";
import { downloadTable } from "@partcommune/shared/money/api/books";
import { readIncomeReport, setTaxpayer } from "@partcommune/shared/money/api/income-report";
import { readPay } from "@partcommune/shared/money/api/pay";
import { advanceOfMember, budgetOfMember, pot, vatInput, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import { moneyFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { dayMs, later, type Day } from "@partcommune/shared/platform/time";
import { balanceOf, replayOf } from "@partcommune/server/money/index";
import type { TestCoop } from "../support/coop.ts";
import { rowsOf } from "../support/csv.ts";
import { endow } from "../support/endowment.ts";
import { faultsFound } from "../support/planted.ts";
import { agreed } from "../support/engagements.ts";
import { invoiced } from "../support/invoices.ts";
import { bills } from "../support/paid-to.ts";
import { wordsOf } from "../support/pdf.ts";
import { told } from "../support/told.ts";
import { bankBooked, clientPaid, eur, ibans, signedPayout, treasury, type Treasury } from "../support/treasury.ts";

const of = (amount: string): Money => moneyFrom(eur(amount));

const standing = async (coop: TestCoop, account: AccountCode) => moneyText((await balanceOf(coop, account))?.balance ?? of("0.00")).amount;
const heldOfPot = async (coop: TestCoop) => moneyText((await balanceOf(coop, pot("advances")))?.held ?? of("0.00")).amount;

/** Belgian, and asks VAT. */
const registered = { scheme: "registered", taxNumber: "BE0202239951", name: "Anna Bricole" } as const;

/** A coop whose fund promises, and a member with an account and one signed, guaranteed job. */
async function secured(t: Parameters<typeof treasury>[0]): Promise<Treasury & { readonly work: Awaited<ReturnType<typeof agreed>> }> {
  const stage = await treasury(t);
  await endow(stage.coop, "20000.00");
  await endow(stage.coop, "2000.00", "advances");
  const { buyer, client, worker, member } = stage;
  await told(worker, setIban, { member, iban: ibans[0] });
  return { ...stage, work: await agreed({ buyer, client, worker }) };
}

/** The invoices in her name, the oldest first: what each is about, its VAT, and both together. */
const papersOf = async ({ worker, member }: Treasury) =>
  (await told(worker, listSelfBilled, { member })).items
    .toSorted((one, other) => (one.number < other.number ? -1 : 1))
    .map(({ net, vat, gross }) => [net, vat, gross].map(({ amount }) => amount));

const mine = async ({ worker }: Treasury) => (await worker.call(readAdvances, {})).body;
const toPay = async ({ tess }: Treasury) => (await tess.call(listPayables, {})).body.items;

/** Two sign it, and the bank books it. */
async function paidOut(stage: Treasury, payable: string, amount: string): Promise<string> {
  const payout = await signedPayout(stage, [payable]);
  const item = (await stage.tess.call(listPayouts, {})).body.items.find(({ id }) => id === payout)?.items[0]?.id ?? "";
  await bankBooked(stage, { kind: "payoutSettled", item }, amount);
  return item;
}

/** The work is done and approved. */
async function approved({ worker, buyer, work: { engagement, milestone, page } }: Awaited<ReturnType<typeof secured>>): Promise<string> {
  await told(worker, startEngagement, { engagement });
  await told(worker, handIn, { milestone, text: "It is done." });
  return (await told(buyer, approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 })).invoice.id;
}

test("an advance is asked for, paid, sent back, paid again, and repaid from the next job, which is billed as it repays", async (t) => {
  const stage = await secured(t);
  const { coop, worker, member, tess } = stage;
  await bills(worker, member, registered);
  t.match(await mine(stage), {
    limit: eur("915.00"),
    secured: eur("1830.00"),
    owed: eur("0.00"),
    lines: [{}, { of: "secured", binds: true }, {}],
  });
  const { id } = (await worker.call(askAdvance, { amount: eur("300.00") })).body;
  t.equal(await heldOfPot(coop), "300.00", "it counts from the moment it is asked");
  const refused = await worker.call(askAdvance, { amount: eur("700.00") });
  t.equal(refused.problem, "advance-over-limit");
  t.match(JSON.parse(refused.text), {
    detail: /700.00 EUR and 615.00 EUR is free/,
    rule: "what may be advanced",
    changedBy: /by vote/,
    facts: { binds: "secured", free: eur("615.00") },
  });
  const [payable] = await toPay(stage);
  t.match(payable, { about: "advance", member: "Anna", amount: eur("300.00"), waitsFor: undefined });
  const item = await paidOut(stage, payable?.id ?? "", "300.00");
  t.equal(await standing(coop, advanceOfMember(member)), "300.00");
  t.match((await mine(stage)).items, [{ id, state: "granted", paidOn: "2026-12-01" }]);
  // The bank sends it back: the debt stands, the money lies on the first budget, and it is owed once more.
  await bankBooked(stage, { kind: "payoutReturned", item }, "300.00");
  t.equal(await standing(coop, budgetOfMember(member)), "-300.00");
  t.same(
    (await toPay(stage)).map(({ id: each }) => each),
    [payable?.id],
  );
  await paidOut(stage, payable?.id ?? "", "300.00");
  t.same([await standing(coop, advanceOfMember(member)), await standing(coop, budgetOfMember(member))], ["300.00", "0.00"]);
  t.same(await toPay(stage), []);

  const invoice = await approved(stage);
  await clientPaid(stage, invoice, "2420.00");
  t.equal(await standing(coop, advanceOfMember(member)), "0.00");
  t.equal(await heldOfPot(coop), "0.00");
  t.match(await toPay(stage), [{ about: "invoice", amount: eur("1914.30"), vat: eur("384.30") }], "1530.00, 63.00 of before, and 321.30");
  t.match((await worker.call(readStatement, { member })).body, {
    balance: eur("1593.00"),
    available: eur("1593.00"),
    payables: [{ state: "ready", amount: eur("1593.00") }],
    items: [
      { kind: "vat.billed", amount: eur("63.00"), invoice: "BE-2026-000001" },
      { kind: "advance.repaid", amount: eur("-300.00"), invoice: "BE-2026-000001" },
    ],
  });
  t.match(await mine(stage), { owed: eur("0.00"), available: eur("1530.00"), items: [{ id, state: "repaid", repaid: eur("300.00") }] });
  await coop.keepTime();
  const { body: table } = await tess.raw({ method: "GET", url: `${downloadTable.path}?year=2026&table=advances` });
  t.match(rowsOf(table), [
    { advance: id, member, state: "repaid", grantedAt: /^2026-12-01/, amount: "300.00", repaid: "300.00", lost: "0.00" },
  ]);
  t.same(await papersOf(stage), [["300.00", "63.00", "363.00"]]);
  await t.test("the paper says that it repaid an advance, and what is still to be paid", async (step) => {
    const [paper] = (await told(worker, listSelfBilled, { member })).items;
    const read = async (form: string) => worker.raw({ method: "GET", url: `/api/v1/self-billed-invoices/${paper?.id}/${form}` });
    const words = wordsOf((await read("pdf")).rawPayload);
    for (const said of [/repaid the\s+advance of 1 December 2026/, /VAT of .?63\.00/]) step.match(words, said);
    const { body } = await read("ubl");
    for (const said of ['PrepaidAmount currencyID="EUR">300.00<', 'PayableAmount currencyID="EUR">63.00<']) step.match(body, said);
    const { lines } = await told(worker, readPay, { member });
    step.match(
      lines.filter(({ kind }) => ["advance.repaid", "vat.billed"].includes(kind)),
      [{ paper: { id: paper?.id } }, { paper: { id: paper?.id } }],
    );
  });
  await paidOut(stage, (await toPay(stage))[0]?.id ?? "", "1914.30");
  t.same(await papersOf(stage), [
    ["300.00", "63.00", "363.00"],
    ["1530.00", "321.30", "1851.30"],
  ]);
  t.same([await standing(coop, vatInput("BE")), await standing(coop, budgetOfMember(member))], ["384.30", "0.00"]);
  const anna = { kind: "individual", firstName: "Anna", lastName: "Bricole", bornOn: "1990-02-28", taxNumber: "90022812345" } as const;
  await worker.call(setTaxpayer, { member, taxpayer: anna });
  t.match(
    (await tess.call(readIncomeReport, { year: 2026 })).body,
    { ready: 1, paid: eur("2214.30") },
    "what repaid the advance was paid to her, too",
  );
  const { accounts } = await replayOf(coop, {}, { from: "2026-01-01" as Day, until: "2026-12-31" as Day });
  for (const [code, { before, after }] of accounts) t.equal(after, before, `what the same bylaws would have made of ${code}`);
  await coop.settle();
  t.match(await stage.work.page(), { state: "finished" });
  const facts = await coop.db.selectFrom("platform.fact").select("type").where("type", "like", "advance.%").orderBy("seq").execute();
  t.same(
    facts.map(({ type }) => type),
    ["advance.asked", "advance.granted", "advance.paid", "advance.returned", "advance.paid", "advance.repaid"],
  );
  t.equal((await tess.call(listAdvances, {})).body.items.length, 0);
});

test("work of whoever has not agreed repays nothing until they do; what the bank sent back repays without another invoice, and VAT leaves alone", async (t) => {
  const stage = await secured(t);
  const { coop, worker, member } = stage;
  await worker.call(askAdvance, { amount: eur("900.00") });
  await paidOut(stage, (await toPay(stage))[0]?.id ?? "", "900.00");
  const invoice = await approved(stage);
  coop.wait(10 * dayMs);
  await coop.keepTime();
  t.match(await toPay(stage), [{ amount: eur("1830.00"), waitsFor: "billing" }]);
  t.match((await mine(stage)).owed, eur("900.00"), "nothing of it repaid her advance");
  t.equal((await worker.call(repayAdvance, { amount: eur("1.00") })).problem, "self-billing-wanted");

  await bills(worker, member, registered);
  t.match((await mine(stage)).owed, eur("351.00"), "with her word a share of it does");
  await bills(worker, member, { ...registered, street: "Rue Neuve 1" });
  t.same(await papersOf(stage), [["549.00", "115.29", "664.29"]], "and once");
  const [ready] = await toPay(stage);
  t.match(ready, { amount: eur("1665.30"), vat: eur("384.30") });
  const item = await paidOut(stage, ready?.id ?? "", "1665.30");
  await bankBooked(stage, { kind: "payoutReturned", item }, "1665.30");
  t.match(await toPay(stage), [{ amount: eur("1665.30"), vat: eur("384.30") }], "all of it is owed again");
  t.equal((await worker.call(repayAdvance, { amount: eur("51.00") })).status, 201);
  t.equal((await papersOf(stage)).length, 2, "that work was billed already");
  await paidOut(stage, ready?.id ?? "", "1614.30");
  await clientPaid(stage, invoice, "2420.00");

  // Of the small job nothing is left but the VAT of what was used, which needs no other word.
  const small = await invoiced(coop, { ...stage, price: "300.00", guaranteed: { frontOn: "2026-12-11", dueOn: "2026-12-11" } });
  coop.wait(dayMs);
  await coop.keepTime();
  t.match((await mine(stage)).owed, eur("217.65"), "of 274.50, 82.35 repaid");
  t.equal((await worker.call(repayAdvance, { amount: eur("192.15") })).status, 201);
  t.equal((await worker.call(withdrawBilling, { member })).status, 200);
  const [vat] = await toPay(stage);
  t.match(vat, { amount: eur("57.64"), vat: eur("57.64"), waitsFor: undefined });
  await paidOut(stage, vat?.id ?? "", "57.64");
  await clientPaid(stage, small.invoice, "363.00");
  t.same(await papersOf(stage), [
    ["549.00", "115.29", "664.29"],
    ["1281.00", "269.01", "1550.01"],
    ["82.35", "17.29", "99.64"],
    ["192.15", "40.35", "232.50"],
  ]);
  t.same([await standing(coop, vatInput("BE")), await standing(coop, budgetOfMember(member))], ["441.94", "0.00"]);
  await faultsFound(t, coop, [
    [
      "money-self-billed-draws",
      "update money.self_billed set net_minor = net_minor + 1, gross_minor = gross_minor + 1 where draw is not null",
    ],
    ["money-self-billed-draws", "delete from money.self_billed where draw is not null"],
    ["money-self-billed-draws", "delete from ledger.entry where kind = 'vat.billed'"],
    ["money-self-billed-draws", "update money.payable set billed_vat_minor = billed_vat_minor - 1 where billed_vat_minor > 0"],
    ["money-self-billed-draws", "update money.billing set agreed = false"],
    ["money-self-billed-legs", "update money.payable set billed_vat_minor = billed_vat_minor - 1 where billed_vat_minor > 0"],
    ["money-self-billed-paid", "update money.payable set billed_vat_minor = billed_vat_minor - 1 where billed_vat_minor > 0"],
  ]);
});

test("forty who ask at once are never advanced more than the limit", async (t) => {
  const stage = await secured(t);
  await bills(stage.worker, stage.member, { ...registered, country: "FR", taxNumber: "FR40303265045" });
  const asks = await Promise.all(Array.from({ length: 40 }, () => stage.worker.call(askAdvance, { amount: eur("100.00") })));
  t.equal(asks.filter(({ status }) => status === 201).length, 9, "nine of 100.00 fit into 915.00");
  t.equal(asks.filter(({ problem }) => problem === "advance-over-limit").length, 31);
  t.equal(await heldOfPot(stage.coop), "900.00");

  // Set aside ahead of the client, a share of it repays at once; then forty repay by choice and order at the same time.
  const waiting = await toPay(stage);
  await signedPayout(
    stage,
    waiting.map(({ id }) => id),
  );
  await approved(stage);
  stage.coop.wait(10 * dayMs);
  await stage.coop.keepTime();
  t.match(await mine(stage), { owed: eur("351.00"), available: eur("1281.00") });
  const each = ["100.00", "0.00", "100.00"];
  t.same(await papersOf(stage), [each, each, each, each, each, ["49.00", "0.00", "49.00"]], "work from France is billed without VAT");
  t.equal(await standing(stage.coop, vatInput("BE")), "115.29", "which the coop owes itself and deducts, with each paper");
  const payable = (await toPay(stage))[0]?.id ?? "";
  const acts = await Promise.all(
    Array.from({ length: 40 }, async (_, at) =>
      at % 4 === 3 ? stage.tess.call(orderPayouts, { payables: [payable] }) : stage.worker.call(repayAdvance, { amount: eur("50.00") }),
    ),
  );
  const [ordered] = acts.filter((act) => act.status === 201 && "total" in act.body);
  const repaid = acts.filter((act) => act.status === 201 && !("total" in act.body)).length;
  t.ok(ordered, "one order came through");
  t.match(
    ordered?.body,
    { total: moneyText({ minor: 128_100n - BigInt(repaid) * 5_000n, currency: "EUR" }) },
    `${repaid} repaid before it`,
  );
  t.ok(repaid <= 7, "and never more than is owed");
  t.equal((await mine(stage)).owed.amount, moneyText({ minor: 35_100n - BigInt(repaid) * 5_000n, currency: "EUR" }).amount);
  await faultsFound(t, stage.coop, [
    ["money-advances", "update money.advance set repaid_minor = repaid_minor + 1 where state = 'granted'"],
    ["money-advances", "update money.advance set amount_minor = amount_minor + 1 where state = 'granted'"],
    ["money-advance-holds", "update money.advance set amount_minor = amount_minor + 1 where state = 'granted'"],
    ["money-advance-holds", "delete from ledger.hold where kind = 'advance'"],
    ["money-advance-payables", "update money.payable set amount_minor = amount_minor + 1 where about = 'advance'"],
    ["money-advance-payables", "delete from money.payable where about = 'advance'"],
    ["money-draws", "update money.payable set drawn_minor = drawn_minor - 1 where drawn_minor > 0"],
    ["money-draws", "update money.draw set amount_minor = amount_minor + 1"],
  ]);
});

test("whoever leaves keeps the debt, and after six months and a talk two treasurers give it up", async (t) => {
  const stage = await secured(t);
  const { coop, worker, member, tess, tom } = stage;
  const { id: advance } = (await worker.call(askAdvance, { amount: eur("300.00") })).body;
  await paidOut(stage, (await toPay(stage))[0]?.id ?? "", "300.00");
  await told(worker, giveNotice, {});
  t.equal((await worker.call(askAdvance, { amount: eur("1.00") })).problem, "advance-while-leaving");
  t.match(await mine(stage), { owed: eur("300.00"), isLeaving: true, items: [{ state: "granted" }] });
  const proposed = (talkedOn: string) => tess.call(proposeAdvanceLoss, { advance, talkedOn });
  t.equal((await proposed("2026-12-01")).problem, "advance-loss-too-early");
  t.match((await tess.call(listAdvances, {})).body.items, [{ id: advance, owed: eur("300.00"), lossFrom: "2027-06-01" }]);
  coop.wait(183 * dayMs);
  await coop.keepTime();
  // They have not been away all that time.
  await coop.db
    .updateTable("membership.session")
    .set({ used_at: coop.now(), expires_at: later(coop.now(), dayMs) })
    .execute();
  t.equal((await proposed("2027-01-01")).problem, "advance-talk-first");
  const { id: first } = (await proposed("2027-05-20")).body;
  t.equal((await proposed("2027-05-20")).problem, "advance-loss-proposed-already");
  await tess.call(discardAdvanceLoss, { advanceLoss: first });
  const { id: loss } = (await proposed("2027-05-20")).body;
  t.equal((await tess.call(confirmAdvanceLoss, { advanceLoss: loss })).problem, "second-person-needed");
  const confirmed = await tom.call(confirmAdvanceLoss, { advanceLoss: loss });
  t.equal(confirmed.status, 200, confirmed.text);
  t.same(
    [await standing(coop, advanceOfMember(member)), await heldOfPot(coop), await standing(coop, pot("advances"))],
    ["0.00", "0.00", "-1700.00"],
  );
  t.match((await mine(stage)).items, [{ state: "lost", lost: eur("300.00") }]);
  t.equal((await tom.call(confirmAdvanceLoss, { advanceLoss: loss })).problem, "not-in-this-state");
});
