// Expenses: repaid from the member's own money as soon as it is there, each once, with its receipt for the member and the treasury alone.
import { test } from "tap";
import { z } from "zod";
import {
  cancelPayout,
  handInAllowance,
  handInReceipt,
  listExpenses,
  listOpenExpenses,
  listPayables,
  listPayouts,
  orderPayouts,
  readStatement,
  refuseExpense,
  withdrawExpense,
} from "@partcommune/shared/money/api";
import { accountOf, budgetOfMember, payoutTransit, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import { allowed, expenseTable, missingFor, objectionToReceipt, objectionToSpentOn } from "@partcommune/shared/money/rules/expense";
import { listener } from "@partcommune/shared/platform/actor";
import { allowanceKinds, allowances } from "@partcommune/shared/platform/allowances";
import { Nothing } from "@partcommune/shared/platform/api";
import { fetchFile } from "@partcommune/shared/platform/api/files";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { transition } from "@partcommune/shared/platform/table";
import { balanceOf } from "@partcommune/server/money/index";
import type { TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { nobodysId } from "../support/example.ts";
import { invoiced } from "../support/invoices.ts";
import { faultsFound } from "../support/planted.ts";
import { confirmedMember } from "../support/people.ts";
import { bankBooked, clientPaid, eur, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";
import { arrivedText } from "../support/uploads.ts";

const of = (amount: string): Money => moneyFrom(eur(amount));
const on = (day: string): Day => day as Day;

test("what a receipt, a kilometre and a day away come to", (t) => {
  const receipts = [
    [undefined, "62.40", 210_000n, "10.83", 1],
    [undefined, "62.40", 210_000n, "10.80", 1],
    ["vat-differs", "62.40", 210_000n, "10.77", 1],
    ["vat-differs", "62.40", 210_000n, "62.40", 1],
    [undefined, "62.40", 0n, "0.00", 1],
    ["vat-differs", "62.40", 0n, "0.01", 1],
    ["receipt-needed", "62.40", 210_000n, "10.83", 0],
  ] as const;
  for (const [refusal, amount, rate, vat, files] of receipts)
    t.equal(
      objectionToReceipt({ amount: of(amount), rate, vat: of(vat) }, "EUR", files)?.type,
      refusal,
      `${amount} ${rate} ${vat} ${files}`,
    );
  t.equal(objectionToReceipt({ amount: of("1.00"), rate: 0n, vat: of("0.00") }, "SEK", 1)?.type, "currency-differs");
  t.equal(objectionToSpentOn(on("2026-12-02"), on("2026-12-01"))?.type, "expense-in-future");
  t.equal(objectionToSpentOn(on("2026-12-01"), on("2026-12-01")), undefined);
  const units = [
    ["kilometres", "BE", "2026-06-30", 100n, "44.49"],
    ["kilometres", "BE", "2025-06-30", 100n, "44.15"],
    ["kilometres", "BE", "2026-07-01", 100n, undefined], // its rate is published each year and not on record
    ["kilometres", "BE", "2024-06-30", 100n, undefined],
    ["kilometres", "DE", "2026-12-01", 37n, "11.10"],
    ["days", "DE", "2026-12-01", 3n, "84.00"],
    ["days", "BE", "2026-12-01", 3n, undefined],
  ] as const;
  for (const [kind, country, day, count, amount] of units) {
    const found = allowed(kind, country, on(day), count, "EUR");
    t.equal(found && moneyText(found.amount).amount, amount, `${kind} ${country} ${day}`);
  }
  t.equal(allowed("days", "DE", on("2026-12-01"), 1n, "SEK"), undefined);
  for (const { kind, country, source, from, until } of allowances) {
    t.ok(allowanceKinds.includes(kind) && source.length > 10, `${country} has its source`);
    t.ok(until === undefined || from < until);
  }
  t.end();
});

test("how much is missing, and from when it should be there", (t) => {
  const toCome = [
    { amount: of("30.00"), on: on("2026-12-10") },
    { amount: of("50.00"), on: on("2026-12-20") },
  ];
  const rows = [
    ["100.00", "100.00", "0.00", undefined],
    ["100.00", "75.00", "25.00", "2026-12-10"],
    ["100.00", "30.00", "70.00", "2026-12-20"],
    ["100.00", "19.99", "80.01", undefined],
  ] as const;
  for (const [own, there, missing, from] of rows)
    t.same(missingFor(of(own), of(there), toCome), { missing: of(missing), ...(from ? { from } : {}) });
  // Every state and verb: what is over is not moved again.
  const moves = ["waiting", "covered", "repaid", "refused", "withdrawn"].flatMap((state) =>
    (["cover", "repay", "refuse", "withdraw"] as const).flatMap((verb) => {
      const step = transition(expenseTable, state as "waiting", verb);
      return "to" in step ? [`${state} ${verb} ${step.to}`] : [];
    }),
  );
  t.same(moves, [
    "waiting cover covered",
    "waiting refuse refused",
    "waiting withdraw withdrawn",
    "covered repay repaid",
    "covered refuse refused",
    "covered withdraw withdrawn",
  ]);
  t.end();
});

const standing = async (coop: TestCoop, account: AccountCode) => moneyText((await balanceOf(coop, account))?.balance ?? of("0.00")).amount;
const toPay = async ({ tess }: Treasury) => (await tess.call(listPayables, {})).body.items;
const mine = async ({ worker }: Treasury) => (await worker.call(listExpenses, {})).body.items;

/** What the member was told of their money, newest first. */
async function noticesOf({ coop, worker }: Treasury): Promise<readonly string[]> {
  await coop.settle();
  const { items } = (await worker.call(listNotices, {})).body;
  return items.filter(({ place }) => place.startsWith("own")).map(({ kind, place }) => `${kind} ${place}`);
}

/** Tells what money tells once a pot bears a budget. */
async function budgetBorne({ coop, member }: Treasury): Promise<void> {
  const verb = { name: "test.tell", input: z.strictObject({}), answer: Nothing, status: 200 };
  const body = { member, minor: "2000", currency: "EUR", bearer: "reserve" };
  const saying = { type: "correction.booked", subject: nobodysId(), body, about: [] } as const;
  await coop.perform(listener, verb, async (scope) => (scope.emit(saying), {}), {}, { key: "borne", cause: "test" });
}

/** Pens, with a receipt that has arrived. */
async function receipt({ worker, member }: Treasury, amount = "62.40", vat = "10.83") {
  const file = await arrivedText(worker, { subjectKind: "member", subject: member });
  return worker.call(handInReceipt, {
    about: "Pens",
    spentOn: "2026-12-01",
    amount: eur(amount),
    rate: 210_000,
    vat: eur(vat),
    files: [file],
  });
}

test("from a receipt to the member's account, with what it waits for on the way", async (t) => {
  const stage = await treasury(t);
  const { coop, board, worker, member, tess, tom } = stage;
  await endow(coop, "20000.00");
  const { id } = (await receipt(stage)).body;
  t.match(await mine(stage), [{ id, state: "waiting", missing: eur("51.57"), from: undefined, files: [{ name: "notes.txt" }] }]);
  const { invoice, payable } = await invoiced(coop, {
    ...stage,
    price: "100.00",
    guaranteed: { frontOn: "2026-12-08", dueOn: "2026-12-10" },
  });
  t.match(await mine(stage), [{ state: "waiting", from: "2026-12-10" }], "the day of the work that brings it");
  // Set aside ahead of the client, it covers the expense at once; what is left of it is paid out.
  coop.wait(7 * dayMs);
  await coop.keepTime();
  t.match(await mine(stage), [{ state: "covered", waitsFor: "iban" }]);
  await withIban(stage);
  const payables = await toPay(stage);
  t.same(payables.map(({ about, amount }) => `${about} ${amount.amount}`).toSorted(), ["expense 62.40", "invoice 39.93"]);
  const outlay = payables.find(({ about }) => about === "expense")?.id ?? "";
  // Both sides see the receipt; nobody else does.
  const [open] = (await tess.call(listOpenExpenses, {})).body.items;
  const url = pathWith(fetchFile.path, { file: open?.files[0]?.id ?? "" });
  const { caller: other } = await confirmedMember(coop, board, "Nora");
  for (const [caller, status] of [
    [worker, 200],
    [tess, 200],
    [other, 404],
    [stage.buyer, 404],
  ] as const)
    t.equal((await caller.raw({ method: "GET", url })).statusCode, status);
  t.equal((await other.call(withdrawExpense, { expense: id })).status, 404);
  const { id: payout } = (await tess.call(orderPayouts, { payables: [outlay] })).body;
  t.equal((await worker.call(withdrawExpense, { expense: id })).problem, "expense-ordered");
  t.equal((await tom.call(refuseExpense, { expense: id, because: "Not for work." })).problem, "expense-ordered");
  await tess.call(cancelPayout, { payout });
  await signedPayout(stage, [outlay]);
  t.same([await standing(coop, accountOf("vat:BE:input")), await standing(coop, payoutTransit)], ["10.83", "-62.40"]);
  const item = (await tess.call(listPayouts, {})).body.items.find(({ state }) => state === "signed")?.items[0]?.id ?? "";
  await bankBooked(stage, { kind: "payoutSettled", item }, "62.40");
  t.match(await mine(stage), [{ state: "repaid", paidOn: "2026-12-08" }]);
  // Sent back, it lies on the budget and is owed once more; the VAT is not asked back twice.
  await bankBooked(stage, { kind: "payoutReturned", item }, "62.40");
  t.match((await toPay(stage)).map(({ about }) => about).toSorted(), ["expense", "invoice"]);
  t.same(await noticesOf(stage), ["paymentReturned ownMoney", "expensePaid ownExpenses"]);
  await signedPayout(stage, [outlay, payable]);
  t.same([await standing(coop, accountOf("vat:BE:input")), await standing(coop, budgetOfMember(member))], ["10.83", "0.00"]);
  const { id: toRefuse } = (await receipt(stage)).body;
  await tess.call(refuseExpense, { expense: toRefuse, because: "Not for work." });
  t.equal((await noticesOf(stage))[0], "expenseRefused ownExpenses");
  await budgetBorne(stage);
  t.equal((await noticesOf(stage))[0], "budgetCorrected ownMoney");
  await clientPaid(stage, invoice, "121.00");
  t.match(
    (await worker.call(readStatement, { member })).body.items.map(({ kind }) => kind),
    ["payout.ordered", "member.billed", "payout.rejected", "expense.repaid", "invoice.issued"],
  );
});

test("what is refused or taken back is the member's again, and whoever is handed in at once is repaid from what is there", async (t) => {
  const stage = await treasury(t);
  const { coop, worker, member, tess } = stage;
  await withIban(stage);
  const { invoice } = await invoiced(coop, { ...stage, price: "200.00" });
  await clientPaid(stage, invoice, "242.00");
  const [first, second] = [(await receipt(stage)).body.id, (await receipt(stage)).body.id];
  t.match(
    (await toPay(stage)).find(({ about }) => about === "invoice"),
    { amount: eur("79.86") },
  );
  await tess.call(refuseExpense, { expense: first, because: "Not for work." });
  const one = async (expense: string) => (await mine(stage)).find(({ id }) => id === expense);
  t.match(await one(first), { state: "refused", because: "Not for work." });
  t.match(await one(second), { state: "covered" });
  t.equal((await worker.call(withdrawExpense, { expense: first })).problem, "not-in-this-state");
  await worker.call(withdrawExpense, { expense: second });
  t.match(await toPay(stage), [{ about: "invoice", amount: eur("183.00") }]);
  t.equal(
    (await worker.call(handInAllowance, { about: "To Ghent", spentOn: "2026-12-01", kind: "kilometres", units: 80 })).problem,
    "allowance-unknown",
  );
  t.equal((await worker.call(handInAllowance, { about: "To Ghent", spentOn: "2026-06-30", kind: "kilometres", units: 80 })).status, 201);
  t.match((await mine(stage))[0], { kind: "kilometres", amount: eur("35.59"), state: "covered", units: 80, source: /1965/ });

  // Twenty receipts and twenty orders of what is left at once: nobody is paid a cent that is not there.
  const payable = (await toPay(stage)).find(({ about }) => about === "invoice")?.id ?? "";
  const file = () => arrivedText(worker, { subjectKind: "member", subject: member });
  const files: string[] = [];
  for (let at = 0; at < 20; at += 1) files.push(await file());
  const acts = await Promise.all(
    files.flatMap((each) => [
      worker.call(handInReceipt, {
        about: "Ink",
        spentOn: "2026-12-01",
        amount: eur("36.30"),
        rate: 210_000,
        vat: eur("6.30"),
        files: [each],
      }),
      tess.call(orderPayouts, { payables: [payable] }),
    ]),
  );
  t.ok(
    acts.every(({ status }) => [201, 404, 409].includes(status)),
    acts.map(({ status }) => status).join(" "),
  );
  const covered = (await mine(stage)).filter(({ about, state }) => about === "Ink" && state === "covered").length;
  const ordered = (await tess.call(listPayouts, {})).body.items.flatMap(({ items }) => items.map(({ amount }) => moneyFrom(amount).minor));
  const left = 14_741n - BigInt(covered) * 3_000n;
  t.same(ordered, ordered.length > 0 ? [left] : [], `${covered} were covered first`);
  t.ok(left >= 0n);
  t.match((await worker.call(readStatement, { member })).body.balance, eur("183.00"));
  // What was covered before the race is there whichever way it went.
  await faultsFound(t, coop, [
    ["money-expenses", "update money.expense set vat_minor = vat_minor - 1 where state = 'covered' and vat_minor > 0"],
    ["money-expenses", "update money.expense set state = 'waiting' where state = 'covered'"],
    ["money-expenses", "delete from money.payable where about = 'expense'"],
    ["money-expenses", "update ledger.hold set amount = amount + 1 where kind = 'expense'"],
  ]);
});
