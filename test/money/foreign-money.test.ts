// Work priced in foreign money: shown, invoiced and settled at three rates, while members, pots and the state know the coop's own money alone.
import { XMLParser } from "fast-xml-parser";
import fc from "fast-check";
import { test } from "tap";
import { z } from "zod";
import { operator } from "@partcommune/shared/platform/actor";
import { balanceOf, balancesUnder, entryByKey, importRates, readRates, trialBalance } from "@partcommune/server/money/index";
import { searchJobs, postJob } from "@partcommune/shared/marketplace/api";
import { foundClient } from "@partcommune/shared/membership/api";
import {
  agreeToCredit,
  confirmBankLine,
  confirmClosing,
  confirmCredit,
  confirmLoss,
  confirmRate,
  discardRate,
  listRates,
  proposeClosing,
  proposeCredit,
  proposeLoss,
  proposeRate,
  readClosing,
  readInvoice,
  readRatesToday,
  readStatement,
  readVat,
} from "@partcommune/shared/money/api";
import { budgetOfMember, exchangeResult, heldIn, receivableOfClient, worthOfHeld } from "@partcommune/shared/money/rules/accounts";
import { ppmOfText, textOfPpm, worthOf, worthOfPart } from "@partcommune/shared/money/rules/foreign";
import { amountText, moneyFrom } from "@partcommune/shared/platform/money";
import { dayMs, type Day } from "@partcommune/shared/platform/time";
import { legsText } from "../support/book.ts";
import { openCoop, type Caller } from "../support/coop.ts";
import { approvedWork, chf, doneFor, rateSaid } from "../support/foreign.ts";
import { agreed } from "../support/engagements.ts";
import { posterJob } from "../support/jobs.ts";
import { wordsOf } from "../support/pdf.ts";
import { founder, organisation, signedUp } from "../support/people.ts";
import { explainLine, listWaitingLines } from "@partcommune/shared/money/api/statement";
import { camt, imported } from "../support/camt.ts";
import { bankBooked, entered, eur, houseAccount, treasury, type Treasury } from "../support/treasury.ts";

test("what foreign money is worth: rounded once, by the decimals of both", (t) => {
  const rows = [
    ["2000.00 CHF", "1.04", "1", "EUR", "2080.00"],
    ["2000.00 CHF", "1", "0.9615", "EUR", "2080.08"],
    ["200000 JPY", "1", "163.45", "EUR", "1223.62"],
    ["100000.00 HUF", "1", "397.85", "EUR", "251.35"],
    ["100.000 TND", "1", "3.3775", "EUR", "29.61"],
    ["2000.00 EUR", "11.2345", "1", "SEK", "22469.00"],
    ["2000.00 CHF", "11.2345", "0.9615", "SEK", "23368.69"],
    ["0.01 CHF", "1.04", "1", "JPY", "0"],
  ] as const;
  for (const [money, home, foreign, at, worth] of rows) {
    const [amount = "", currency = ""] = money.split(" ");
    t.equal(amountText(worthOf(moneyFrom({ amount, currency }), { home: ppmOfText(home), foreign: ppmOfText(foreign) }, at)), worth, money);
  }
  for (const text of ["1", "0.9615", "163.45", "0.000001", "123456789.123456"]) t.equal(textOfPpm(ppmOfText(text)), text);
  t.end();
});

test("parts of something foreign are worth the whole, however it is cut", (t) => {
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 9n),
      fc.bigInt(1n, 10n ** 9n),
      fc.array(fc.bigInt(1n, 10n ** 8n), { maxLength: 9 }),
      (open, worth, cuts) => {
        let left = { open: { minor: open, currency: "CHF" }, worth: { minor: worth, currency: "EUR" } };
        const take = (minor: bigint): void => {
          const part = worthOfPart(left, { minor, currency: "CHF" });
          if (part.minor < 0n || part.minor > left.worth.minor) throw new Error("a part is worth more than the whole");
          left = {
            open: { minor: left.open.minor - minor, currency: "CHF" },
            worth: { minor: left.worth.minor - part.minor, currency: "EUR" },
          };
        };
        for (const cut of cuts) if (cut < left.open.minor) take(cut);
        take(left.open.minor);
        return left.worth.minor === 0n;
      },
    ),
  );
  t.end();
});

test("a rate is said by one and confirmed by another, and then it stays", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, buyer, client } = stage;
  const rate = { currency: "CHF", on: "2026-11-27", home: "1", foreign: "0.9615", source: "European Central Bank" };
  t.equal((await buyer.call(proposeRate, rate)).status, 403);
  t.equal((await tess.call(proposeRate, { ...rate, currency: "EUR" })).problem, "rate-of-home-money");
  t.equal((await tess.call(proposeRate, { ...rate, on: "2027-11-27" })).problem, "rate-in-future");
  for (const foreign of ["0", "0.0000", "-1", "1,5", "1e3", "0.1234567", ""])
    t.equal((await tess.call(proposeRate, { ...rate, foreign })).status, 422, foreign);
  const { id } = (await tess.call(proposeRate, rate)).body;
  t.equal((await tom.call(proposeRate, rate)).problem, "rate-known");
  t.equal((await tess.call(confirmRate, { rate: id })).problem, "second-person-needed");
  const price = chf("2000.00");
  const early = await buyer.call(postJob, { ...posterJob(client), price });
  t.equal(early.problem, "rate-missing", "nothing is reckoned by what one person says");
  t.match(JSON.parse(early.text), { rule: "no rate, no invoice", changedBy: /two treasurers/ });
  t.same((await coop.someone().call(readRatesToday, {})).body, { home: "EUR", rates: [] });
  t.equal((await tom.call(confirmRate, { rate: id })).status, 200);
  t.equal((await tom.call(confirmRate, { rate: id })).problem, "not-in-this-state");
  t.equal((await tess.call(discardRate, { rate: id })).problem, "not-in-this-state");
  t.same((await coop.someone().call(readRatesToday, {})).body, { home: "EUR", rates: [rate] });
  t.match((await tess.call(listRates, {})).body.items, [{ id, by: "Tess", confirmedBy: "Tom", mine: true, state: "confirmed" }]);
  await t.rejects(coop.db.updateTable("money.fx_rate").set({ home_ppm: 1n }).execute(), { code: "PC001" });
  t.equal((await buyer.call(postJob, { ...posterJob(client), price })).status, 201);
  t.equal((await buyer.call(postJob, { ...posterJob(client), price: { amount: "2000.00", currency: "USD" } })).problem, "rate-missing");
  t.match((await buyer.call(searchJobs, { min: "2079", max: "2081" })).body, { items: [{ price }] }, "it is found by what it is worth");
  t.match((await buyer.call(searchJobs, { min: "1990", max: "2010" })).body.items, []);
  coop.wait(5 * dayMs);
  t.equal((await coop.someone().call(readRatesToday, {})).body.rates.length, 0, "after a week a rate is none");
});

const daily = "Date, USD, JPY, HUF, SEK, CHF, ILS, \n27 November 2026, 1.1049, 163.45, 397.85, 11.2345, 0.9615, 4.0377, \n";
const history = "Date,USD,JPY,CHF,CYP,\n2026-11-27,1.1049,163.45,0.9615,N/A,\n2026-11-26,1.1,163,0.96,N/A,\n";
const envelope = (cubes: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject><Cube>${cubes}</Cube></gesmes:Envelope>`;

test("the central bank's file is read whole, in each of its forms, or not at all", (t) => {
  const told = (text: string) => readRates(text).map(({ on, rates }) => [on, ...[...rates].map(([currency, ppm]) => `${currency} ${ppm}`)]);
  const [usd, jpy, chf_] = ["USD 1104900", "JPY 163450000", "CHF 961500"];
  t.same(told(daily), [["2026-11-27", usd, jpy, "HUF 397850000", "SEK 11234500", chf_]], "money that cannot be booked is left out");
  t.same(told(history), [
    ["2026-11-27", usd, jpy, chf_],
    ["2026-11-26", "USD 1100000", "JPY 163000000", "CHF 960000"],
  ]);
  const day = '<Cube time="2026-11-27"><Cube currency="USD" rate="1.1049"/><Cube currency="JPY" rate="163.45"/></Cube>';
  t.same(told(envelope(day)), [["2026-11-27", usd, jpy]]);
  t.same(told(envelope(day + day.replace("27", "26"))).length, 2);
  for (const broken of [
    "",
    "Date,USD\n",
    history.replace("163.45", "163,45"),
    history.replace("0.9615", "-0.9615"),
    history.replace("0.9615", "0"),
    history.replace("0.9615", ""),
    history.replace("0.9615", "1e3"),
    history.replace("2026-11-26", "2026-11-31"),
    history.replace("2026-11-26", "26/11/2026"),
    history.replace("CHF", "USD"),
    history.replace("CHF", "francs"),
    `${history}and so on\n`,
    envelope(""),
    envelope(day.replace('rate="1.1049"', 'rate="x"')),
    envelope(day.replace("</Cube>", "")),
    envelope(day).replace("<gesmes", '<!DOCTYPE x [<!ENTITY e "1">]><gesmes'),
  ])
    t.throws(() => readRates(broken), { message: /nothing of the file is kept/ }, broken.slice(0, 60));
  t.end();
});

test("a coop in crowns reads the same file: each rate by way of the euro, and nothing that is known is changed", async (t) => {
  const coop = await openCoop(t);
  await founder(coop, { currency: "SEK" });
  const read = async (text: string) => {
    const verb = { name: "test.rates", input: z.strictObject({}), answer: z.object({ kept: z.int() }), status: 200 };
    const call = { key: `rates-${text.length}`, cause: "test" };
    const done = await coop.perform(operator, verb, (scope) => importRates(scope, { published: readRates(text), source: "ECB" }), {}, call);
    return (JSON.parse(done.answer) as { kept: number }).kept;
  };
  t.equal(await read(daily), 5);
  t.equal(await read(`${daily}\n`), 0);
  const { rates } = (await coop.someone().call(readRatesToday, {})).body;
  t.match(
    rates.filter(({ currency }) => ["CHF", "EUR"].includes(currency)),
    [
      { currency: "CHF", home: "11.2345", foreign: "0.9615" },
      { currency: "EUR", home: "11.2345", foreign: "1" },
    ],
  );
});

/** A client in Switzerland, beyond the reach of VAT. */
async function swiss({ coop }: Treasury, name = "Heidi"): Promise<{ readonly buyer: Caller; readonly client: string }> {
  const buyer = await signedUp(coop, name);
  const { id: client } = (await buyer.call(foundClient, { ...organisation, name: `${name} AG`, country: "CH" })).body;
  return { buyer, client };
}

const rows = {
  issued:
    "receivable:client:7:CHF +2000.00 CHF · fx:CHF −2000.00 CHF · fx:CHF:EUR +2080.00 · member:4:budget −1903.20 · pot:guarantee −70.72 · pot:insurance −35.36 · pot:coaching −17.68 · pot:advances −17.68 · pot:reserve −35.36",
  paid: "receivable:client:7:CHF −2000.00 CHF · fx:CHF +2000.00 CHF · bank:main +2063.00 · fx:CHF:EUR −2080.00 · fx:result +17.00",
};

const legsOf = async ({ coop, member }: Treasury, client: string, key: string): Promise<string> =>
  legsText((await entryByKey(coop, key))?.legs ?? [])
    .replaceAll(client, "7")
    .replaceAll(member, "4");

const lineOf = async ({ coop }: Treasury, invoice: string): Promise<string> =>
  (
    await coop.db
      .selectFrom("money.bank_line")
      .select("id")
      .where("invoice", "=", invoice)
      .orderBy("entered_at", "desc")
      .executeTakeFirstOrThrow()
  ).id;

const minorOf = async ({ coop }: Treasury, account: Parameters<typeof balanceOf>[1]): Promise<bigint> =>
  (await balanceOf(coop, account))?.balance.minor ?? 0n;

test("2 000.00 CHF: promised at one rate, invoiced at another, and what the bank makes of it is borne in common", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker, member } = stage;
  await rateSaid(stage, { home: "1.03" });
  const { buyer, client } = await swiss(stage);
  const work = await agreed({ buyer, client, worker }, { price: chf("2000.00") });
  const promise = coop.db.selectFrom("mutual.promise").select(["amount_minor", "moved_minor", "currency"]);
  t.same(await promise.execute(), [{ amount_minor: 188_490n, moved_minor: 0n, currency: "EUR" }], "at signing: 2 060.00 less 8.5 %");
  coop.wait(dayMs);
  await rateSaid(stage);
  const invoice = await approvedWork(work);
  t.equal(await legsOf(stage, client, `invoice:${invoice}:issued`), rows.issued);
  t.same(await promise.execute(), [{ amount_minor: 188_490n, moved_minor: 1_830n, currency: "EUR" }], "the invoice's rate is what counts");
  t.match((await worker.call(readStatement, { member })).body.payables, [{ amount: eur("1903.20") }]);
  const page = (await buyer.call(readInvoice, { invoice })).body;
  t.match(page, { net: chf("2000.00"), vat: chf("0.00"), gross: chf("2000.00"), paid: chf("0.00") });
  t.match(JSON.parse(page.frozen), {
    atHome: { net: eur("2080.00"), vat: eur("0.00"), rate: { home: "1.04", foreign: "1", on: coop.now().slice(0, 10) } },
  });

  const means = { kind: "clientPaid", invoice } as const;
  t.equal(
    (await entered(stage, means, "2063.00")).problem,
    "currency-differs",
    "the bank credits euros, and what of the francs is paid is said",
  );
  t.equal((await entered(stage, { ...means, settles: { amount: "2000.00", currency: "SEK" } }, "2063.00")).problem, "currency-differs");
  t.equal((await entered(stage, { ...means, settles: chf("2000.01") }, "2063.00")).problem, "more-than-open");
  t.equal((await bankBooked(stage, { ...means, settles: chf("2000.00") }, "2063.00")).status, 200);
  t.equal(await legsOf(stage, client, `bank-line:${await lineOf(stage, invoice)}:booked`), rows.paid);
  for (const account of [receivableOfClient(client, "CHF"), heldIn("CHF"), worthOfHeld("CHF", "EUR")])
    t.equal(await minorOf(stage, account), 0n);
  await coop.settle();
  t.match(await balanceOf(coop, budgetOfMember(member)), { held: { minor: 0n }, available: { minor: 190_320n } });
  t.same(
    await coop.db.selectFrom("mutual.promise").select(["collected_minor", "ended_because"]).execute(),
    [{ collected_minor: 190_320n, ended_because: "collected" }],
    "nothing of it is exposed any more",
  );
  t.match(await trialBalance(coop), [
    { currency: "CHF", difference: 0n },
    { currency: "EUR", difference: 0n },
  ]);
  t.match((await tess.call(readVat, {})).body.months.at(-1)?.sold, [{ category: "outsideScope", net: eur("2080.00"), vat: eur("0.00") }]);

  const sides = { buyer, client, worker };
  await t.test(
    "what a client never pays in foreign money is lost at the worth it had, and comes back by what the bank makes of it",
    async (step) => {
      const failing = await swiss(stage, "Hans");
      const { invoice: given } = await doneFor({ ...failing, worker }, chf("2000.00"));
      step.equal((await bankBooked(stage, { kind: "clientPaid", invoice: given, settles: chf("500.00") }, "521.00")).status, 200);
      const { body } = await tess.call(proposeLoss, { invoice: given, because: "insolvent" });
      step.equal((await tom.call(confirmLoss, { loss: body.id })).status, 200);
      const lost = (await entryByKey(coop, `invoice:${given}:lost`))?.legs ?? [];
      step.match(lost.slice(-3), [
        { account: { code: `receivable:client:${failing.client}:CHF` }, money: { minor: -150_000n, currency: "CHF" } },
        { account: { code: "fx:CHF" }, money: { minor: 150_000n } },
        { account: { code: "fx:CHF:EUR" }, money: { minor: -156_000n, currency: "EUR" } },
      ]);
      coop.wait(1_000);
      step.equal((await bankBooked(stage, { kind: "clientPaid", invoice: given, settles: chf("100.00") }, "101.00")).status, 200);
      const back = (await entryByKey(coop, `bank-line:${await lineOf(stage, given)}:booked`))?.legs ?? [];
      step.match(back.slice(0, 2), [
        { account: { code: "bank:main" }, money: { minor: 10_100n } },
        { account: { code: "fx:result" }, money: { minor: 300n } },
      ]);
      step.equal(await minorOf(stage, worthOfHeld("CHF", "EUR")), 0n);
    },
  );

  await t.test(
    "a line of the bank's own file that bears its reference is left to two people, with what it pays ready to be said",
    async (step) => {
      await houseAccount(stage);
      const { invoice: given } = await doneFor(sides, chf("1200.00"));
      const { reference } = (await buyer.call(readInvoice, { invoice: given })).body;
      const { body } = await imported(tess, camt([{ amount: "1236.00", ref: "F1", reference }]));
      step.match(body, { waiting: 1, broken: 0 });
      const [line] = (await tess.call(listWaitingLines, {})).body.items;
      step.match(line?.suggestions, [{ means: { kind: "clientPaid", invoice: given, settles: chf("1200.00") }, why: "reference" }]);
      const { id } = (
        await tess.call(explainLine, {
          waiting: line?.id ?? "",
          means: line?.suggestions[0]?.means ?? { kind: "clientPaid", invoice: given },
        })
      ).body;
      step.equal((await tom.call(confirmBankLine, { line: id })).status, 200);
      step.match((await buyer.call(readInvoice, { invoice: given })).body, { paid: chf("1200.00"), worth: eur("0.00") });
    },
  );

  await t.test("yen have no cents, and are invoiced all the same", async (step) => {
    await rateSaid(stage, { currency: "JPY", home: "1", foreign: "163.45" });
    const { invoice: given } = await doneFor(sides, { amount: "200000", currency: "JPY" });
    const paper = stage.coop.db.selectFrom("money.document").select(["gross_minor", "home_net_minor"]).where("id", "=", given);
    const before = await minorOf(stage, exchangeResult);
    step.match(await paper.execute(), [{ gross_minor: 200_000n, home_net_minor: 122_362n }]);
    const settles = { amount: "200000", currency: "JPY" };
    step.equal((await bankBooked(stage, { kind: "clientPaid", invoice: given, settles }, "1230.00")).status, 200);
    step.equal((await minorOf(stage, exchangeResult)) - before, -(123_000n - 122_362n), "what was won stands on the other side");
  });
});

const xml = new XMLParser({ ignoreAttributes: false, parseTagValue: false, removeNSPrefix: true });

test("VAT on foreign money is the state's in the coop's own: on paper, for programs, in the return, and in what is credited", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom, worker } = stage;
  await rateSaid(stage, { home: "1", foreign: "0.9615" });
  const buyer = await signedUp(coop, "Bart");
  const { id: client } = (await buyer.call(foundClient, { ...organisation, name: "Bart SA", vatNumber: "BE0202239951" })).body;
  const { invoice } = await doneFor({ buyer, client, worker }, chf("1999.99"));
  t.match((await entryByKey(coop, `invoice:${invoice}:issued`))?.legs.slice(0, 4), [
    { money: { minor: 241_999n, currency: "CHF" } },
    { money: { minor: -241_999n } },
    { account: { code: "fx:CHF:EUR" }, money: { minor: 251_688n } },
    { account: { code: "vat:BE:due" }, money: { minor: -43_681n, currency: "EUR" } },
  ]);
  const read = async (form: string) => buyer.raw({ method: "GET", url: `/api/v1/invoices/${invoice}/${form}` });
  t.match(xml.parse((await read("ubl")).body), {
    Invoice: {
      DocumentCurrencyCode: "CHF",
      TaxCurrencyCode: "EUR",
      TaxTotal: [{ TaxAmount: { "#text": "420.00", "@_currencyID": "CHF" } }, { TaxAmount: { "#text": "436.81", "@_currencyID": "EUR" } }],
      LegalMonetaryTotal: { PayableAmount: { "#text": "2419.99", "@_currencyID": "CHF" } },
    },
  });
  t.match(wordsOf((await read("pdf")).rawPayload), /436[.,]81.EUR.*2,?.?080[.,]07.EUR.*1.EUR = 0[.,]9615.CHF/s);
  const credited = async (amount: string): Promise<string> => {
    const { body } = await tess.call(proposeCredit, { invoice, net: chf(amount), reason: "Less was done." });
    for (const side of [buyer, worker]) await side.call(agreeToCredit, { credit: body.id });
    const { problem, text } = await tom.call(confirmCredit, { credit: body.id });
    if (problem) throw new Error(text);
    return body.id;
  };
  t.equal((await bankBooked(stage, { kind: "clientPaid", invoice, settles: chf("700.01") }, "720.00")).status, 200);
  const first = await credited("500.00");
  t.match((await entryByKey(coop, `credit-note:${first}:issued`))?.legs.slice(0, 4), [
    { account: { code: `receivable:client:${client}:CHF` }, money: { minor: -60_500n } },
    { account: { code: "fx:CHF" }, money: { minor: 60_500n } },
    { account: { code: "fx:CHF:EUR" }, money: { minor: -62_922n } },
    { account: { code: "vat:BE:due" }, money: { minor: 10_920n } },
  ]);
  for (const amount of ["0.01", "333.33", "0.02"]) await credited(amount);
  await credited("1166.63");
  const page = (await buyer.call(readInvoice, { invoice })).body;
  t.match(page, { gross: chf("2419.99"), credited: chf("2419.99"), paid: chf("700.01") });
  const pots = (await balancesUnder(coop, "pot:")).reduce((total, { balance }) => total + balance.minor, 0n);
  t.equal(pots, 0n, "parts of a fee end at the whole");
  t.equal(await minorOf(stage, receivableOfClient(client, "CHF")), -70_001n, "what the client paid is theirs, in their money");
  t.match((await tess.call(readVat, {})).body.months.at(-1)?.sold, [], "and VAT ends where it began");
  t.match((await read("factur-x")).statusCode, 200);
});

test("with the year what is owed in foreign money is valued, and the next year begins with it as it was booked", async (t) => {
  const stage = await treasury(t, { now: "2026-12-20T09:00:00Z" });
  const { coop, tess, tom, worker } = stage;
  await rateSaid(stage);
  const { buyer, client } = await swiss(stage);
  const { invoice } = await doneFor({ buyer, client, worker }, chf("2000.00"), {
    startOn: "2026-12-28",
    endOn: "2026-12-29",
    bidsUntil: "2026-12-22",
  });
  coop.wait(20 * dayMs);
  await coop.keepTime();
  const bank = eur("0.00");
  const closing = { until: "2026-12-31" as Day, bank };
  t.match((await tess.call(readClosing, {})).body.next, { foreign: [{ owed: chf("2000.00"), booked: eur("2080.00") }] });
  const { id } = (await tess.call(proposeClosing, closing)).body;
  t.equal((await tom.call(confirmClosing, { closing: id })).problem, "rate-missing", "no rate of its last week, no year");
  await rateSaid(stage, { on: "2026-12-30", home: "1.025" });
  t.match((await tess.call(readClosing, {})).body.next, {
    foreign: [{ owed: chf("2000.00"), booked: eur("2080.00"), worth: eur("2050.00") }],
    result: eur("30.00"),
  });
  t.equal((await tom.call(confirmClosing, { closing: id })).status, 200);
  t.equal(await legsOf(stage, client, "fx:CHF:2026-12-31:revalued"), "fx:result +30.00 · fx:CHF:EUR −30.00");
  t.equal(await legsOf(stage, client, "fx:CHF:2026-12-31:revalued:back"), "fx:result −30.00 · fx:CHF:EUR +30.00");
  t.equal(await legsOf(stage, client, "year:2026:closed"), "fx:result −30.00 · pot:reserve +30.00");
  t.equal((await bankBooked(stage, { kind: "clientPaid", invoice, settles: chf("2000.00") }, "2063.00")).status, 200);
  t.equal(await legsOf(stage, client, `bank-line:${await lineOf(stage, invoice)}:booked`), rows.paid, "as if no year had ended between");
  t.equal(await minorOf(stage, exchangeResult), -1_300n, "17.00 lost in all, of which the old year bore 30.00");
});
