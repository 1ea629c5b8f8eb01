// What the bank says is booked once, by two people, and never beyond what is open.
import { sql } from "kysely";
import { test } from "tap";
import { balanceOf } from "@partcommune/server/money/index";
import { entryByKey } from "@partcommune/server/money/store/ledger";
import {
  confirmBankLine,
  discardBankLine,
  enterBankLine,
  listBankLines,
  listOpenInvoices,
  readInvoice,
} from "@partcommune/shared/money/api";
import { budgetOfMember, receivableOfClient } from "@partcommune/shared/money/rules/accounts";
import {
  objectionToBooking,
  objectionToClientPayment,
  objectionToDay,
  objectionToReturn,
  objectionToSettlement,
  objectionToShare,
} from "@partcommune/shared/money/rules/bank-line";
import { readMe } from "@partcommune/shared/membership/api";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { legsText } from "../support/book.ts";
import { invoiced } from "../support/invoices.ts";
import { applicant, signedUp, withRole } from "../support/people.ts";
import { bankBooked, clientPaid, entered, eur, treasury, type Treasury } from "../support/treasury.ts";

const money = (amount: string, currency = "EUR") => moneyFrom({ amount, currency });

test("what is asked of a line, refusal by refusal", (t) => {
  const invoice = { gross: money("2420.00"), paid: money("2000.00") };
  const item = { amount: money("1830.00"), batch: "signed", settled: false, live: true } as const;
  const rows = [
    [undefined, objectionToDay("2026-12-01" as Day, "2026-12-01" as Day)],
    ["bank-line-in-future", objectionToDay("2026-12-02" as Day, "2026-12-01" as Day)],
    [undefined, objectionToClientPayment(money("420.00"), invoice)],
    ["more-than-open", objectionToClientPayment(money("420.01"), invoice)],
    ["currency-differs", objectionToClientPayment(money("1.00", "SEK"), invoice)],
    [undefined, objectionToSettlement(money("1830.00"), item)],
    ["amount-differs", objectionToSettlement(money("1829.99"), item)],
    ["currency-differs", objectionToSettlement(money("1830.00", "CHF"), item)],
    ["not-in-this-state", objectionToSettlement(money("1830.00"), { ...item, settled: true })],
    ["not-in-this-state", objectionToSettlement(money("1830.00"), { ...item, batch: "ordered" })],
    ["not-in-this-state", objectionToSettlement(money("1830.00"), { ...item, live: false })],
    [undefined, objectionToShare(money("20.00"), money("20.00"), "member")],
    [undefined, objectionToShare(money("60.00"), money("20.00"), "associate")],
    ["amount-differs", objectionToShare(money("30.00"), money("20.00"), "member")],
    ["amount-differs", objectionToShare(money("30.00"), money("0.00"), "member")],
    ["currency-differs", objectionToShare(money("20.00", "SEK"), money("20.00"), "member")],
    ["not-in-this-state", objectionToShare(money("20.00"), money("20.00"), "trial")],
    [undefined, objectionToBooking({ state: "entered", enteredBy: "a" }, "b")],
    ["second-person-needed", objectionToBooking({ state: "entered", enteredBy: "a" }, "a")],
    ["not-in-this-state", objectionToBooking({ state: "booked", enteredBy: "a" }, "a")],
    ["not-in-this-state", objectionToBooking({ state: "discarded", enteredBy: "a" }, "b")],
  ] as const;
  for (const [refusal, objection] of rows) t.equal(objection?.type, refusal);
  const settled = { ...item, settled: true };
  t.equal(objectionToReturn(money("1830.00"), settled), undefined);
  for (const [state, of] of [
    ["sentBack", { ...settled, live: false }],
    ["signed", item],
    ["refused", { ...item, live: false, batch: "exported" }],
    ["cancelled", { ...item, live: false, batch: "cancelled" }],
  ] as const)
    t.match(objectionToReturn(money("1830.00"), of), { type: "not-in-this-state", facts: { state } }, state);
  t.end();
});

const available = async ({ coop, member }: Treasury) => (await balanceOf(coop, budgetOfMember(member)))?.available.minor;

test("a client pays in two parts, and the member's money becomes free with each", async (t) => {
  const stage = await treasury(t);
  const { coop, client, buyer, tess } = stage;
  const { invoice, engagement, milestone } = await invoiced(coop, stage);
  t.equal(await available(stage), 0n, "earned, and not yet to be spent");
  t.equal((await clientPaid(stage, invoice, "1210.01")).status, 200);
  t.equal(await available(stage), 91_500n);
  t.match((await buyer.call(readInvoice, { invoice })).body, { paid: eur("1210.01") });
  const tooMuch = await entered(stage, { kind: "clientPaid", invoice }, "1210.00");
  t.match([tooMuch.status, tooMuch.problem], [409, "more-than-open"]);
  t.match(JSON.parse(tooMuch.text), { facts: { open: eur("1209.99") } });
  t.equal((await clientPaid(stage, invoice, "1209.99")).status, 200);
  t.equal(await available(stage), 183_000n);
  t.equal((await balanceOf(coop, receivableOfClient(client)))?.balance.minor, 0n);
  t.same((await tess.call(listOpenInvoices, {})).body.items, []);
  const facts = await coop.db.selectFrom("platform.fact").select(["subject", "body"]).where("type", "=", "invoice.paid").execute();
  t.match(facts, [{ subject: invoice, body: { engagement, milestone } }]);
  const { items } = (await tess.call(listBankLines, {})).body;
  t.match(items[0], { kind: "clientPaid", about: "BE-2026-000001", state: "booked", enteredBy: "Tess", confirmedBy: "Tom", mine: true });
});

test("a payment moves exactly its two legs", async (t) => {
  const stage = await treasury(t);
  const { invoice } = await invoiced(stage.coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  const line = (await stage.tess.call(listBankLines, {})).body.items[0]?.id ?? "";
  const entry = await entryByKey(stage.coop, `bank-line:${line}:booked`);
  t.equal(entry?.kind, "client.paid");
  t.equal(legsText(entry?.legs ?? []).replace(stage.client, "9"), "bank:main +2420.00 · receivable:client:9 −2420.00");
});

test("a line is confirmed by another person, once, however many try", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  const { invoice } = await invoiced(coop, stage);
  const { id: line } = (await entered(stage, { kind: "clientPaid", invoice }, "2420.00")).body;
  t.equal((await tess.call(confirmBankLine, { line })).problem, "second-person-needed");
  const tries = await Promise.all(Array.from({ length: 50 }, () => tom.call(confirmBankLine, { line })));
  t.equal(tries.filter(({ status }) => status === 200).length, 1);
  t.equal(tries.filter(({ problem }) => problem === "not-in-this-state").length, 49, JSON.stringify(tries.map(({ problem }) => problem)));
  const { rows } = await sql`select entry_id from ledger.entry where kind = 'client.paid'`.execute(coop.db);
  t.equal(rows.length, 1);
  t.equal((await tess.call(discardBankLine, { line })).problem, "not-in-this-state");
});

test("twenty lines for the same open amount: as many are booked as it takes, and no more", async (t) => {
  const stage = await treasury(t);
  const { coop, tom } = stage;
  const { invoice } = await invoiced(coop, { ...stage, price: "100.00" }); // 121.00 with VAT
  const made = await Promise.all(Array.from({ length: 20 }, () => entered(stage, { kind: "clientPaid", invoice }, "40.00")));
  t.ok(made.every(({ status }) => status === 201));
  const all = await Promise.all(made.map(({ body }) => tom.call(confirmBankLine, { line: body.id })));
  t.equal(all.filter(({ status }) => status === 200).length, 3);
  t.equal(all.filter(({ problem }) => problem === "more-than-open").length, 17);
  t.equal((await available(stage)) ?? 0n, (9150n * 12_000n) / 12_100n);
  for (const { body } of made) await tom.call(discardBankLine, { line: body.id });
});

test("one line of the bank is entered once, and what was wrong is discarded and entered anew", async (t) => {
  const stage = await treasury(t);
  const { coop, tom, tess } = stage;
  const { invoice } = await invoiced(coop, stage);
  const reference = "2026/335/0001";
  const tries = await Promise.all(
    Array.from({ length: 10 }, () => entered(stage, { kind: "clientPaid", invoice }, "10.00", { reference })),
  );
  t.equal(tries.filter(({ status }) => status === 201).length, 1);
  t.equal(tries.filter(({ problem }) => problem === "bank-line-known").length, 9);
  const line = tries.find(({ status }) => status === 201)?.body.id ?? "";
  t.equal((await tess.call(discardBankLine, { line })).status, 200);
  t.equal((await tom.call(confirmBankLine, { line })).problem, "not-in-this-state");
  t.equal((await entered(stage, { kind: "clientPaid", invoice }, "11.00", { reference })).status, 201);
  const { items } = (await tom.call(listBankLines, {})).body;
  t.same(items.map(({ state }) => state).toSorted(), ["discarded", "entered"]);
  t.ok(items.every(({ mine }) => !mine));
});

test("the first share makes an associate, and only in whole shares", async (t) => {
  const stage = await treasury(t);
  const { coop, worker, member } = stage;
  const share = (amount: string) => entered(stage, { kind: "sharePaid", member }, amount);
  t.equal((await share("30.00")).problem, "amount-differs");
  const booked = await bankBooked(stage, { kind: "sharePaid", member }, "40.00");
  t.equal(booked.status, 200, booked.text);
  t.match((await worker.call(readMe, {})).body, { person: { stage: "associate" } });
  const facts = await coop.db.selectFrom("platform.fact").select(["type", "subject"]).where("subject", "=", member).execute();
  for (const type of ["share.paid", "member.associated"])
    t.ok(
      facts.some((fact) => fact.type === type),
      type,
    );
  t.match(await sql`select code, balance from ledger.account_balance where code like 'member:%:share'`.execute(coop.db), {
    rows: [{ code: `member:${member}:share`, balance: -4000n }],
  });
  const waiting = await applicant(coop, "Ada");
  t.equal((await entered(stage, { kind: "sharePaid", member: waiting.member }, "20.00")).problem, "not-in-this-state");
});

test("what is not there cannot be meant, and amounts are decimal texts", async (t) => {
  const stage = await treasury(t);
  const { coop, board, tess } = stage;
  const { invoice } = await invoiced(coop, stage);
  const means = { kind: "clientPaid", invoice } as const;
  for (const wrong of [
    { kind: "clientPaid", invoice: stage.member },
    { kind: "payoutSettled", item: stage.member },
    { kind: "sharePaid", member: invoice },
  ] as const)
    t.equal((await entered(stage, wrong, "20.00")).problem, "not-found", wrong.kind);
  t.equal((await entered(stage, means, "1.00", { bookedOn: "2026-12-02" })).problem, "bank-line-in-future");
  t.equal((await entered(stage, means, "1.00", { amount: { amount: "1.00", currency: "SEK" } })).problem, "currency-differs");
  for (const amount of ["-1.00", "0.00", "0.001", "1e3", "٣", "NaN", "9007199254740993", "-0", "1,50", "1".repeat(10_000)])
    t.equal((await entered(stage, means, amount)).status, 422, amount.slice(0, 20));
  const line = { bookedOn: "2026-12-01", amount: eur("1.00"), reference: "x", means };
  for (const field of ["state", "confirmedBy", "enteredBy", "id", "mine"])
    t.equal((await tess.call(enterBankLine, { ...line, [field]: "x" })).status, 400, field);
  t.equal((await tess.call(enterBankLine, { ...line, means: { ...means, item: invoice } as never })).status, 400);
  t.equal((await tess.call(confirmBankLine, { line: invoice })).problem, "not-found");
  t.equal((await tess.call(discardBankLine, { line: invoice })).problem, "not-found");
  const accountant = await withRole(coop, board, "Ace", "accountant");
  for (const caller of [accountant, await signedUp(coop, "Stan"), stage.buyer, stage.worker]) {
    t.equal((await caller.call(enterBankLine, line)).problem, "role-needed");
    t.equal((await caller.call(confirmBankLine, { line: invoice })).problem, "role-needed");
  }
  t.equal((await accountant.call(listBankLines, {})).status, 200);
});
