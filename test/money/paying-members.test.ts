// Members are paid once, to an account that counts, by two treasurers who sign the same frozen paper.
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { test } from "tap";
import { balanceOf, papersOf } from "@partcommune/server/money/index";
import {
  approveHandIn,
  chooseBudget,
  closeBudget,
  handIn,
  listBudgets,
  readEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import {
  agreeToCredit,
  cancelPayout,
  confirmIbanChange,
  listIbanChanges,
  confirmCredit,
  confirmBankLine,
  listPayables,
  listPayouts,
  openBudget,
  orderPayouts,
  proposeCredit,
  readStatement,
  renameBudget,
  setIban,
  signPayout,
} from "@partcommune/shared/money/api";
import { budgetOfMember, payoutTransit } from "@partcommune/shared/money/rules/accounts";
import { mostBudgets, objectionToClosing, objectionToName, objectionToOpening } from "@partcommune/shared/money/rules/budget";
import { objectionToOrder, objectionToSecondSignature, payableState, waitsFor } from "@partcommune/shared/money/rules/payout";
import { dayMs } from "@partcommune/shared/platform/time";
import { agreed, type Engaged } from "../support/engagements.ts";
import { invoiced } from "../support/invoices.ts";
import { confirmedMember, signedUp, withRole } from "../support/people.ts";
import { bankBooked, clientPaid, entered, eur, ibans, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

test("what is asked of an order and of the second signature", (t) => {
  const plain = { guaranteed: false, fronted: false, queuedFor: null, bills: true, name: "Anna" };
  const ready = { collected: true, ...plain, counts: true, reckoned: true, ordered: false, settled: false, currency: "EUR" };
  const promised = { ...ready, collected: false, guaranteed: true };
  const orders = [
    [undefined, [ready, ready]],
    ["payable-not-ready", [ready, { ...ready, collected: false }]],
    ["payable-not-ready", [{ ...ready, counts: false }]],
    ["payable-not-ready", [promised]],
    ["self-billing-wanted", [ready, { ...ready, bills: false }]],
    ["payroll-wanted", [ready, { ...ready, reckoned: false }]],
    ["guarantee-queued", [ready, { ...promised, queuedFor: "pot" }]],
    [undefined, [ready, { ...promised, fronted: true }]],
    ["payable-ordered-already", [ready, { ...ready, ordered: true }]],
    ["payable-ordered-already", [{ ...ready, ordered: true, settled: true }]],
    ["payables-in-two-currencies", [ready, { ...ready, currency: "SEK" }]],
  ] as const;
  for (const [refusal, chosen] of orders) t.equal(objectionToOrder(chosen)?.type, refusal);
  t.same(
    [ready, { ...ready, collected: false }, { ...ready, ordered: true }, { ...ready, ordered: true, settled: true }].map(payableState),
    ["ready", "waiting", "ordered", "paid"],
  );
  t.same([ready, { ...ready, collected: false, counts: false }, { ...ready, counts: false }].map(waitsFor), [undefined, "client", "iban"]);
  t.same(
    [promised, { ...promised, queuedFor: "pot" }, { ...promised, queuedFor: "cash" } as const, { ...promised, fronted: true }].map((each) =>
      waitsFor({ ...each, queuedFor: each.queuedFor as "pot" | "cash" | null }),
    ),
    ["day", "pot", "cash", undefined],
  );
  t.equal(waitsFor({ ...promised, fronted: true, counts: false }), "iban", "what is paid ahead needs an account, too");
  t.equal(waitsFor({ ...promised, fronted: true, bills: false }), "billing", "and the word of whoever bills for it");
  t.equal(waitsFor({ ...promised, fronted: true, reckoned: false }), "payroll", "and what is in hand of whoever is employed");
  t.equal(waitsFor({ ...promised, bills: false }), "day");
  const batch = { state: "ordered", hash: "h", orderedBy: "a", accountsMoved: false } as const;
  const signatures = [
    [undefined, batch, "b", "h"],
    ["not-in-this-state", { ...batch, state: "signed" }, "b", "h"],
    ["not-in-this-state", { ...batch, state: "cancelled" }, "a", "x"],
    ["second-person-needed", batch, "a", "h"],
    ["payout-differs", batch, "b", "x"],
    ["payout-differs", { ...batch, accountsMoved: true }, "b", "h"],
  ] as const;
  for (const [refusal, of, person, hash] of signatures) t.equal(objectionToSecondSignature(of, person, hash)?.type, refusal);
  t.end();
});

/** An invoice the client has paid, and an account that counts. */
async function readyPayable(stage: Treasury, price = "2000.00", gross = "2420.00"): Promise<Awaited<ReturnType<typeof invoiced>>> {
  const issued = await invoiced(stage.coop, { ...stage, price });
  await clientPaid(stage, issued.invoice, gross);
  return issued;
}

test("from the client's payment to the member's account", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker, member } = stage;
  const { invoice, payable, engagement, milestone } = await invoiced(coop, stage);
  t.match((await tess.call(listPayables, {})).body.items, [{ id: payable, waitsFor: "client", amount: eur("1830.00"), member: "Anna" }]);
  t.equal((await tess.call(orderPayouts, { payables: [payable] })).problem, "payable-not-ready");
  await clientPaid(stage, invoice, "2420.00");
  t.match((await tess.call(listPayables, {})).body.items, [{ waitsFor: "iban" }]);
  await withIban(stage);
  t.equal((await tess.call(listPayables, {})).body.items[0]?.waitsFor, undefined);
  const ordered = (await tess.call(orderPayouts, { payables: [payable, payable] })).body;
  t.match(ordered.total, eur("1830.00"), "named twice, it is paid once");
  t.same((await tess.call(listPayables, {})).body.items, []);
  const [batch] = (await tess.call(listPayouts, {})).body.items;
  t.match(batch, { id: ordered.id, state: "ordered", hash: ordered.hash, orderedBy: "Tess", mine: true, items: [{ member: "Anna" }] });
  t.match(batch?.items[0]?.iban, /^BE.*6769$/, "the account is shown masked");
  t.notMatch(JSON.stringify(batch), /0961/);
  t.equal((await tess.call(signPayout, { payout: ordered.id, hash: ordered.hash })).problem, "second-person-needed");
  t.equal((await tom.call(signPayout, { payout: ordered.id, hash: "0".repeat(64) })).problem, "payout-differs");
  const item = batch?.items[0]?.id ?? "";
  const settled = { kind: "payoutSettled", item } as const;
  t.equal((await entered(stage, settled, "1830.00")).problem, "not-in-this-state", "not signed yet");
  const signed = await tom.call(signPayout, { payout: ordered.id, hash: ordered.hash });
  t.equal(signed.status, 201, signed.text);
  t.equal((await tom.call(cancelPayout, { payout: ordered.id })).problem, "not-in-this-state");
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, -183_000n);
  t.equal((await entered(stage, settled, "1829.00")).problem, "amount-differs");
  const booked = await bankBooked(stage, settled, "1830.00");
  t.equal(booked.status, 200, booked.text);
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, 0n);
  t.match((await tom.call(listPayouts, {})).body.items, [
    { state: "settled", signedBy: "Tom", mine: false, items: [{ settledOn: "2026-12-01" }] },
  ]);
  t.match((await papersOf(coop, engagement)).get(milestone), { payables: [{ state: "paid", paidOn: "2026-12-01" }] });
  const [fact] = await coop.db.selectFrom("platform.fact").selectAll().where("type", "=", "payable.paid").execute();
  t.match(fact, { subject: payable, body: { engagement, milestone } });
  const statement = (await worker.call(readStatement, { member })).body;
  t.match(statement, {
    balance: eur("0.00"),
    available: eur("0.00"),
    iban: /^BE.*6769$/,
    payables: [{ id: payable, state: "paid", invoice: "BE-2026-000001" }],
    items: [
      { kind: "member.billed", amount: eur("-1830.00"), balance: eur("0.00"), invoice: "BE-2026-000001" },
      { kind: "invoice.issued", amount: eur("1830.00"), balance: eur("1830.00"), invoice: "BE-2026-000001" },
    ],
  });
  const page = (await worker.call(readStatement, { member, limit: 1 })).body;
  t.match((await worker.call(readStatement, { member, limit: 1, after: page.next })).body, {
    items: [{ kind: "invoice.issued" }],
    next: undefined,
  });
});

test("fifty orders of one payable at once are one item", async (t) => {
  const stage = await treasury(t);
  await withIban(stage);
  const { payable } = await readyPayable(stage);
  const tries = await Promise.all(
    Array.from({ length: 50 }, (_, at) => (at % 2 ? stage.tess : stage.tom).call(orderPayouts, { payables: [payable] })),
  );
  t.equal(tries.filter(({ status }) => status === 201).length, 1);
  t.equal(tries.filter(({ problem }) => problem === "payable-ordered-already").length, 49);
  t.equal((await stage.coop.db.selectFrom("money.payout_item").select("id").execute()).length, 1);
  t.equal((await stage.coop.db.selectFrom("money.payout_batch").select("id").execute()).length, 1, "what lost left no batch");
});

test("overlapping orders in any order: each payable is in one batch", async (t) => {
  const stage = await treasury(t);
  await withIban(stage);
  const payables: string[] = [];
  for (let at = 0; at < 6; at += 1) payables.push((await readyPayable(stage, "100.00", "121.00")).payable);
  const chosen = (at: number) => (at % 2 ? payables.toReversed() : payables).slice(at % 3, (at % 3) + 3);
  await Promise.all(Array.from({ length: 20 }, (_, at) => stage.tess.call(orderPayouts, { payables: chosen(at) })));
  const items = await stage.coop.db.selectFrom("money.payout_item").select("payable").execute();
  t.equal(new Set(items.map(({ payable }) => payable)).size, items.length);
});

test("signing and cancelling at once: one of them, and the money moves once or not at all", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await withIban(stage);
  const { payable } = await readyPayable(stage);
  const { id: payout, hash } = (await tess.call(orderPayouts, { payables: [payable] })).body;
  const acts = Array.from({ length: 30 }, (_, at) =>
    at % 3 ? tom.call(signPayout, { payout, hash }) : tess.call(cancelPayout, { payout }),
  );
  const done = (await Promise.all(acts)).filter(({ status }) => status < 300);
  t.equal(done.length, 1);
  const { rows } = await sql`select entry_id from ledger.entry where kind = 'member.billed'`.execute(coop.db);
  t.equal(rows.length, done[0]?.status === 201 ? 1 : 0);
});

test("a cancelled batch frees its payables, and its own line can never be signed or settled", async (t) => {
  const stage = await treasury(t);
  const { tess, tom } = stage;
  await withIban(stage);
  const { payable } = await readyPayable(stage);
  const first = (await tess.call(orderPayouts, { payables: [payable] })).body;
  const [batch] = (await tess.call(listPayouts, {})).body.items;
  t.equal((await tom.call(cancelPayout, { payout: first.id })).status, 200);
  t.equal((await tom.call(signPayout, { payout: first.id, hash: first.hash })).problem, "not-in-this-state");
  t.equal((await tom.call(cancelPayout, { payout: first.id })).problem, "not-in-this-state");
  t.equal((await entered(stage, { kind: "payoutSettled", item: batch?.items[0]?.id ?? "" }, "1830.00")).problem, "not-in-this-state");
  await signedPayout(stage, [payable]);
  t.same((await tess.call(listPayouts, {})).body.items.map(({ state }) => state).toSorted(), ["cancelled", "signed"]);
});

test("a batch with several items is settled with its last, and a line settles its item once", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  await withIban(stage);
  const payables: string[] = [];
  for (let at = 0; at < 3; at += 1) payables.push((await readyPayable(stage, "100.00", "121.00")).payable);
  await signedPayout(stage, payables);
  const items = (await tess.call(listPayouts, {})).body.items[0]?.items.map(({ id }) => id) ?? [];
  const lines = [];
  for (const item of [...items, ...items]) lines.push((await entered(stage, { kind: "payoutSettled", item }, "91.50")).body.id);
  const all = await Promise.all(lines.map((line) => tom.call(confirmBankLine, { line })));
  t.equal(all.filter(({ status }) => status === 200).length, 3, JSON.stringify(all.map(({ problem }) => problem)));
  t.equal(all.filter(({ problem }) => problem === "not-in-this-state").length, 3);
  t.match((await tess.call(listPayouts, {})).body.items, [{ state: "settled" }]);
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, 0n);
});

test("a change of account freezes what was ordered to the old one", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker, member } = stage;
  await withIban(stage);
  const { payable } = await readyPayable(stage);
  const { id: payout, hash } = (await tess.call(orderPayouts, { payables: [payable] })).body;
  await worker.call(setIban, { member, iban: ibans[1] });
  t.equal((await tom.call(signPayout, { payout, hash })).problem, "payout-differs");
  t.equal((await tess.call(cancelPayout, { payout })).status, 200);
  t.match((await tess.call(listPayables, {})).body.items, [{ waitsFor: "iban" }], "while the change is under way nothing is ordered");
  t.equal((await tess.call(orderPayouts, { payables: [payable] })).problem, "payable-not-ready");
  coop.wait(2 * dayMs);
  await coop.keepTime();
  t.equal(
    (await tess.call(orderPayouts, { payables: [payable] })).problem,
    "payable-not-ready",
    "nor before a treasurer has asked the member",
  );
  const change = (await tom.call(listIbanChanges, {})).body.items[0]?.id ?? "";
  t.equal((await tom.call(confirmIbanChange, { change })).status, 200);
  await signedPayout(stage, [payable]);
  t.match((await tess.call(listPayouts, {})).body.items[0]?.items[0]?.iban, /^FR.*2606$/);
});

test("the frozen batch is what was signed, for the server and for the owner alike", async (t) => {
  const stage = await treasury(t);
  const { coop } = stage;
  await withIban(stage);
  const { payable } = await readyPayable(stage);
  const payout = await signedPayout(stage, [payable]);
  const row = await coop.db.selectFrom("money.payout_batch").selectAll().where("id", "=", payout).executeTakeFirstOrThrow();
  t.same(createHash("sha256").update(row.frozen).digest(), row.hash);
  t.match(JSON.parse(row.frozen), { payout, total: "1830.00", items: [{ payable, amount: "1830.00" }] });
  const forged = [
    coop.db.updateTable("money.payout_batch").set({ total_minor: 1n }),
    coop.db.updateTable("money.payout_item").set({ amount_minor: 1n }),
    coop.db.updateTable("money.bank_line").set({ amount_minor: 1n }),
  ];
  for (const update of forged) await t.rejects(update.execute(), { code: "PC001" });
  await t.rejects(coop.db.updateTable("money.payout_signature").set({ no: 1 }).execute(), { code: "42501" });
  await t.rejects(
    coop.db.insertInto("money.payout_signature").values({ batch: payout, no: 2, person: row.ordered_by, at: coop.now() }).execute(),
  );
});

test("payouts and statements are the treasury's and the member's alone", async (t) => {
  const stage = await treasury(t);
  const { coop, board, tess, member, buyer, worker } = stage;
  const other = await confirmedMember(coop, board, "Mona");
  const accountant = await withRole(coop, board, "Ace", "accountant");
  const stranger = await signedUp(coop, "Stan");
  await withIban(stage);
  const { payable } = await readyPayable(stage);
  const payout = (await tess.call(orderPayouts, { payables: [payable] })).body.id;
  for (const [name, caller] of Object.entries({ stranger, buyer, board, otherMember: other.caller })) {
    t.equal((await caller.call(readStatement, { member })).problem, "not-found", name);
    t.equal((await caller.call(listPayouts, {})).problem, "role-needed", name);
    t.equal((await caller.call(listPayables, {})).problem, "role-needed", name);
    t.equal((await caller.call(cancelPayout, { payout })).problem, "role-needed", name);
  }
  for (const caller of [tess, accountant]) {
    t.match((await caller.call(readStatement, { member })).body, { payables: [{ state: "ordered" }] });
    t.equal((await caller.call(readStatement, { member: payout })).problem, "not-found");
  }
  t.equal((await accountant.call(orderPayouts, { payables: [payable] })).problem, "role-needed");
  t.equal((await worker.call(orderPayouts, { payables: [payable] })).problem, "role-needed");
  t.equal((await tess.call(orderPayouts, { payables: [payout] })).problem, "not-found");
  t.equal((await tess.call(signPayout, { payout: payable, hash: "0".repeat(64) })).problem, "not-found");
  t.equal((await tess.call(orderPayouts, { payables: [] })).status, 422);
  t.equal((await tess.call(orderPayouts, { payables: ["x"] })).status, 422);
  for (const field of ["total", "hash", "iban", "state"])
    t.equal((await tess.call(orderPayouts, { payables: [payable], [field]: "x" })).status, 400, field);
});

test("what is asked of a budget that is opened, renamed or closed", (t) => {
  const books = { id: "a", name: "Books" };
  const full = Array.from({ length: mostBudgets }, (_, at) => ({ id: `${at}`, name: `${at}` }));
  t.equal(objectionToOpening([books], "Tools"), undefined);
  t.equal(objectionToOpening([books], "BOOKS")?.type, "budget-named-so");
  t.equal(objectionToOpening(full.slice(1), "Tools"), undefined);
  t.equal(objectionToOpening(full, "Tools")?.type, "budgets-enough");
  t.equal(objectionToName([books], "books", "a"), undefined, "its own name in other letters");
  t.equal(objectionToName([books], "books", "b")?.type, "budget-named-so");
  t.equal(objectionToClosing({ empty: true, works: [] }), undefined);
  t.equal(objectionToClosing({ empty: false, works: [] })?.type, "budget-not-empty");
  t.match(objectionToClosing({ empty: false, works: ["Poster", "Map"] }), { type: "budget-in-use", facts: { works: "Poster, Map" } });
  t.end();
});

/** Work that goes into a budget, handed in and approved: its invoice. */
async function approvedInto({ worker, buyer, engagement, milestone, page }: Engaged, chosen: string): Promise<string> {
  for (const into of [chosen, "first", chosen]) {
    const { problem, text } = await worker.call(chooseBudget, { engagement, chosen: into });
    if (problem) throw new Error(text);
  }
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  return (await buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 })).body.invoice.id;
}

test("several budgets: two works into two of them, one paid, one credited, and closed only when nothing leads there", async (t) => {
  const stage = await treasury(t);
  const { coop, board, buyer, worker, member, tess, tom } = stage;
  await withIban(stage);
  const { id: books } = (await worker.call(openBudget, { name: "Books" })).body;
  t.equal((await worker.call(openBudget, { name: "books" })).problem, "budget-named-so");
  coop.wait(1_000); // at one instant, either could be the first
  const { id: tools } = (await worker.call(openBudget, { name: "Tools" })).body;
  t.equal((await worker.call(renameBudget, { budget: tools, name: "BOOKS" })).problem, "budget-named-so");
  t.equal((await worker.call(renameBudget, { budget: tools, name: "Camera" })).status, 200);
  const [first, second] = [await agreed(stage), await agreed(stage)];
  const other = await confirmedMember(coop, board, "Mona");
  for (const [name, caller] of Object.entries({ stranger: other.caller, buyer }))
    t.not((await caller.call(chooseBudget, { engagement: first.engagement, chosen: "first" })).status, 200, name);
  t.equal((await other.caller.call(closeBudget, { budget: books })).problem, "not-found");
  t.equal((await other.caller.call(renameBudget, { budget: books, name: "Mine" })).problem, "not-found");
  const { id: foreign } = (await other.caller.call(openBudget, { name: "Books" })).body;
  t.equal((await worker.call(chooseBudget, { engagement: first.engagement, chosen: foreign })).problem, "not-found");
  const [paid, credited] = [await approvedInto(first, books), await approvedInto(second, tools)];
  t.equal((await worker.call(readEngagement, { engagement: first.engagement })).body.team[0]?.into, books);
  t.equal((await first.page()).team[0]?.into, undefined, "the client does not learn of it");
  t.equal(await balanceOf(coop, budgetOfMember(member)), undefined, "nothing went into the first");
  await clientPaid(stage, paid, "2420.00");
  t.match((await worker.call(listBudgets, {})).body.items, [
    { id: undefined, balance: eur("0.00"), works: [] },
    { name: "Books", balance: eur("1830.00"), available: eur("1830.00"), held: [], works: [{ id: first.engagement }] },
    { name: "Camera", balance: eur("1830.00"), available: eur("0.00"), held: [{ invoice: "BE-2026-000002", amount: eur("1830.00") }] },
  ]);
  t.match((await worker.call(closeBudget, { budget: books })).problem, "budget-in-use");
  const payables = (await tess.call(listPayables, {})).body.items.filter((each) => each.waitsFor === undefined);
  await signedPayout(
    stage,
    payables.map(({ id }) => id),
  );
  t.equal((await balanceOf(coop, budgetOfMember(member, books)))?.balance.minor, 0n, "it left the budget that it went into");
  const { id: credit } = (await tess.call(proposeCredit, { invoice: credited, net: eur("2000.00"), reason: "It was not used." })).body;
  for (const side of [buyer, worker]) await side.call(agreeToCredit, { credit });
  t.equal((await tom.call(confirmCredit, { credit })).status, 200);
  t.match(await balanceOf(coop, budgetOfMember(member, tools)), { balance: { minor: 0n }, held: { minor: 0n } });
  await coop.settle();
  t.equal((await worker.call(closeBudget, { budget: tools })).status, 200);
  t.equal((await worker.call(chooseBudget, { engagement: first.engagement, chosen: tools })).problem, "not-found");
  await worker.call(chooseBudget, { engagement: first.engagement, chosen: "first" });
  t.equal((await worker.call(closeBudget, { budget: books })).problem, "budget-not-empty", "what left it has not reached the bank");
  const item = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  await bankBooked(stage, { kind: "payoutSettled", item }, "1830.00");
  const moved = ["member.billed", "invoice.issued"];
  const ofOne = (await worker.call(readStatement, { member, budget: books })).body;
  t.same([ofOne.items.map(({ kind }) => kind), ofOne.payables.length], [moved, 1]);
  t.same((await worker.call(readStatement, { member, budget: "first" })).body.items, []);
  const all = (await worker.call(readStatement, { member })).body;
  t.same([all.items.length, all.payables.length, all.balance], [4, 1, eur("0.00")], "together nothing is missing");
  t.equal((await worker.call(closeBudget, { budget: books })).status, 200);
  t.equal((await worker.call(openBudget, { name: "Books" })).status, 201, "the name is free again");
  t.equal((await worker.call(listBudgets, {})).body.items.length, 2);
});

test("a stolen session signs nothing: each of these acts asks for a proof by passkey", async (t) => {
  const { coop, board } = await treasury(t);
  const { caller: worker, member } = await confirmedMember(coop, board, "Mona");
  const treasurer = await withRole(coop, board, "Tilda", "treasurer");
  const [hash, id] = ["0".repeat(64), member];
  t.equal((await worker.call(setIban, { member, iban: ibans[0] })).problem, "proof-needed");
  t.equal((await treasurer.call(orderPayouts, { payables: [id] })).problem, "proof-needed");
  t.equal((await treasurer.call(signPayout, { payout: id, hash })).problem, "proof-needed");
});
