// Members who are businesses of their own are paid on an invoice that the coop writes in their name, once they have agreed to it, and never without.
import { createHash } from "node:crypto";
import { test, type Test } from "tap";
import { admitMember, applyAsMember, confirmMember } from "@partcommune/shared/membership/api";
import {
  answerCalledWrong,
  callSelfBilledWrong,
  confirmCredit,
  agreeToCredit,
  listPayables,
  listPayouts,
  listSelfBilled,
  orderPayouts,
  proposeCredit,
  readBilling,
  readStatement,
  readVat,
  setBilling,
  setIban,
  signPayout,
  withdrawBilling,
} from "@partcommune/shared/money/api";
import {
  objectionToCallingWrong,
  objectionToDetails,
  selfBilledNumberText,
  sellerOf,
  vatOnWork,
  vatOwedOnWork,
  vatToPay,
  type BillingDetails,
} from "@partcommune/shared/money/rules/self-billing";
import { agreements } from "@partcommune/shared/money/rules/self-billing-agreement";
import { budgetOfMember, payoutTransit, vatDue, vatInput } from "@partcommune/shared/money/rules/accounts";
import { printPay, readPay } from "@partcommune/shared/money/api/pay";
import { readFundEntry } from "@partcommune/shared/mutual/api";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { balanceOf } from "@partcommune/server/money/index";
import { languages } from "@partcommune/shared/platform/page";
import { dayMs, later, type Day, type Instant } from "@partcommune/shared/platform/time";
import { proving } from "../support/authenticator.ts";
import { camt, imported } from "../support/camt.ts";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { bills, paidTo, type Business } from "../support/paid-to.ts";
import { wordsOf } from "../support/pdf.ts";
import { confirmedMember, signedUp } from "../support/people.ts";
import { faultsFound, type Fault } from "../support/planted.ts";
import { clientPaid, eur, houseAccount, ibans, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";

/** Belgian, and asks VAT. */
const registered: Partial<Business> = { scheme: "registered", taxNumber: "be 0202.239.951", name: "Anna Bricole" };
/** French, and asks none of us. */
const french: Partial<Business> = { ...registered, country: "FR", taxNumber: "FR40303265045" };

test("which VAT work bears, and of whom it is not bought", (t) => {
  const day = "2026-12-01" as Day;
  const of = (scheme: BillingDetails["scheme"], country: string) => vatOnWork({ scheme, country }, "BE", day);
  t.same(of("registered", "BE"), { category: "standard", rate: 210_000n });
  t.same(of("registered", "FR"), { category: "reverseCharge", rate: 0n, mention: "Art. 196 Directive 2006/112/EC" });
  t.same(of("exempt", "BE"), { category: "exempt", rate: 0n, mention: "Art. 56bis CTVA" });
  t.same(vatOnWork({ scheme: "exempt", country: "FR" }, "FR", day)?.mention, "Art. 293 B CGI");
  t.equal(vatOnWork({ scheme: "registered", country: "XX" }, "XX", day), undefined, "no rate is known");
  const owed = (vatCategory: "reverseCharge" | "standard" | "exempt", country: string, deliveredOn: string) =>
    vatOwedOnWork({
      vatCategory,
      net: eur("1830.00"),
      buyer: { name: "", street: "", postcode: "", town: "", country },
      deliveredOn: deliveredOn as Day,
    }).minor;
  t.same([owed("reverseCharge", "BE", day), owed("standard", "BE", day), owed("exempt", "BE", day)], [38_430n, 0n, 0n]);
  t.same([owed("reverseCharge", "FR", day), owed("reverseCharge", "HU", day)], [36_600n, 49_410n], "at the rate of the coop");
  const part = { minor: 183_000n, currency: "EUR" };
  const where = { country: "BE", day };
  const vat = (scheme: "registered" | "exempt" | null, seat: string | null, billedMinor = 0n) =>
    vatToPay(part, { scheme, seat, billedMinor }, where).minor;
  t.same([vat("registered", "BE"), vat("exempt", "BE"), vat("registered", "FR"), vat(null, null)], [38_430n, 0n, 0n, 0n]);
  t.equal(vat(null, null, 38_430n), 38_430n, "what stands on a paper is owed again with it");
  const business = { name: "Anna", street: "Rue 1", postcode: "1000", town: "Bruxelles", country: "BE" };
  const details = (rest: Partial<BillingDetails>): BillingDetails => ({
    ...business,
    scheme: "registered",
    taxNumber: "BE0202239951",
    ...rest,
  });
  const rows = [
    [undefined, {}],
    ["vat-number-unlike", { taxNumber: "BE123" }],
    ["vat-number-unlike", { country: "FR" }],
    ["vat-number-unlike", { country: "LU" }],
    [undefined, { country: "LU", taxNumber: "LU12345678" }],
    [undefined, { scheme: "exempt", taxNumber: "0202239951" }],
    ["small-business-elsewhere", { scheme: "exempt", country: "FR", taxNumber: "123456789" }],
  ] as const;
  for (const [refusal, rest] of rows) t.equal(objectionToDetails(details(rest), "BE")?.type, refusal, JSON.stringify(rest));
  t.equal(objectionToDetails(details({ scheme: "exempt", country: "ES", taxNumber: "X1" }), "ES")?.type, "small-business-unknown");
  t.match(sellerOf(details({})), { vatNumber: "BE0202239951", taxNumber: undefined });
  t.match(sellerOf(details({ scheme: "exempt", taxNumber: "0202239951" })), { vatNumber: undefined, taxNumber: "0202239951" });
  t.equal(selfBilledNumberText("M0042", 2026, 1n), "M0042-2026-0001");
  const at = "2026-12-01T09:00:00.000Z" as Instant;
  t.equal(objectionToCallingWrong(at, later(at, 15 * dayMs - 1)), undefined);
  t.equal(objectionToCallingWrong(at, later(at, 15 * dayMs))?.type, "self-billed-settled");
  t.end();
});

test("the text that was agreed to stays as it was: whoever changes it writes a new version", (t) => {
  const digests = agreements.map(({ version, texts }) => [
    version,
    ...languages.map((language) => createHash("sha256").update(texts[language]).digest("hex").slice(0, 12)),
  ]);
  t.same(digests, [["2026-12", "3e3e480e4673", "d7d26fe99946"]]);
  t.end();
});

test("before the member has agreed nothing is paid, and both sides see why; then it is, once", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker, member, buyer } = stage;
  t.equal((await worker.call(setIban, { member, iban: ibans[0] })).status, 200);
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  t.match((await tess.call(listPayables, {})).body.items, [{ id: payable, waitsFor: "billing", amount: eur("1830.00") }]);
  t.match((await worker.call(readStatement, { member })).body.payables, [{ state: "waiting", waitsFor: "billing" }]);
  const refused = await tess.call(orderPayouts, { payables: [payable] });
  t.equal(refused.problem, "self-billing-wanted");
  t.match(JSON.parse(refused.text), { facts: { names: "Anna" }, changedBy: "the member, on the page of their money", rule: /invoice/ });
  t.match((await worker.call(readBilling, { member })).body, { needed: true, agreed: false, said: undefined, agreement: undefined });
  for (const other of [buyer, coop.someone()]) t.not((await other.call(readBilling, { member })).status, 200);
  const { texts } = (await worker.call(readBilling, { member })).body;
  t.same(
    texts.map(({ language }) => language),
    [...languages],
  );
  const [english] = texts;
  const business = { name: "Anna", street: "Rue 1", postcode: "1000", town: "Bruxelles", country: "BE", scheme: "exempt" } as const;
  const says = { member, ...business, taxNumber: "BE0202239951", language: "en", agreement: english?.hash ?? "" } as const;
  t.equal((await worker.call(setBilling, { ...says, agreement: "0".repeat(64) })).problem, "self-billing-text-differs");
  t.equal(
    (await worker.call(setBilling, { ...says, language: "fr" })).problem,
    "self-billing-text-differs",
    "agreed in the language that was read",
  );
  t.equal((await worker.call(setBilling, { ...says, country: "FR" })).problem, "small-business-elsewhere");
  t.equal((await tess.call(setBilling, says)).problem, "members-only");
  t.equal((await worker.call(setBilling, says)).body.biller, "M0001");
  t.match((await tess.call(readBilling, { member })).body, {
    agreed: true,
    said: { ...business, biller: "M0001" },
    agreement: { version: english?.version, text: english?.text, hash: english?.hash },
  });
  t.match((await tess.call(listPayables, {})).body.items, [{ waitsFor: undefined }]);

  const { id: payout, hash } = (await tess.call(orderPayouts, { payables: [payable] })).body;
  t.equal((await worker.call(withdrawBilling, { member })).status, 200);
  t.equal((await worker.call(withdrawBilling, { member })).problem, "self-billing-not-agreed");
  t.equal((await tom.call(signPayout, { payout, hash })).problem, "payout-differs", "taken back between the two signatures");
  t.match((await worker.call(readBilling, { member })).body, { agreed: false, said: { name: "Anna" } });
  await bills(worker, member);
  t.equal((await tom.call(signPayout, { payout, hash })).problem, "payout-differs", "what was ordered was ordered by what they said then");
  t.same((await tess.call(listSelfBilled, { member })).body.items, [], "no number was taken");
});

/** Two who are paid on invoices with VAT, their clients having paid. */
async function twoReady(stage: Treasury) {
  const { coop, board, worker, member } = stage;
  await withIban(stage);
  await bills(worker, member, registered);
  const second = await confirmedMember(coop, board, "Nina");
  return { second: second.member, caller: second.caller };
}

const paperOf = async (caller: Caller, paper: string, form: string) =>
  caller.raw({ method: "GET", url: `/api/v1/self-billed-invoices/${paper}/${form}` });

test("the invoice: its number, its page, its forms, and who may read it or call it wrong", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, worker, member, buyer } = stage;
  const { caller: other } = await twoReady(stage);
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  await signedPayout(stage, [payable]);
  const { items } = (await worker.call(listSelfBilled, { member })).body;
  t.match(items, [
    { number: "M0001-2026-0001", net: eur("1830.00"), vat: eur("384.30"), gross: eur("2214.30"), invoice: "BE-2026-000001", ubl: true },
  ]);
  const [{ id: paper, wrongUntil } = { id: "", wrongUntil: undefined }] = items;
  t.equal(wrongUntil, later(coop.now(), 15 * dayMs));
  t.match((await tess.call(listPayouts, {})).body.items[0]?.items, [
    { vat: eur("384.30"), paper: { id: paper, number: "M0001-2026-0001" } },
  ]);
  const words = wordsOf((await paperOf(worker, paper, "pdf")).rawPayload);
  for (const word of [/Self-\s?billing/, "Anna Bricole", "BE0202239951", "Atelier Commun", "M0001-2026-0001", "2,214.30", "384.30"])
    t.match(words, word);
  t.notMatch(words, "0961", "no bank account stands on it");
  const month = (await worker.call(readPay, { member })).body;
  t.match(month, {
    month: "2026-12",
    months: ["2026-12"],
    opening: eur("0.00"),
    came: eur("1830.00"),
    left: eur("-1830.00"),
    closing: eur("0.00"),
  });
  t.match(month.lines, [
    { kind: "invoice.issued", invoice: "BE-2026-000001", amount: eur("1830.00") },
    {
      kind: "member.billed",
      invoice: "BE-2026-000001",
      paper: { id: paper, number: "M0001-2026-0001" },
      amount: eur("-1830.00"),
      payroll: undefined,
    },
  ]);
  for (const { entry, amount } of month.lines) {
    const { legs } = (await worker.call(readFundEntry, { entry })).body;
    t.ok(
      legs.some((leg) => leg.amount.amount === (amount.amount.startsWith("-") ? amount.amount.slice(1) : `-${amount.amount}`)),
      "each line opens",
    );
  }
  const printed = await worker.raw({ method: "GET", url: `${pathWith(printPay.path, { member })}?month=2026-12` });
  for (const word of ["Money in December 2026", "Anna", "BE-2026-000001", "M0001-2026-0001", "1,830.00", "no payslip"])
    t.match(wordsOf(printed.rawPayload), word);
  const letters = wordsOf(printed.rawPayload).replaceAll(/\s/g, "");
  for (const { entry } of month.lines) t.ok(letters.includes(entry), "each line names its entry");
  t.match((await tess.call(readPay, { member, month: "2026-11" })).body, { months: ["2026-12"], opening: eur("0.00"), lines: [] });
  t.equal((await other.call(readPay, { member })).problem, "not-found");
  for (const nobody of [buyer, other])
    for (const form of ["pdf", "ubl", "factur-x"]) t.equal((await paperOf(nobody, paper, form)).statusCode, 404);
  t.equal((await other.call(listSelfBilled, { member })).problem, "not-found");

  t.equal((await other.call(callSelfBilledWrong, { paper, because: "Mine." })).problem, "not-found");
  for (const because of ["The street is an old one.", "Once more."])
    t.equal((await worker.call(callSelfBilledWrong, { paper, because })).status, 201);
  t.match((await tess.call(listSelfBilled, { member })).body.items, [
    { wrong: { because: "The street is an old one." }, wrongUntil: undefined },
  ]);
  coop.wait(15 * dayMs);
  await coop.keepTime();
  t.equal((await worker.call(callSelfBilledWrong, { paper, because: "Late." })).problem, "self-billed-settled");
});

test("an exempt member's invoice bears no VAT and says by which law; each member has a series of their own", async (t) => {
  const stage = await treasury(t);
  const { coop, worker, member, tess } = stage;
  const emma = proving(coop, await signedUp(coop, "Emma"));
  await withIban(stage);
  const nina = await confirmedMember(coop, stage.board, "Nina");
  const ninas = proving(coop, nina.caller);
  await paidTo(ninas, nina.member, ibans[1], french);
  const payables = [];
  for (const who of [member, nina.member, member]) {
    const { invoice, payable } = await invoiced(coop, { ...stage, member: who });
    await clientPaid(stage, invoice, "2420.00");
    payables.push(payable);
  }
  await signedPayout(stage, payables);
  const [first, second] = (await worker.call(listSelfBilled, { member })).body.items;
  t.match([first, second].map((each) => each?.number ?? "").toSorted(), ["M0001-2026-0001", "M0001-2026-0002"]);
  t.match(first, { net: eur("1830.00"), vat: eur("0.00"), gross: eur("1830.00") });
  t.match(wordsOf((await paperOf(worker, first?.id ?? "", "pdf")).rawPayload), "Art. 56bis CTVA");
  const [foreign] = (await tess.call(listSelfBilled, { member: nina.member })).body.items;
  t.match(foreign, { number: "M0002-2026-0001", vat: eur("0.00") });
  t.match(wordsOf((await paperOf(tess, foreign?.id ?? "", "pdf")).rawPayload), "Art. 196");
  const { id: employed } = (await emma.call(applyAsMember, { status: "employee", trade: "printing" })).body;
  for (const act of [admitMember, confirmMember]) await stage.board.call(act, { member: employed });
  await emma.call(setIban, { member: employed, iban: ibans[2] });
  t.match((await emma.call(readBilling, { member: employed })).body, { needed: false, agreed: false });
  await t.rejects(bills(emma, employed), /member-not-invoiced/);
  const { invoice: hers, payable: owed } = await invoiced(coop, { ...stage, member: employed });
  await clientPaid(stage, hers, "2420.00");
  t.match((await tess.call(listPayables, {})).body.items, [{ id: owed, waitsFor: "payroll" }], "who is employed is paid without any of it");
  await owesItself(t, stage, { ...nina, caller: ninas }, foreign?.id ?? "");
});

/** VAT of work from France is owed by the coop and deducted at once, with each paper that says so, and no more when it is taken back. */
async function owesItself(
  t: Test,
  { coop, tess }: Treasury,
  { caller: nina, member }: { readonly caller: Caller; readonly member: string },
  first: string,
): Promise<void> {
  const ofClients = -168_000n;
  const standing = async () => {
    const { months } = (await tess.call(readVat, {})).body;
    const [due, input] = [await balanceOf(coop, vatDue("BE")), await balanceOf(coop, vatInput("BE"))];
    return [(due?.balance.minor ?? 0n) - ofClients, input?.balance.minor ?? 0n, months.find(({ bought }) => bought)?.bought];
  };
  const anew = async (paper: string, because: string, business: Partial<Business>): Promise<string> => {
    await nina.call(callSelfBilledWrong, { paper, because });
    await bills(nina, member, business);
    t.equal((await tess.call(answerCalledWrong, { paper })).status, 201);
    const { number } = (await tess.call(listSelfBilled, { member })).body.items.find(({ id }) => id === paper) ?? {};
    return (await tess.call(listSelfBilled, { member })).body.items.find(({ replaces }) => replaces === number)?.id ?? "";
  };
  const bought = { net: eur("1830.00"), vat: eur("384.30") };
  t.same(await standing(), [-38_430n, 38_430n, bought], "384.30 is ours to pay and to deduct");
  const file = await tess.raw({ method: "GET", url: "/api/v1/desk/vat/csv" });
  t.match(file.body, /^2026-12-31,bought,,,,1830\.00,384\.30,EUR$/m);
  const second = await anew(first, "The name.", { ...french, name: "Nina Dupont" });
  t.same(await standing(), [-38_430n, 38_430n, bought], "taken back, and owed once more by the new paper");
  await faultsFound(t, coop, [
    ["money-self-billed-owed", "delete from ledger.entry where kind = 'vat.owed' and key not like '%:back'"],
    ["money-self-billed-owed", "delete from ledger.entry where key like 'self-billed:%:owed:back'"],
    ["money-self-billed-owed", "delete from money.self_billed where replaces is not null"],
    ["money-self-billed-owed", "delete from money.self_billed_credit"],
  ]);
  await anew(second, "I bill from Brussels.", registered);
  t.same(await standing(), [0n, 38_430n, undefined], "from here it is the member who asks for it");
}

test("a payment that the bank sends back is owed again with its VAT, and the invoice stands", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, buyer, worker, member } = stage;
  await houseAccount(stage);
  await twoReady(stage);
  const { invoice, payable } = await invoiced(coop, stage);
  await clientPaid(stage, invoice, "2420.00");
  await signedPayout(stage, [payable]);
  const item = (await tess.call(listPayouts, {})).body.items[0]?.items[0]?.id ?? "";
  const left = { amount: "-2214.30", ref: "K1", endToEnd: bankIdOf(item) };
  const back = { amount: "2214.30", ref: "K2", endToEnd: bankIdOf(item), returned: true };
  t.match((await imported(tess, camt([left, back]))).body, { booked: 2 });
  t.equal((await balanceOf(coop, budgetOfMember(member)))?.balance.minor, -221_430n, "all of it is the member's again");
  t.match((await tess.call(listPayables, {})).body.items, [{ id: payable, amount: eur("2214.30"), waitsFor: undefined }]);
  const { id: credit } = (await tess.call(proposeCredit, { invoice, net: eur("500.00"), reason: "Two of four pages." })).body;
  for (const side of [buyer, worker]) await side.call(agreeToCredit, { credit });
  t.equal((await tom.call(confirmCredit, { credit })).problem, "member-paid-already", "what was invoiced is not credited away");
  await worker.call(withdrawBilling, { member });
  const again = await signedPayout(stage, [payable]);
  const [batch] = (await tess.call(listPayouts, {})).body.items;
  t.match(batch, { id: again, total: eur("2214.30"), items: [{ paper: undefined, vat: undefined }] });
  t.equal((await worker.call(listSelfBilled, { member })).body.items.length, 1, "no second invoice");
  t.equal((await balanceOf(coop, budgetOfMember(member)))?.balance.minor, 0n);
  t.equal((await balanceOf(coop, vatInput("BE")))?.balance.minor, 38_430n, "deducted once");
  t.equal((await balanceOf(coop, payoutTransit))?.balance.minor, -221_430n);
});

const faults: readonly Fault[] = [
  ["money-self-billed-legs", "update money.self_billed set vat_minor = vat_minor + 1, gross_minor = gross_minor + 1"],
  ["money-self-billed-legs", "update money.self_billed set number = 'M0001-2026-0009' where number = 'M0001-2026-0002'"],
  ["money-self-billed-legs", "delete from money.self_billed"],
  ["money-self-billed-legs", "delete from ledger.entry where kind = 'member.billed'"],
  ["money-self-billed-legs", "update money.payout_item set vat_minor = 0"],
  ["money-self-billed-legs", "update money.billing set agreed = false"],
  ["money-self-billed-paid", "delete from money.self_billed"],
  ["money-self-billed-paid", "update money.payout_item set amount_minor = amount_minor - 1"],
  ["money-number-gaps", "update money.series set next = next + 1 where kind = 'selfBilled'"],
  ["money-number-gaps", "update money.self_billed set number = 'M0001-2026-0007' where number = 'M0001-2026-0002'"],
];

test("many members billed in batches that are signed at once: each paper once, and no number is lost; and what is planted wrong is found", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, board } = stage;
  await twoReady(stage);
  const other = await confirmedMember(coop, board, "Otto");
  await paidTo(proving(coop, other.caller), other.member, ibans[1], registered);
  const batches = [];
  for (let at = 0; at < 4; at += 1) {
    const payables = [];
    for (const member of at % 2 ? [stage.member, other.member] : [other.member, stage.member]) {
      const { invoice, payable } = await invoiced(coop, { ...stage, member, price: "100.00" });
      await clientPaid(stage, invoice, "121.00");
      payables.push(payable);
    }
    batches.push((await tess.call(orderPayouts, { payables })).body);
  }
  const signed = await Promise.all(batches.flatMap(({ id, hash }) => [1, 2].map(() => tom.call(signPayout, { payout: id, hash }))));
  t.equal(signed.filter(({ status }) => status === 201).length, 4);
  for (const member of [stage.member, other.member]) {
    const numbers = (await tess.call(listSelfBilled, { member })).body.items.map(({ number }) => number.slice(-4));
    t.same(numbers.toSorted(), ["0001", "0002", "0003", "0004"]);
  }
  await faultsFound(t, coop, faults);
});
