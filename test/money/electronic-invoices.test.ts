// Invoices for other programs: every wrong sum is refused before it leaves, and what leaves says what the paper says.
import fc from "fast-check";
import { XMLParser } from "fast-xml-parser";
import { test } from "tap";
import {
  exemptionReason,
  objectionToEInvoice,
  partsOf,
  totalsOf,
  type EInvoice,
  type Vat,
} from "@partcommune/shared/money/rules/e-invoice";
import { agreeToCredit, confirmCredit, listSelfBilled, proposeCredit, readInvoice } from "@partcommune/shared/money/api";
import { describeClient, foundClient, listMyClients } from "@partcommune/shared/membership/api";
import { electronicAddress, registeredAs } from "@partcommune/shared/platform/e-addresses";
import { zero, type Money } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { changeLetterhead } from "@partcommune/shared/platform/api";
import { prove } from "../support/authenticator.ts";
import type { Caller } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";
import { invoiced } from "../support/invoices.ts";
import { buyer, invoices, seller } from "../support/e-invoices.ts";
import { bills } from "../support/paid-to.ts";
import { figuresInside, unpacked, wordsOf } from "../support/pdf.ts";
import { organisation, signedUp } from "../support/people.ts";
import { clientPaid, signedPayout, treasury, withIban } from "../support/treasury.ts";
import { told } from "../support/told.ts";
import { faultsOfFacturX } from "../support/xsd.ts";

/** Every invoice that differs from this one by a coin in one place. */
function* mutated(invoice: EInvoice): Iterable<readonly [where: string, EInvoice]> {
  const off = ({ minor, currency }: Money, by: bigint): Money => ({ minor: minor + by, currency });
  for (const by of [1n, -1n]) {
    for (const name of Object.keys(invoice.totals) as (keyof EInvoice["totals"])[])
      yield [name, { ...invoice, totals: { ...invoice.totals, [name]: off(invoice.totals[name], by) } }];
    for (const [at, each] of invoice.lines.entries())
      yield [`line ${at}`, { ...invoice, lines: invoice.lines.with(at, { ...each, net: off(each.net, by) }) }];
    for (const [at, each] of invoice.parts.entries()) {
      yield [`vat ${at}`, { ...invoice, parts: invoice.parts.with(at, { ...each, amount: off(each.amount, by) }) }];
      yield [`taxable ${at}`, { ...invoice, parts: invoice.parts.with(at, { ...each, taxable: off(each.taxable, by) }) }];
    }
  }
}

test("of five hundred invoices each is sound, and refused when one sum in it is off by a coin", (t) => {
  let refused = 0;
  fc.assert(
    fc.property(invoices, (invoice) => {
      const says = objectionToEInvoice(invoice);
      if (says) throw new Error(JSON.stringify(says));
      for (const [where, wrong] of mutated(invoice)) {
        if (objectionToEInvoice(wrong) === undefined) throw new Error(`nobody saw that ${where} is wrong`);
        refused += 1;
      }
    }),
    { numRuns: 500 },
  );
  t.ok(refused > 5_000, `${refused} were refused`);
  t.end();
});

test("what the standard asks besides sums", (t) => {
  const net = { minor: 200_000n, currency: "EUR" };
  const made = (vat: Vat, rest: Partial<EInvoice> = {}): EInvoice => {
    const sums = {
      currency: "EUR",
      lines: [{ name: "Work", thousandths: 1_000n, unit: "C62", price: net, allowances: [], net, vat }],
      allowances: [],
    };
    const days = { issuedOn: "2026-12-01" as Day, deliveredOn: "2026-11-30" as Day, payBy: "2026-12-31" as Day };
    const words = { type: "invoice", number: "1", buyerReference: "1", seller, buyer, ...days } as const;
    return { ...words, ...sums, parts: partsOf(sums), totals: totalsOf(sums, zero("EUR")), ...rest };
  };
  const standard: Vat = { code: "S", rate: 210_000n };
  const nameless = { name: seller.name, street: seller.street, postcode: seller.postcode, town: seller.town, country: seller.country };
  const rows: readonly (readonly [rule: string | undefined, EInvoice])[] = [
    [undefined, made(standard)],
    ["BR-S-05", made({ code: "S", rate: 0n })],
    ["BR-AE-05", made({ code: "AE", rate: 210_000n })],
    ["BR-CO-26", made(standard, { seller: nameless })],
    ["BR-S-02", made(standard, { seller: { ...nameless, registered: { scheme: "0208", id: "0403170701" } } })],
    ["BR-AE-02", made({ code: "AE", rate: 0n }, { buyer: { ...nameless, name: "Carla SA" } })],
    ["BR-55", made(standard, { type: "creditNote" })],
    ["BR-61", made(standard, { reference: "RF18539007547034" })],
    ["BR-CO-09", made(standard, { buyer: { ...buyer, vatNumber: "0202239951" } })],
    ["PEPPOL-EN16931-R003", made(standard, { buyerReference: " " })],
    ["BR-CO-14", made(standard, { parts: [] })],
  ];
  for (const [rule, invoice] of rows) t.equal(objectionToEInvoice(invoice)?.facts["rule"], rule, rule ?? "sound");
  t.equal(exemptionReason("AE"), "Reverse charge");
  t.same(electronicAddress("BE", "BE0403170701"), { scheme: "0208", id: "0403170701" });
  t.same(electronicAddress("SE", "SE556188840401"), { scheme: "0007", id: "5561888404" });
  t.equal(electronicAddress("SE", "SE556188840402"), undefined);
  t.same(electronicAddress("FR", "FR40303265045"), { scheme: "0225", id: "303265045" });
  t.same(registeredAs("FR", "FR40303265045"), { scheme: "0002", id: "303265045" });
  for (const [country, number] of [
    ["BE", undefined],
    ["CH", "CHE123"],
    ["BE", "FR40303265045"],
  ] as const)
    t.equal(electronicAddress(country, number), undefined, "no address is made up");
  t.end();
});

const reader = new XMLParser({ ignoreAttributes: false, parseTagValue: false, removeNSPrefix: true });

const read = (caller: Caller, path: string) => caller.raw({ method: "GET", url: `/api/v1/${path}` });

test("a client's program reads an invoice and the credit note that corrects it", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, tom } = stage;
  const owner = await signedUp(coop, "Bart");
  const { id: client } = (await owner.call(foundClient, { ...organisation, name: "Bart & <Sons> SA", vatNumber: "BE0202239951" })).body;
  const { invoice } = await invoiced(coop, { ...stage, client });
  const { reference } = (await owner.call(readInvoice, { invoice })).body;

  const ubl = await read(owner, `invoices/${invoice}/ubl`);
  t.equal(ubl.statusCode, 200, ubl.body);
  t.match(ubl.headers, { "content-type": "application/xml", "content-disposition": /BE-2026-000001\.xml/ });
  t.match(reader.parse(ubl.body), {
    Invoice: {
      ID: "BE-2026-000001",
      InvoiceTypeCode: "380",
      IssueDate: "2026-12-01",
      DueDate: "2026-12-31",
      PaymentMeans: { PaymentID: reference },
      AccountingCustomerParty: {
        Party: { EndpointID: { "#text": "0202239951" }, PartyLegalEntity: { RegistrationName: "Bart & <Sons> SA" } },
      },
      TaxTotal: { TaxAmount: { "#text": "420.00" }, TaxSubtotal: { TaxCategory: { ID: "S", Percent: "21" } } },
      LegalMonetaryTotal: { TaxExclusiveAmount: { "#text": "2000.00" }, PayableAmount: { "#text": "2420.00", "@_currencyID": "EUR" } },
      InvoiceLine: { Item: { Name: "Poster for the spring fair" } },
    },
  });

  const hybrid = await read(owner, `invoices/${invoice}/factur-x`);
  t.equal(hybrid.statusCode, 200);
  t.match(hybrid.headers, { "content-type": "application/pdf" });
  const parts = [hybrid.rawPayload.toString("latin1"), ...unpacked(hybrid.rawPayload)].join("\n");
  for (const part of [/\/OutputIntents/, /\/AFRelationship ?\/(Data|Alternative)/, /<pdfaid:part>3</])
    t.ok(part.test(parts), `${part}: a page that is kept (PDF/A-3)`);
  const figures = figuresInside(hybrid.rawPayload);
  t.match(figures, /<ram:GrandTotalAmount[^>]*>2420\.00</);
  t.same(await faultsOfFacturX(figures), [], "as Factur-X wants them");
  t.not((await faultsOfFacturX(figures.replace("<ram:GrandTotalAmount>", "<ram:GrandTotal>"))).length, 0);

  const { body: credit } = await tess.call(proposeCredit, {
    invoice,
    net: { amount: "500.00", currency: "EUR" },
    reason: "Less was done.",
  });
  for (const side of [owner, stage.worker]) await side.call(agreeToCredit, { credit: credit.id });
  t.equal((await tom.call(confirmCredit, { credit: credit.id })).status, 200);
  const [{ id: note } = { id: "" }] = (await owner.call(readInvoice, { invoice })).body.credits;
  t.match(reader.parse((await read(owner, `credit-notes/${note}/ubl`)).body), {
    CreditNote: {
      CreditNoteTypeCode: "381",
      BillingReference: { InvoiceDocumentReference: { ID: "BE-2026-000001", IssueDate: "2026-12-01" } },
      LegalMonetaryTotal: { PayableAmount: { "#text": "605.00" } },
    },
  });
  t.same(await faultsOfFacturX(figuresInside((await read(owner, `credit-notes/${note}/factur-x`)).rawPayload)), []);

  for (const path of [
    `invoices/${invoice}/ubl`,
    `invoices/${invoice}/factur-x`,
    `credit-notes/${note}/ubl`,
    `credit-notes/${note}/factur-x`,
  ]) {
    t.equal((await read(stage.buyer, path)).statusCode, 404, "another client");
    t.equal((await read(coop.someone(), path)).statusCode, 401);
  }
  const { invoice: other } = await invoiced(coop, stage);
  t.match((await read(stage.buyer, `invoices/${other}/ubl`)).json(), { type: /e-invoice-unreachable/, facts: { whose: "Carla SA" } });
  t.equal((await read(stage.buyer, `invoices/${other}/factur-x`)).statusCode, 200, "the page is for everybody");
});

test("German authorities read an invoice that says whom to ask, and none that does not", async (t) => {
  const stage = await treasury(t);
  const { coop, board } = stage;
  const owner = await signedUp(coop, "Bart");
  const { id: client } = (await owner.call(foundClient, { ...organisation, name: "Bart SA", vatNumber: "BE0202239951" })).body;
  const { invoice: silent } = await invoiced(coop, { ...stage, client });
  t.match((await read(owner, `invoices/${silent}/xrechnung`)).json(), {
    type: /e-invoice-without-contact/,
    facts: { whose: "Atelier Commun" },
  });
  await prove(coop, board);
  await told(board, changeLetterhead, {
    ...atelierCommun.letterhead,
    phone: "+32 2 123 45 67",
    email: "Papers@Atelier.example",
  });
  const { invoice } = await invoiced(coop, { ...stage, client });
  const written = await read(owner, `invoices/${invoice}/xrechnung`);
  t.equal(written.statusCode, 200, written.body);
  t.match(written.headers, { "content-type": "application/xml", "content-disposition": /BE-2026-000002\.xml/ });
  t.match(reader.parse(written.body), {
    Invoice: {
      CustomizationID: /^urn:cen\.eu:en16931:2017#compliant#urn:xeinkauf\.de:kosit:xrechnung_3/,
      AccountingSupplierParty: {
        Party: { Contact: { Name: "Atelier Commun", Telephone: "+32 2 123 45 67", ElectronicMail: "papers@atelier.example" } },
      },
      LegalMonetaryTotal: { PayableAmount: { "#text": "2420.00" } },
    },
  });
  t.equal((await read(coop.someone(), `invoices/${invoice}/xrechnung`)).statusCode, 401);
});

test("what an organisation says of itself stands on its next invoice, with the reference it wants", async (t) => {
  const stage = await treasury(t);
  const { coop, buyer: other, worker } = stage;
  const owner = await signedUp(coop, "Bart");
  const vatNumber = "BE0202239951";
  const { id: client } = (await owner.call(foundClient, { ...organisation, name: "Bart SA", vatNumber })).body;
  const { invoice: before } = await invoiced(coop, { ...stage, client });
  const { country: _country, ...address } = organisation;
  const moved = { client, ...address, name: "Bart & Co", street: "Rue Neuve 7", vatNumber, buyerReference: "04011000-12345-34" };
  for (const nobody of [other, worker]) t.equal((await nobody.call(describeClient, moved)).problem, "owner-needed");
  t.equal((await owner.call(describeClient, moved)).status, 200);
  const { invoice } = await invoiced(coop, { ...stage, client });
  const [old, next] = [await read(owner, `invoices/${before}/ubl`), await read(owner, `invoices/${invoice}/ubl`)];
  t.match(reader.parse(old.body), { Invoice: { AccountingCustomerParty: { Party: { PartyName: { Name: "Bart SA" } } } } });
  t.notMatch(old.body, "04011000");
  t.match(reader.parse(next.body), {
    Invoice: {
      BuyerReference: "04011000-12345-34",
      AccountingCustomerParty: { Party: { PartyName: { Name: "Bart & Co" }, PostalAddress: { StreetName: "Rue Neuve 7" } } },
    },
  });
  t.match(wordsOf((await read(owner, `invoices/${invoice}/pdf`)).rawPayload), /Votre référence.: 04011000-12345-34/);
  const plain = await owner.call(describeClient, { client, ...address, name: "Bart SA" });
  t.equal(plain.status, 200);
  t.match((await owner.call(listMyClients, {})).body.items, [{ name: "Bart SA", vatNumber: undefined, buyerReference: undefined }]);
});

test("what the coop writes in members' names is of type 389, with the number that a seller has", async (t) => {
  const stage = await treasury(t);
  const { coop, tess, worker, member } = stage;
  await withIban(stage);
  const sold = async (): Promise<string> => {
    const { invoice, payable } = await invoiced(coop, stage);
    await clientPaid(stage, invoice, "2420.00");
    await signedPayout(stage, [payable]);
    coop.wait(1_000);
    return (await tess.call(listSelfBilled, { member })).body.items[0]?.id ?? "";
  };
  const written = async (paper: string, form: "ubl" | "factur-x") =>
    worker.raw({ method: "GET", url: `/api/v1/self-billed-invoices/${paper}/${form}` });
  await bills(worker, member, { taxNumber: "0202239951" });
  const small = await sold();
  t.equal((await written(small, "ubl")).json<{ title: string }>().title, "e-invoice-unreachable", "no network finds it by that number");
  const figures = figuresInside((await written(small, "factur-x")).rawPayload);
  for (const part of [/<ram:TypeCode>389</, /<ram:ID schemeID="FC">0202239951</, /<ram:CategoryCode>E</, /56bis/]) t.match(figures, part);
  t.same(await faultsOfFacturX(figures), []);
  await bills(worker, member, { scheme: "registered", taxNumber: "BE0202239951" });
  const large = await sold();
  t.same(await faultsOfFacturX(figuresInside((await written(large, "factur-x")).rawPayload)), []);
  t.match(reader.parse((await written(large, "ubl")).body), {
    Invoice: {
      CustomizationID: "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:selfbilling:3.0",
      ProfileID: "urn:fdc:peppol.eu:2017:poacc:selfbilling:01:1.0",
      InvoiceTypeCode: "389",
      AccountingSupplierParty: { Party: { PartyLegalEntity: { RegistrationName: "Atelier" } } },
      AccountingCustomerParty: { Party: { PartyLegalEntity: { RegistrationName: "Atelier Commun" } } },
      LegalMonetaryTotal: { PayableAmount: { "#text": "2214.30" } },
    },
  });
});
