// What members who are businesses of their own were paid in a year is reported once, to the cent of the bank's lines, of nobody who lacks something, and each of them reads their copy.
import { createHash } from "node:crypto";
import fc from "fast-check";
import { test } from "tap";
import { listPayables, listPayouts, readStatement } from "@partcommune/shared/money/api";
import { downloadMemberYear } from "@partcommune/shared/money/api/books";
import {
  askTaxpayers,
  downloadIncomeReport,
  readIncomeReport,
  readReportedIncome,
  readTaxpayer,
  reportIncome,
  setTaxpayer,
  takeIncomeReport,
} from "@partcommune/shared/money/api/income-report";
import { dpiFile, type DpiMessage } from "@partcommune/shared/money/rules/dpi";
import {
  differ,
  feeOn,
  isReportable,
  lacksOf,
  mayBeAsked,
  objectionToReporting,
  quartersOf,
  wholeUnits,
  type Payment,
  type Reporting,
} from "@partcommune/shared/money/rules/income-report";
import { objectionToTaxpayer, type Individual } from "@partcommune/shared/money/rules/taxpayer";
import { changeLetterhead } from "@partcommune/shared/platform/api";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, later, type Day, type Instant } from "@partcommune/shared/platform/time";
import { prove, proving } from "../support/authenticator.ts";
import type { Caller } from "../support/coop.ts";
import { rowsOf } from "../support/csv.ts";
import { tablesSaying } from "../support/digest.ts";
import { faultsOfDpi } from "../support/dpi.ts";
import { earnedAtSister, invoiced } from "../support/invoices.ts";
import { bills, paidTo } from "../support/paid-to.ts";
import { confirmedMember, withRole } from "../support/people.ts";
import { bankBooked, clientPaid, eur, ibans, signedPayout, treasury, withIban, type Treasury } from "../support/treasury.ts";
import { filesIn } from "../support/zip.ts";

const day = (text: string): Day => text as Day;
const anna: Individual = {
  kind: "individual",
  firstName: "Anna",
  lastName: "Bricole",
  bornOn: day("1990-02-28"),
  taxNumber: "90022812345",
};

const golden: Payment = {
  on: day("2026-03-31"),
  work: "one",
  paidMinor: 221_430n,
  partMinor: 183_000n,
  priceMinor: 200_000n,
  earnedMinor: 183_000n,
};

test("who somebody is for a tax office, and what is not enough to say it", (t) => {
  const { taxNumber: _, ...without } = anna;
  const rows = [
    [undefined, anna],
    [undefined, { kind: "company", taxNumber: "0202239951", registerNumber: "0202239951" }],
    ["birth-date-unlike", { ...anna, bornOn: day("1899-12-31") }],
    [undefined, { ...anna, bornOn: day("1900-01-01") }],
    ["birth-date-unlike", { ...anna, bornOn: day("2027-01-10") }],
    [undefined, { ...anna, bornOn: day("2027-01-09") }],
    ["tax-number-or-birth-place", without],
    [undefined, { ...without, bornIn: { town: "Liège", country: "BE" } }],
  ] as const;
  for (const [refusal, taxpayer] of rows)
    t.equal(objectionToTaxpayer(taxpayer, day("2027-01-10"))?.type, refusal, JSON.stringify(taxpayer));
  t.end();
});

test("payments by quarters, and what was kept of their price", (t) => {
  const none = { paidMinor: 0n, feesMinor: 0n, works: 0 };
  t.same(quartersOf([golden]), [{ paidMinor: 221_430n, feesMinor: 17_000n, works: 1 }, none, none, none]);
  const part = { ...golden, paidMinor: 30_000n, partMinor: 30_000n };
  t.equal(feeOn(part), 2_787n, "of a part the fee is in proportion");
  t.equal(feeOn({ ...part, earnedMinor: 0n }), 0n);
  t.same(
    quartersOf([part, { ...part, on: day("2026-01-01") }, { ...part, on: day("2026-04-01") }, { ...part, on: day("2026-12-31") }]).map(
      ({ works }) => works,
    ),
    [1, 1, 0, 1],
    "one piece of work paid in parts is one in each quarter",
  );
  const units = (minor: bigint, currency = "EUR") => wholeUnits({ minor, currency });
  t.same([units(221_450n), units(221_350n), units(221_451n), units(0n), units(12n, "JPY")], [2_214n, 2_214n, 2_215n, 0n, 12n]);
  fc.assert(
    fc.property(
      fc.array(fc.record({ month: fc.integer({ min: 1, max: 12 }), paid: fc.bigInt(1n, 10n ** 9n), work: fc.constantFrom("a", "b", "c") })),
      (all) => {
        const payments = all.map(({ month, paid, work }) => ({
          ...golden,
          on: day(`2026-${String(month).padStart(2, "0")}-15`),
          work,
          paidMinor: paid,
          partMinor: paid,
        }));
        const quarters = quartersOf(payments);
        const sum = (of: readonly bigint[]) => of.reduce((so, each) => so + each, 0n);
        const paid = sum(all.map((each) => each.paid));
        const told = sum(quarters.map(({ paidMinor }) => wholeUnits({ minor: paidMinor, currency: "EUR" }))) * 100n;
        return (
          sum(quarters.map(({ paidMinor }) => paidMinor)) === paid &&
          sum(quarters.map(({ feesMinor }) => feesMinor)) === sum(payments.map(feeOn)) &&
          told - paid <= 200n &&
          paid - told <= 200n &&
          !differ(quarters, quartersOf(payments.toReversed()))
        );
      },
    ),
  );
  t.end();
});

test("who is reported, and when a report is made", (t) => {
  t.same(lacksOf({ country: null, taxpayer: null }), ["address", "taxpayer"]);
  t.same(lacksOf({ country: "BE", taxpayer: "one" }), []);
  t.same(
    ["BE", "GR", "CH", "GB", null].map((country) => isReportable({ country, taxpayer: null })),
    [true, true, false, false, true],
  );
  const good: Reporting = {
    year: 2026,
    today: day("2027-01-01"),
    coopKnown: true,
    lacking: 0,
    leftOut: "nobody",
    saidLeftOut: "nobody",
    ready: 1,
    before: 0,
  };
  const rows = [
    [undefined, {}],
    ["income-year-open", { today: day("2026-12-31") }],
    ["income-coop-unknown", { coopKnown: false }],
    ["income-left-out-differs", { lacking: 1, leftOut: "somebody" }],
    [undefined, { lacking: 1, leftOut: "somebody", saidLeftOut: "somebody" }],
    [undefined, { ready: 0 }],
    ["income-nothing-new", { ready: 0, before: 1 }],
    ["income-nothing-new", { ready: 0, lacking: 1 }],
  ] as const;
  for (const [refusal, rest] of rows) t.equal(objectionToReporting({ ...good, ...rest })?.type, refusal, JSON.stringify(rest));
  const now = "2027-01-15T09:00:00.000Z" as Instant;
  t.same(
    [undefined, later(now, -14 * dayMs), later(now, -14 * dayMs + 1)].map((asked) => mayBeAsked(asked, now)),
    [true, true, false],
  );
  t.end();
});

const operator = { name: "Atelier & Co", street: "Rue 1", postcode: "1000", town: "Bruxelles", country: "BE", taxNumber: "0123456749" };
const message: DpiMessage = {
  year: 2026,
  at: "2027-01-15T09:00:00.000Z" as Instant,
  ref: "BE2026BE-m",
  currency: "EUR",
  operator: { ...operator, docRef: "BE2026BE-o", sentBefore: false },
  sellers: [
    {
      ...operator,
      name: "Anna",
      vatNumber: "BE0202239951",
      taxpayer: anna,
      ibans: ["BE71096123456769"],
      quarters: quartersOf([golden]),
      docRef: "BE2026BE-1",
    },
  ],
};

test("the file is in the order of the schema, and the reader of its order finds what is not", (t) => {
  const xml = dpiFile(message);
  t.same(faultsOfDpi(xml), []);
  t.match(xml, "<Name>Atelier &amp; Co</Name>");
  t.match(xml, '<ConsQ1 currCode="EUR">2214</ConsQ1>');
  t.same(faultsOfDpi(dpiFile({ ...message, sellers: [] })), [], "a year in which nobody was paid");
  t.match(dpiFile({ ...message, sellers: [] }), "DPI403");
  for (const [taken, put] of [
    ["<Nexus>RPONEX1</Nexus>", ""],
    ["<ConsQ1", "<ConsQ5"],
    [">2214<", ">2214.30<"],
    [' currCode="EUR">170<', ">170<"],
    ["<BirthInfo><BirthDate>1990-02-28</BirthDate></BirthInfo>", ""],
    ['TIN issuedBy="BE"', "TIN"],
    ["<FirstName>Anna</FirstName><LastName>Bricole</LastName>", "<LastName>Bricole</LastName><FirstName>Anna</FirstName>"],
    ["OECD1", "OECD9"],
    ["urn:oecd:ties:dpi:v1", "urn:oecd:ties:dpi:v2"],
  ] as const) {
    t.ok(xml.includes(taken), taken);
    t.not(faultsOfDpi(xml.replace(taken, put)).length, 0, `${taken} → ${put}`);
  }
  t.end();
});

/** Two sign it, and the bank books it. */
async function paidOut(stage: Treasury, payable: string, leaves: string): Promise<void> {
  const payout = await signedPayout(stage, [payable]);
  const item = (await stage.tess.call(listPayouts, {})).body.items.find(({ id }) => id === payout)?.items[0]?.id ?? "";
  const { problem } = await bankBooked(stage, { kind: "payoutSettled", item }, leaves);
  if (problem) throw new Error(problem);
}

/** Work that its client paid, and that reached whoever did it. */
async function paidWork(stage: Treasury, member: string, leaves: string, price = "2000.00"): Promise<void> {
  const { invoice, payable } = await invoiced(stage.coop, { ...stage, member, price });
  await clientPaid(stage, invoice, (Number(price) * 1.21).toFixed(2));
  await paidOut(stage, payable, leaves);
}

/** Work for a client of a sister, which owes it whether or not its client pays. */
async function paidAcross(stage: Treasury, member: string): Promise<void> {
  await earnedAtSister(stage.coop, member, { sister: "01a2f9ad-1680-7667-bdfe-4c7ed8535fbe" });
  await paidOut(stage, (await stage.tess.call(listPayables, {})).body.items[0]?.id ?? "", "1830.00");
}

/** Reports, having read whom it leaves out. */
async function reported(caller: Caller, year = 2026) {
  const { leftOut } = (await caller.call(readIncomeReport, { year })).body;
  return caller.call(reportIncome, { year, leftOut });
}

const fileOf = async (caller: Caller, no = 1, year = 2026) =>
  caller.raw({ method: "GET", url: `${downloadIncomeReport.path}?year=${year}&no=${no}` });

const leavingOutNobody = createHash("sha256").digest("hex");
const registered = { scheme: "registered", taxNumber: "BE0202239951", name: "Nina SRL" } as const;

/** Anna, who says who she is; Nina's company with VAT; Bob, who says nothing; and somebody in Switzerland. */
async function fourPaid(stage: Treasury) {
  const { coop, board, member } = stage;
  await withIban(stage);
  const more = async (name: string, iban: string, business = {}) => {
    const { caller, member: id } = await confirmedMember(coop, board, name);
    const proved = proving(coop, caller);
    await paidTo(proved, id, iban, business);
    return { caller: proved, member: id };
  };
  const company = await more("Nina", ibans[1], registered);
  const silent = await more("Bob", ibans[2]);
  const swiss = await more("Urs", ibans[3], { scheme: "registered", country: "CH", taxNumber: "CHE123456789" });
  await paidWork(stage, member, "1830.00");
  await paidAcross(stage, member);
  await paidWork(stage, company.member, "2214.30");
  await paidWork(stage, silent.member, "915.00", "1000.00");
  await paidWork(stage, swiss.member, "1830.00");
  return { company, silent, swiss };
}

test("a year is reported of whom it can be, the others by name; each reads their copy, and what was said of oneself nobody else reads", async (t) => {
  const stage = await treasury(t, { now: "2026-12-20T09:00:00Z" });
  const { coop, board, buyer, worker, member, tess, tom } = stage;
  const ace = proving(coop, await withRole(coop, board, "Ace", "accountant"));
  const { company, silent, swiss } = await fourPaid(stage);
  await t.test("one says who one is", async (step) => {
    step.match((await worker.call(readTaxpayer, { member })).body, { needed: true, said: undefined });
    step.equal((await worker.call(setTaxpayer, { member, taxpayer: { ...anna, bornOn: "2030-01-01" } })).problem, "birth-date-unlike");
    step.equal((await silent.caller.call(setTaxpayer, { member, taxpayer: anna })).problem, "not-found");
    step.equal((await worker.call(setTaxpayer, { member, taxpayer: anna })).status, 200);
    step.same((await worker.call(readTaxpayer, { member })).body.said, anna);
    for (const other of [silent.caller, tess, board, buyer])
      step.not((await other.call(readTaxpayer, { member })).status, 200, "nobody else reads it");
    for (const secret of ["1990-02-28", "90022812345", "Bricole"]) step.same(await tablesSaying(coop.db, secret), [], "it lies sealed");
    step.not((await tablesSaying(coop.db, "Anna")).length, 0);
    const taxpayer = { kind: "company", taxNumber: "0202239951", registerNumber: "0202239951" } as const;
    step.equal((await company.caller.call(setTaxpayer, { member: company.member, taxpayer })).status, 200);
  });
  await t.test("the desk tells who lacks what, and asks them, once", async (step) => {
    step.equal((await reported(tess)).problem, "income-year-open");
    for (const other of [worker, buyer, board]) step.equal((await other.call(readIncomeReport, { year: 2026 })).status, 403);
    step.same((await tess.call(readIncomeReport, { year: 2026 })).body, {
      ready: 2,
      opensOn: "2027-01-01",
      paid: eur("5874.30"),
      lacking: [{ member: silent.member, name: "Bob", lacks: ["taxpayer"], times: 0 }],
      leftOut: createHash("sha256").update(silent.member).digest("hex"),
      elsewhere: [{ member: swiss.member, name: "Urs" }],
      reports: [],
      differing: [],
    });
    step.same((await tess.call(askTaxpayers, { year: 2026 })).body, { asked: 1 });
    step.same((await tom.call(askTaxpayers, { year: 2026 })).body, { asked: 0 }, "asked just now");
    step.ok((await silent.caller.call(readTaxpayer, { member: silent.member })).body.asked);
    step.match((await tess.call(readIncomeReport, { year: 2026 })).body.lacking, [{ times: 1, askedAt: coop.now() }]);
  });
  coop.wait(15 * dayMs);
  await coop.keepTime();
  await prove(coop, board);
  const { leftOut } = (await tess.call(readIncomeReport, { year: 2026 })).body;
  const without = { year: 2026, leftOut };
  await t.test("a report says whose it is and whom it leaves out", async (step) => {
    step.equal((await worker.call(reportIncome, without)).status, 403);
    const papers = { street: "Quai 2", postcode: "1000", town: "Bruxelles" };
    await board.call(changeLetterhead, papers);
    step.equal((await tess.call(reportIncome, without)).problem, "income-coop-unknown");
    await board.call(changeLetterhead, { ...papers, vatNumber: "BE0123456749" });
    step.equal((await tess.call(reportIncome, { ...without, leftOut: leavingOutNobody })).problem, "income-left-out-differs");
    const both = await Promise.all([tess, tom].map(async (each) => each.call(reportIncome, without)));
    step.same(both.map(({ problem }) => problem ?? "").toSorted(), ["", "income-nothing-new"], "of two at once, one reports");
    step.same(both.find(({ status }) => status === 201)?.body, { no: 1, members: 2 });
  });
  await t.test("the file is taken with a trace, and is the same whatever changes", async (step) => {
    step.equal((await fileOf(tess)).json<{ title: string }>().title, "file-not-taken");
    step.equal((await tess.call(takeIncomeReport, { year: 2026, no: 2 })).problem, "not-found");
    step.equal((await tess.call(takeIncomeReport, { year: 2026, no: 1 })).status, 200);
    const first = await fileOf(tess);
    step.match(first.headers["content-disposition"], /dac7-2026-1\.xml/);
    step.same(faultsOfDpi(first.body), []);
    for (const said of [
      "<FirstName>Anna</FirstName><LastName>Bricole</LastName>",
      "<BirthDate>1990-02-28</BirthDate>",
      '<TIN issuedBy="BE">90022812345</TIN>',
      '<Identifier AccountNumberType="IBAN">BE71096123456769</Identifier>',
      '<ConsQ4 currCode="EUR">3660</ConsQ4>',
      '<ConsQ4 currCode="EUR">2214</ConsQ4>',
      '<FeesQ4 currCode="EUR">170</FeesQ4>',
      '<FeesQ4 currCode="EUR">306</FeesQ4>',
      "<NumbQ4>2</NumbQ4>",
      '<IN issuedBy="BE" INType="BRN">0202239951</IN><VAT>BE0202239951</VAT><Name>Nina SRL</Name>',
      "<SendingEntityIN>0123456749</SendingEntityIN>",
    ])
      step.match(first.body, said);
    for (const nobody of ["Bob", "Urs"]) step.notMatch(first.body, nobody);
    await worker.call(setTaxpayer, { member, taxpayer: { ...anna, lastName: "Autre" } });
    await bills(worker, member, { street: "Rue Neuve 1" });
    await board.call(changeLetterhead, { street: "Quai 3", postcode: "1000", town: "Bruxelles", vatNumber: "BE0123456749" });
    step.equal((await fileOf(tess)).body, first.body, "what was said since is for the next year");
    step.equal((await fileOf(tom)).json<{ title: string }>().title, "file-not-taken");
    const { ready, reports, differing } = (await tess.call(readIncomeReport, { year: 2026 })).body;
    step.same([ready, differing], [0, []]);
    step.same(
      reports.map(({ no, members, taken }) => [no, members, taken.map(({ by, mine }) => [by, mine])]),
      [[1, 2, [["Tess", true]]]],
    );
  });
  await t.test("each reads their copy, of the book's own figures", async (step) => {
    const [year] = (await worker.call(readReportedIncome, { member })).body.items;
    const none = { paid: eur("0.00"), fees: eur("0.00"), works: 0 };
    step.match(year, { year: 2026, quarters: [none, none, none, { paid: eur("3660.00"), fees: eur("306.00"), works: 2 }] });
    const left = (await worker.call(readStatement, { member })).body.items.filter(({ kind }) => kind === "member.billed");
    const sum = left.reduce((so, { amount }) => so - moneyFrom(amount).minor, 0n);
    step.equal(
      moneyFrom(year?.quarters[3]?.paid ?? eur("0.00")).minor,
      sum,
      "what left the budget, of which a sister's part of the fee is none",
    );
    step.equal((await tess.call(readReportedIncome, { member })).body.items.length, 1);
    const taken = await worker.raw({ method: "GET", url: `${pathWith(downloadMemberYear.path, { member })}?year=2026` });
    const rows = rowsOf((await filesIn(taken.rawPayload)).get("reported.csv"));
    step.match(rows[3], { quarter: "4", works: "2", paid: "3660.00", fees: "306.00", currency: "EUR" });
    step.equal((await silent.caller.call(readReportedIncome, { member })).problem, "not-found");
  });
  await t.test("who was left out comes in a further report, and the first stays", async (step) => {
    const taxpayer = { kind: "individual", firstName: "Bob", lastName: "Bois", bornOn: "1980-01-01" } as const;
    const born = { ...taxpayer, bornIn: { town: "Liège", country: "BE" } };
    step.equal((await silent.caller.call(setTaxpayer, { member: silent.member, taxpayer })).problem, "tax-number-or-birth-place");
    await silent.caller.call(setTaxpayer, { member: silent.member, taxpayer: born });
    step.same((await reported(tom)).body, { no: 2, members: 1 });
    await tom.call(takeIncomeReport, { year: 2026, no: 2 });
    const { body } = await fileOf(tom, 2);
    step.same(faultsOfDpi(body), []);
    step.match(body, '<TIN unknown="true">NOTIN</TIN>');
    step.match(body, "<BirthPlace><City>Liège</City><CountryInfo><CountryCode>BE</CountryCode></CountryInfo></BirthPlace>");
    step.match(body, "OECD0", "the coop itself was told before");
    step.notMatch(body, "Bricole");
    step.equal((await reported(tom)).problem, "income-nothing-new");
  });
  await t.test("what the bank takes back is named, since a correction is due", async (step) => {
    const item =
      (await tess.call(listPayouts, {})).body.items.flatMap(({ items }) => items).find((each) => each.member === "Bob")?.id ?? "";
    step.equal((await bankBooked(stage, { kind: "payoutReturned", item }, "915.00")).problem, undefined);
    const { differing } = (await tess.call(readIncomeReport, { year: 2026 })).body;
    step.same(
      differing.map(({ name }) => name),
      ["Bob"],
    );
  });
  await t.test("an accountant reports too, and of a year in which nobody was paid the report says so", async (step) => {
    step.same((await reported(ace, 2025)).body, { no: 1, members: 0 });
    await ace.call(takeIncomeReport, { year: 2025, no: 1 });
    const { body } = await fileOf(ace, 1, 2025);
    step.same(faultsOfDpi(body), []);
    step.match(body, "DPI403");
  });
});
