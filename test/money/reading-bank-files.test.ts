// The bank's own file: read whole or not at all, each line once in whichever files it stands, booked by a checked reference and by nothing less.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { sql } from "kysely";
import { test } from "tap";
import { balanceOf } from "@partcommune/server/money/index";
import { Unreadable } from "@partcommune/server/money/actions/bank-xml";
import { readBankFile } from "@partcommune/server/money/actions/read-bank-file";
import {
  confirmBankLine,
  discardBankLine,
  listBankLines,
  listOpenInvoices,
  listPayables,
  listPayouts,
} from "@partcommune/shared/money/api";
import { explainLine, importBankFile, listStatements, listWaitingLines, vouchForStatement } from "@partcommune/shared/money/api/statement";
import { bank, payoutTransit, unmatched } from "@partcommune/shared/money/rules/accounts";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { inTurns, meaningOf, referencesIn, subjectsIn, typedAs, type Named, type Typed } from "@partcommune/shared/money/rules/matching";
import { rfReference, spaced } from "@partcommune/shared/money/rules/reference";
import { faultOf, objectionToVouching, placed, statementTable, type StatementRead } from "@partcommune/shared/money/rules/statement";
import { verbsFor } from "@partcommune/shared/platform/table";
import type { Day } from "@partcommune/shared/platform/time";
import { stateOf } from "../support/book.ts";
import { camt, imported, type Line } from "../support/camt.ts";
import { invoiced } from "../support/invoices.ts";
import { withRole } from "../support/people.ts";
import { clientPaid, entered, eur, houseAccount, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const readCamt = (file: Uint8Array): readonly StatementRead[] => {
  const read = readBankFile(file);
  return "statements" in read ? read.statements : [];
};

test("what a bank writes is read the same in each version", (t) => {
  const lines: readonly Line[] = [
    { amount: "0010.10", ref: "R1", reference: "RF772026000123", words: "facture &amp; merci", party: "Carla SA" },
    { amount: "-1830.00", ref: "R2", endToEnd: "ABC", party: "Anna" },
    { amount: "99.00", status: "PDNG" },
  ];
  const [first, ...others] = (["02", "04", "08"] as const).map((version) => readCamt(bytes(camt(lines, { version, opening: "5.00" })))[0]);
  for (const other of others) t.same(other, first);
  t.match(first, { iban: "BE68539007547034", currency: "EUR", until: "2026-12-01", opening: 500n });
  t.match(first?.lines, [
    { minor: 1_010n, bankRef: "R1", words: ["RF772026000123", "facture & merci"], party: "Carla SA", returned: false },
    { minor: -183_000n, endToEnd: "ABC", party: "Anna" },
  ]);
  t.equal(first?.lines.length, 2, "what is only announced is no line");
  const file = camt(lines);
  const prefixed = file.replaceAll(/<(\/?)(?=[A-Z])/g, "<$1n:").replace("xmlns=", "xmlns:n=");
  t.same(readCamt(bytes(prefixed))[0]?.lines, readCamt(bytes(file))[0]?.lines, "a prefix says nothing");
  const parts = (one: string, two: string) =>
    camt([{ amount: "30.00", words: "x" }]).replace(
      /<TxDtls>.*<\/TxDtls>/,
      [one, two]
        .map((amount, at) => `<TxDtls><Refs><EndToEndId>E${at}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt></TxDtls>`)
        .join(""),
    );
  t.same(
    readCamt(bytes(parts("10.00", "20.00")))[0]?.lines.map(({ minor, endToEnd }) => [minor, endToEnd]),
    [
      [1_000n, "E0"],
      [2_000n, "E1"],
    ],
  );
  t.same(
    readCamt(bytes(parts("10.00", "10.00")))[0]?.lines.map(({ minor }) => minor),
    [3_000n],
    "parts that are not the whole are no parts",
  );
  const name = bankIdOf("01938c3a-7e00-7abc-8def-0123456789ab");
  const refs = `<Refs><MsgId>m1</MsgId><PmtInfId>${name}</PmtInfId></Refs>`;
  const summed = (details: string) => camt([{ amount: "-30.00" }]).replace(/<TxDtls>.*<\/TxDtls>/, details);
  for (const details of [
    `<Btch><MsgId>${name}</MsgId><NbOfTxs>2</NbOfTxs></Btch>`,
    `<Btch><MsgId>the bank's own</MsgId><PmtInfId>${name}</PmtInfId></Btch>`,
    `<Btch><MsgId>${name}</MsgId></Btch><TxDtls/><TxDtls/>`,
    `<TxDtls>${refs}</TxDtls><TxDtls>${refs}</TxDtls>`,
  ])
    t.match(readCamt(bytes(summed(details)))[0]?.lines, [{ minor: -3_000n, batch: name, endToEnd: "" }], details);
  t.match(readCamt(bytes(summed("<Btch><MsgId>of another</MsgId></Btch>")))[0]?.lines, [{ batch: "" }]);
  t.end();
});

function faultIn(given: Uint8Array): string | undefined {
  try {
    return void readCamt(given);
  } catch (error) {
    return error instanceof Unreadable ? error.because : String(error);
  }
}

test("what is no statement is refused at once, with the reason", (t) => {
  const file = camt([{ amount: "1.00" }]);
  const rows: readonly (readonly [string, Uint8Array])[] = [
    ["doctype", bytes(file.replace("<Document", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document'))],
    ["doctype", bytes(file.replace("<Document", "<!doctype d><!doctype d><Document"))],
    ["namespace", bytes(file.replace("camt.053.001.08", "camt.053.001.03"))],
    ["namespace", bytes(file.replace("camt.053.001.08", "pain.001.001.09"))],
    ["namespace", bytes("<html></html>")],
    ["namespace", bytes("")],
    ["xml", bytes(file.slice(0, -8))],
    ["xml", bytes(file.replace("</Stmt>", ""))],
    ["encoding", new Uint8Array([0x3c, 0xff, 0xfe])],
    ["size", new Uint8Array(9 * 1_024 * 1_024)],
    ["account", bytes(file.replace("BE68539007547034", "123"))],
    ["amount", bytes(file.replace(">1.00<", ">1.005<"))],
    ["amount", bytes(file.replaceAll(">1.00<", ">1e3<"))],
    ["amount", bytes(file.replaceAll(">1.00<", ">-1.00<"))],
    ["currency", bytes(file.replaceAll('Ccy="EUR"', 'Ccy="XXX"'))],
    ["currency", bytes(camt([{ amount: "1.00", currency: "SEK" }]))],
    ["day", bytes(file.replaceAll("2026-12-01</Dt></BookgDt>", "2026-13-01</Dt></BookgDt>"))],
    ["entry", bytes(file.replace("CRDT", "BOTH"))],
    ["statement", bytes(file.replace(/<Stmt>.*<\/Stmt>/, ""))],
  ];
  for (const [because, given] of rows) {
    const began = performance.now();
    t.equal(faultIn(given), because);
    t.ok(performance.now() - began < 200, `${because} within 200 ms`);
  }
  t.end();
});

test("references are found however people write them, and only those that check", (t) => {
  const reference = rfReference("BE-2026-000123");
  const rows = [
    [reference, reference],
    [spaced(reference), reference],
    [`facture ${reference.toLowerCase()}, merci`, reference],
    [`ref:${spaced(reference)} 27.11.2026`, reference],
    [reference.replace(/\d$/, "4"), undefined],
    ["+++202/6000/12320+++", reference],
    ["+++ 202 / 6000 / 12320 +++ merci", reference],
    ["facture ***202600012320***", reference],
    ["202600012320", reference],
    ["202/6000/12320", reference],
    ["+++202/6000/12321+++", undefined],
    ["+++202/6000/12320***", undefined],
    ["commande 202600012320", undefined],
    ["202600012321", undefined],
    ["2026000123", undefined],
    ["", undefined],
  ] as const;
  for (const [words, wanted] of rows) t.equal(referencesIn([words]).includes(reference), wanted !== undefined, words);
  t.end();
});

const invoice = (id: string, gross: bigint, paid = 0n) => ({
  id,
  gross: { minor: gross, currency: "EUR" },
  paid: { minor: paid, currency: "EUR" },
});
const item = { id: "i", amount: { minor: 183_000n, currency: "EUR" }, batch: "exported", settled: false, live: true } as const;

const batch = { id: "p", batch: "exported", items: [item, { id: "j", amount: { minor: 17_000n, currency: "EUR" } }] } as const;

test("what a line means by itself, and why it is left to people", (t) => {
  const none: Named = { item: undefined, batch: undefined, invoices: [] };
  const rows: readonly (readonly [string, bigint, Named, boolean?, string?])[] = [
    ["clientPaid", 242_000n, { ...none, invoices: [invoice("a", 242_000n)] }],
    ["clientPaid", 1n, { ...none, invoices: [invoice("a", 242_000n)] }],
    ["notOpen", 242_001n, { ...none, invoices: [invoice("a", 242_000n)] }],
    ["notOpen", 1n, { ...none, invoices: [invoice("a", 242_000n, 242_000n)] }],
    ["notOpen", 242_000n, { ...none, invoices: [invoice("a", 242_000n)] }, false, "SEK"],
    ["severalReferences", 10n, { ...none, invoices: [invoice("a", 100n), invoice("b", 100n)] }],
    ["noReference", 10n, none],
    ["payoutSettled", -183_000n, { ...none, item }],
    ["payoutSettled", -183_000n, { ...none, item: { ...item, batch: "signed" } }],
    ["notOpen", -182_999n, { ...none, item }],
    ["notOpen", -183_000n, { ...none, item: { ...item, settled: true } }],
    ["notOpen", -183_000n, { ...none, item: { ...item, batch: "ordered" } }],
    ["notOpen", -183_000n, { ...none, item: { ...item, live: false } }],
    ["noReference", -183_000n, { ...none, invoices: [invoice("a", 183_000n)] }],
    ["batchSettled", -200_000n, { ...none, batch }],
    ["batchSettled", -183_000n, { ...none, batch: { ...batch, batch: "signed", items: [item] } }],
    ["batchDiffers", -183_000n, { ...none, batch }],
    ["batchDiffers", -200_000n, { ...none, batch }, false, "SEK"],
    ["batchDiffers", -200_000n, { ...none, batch: { ...batch, batch: "ordered" } }],
    ["batchDiffers", -200_000n, { ...none, batch: { ...batch, batch: "settled", items: [] } }],
    ["noReference", 200_000n, { ...none, batch }],
    ["payoutReturned", 183_000n, { ...none, item: { ...item, settled: true } }, true],
    ["notOpen", 183_000n, { ...none, item }, true],
    ["notOpen", 182_999n, { ...none, item: { ...item, settled: true } }, true],
    ["noReference", 183_000n, none, true],
    ["noReference", 183_000n, { ...none, item: { ...item, settled: true } }, false],
  ];
  for (const [wanted, minor, named, returned = false, currency = "EUR"] of rows) {
    const meaning = meaningOf({ minor, returned }, currency, named);
    t.equal("left" in meaning ? meaning.left : meaning.kind, wanted, `${minor} ${currency}`);
  }
  for (const state of ["taken", "accepted"] as const) t.same(verbsFor(statementTable, state, ["treasurer"]), []);
  t.equal(objectionToVouching({ state: "broken", vouchedBy: undefined }, "a"), undefined);
  t.equal(objectionToVouching({ state: "vouched", vouchedBy: "a" }, "b"), undefined);
  t.equal(objectionToVouching({ state: "vouched", vouchedBy: "a" }, "a")?.type, "second-person-needed");
  for (const state of ["taken", "accepted"] as const)
    t.equal(objectionToVouching({ state, vouchedBy: undefined }, "b")?.type, "not-in-this-state");
  t.end();
});

test("a year of lines: where references are right, at least 95 in 100 match by themselves, and none wrongly", (t) => {
  const noise = fc.constantFrom("facture ", "Invoice no. ", "RF", "payment 12/2026 ", "", "27.11.2026 ", "RF18 ");
  const shape = fc.record({
    owed: fc.integer({ min: 1, max: 5_000_00 }),
    part: fc.boolean(),
    spaces: fc.boolean(),
    before: noise,
    after: noise,
  });
  const year = fc.array(fc.record({ line: shape, right: fc.integer({ min: 0, max: 19 }) }), { minLength: 200, maxLength: 400 });
  fc.assert(
    fc.property(year, (lines) => {
      const books = new Map(
        lines.map(({ line }, at) => [rfReference(`BE-2026-${String(at + 1).padStart(6, "0")}`), invoice(`${at}`, BigInt(line.owed))]),
      );
      const own = [...books.keys()];
      let [matched, rightly] = [0, 0];
      for (const [at, { line, right }] of lines.entries()) {
        // One in twenty writes a reference with a digit changed.
        const exact = own[at] ?? "";
        const written = right === 0 ? exact.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)) : exact;
        const words = `${line.before}${line.spaces ? spaced(written) : written} ${line.after}`;
        const invoices = referencesIn([words]).flatMap((reference) => books.get(reference) ?? []);
        const minor = BigInt(line.part ? Math.ceil(line.owed / 2) : line.owed);
        const meaning = meaningOf({ minor, returned: false }, "EUR", { item: undefined, batch: undefined, invoices });
        if (right > 0) rightly += 1;
        if ("left" in meaning) continue;
        if (meaning.kind !== "clientPaid" || meaning.invoice !== `${at}` || right === 0) return false;
        matched += 1;
      }
      return matched >= rightly * 0.95;
    }),
    { numRuns: 25, seed: 20_261_127 },
  );
  t.pass("25 years of 200 to 400 lines");
  t.end();
});

test("lines are worked together in turns of which none speaks of anything twice, in their order and no more than need be", (t) => {
  const subjects = fc.array(fc.integer({ min: 1, max: 6 }).map(String), { maxLength: 2 });
  fc.assert(
    fc.property(fc.array(subjects, { maxLength: 40 }), (lines) => {
      const turns = inTurns(lines, (line) => [...new Set(line)]);
      const said = turns.map((turn) => turn.flatMap((line) => [...new Set(line)]));
      return (
        turns.flat().length === lines.length &&
        turns.flat().every((line, at) => line === lines[at]) &&
        said.every((names) => new Set(names).size === names.length) &&
        turns.slice(1).every(([first = []], at) => first.some((name) => said[at]?.includes(name)))
      );
    }),
  );
  t.same(subjectsIn({ item, batch: undefined, invoices: [invoice("a", 1n), invoice("b", 1n)] }), ["i", "a", "b"]);
  t.same(subjectsIn({ item: undefined, batch, invoices: [] }), ["i", "j"], "of a payout as one sum, each of its transfers");
  t.same(subjectsIn({ item: undefined, batch: undefined, invoices: [] }), []);
  t.end();
});

test("a line is one that somebody typed by the bank's reference, or else by its meaning within a week", (t) => {
  const amount = { minor: 100n, currency: "EUR" };
  const typed: Typed = { id: "t", state: "booked", reference: "K1", kind: "clientPaid", about: "a", bookedOn: "2026-12-08" as Day, amount };
  const line = { bankRef: "", bookedOn: "2026-12-01" as Day };
  const aim = { kind: "clientPaid", invoice: "a" } as const;
  const rows = [
    ["t", { ...line, bankRef: "K1" }, { left: "noReference" } as const, amount],
    [undefined, { ...line, bankRef: "K2" }, { left: "noReference" } as const, amount],
    ["t", line, aim, amount],
    [undefined, { ...line, bookedOn: "2026-11-30" as Day }, aim, amount],
    [undefined, line, { ...aim, invoice: "b" }, amount],
    [undefined, line, { kind: "payoutSettled", item: "a" } as const, amount],
    [undefined, line, aim, { ...amount, minor: 101n }],
    [undefined, { ...line, bankRef: "K1" }, aim, { ...amount, currency: "SEK" }],
  ] as const;
  for (const [wanted, shown, by, so] of rows) t.equal(typedAs(shown, so, by, [typed])?.id, wanted, JSON.stringify(shown));
  const other = { ...typed, id: "u", reference: "K9" };
  t.equal(typedAs({ ...line, bankRef: "K9" }, amount, aim, [typed, other])?.id, "u", "the bank's reference comes first");
  t.end();
});

test("equal lines of one day are told apart by their place, and a balance that does not fit is noticed", (t) => {
  const [statement] = readCamt(
    bytes(
      camt([
        { amount: "5.00", ref: "A" },
        { amount: "5.00", ref: "A" },
        { amount: "5.00", ref: "B" },
      ]),
    ),
  );
  t.same(
    placed(statement?.lines ?? []).map(({ place }) => place),
    [0, 1, 0],
  );
  const fault = (wishes: object) =>
    faultOf(readCamt(bytes(camt([{ amount: "5.00" }], wishes)))[0] ?? { opening: 0n, closing: 0n, lines: [] });
  t.equal(fault({}), undefined);
  t.equal(fault({ closing: "5.01" }), "doesNotAddUp");
  t.equal(fault({ closing: "" }), "noBalance");
  t.end();
});

const reference = async (stage: Treasury, id: string): Promise<string> =>
  (await stage.coop.db.selectFrom("money.document").select("reference").where("id", "=", id).executeTakeFirstOrThrow()).reference;

const onBank = async ({ coop }: Treasury) => (await balanceOf(coop, bank("main")))?.balance.minor ?? 0n;
const inSuspense = async ({ coop }: Treasury) => (await balanceOf(coop, unmatched))?.balance.minor ?? 0n;

test("a founder's treasurer alone reads a file in: what a reference explains is booked, the rest waits, and twice is once", async (t) => {
  const stage = await treasury(t);
  const { coop, board, tess, tom } = stage;
  const accountant = await withRole(coop, board, "Ace", "accountant");
  t.equal((await imported(tess, camt([]))).problem, "house-account-missing");
  await houseAccount(stage);
  await withIban(stage);
  const { invoice: paid, payable } = await invoiced(coop, stage);
  const [whole, part] = [await invoiced(coop, stage), await invoiced(coop, stage)];
  await clientPaid(stage, paid, "2420.00");
  await signedPayout(stage, [payable]);
  const out = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  const day = [
    { amount: "2420.00", ref: "K0", reference: await reference(stage, paid) }, // typed before
    { amount: "2420.00", ref: "K1", words: spaced(await reference(stage, whole.invoice)), party: "Carla" },
    { amount: "1000.00", ref: "K2", reference: await reference(stage, part.invoice) },
    { amount: "-1830.00", ref: "K3", endToEnd: bankIdOf(out) },
    { amount: "20.00", ref: "K4", words: `share ${stage.member}` },
    { amount: "1420.00", ref: "K5", words: "sans référence", party: "Carla" },
  ];
  const file = camt(day, { opening: "100.00" });
  t.same((await imported(tess, file)).body, { statements: 1, fresh: 6, known: 0, booked: 4, waiting: 2, broken: 0 });
  t.equal(await onBank(stage), 242_000n + 242_000n + 100_000n - 183_000n + 2_000n + 142_000n);
  t.equal(await inSuspense(stage), -144_000n);
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, 0n);
  t.match((await tess.call(listPayouts, {})).body.items, [{ state: "settled" }]);
  t.same(
    (await tess.call(listOpenInvoices, {})).body.items.map(({ paid: so }) => so),
    [eur("1000.00")],
  );
  for (const again of [file, camt(day.slice(0, 4), { opening: "1.00", version: "02", name: "other" })]) {
    const { body } = await imported(tom, again);
    t.match(body, { fresh: 0, booked: 0, waiting: 0 }, "the same again, or days that overlap");
  }
  const lines = (await tess.call(listBankLines, {})).body.items;
  t.equal(lines.filter(({ source }) => source === "file").length, 3);
  t.match(
    lines.find(({ source }) => source === "file"),
    { state: "booked", enteredBy: "Tess", confirmedBy: undefined },
  );
  const waiting = (await accountant.call(listWaitingLines, {})).body.items;
  t.match(waiting, [
    {
      amount: eur("20.00"),
      came: true,
      left: "noReference",
      suggestions: [{ means: { kind: "sharePaid", member: stage.member }, why: "memberNumber", about: "Anna" }],
    },
    {
      amount: eur("1420.00"),
      left: "noReference",
      suggestions: [{ means: { kind: "clientPaid", invoice: part.invoice }, why: "sameAmount" }],
    },
  ]);
  const [share, rest] = waiting.map(({ id }) => id);
  const explained = { waiting: rest ?? "", means: { kind: "clientPaid", invoice: part.invoice } } as const;
  t.equal((await tess.call(explainLine, { ...explained, means: { kind: "payoutSettled", item: out } })).problem, "line-the-other-way");
  t.equal(
    (await tess.call(explainLine, { ...explained, means: { kind: "clientPaid", invoice: whole.invoice } })).problem,
    "more-than-open",
  );
  const { id: wrong } = (await tess.call(explainLine, explained)).body;
  t.equal((await tom.call(explainLine, explained)).problem, "not-in-this-state", "explained by one, it is not another's to explain");
  t.equal((await tess.call(confirmBankLine, { line: wrong })).problem, "second-person-needed");
  await tom.call(discardBankLine, { line: wrong });
  const { id: right } = (await tess.call(explainLine, explained)).body;
  t.equal(await inSuspense(stage), -144_000n, "nothing moves before the second person");
  t.equal((await tom.call(confirmBankLine, { line: right })).status, 200);
  t.equal(await inSuspense(stage), -2_000n);
  const typed = await entered(stage, { kind: "sharePaid", member: stage.member }, "20.00", { reference: "K4" });
  t.same((await tess.call(listWaitingLines, {})).body.items, [], "typed by hand it is the same line");
  t.equal(
    (await tess.call(explainLine, { waiting: share ?? "", means: { kind: "sharePaid", member: stage.member } })).problem,
    "not-in-this-state",
  );
  t.equal((await tom.call(confirmBankLine, { line: typed.body.id })).status, 200);
  t.equal(await inSuspense(stage), 0n);
  t.match(
    (await accountant.call(listStatements, {})).body.items.find(({ name }) => name === "1"),
    { state: "taken", difference: eur("-100.00"), by: "Tess" },
  );
  t.equal((await tess.call(explainLine, { ...explained, waiting: stage.member })).problem, "not-found");
  for (const caller of [accountant, stage.worker, stage.buyer, board]) t.equal((await imported(caller, file)).problem, "role-needed");
  const refused = [
    [camt(day, { iban: "BE71096123456769" }), "bank-file-of-another"],
    [camt([{ amount: "1.00" }], { until: "2026-12-02" }), "bank-line-in-future"],
    ["<!DOCTYPE x>", "bank-file-unreadable"],
    [new Uint8Array(200_000_000), "bank-file-unreadable"],
  ] as const;
  for (const [given, problem] of refused) t.equal((await imported(tess, given)).problem, problem);
  t.equal((await tess.call(importBankFile, { gzip: gzipSync("x").subarray(3).toString("base64") })).problem, "bank-file-unreadable");
  const kept = await coop.db.selectFrom("money.statement").select("id").execute();
  t.equal(kept.length, 2, "of what was refused nothing is kept");
});

test("a payout that comes back is owed again, once; and a statement that does not add up waits for two people", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, board } = stage;
  await houseAccount(stage);
  await withIban(stage);
  const { invoice: paid, payable } = await invoiced(coop, stage);
  await signedAfter(stage, paid, payable);
  const out = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  const left = { amount: "-1830.00", ref: "K1", endToEnd: bankIdOf(out) };
  const back = { amount: "1830.00", ref: "K2", endToEnd: bankIdOf(out), returned: true };
  const broken = camt([left, back, { ...back, ref: "K3" }], { closing: "7.00" });
  t.match((await imported(tess, broken)).body, { fresh: 3, booked: 0, waiting: 0, broken: 1 });
  t.equal(await onBank(stage), 242_000n, "it posts nothing");
  const [statement] = (await tess.call(listStatements, {})).body.items;
  t.match(statement, { state: "broken", fault: "doesNotAddUp", lines: 3 });
  const vouch = { statement: statement?.id ?? "", reason: "The bank says so by letter of 1 December." };
  t.equal((await tess.call(vouchForStatement, { ...vouch, reason: " " })).status, 422);
  t.same((await tess.call(vouchForStatement, vouch)).body, { state: "vouched" });
  t.equal((await tess.call(vouchForStatement, vouch)).problem, "second-person-needed");
  t.same((await tom.call(vouchForStatement, vouch)).body, { state: "accepted" });
  t.equal((await tom.call(vouchForStatement, vouch)).problem, "not-in-this-state");
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, 0n);
  t.equal(await inSuspense(stage), -183_000n, "sent back twice, the second waits for people");
  t.match((await tess.call(listPayables, {})).body.items, [{ id: payable, waitsFor: undefined }]);
  const again = await signedPayout(stage, [payable]);
  t.match(
    (await tess.call(listPayouts, {})).body.items.find(({ id }) => id === again),
    { state: "signed", total: eur("1830.00") },
  );
  const facts = await coop.db.selectFrom("platform.fact").select("subject").where("type", "=", "payable.returned").execute();
  t.same(facts, [{ subject: payable }]);
  t.equal((await board.call(vouchForStatement, vouch)).problem, "role-needed");
});

test("a line of a statement is kept as it came: nothing of it changes but what explains it, and that it waited", async (t) => {
  const stage = await treasury(t);
  const { db } = stage.coop;
  await houseAccount(stage);
  t.match((await imported(stage.tess, camt([{ amount: "1420.00", ref: "K1", words: "no reference" }]))).body, { waiting: 1 });
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute where attrelid = 'money.statement_line'::regclass and attnum > 0 order by attnum`.execute(db);
  const answers = new Map<string, string>();
  for (const { name } of rows) answers.set(name, await stateOf(db, `update money.statement_line set ${name} = ${name}`));
  t.same(
    [...answers].filter(([, state]) => state === "done").map(([name]) => name),
    ["suspended", "line"],
  );
  t.equal(await stateOf(db, "update money.statement_line set suspended = false"), "PC001");
});

test("what the lines of one file say of the same invoice is worked as in files of their own", async (t) => {
  const stage = await treasury(t);
  const { coop, tess } = stage;
  await houseAccount(stage);
  const [together, apart] = [await invoiced(coop, stage), await invoiced(coop, stage)];
  const linesOf = async (id: string, ref: string): Promise<readonly Line[]> => {
    const by = await reference(stage, id);
    return [
      { amount: "1000.00", ref: `${ref}1`, reference: by },
      { amount: "2000.00", ref: `${ref}2`, reference: by }, // more than is open
      { amount: "1420.00", ref: `${ref}3`, words: `the rest of ${spaced(by)}` },
      { amount: "1.00", ref: `${ref}4`, reference: by }, // nothing is open
      { amount: "9.00", ref: `${ref}5` },
    ];
  };
  t.match((await imported(tess, camt(await linesOf(together.invoice, "T")))).body, { booked: 2, waiting: 3 });
  const told: unknown[] = [];
  for (const [at, line] of (await linesOf(apart.invoice, "A")).entries()) {
    const { booked, waiting } = (await imported(tess, camt([line], { name: `a${at}` }))).body;
    told.push([booked, waiting]);
  }
  t.same(told, [
    [1, 0],
    [0, 1],
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
  t.same((await tess.call(listOpenInvoices, {})).body.items, []);
  t.equal(await inSuspense(stage), -2n * (200_000n + 100n + 900n));
  const paid = await coop.db.selectFrom("platform.fact").select("subject").where("type", "=", "invoice.paid").orderBy("seq").execute();
  t.same(
    paid.map(({ subject }) => subject),
    [together.invoice, apart.invoice],
  );
  const { rows } = await sql<{ document: string; on_bank: bigint }>`
    select document_id as document, amount as on_bank from ledger.entry join ledger.leg using (entry_id) join ledger.account using (account_id)
    where kind = 'client.paid' and code = 'bank:main' order by entry_id`.execute(coop.db);
  t.same(
    rows.map(({ document, on_bank: minor }) => [document === together.invoice, minor]),
    [
      [true, 100_000n],
      [true, 142_000n],
      [false, 100_000n],
      [false, 142_000n],
    ],
  );
});

async function signedAfter(stage: Treasury, paid: string, payable: string): Promise<void> {
  await clientPaid(stage, paid, "2420.00");
  await signedPayout(stage, [payable]);
}
